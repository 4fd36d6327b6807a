/* tighten.c -- see tighten.h. */
#include "policies/engine/tighten.h"

#include "policies/engine/count.h"
#include "policies/engine/strict.h"

#define FAILURES \
	(CLASS_BIT(CLASS_NEW_FAILURE) | CLASS_BIT(CLASS_REGRESSION) | \
	CLASS_BIT(CLASS_PREEXISTING_FAILURE) | CLASS_BIT(CLASS_KNOWN_FAILURE))
#define ISSUES \
	(CLASS_BIT(CLASS_NEW_ISSUE) | CLASS_BIT(CLASS_EXISTING_ISSUE) | \
	CLASS_BIT(CLASS_KNOWN_ISSUE))

/* Every instance that judges, those too that a change brings. */
static const struct rule_instance *
instance_at(const struct policy *p, size_t i)
{
	if (i < p->rules.n)
		return p->rules.v[i].level == RULE_OFF ? NULL : &p->rules.v[i];
	return p->also.v[i - p->rules.n].rule;
}

static bool
any(const struct policy *p, uint64_t classes, bool (*is)(const struct rule_instance *inst))
{
	for (size_t i = 0; i < p->rules.n + p->also.n; i++) {
		const struct rule_instance *inst = instance_at(p, i);

		if (inst && (inst->rule->classes & classes) && is(inst))
			return true;
	}
	return false;
}

static bool
judges(const struct rule_instance *inst)
{
	return rule_broken(inst) != RESULT_INFO;
}

/* new-failures takes listed ones only where nothing excuses them. */
static bool
counts_new(const struct rule_instance *inst)
{
	return (inst->rule->classes & CLASS_BIT(CLASS_NEW_FAILURE)) != 0;
}

static bool
judges_excused(const struct rule_instance *inst)
{
	return judges(inst) && !counts_new(inst);
}

/* None at all is allowed, wherever it is. */
static bool
forbids(const struct rule_instance *inst)
{
	struct limit l = limit_of(inst);

	return rule_broken(inst) == RESULT_FAIL && selectors_empty(&inst->where) && !inst->rest &&
		(inst->rule->counts == NULL || counts_new(inst)) &&
		l.kind == LIMIT_NUMBER && l.number == 0;
}

/* What `before` held was judged; then what it becomes must be forbidden. */
static bool
is_taken_over(const struct policy *p, uint64_t before, enum class after)
{
	return !any(p, before, judges) || any(p, CLASS_BIT(after), forbids);
}

bool
closing_tightens(const struct policy *p, bool issues)
{
	return is_taken_over(p, FAILURES, CLASS_FAILED_FIX) &&
		(!issues || is_taken_over(p, ISSUES, CLASS_RESURFACED));
}

uint64_t
taking_back_loosens(const struct policy *p)
{
	static const enum class after[] = { CLASS_NEW_FAILURE, CLASS_REGRESSION,
		CLASS_PREEXISTING_FAILURE };
	const uint64_t before = CLASS_BIT(CLASS_KNOWN_FAILURE) | CLASS_BIT(CLASS_WAIVED);
	uint64_t loose = 0;

	if (!any(p, before, judges_excused))
		return 0;
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++)
		if (!any(p, CLASS_BIT(after[i]), forbids))
			loose |= CLASS_BIT(after[i]);
	return loose;
}

bool
expiry_tightens(const struct policy *p)
{
	return is_taken_over(p, FAILURES | ISSUES, CLASS_WAIVER_EXPIRED);
}

/* A level with room takes what another had too many of. */
static bool
has_room(const struct limit *l)
{
	for (int i = 0; l->kind == LIMIT_BY_LEVEL && i < LEVELS; i++)
		if (l->named[i] && (l->level[i] > 0 || l->level_baseline[i]))
			return true;
	return false;
}

/* Some level is tolerated though one below it is not. */
static bool
has_gap(const struct param *p, const struct param_value *v)
{
	bool below = true;

	if (p->type != PARAM_LEVELS || !v->set)
		return false;
	for (int i = LEVEL_INFO; i < LEVELS; i++) {
		bool has = ((unsigned long)v->number >> i & 1) != 0;

		if (has && !below)
			return true;
		below = has;
	}
	return false;
}

bool
raising_tightens(const struct policy *p)
{
	for (size_t i = 0; i < p->rules.n + p->also.n; i++) {
		const struct rule_instance *inst = instance_at(p, i);

		if (inst == NULL)
			continue;
		if (inst->where.pattern[SEL_LEVEL].n || has_room(&inst->max))
			return false;
		for (size_t k = 0; k < inst->rule->nparams; k++)
			if (has_gap(&inst->rule->params[k], &inst->params[k]) ||
			    (inst->rule->params[k].type == PARAM_LIMIT &&
			    has_room(&inst->params[k].limit)))
				return false;
	}
	return true;
}
