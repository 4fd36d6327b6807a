/*
 * new_issues.c -- lint and scan results that are new. One that a document only describes is
 * judged as if no finding were there.
 *
 * Without a baseline nothing tells new from old, and every result counts: the parameter
 * `without-baseline` says how loud the rule then is, so that a team can start before it has
 * a baseline.
 */
#include "policies/engine/count.h"

static const struct param params[] = {
	{
		.name = "without-baseline",
		.help = "off|info|warn|fail: the rule's level, with none allowed, while there is "
			"no baseline",
		.type = PARAM_ACTION,
		.stricter = LARGER_IS_STRICTER,
	},
};

static bool
counts(const struct judge_input *in, const struct rule_instance *inst, const struct item *item)
{
	(void)in;
	(void)inst;
	return item->issue != NULL &&
	       (item->issue->judged.cls == CLASS_NEW_ISSUE || !item->issue->judged.excused);
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	const struct param_value *without = rule_param(inst, "without-baseline");
	struct rule_instance as = *inst;

	if (without && !in->have_baseline) {
		as.level = (enum rule_level)without->number;
		as.level_given = true;
		as.max = none;
		out->level = as.level;
	}
	rule_collect(in, inst, inst->rule->classes, out);
	rule_settle(in, &as, as.max.kind == LIMIT_NONE ? &none : &as.max, mem, out);
}

const struct rule rule_new_issues = {
	.name = "new-issues",
	.help = "lint and scan results that are not in the baseline and that no register excuses",
	.classes = CLASS_BIT(CLASS_NEW_ISSUE) | CLASS_BIT(CLASS_KNOWN_ISSUE),
	.level = RULE_FAIL,
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "new-issues: [{tool: [bandit, semgrep], max: {high: 0}}, {tool: ruff, max: 20}]",
	.singular = "new issue",
	.plural = "new issues",
	.counts = counts,
	.judge = judge,
};
