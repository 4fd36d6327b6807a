/* terms.c -- what the rule `waivers` asks of a waiver, for correlation, which runs before rules. */
#include "policies/engine/policy.h"

static const struct param_value *
param_of(const struct rule_instance *inst, const char *name, const struct param **param)
{
	for (size_t i = 0; i < inst->rule->nparams; i++) {
		if (strcmp(inst->rule->params[i].name, name) != 0 || !inst->params[i].set)
			continue;
		*param = &inst->rule->params[i];
		return &inst->params[i];
	}
	return NULL;
}

static bool
has_word(const struct param *param, long bits, const char *word)
{
	for (int i = 0; param->words && param->words[i]; i++)
		if (strcmp(param->words[i], word) == 0)
			return (bits & 1L << i) != 0;
	return false;
}

bool
policy_wants_times(const struct policy *p)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].rule->times && p->rules.v[i].level != RULE_OFF)
			return true;
	for (size_t i = 0; i < p->also.n; i++)
		if (p->also.v[i].rule->rule->times)
			return true;
	return false;
}

static void
take_longest(const struct rule_instance *inst, long *days)
{
	const struct param *param;
	const struct param_value *value = NULL;

	if (strcmp(inst->rule->name, "waivers") == 0 && inst->level != RULE_OFF)
		value = param_of(inst, "max-days", &param);
	if (value && (*days == 0 || value->number < *days))
		*days = value->number;
}

long
policy_longest_waiver(const struct policy *p)
{
	long days = 0;

	for (size_t i = 0; i < p->rules.n; i++)
		take_longest(&p->rules.v[i], &days);
	for (size_t i = 0; i < p->also.n; i++)
		take_longest(p->also.v[i].rule, &days);
	return days;
}

struct terms {
	bool *owner, *reason, *expires;
	long *grace_days;
	size_t n; /* instances that were looked at */
};

/* Of several instances the strictest holds: what one of them asks for, it asks for. */
static void
take(struct terms *t, const struct rule_instance *inst)
{
	const struct param_value *value;
	const struct param *param;
	long grace;

	if (strcmp(inst->rule->name, "waivers") != 0 || inst->level == RULE_OFF)
		return;
	value = param_of(inst, "require", &param);
	if (value) {
		*t->owner = (t->n && *t->owner) || has_word(param, value->number, "owner");
		*t->reason = (t->n && *t->reason) || has_word(param, value->number, "reason");
		*t->expires = (t->n && *t->expires) || has_word(param, value->number, "expires");
	}
	value = param_of(inst, "grace-days", &param);
	grace = value ? value->number : 0;
	if (t->n == 0 || grace < *t->grace_days)
		*t->grace_days = grace;
	t->n++;
}

void
policy_waiver_terms(const struct policy *p, bool *owner, bool *reason, bool *expires,
	long *grace_days)
{
	struct terms t = { .owner = owner, .reason = reason, .expires = expires,
		.grace_days = grace_days };

	for (size_t i = 0; i < p->rules.n; i++)
		take(&t, &p->rules.v[i]);
	for (size_t i = 0; i < p->also.n; i++)
		take(&t, p->also.v[i].rule);
}
