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

void
policy_waiver_terms(const struct policy *p, bool *owner, bool *reason, bool *expires,
	long *grace_days)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule_instance *inst = &p->rules.v[i];
		const struct param_value *value;
		const struct param *param;

		if (strcmp(inst->rule->name, "waivers") != 0)
			continue;
		value = param_of(inst, "require", &param);
		if (value) {
			*owner = has_word(param, value->number, "owner");
			*reason = has_word(param, value->number, "reason");
			*expires = has_word(param, value->number, "expires");
		}
		value = param_of(inst, "grace-days", &param);
		if (value)
			*grace_days = value->number;
	}
}
