/*
 * known_failures.c -- listed failures: which of them are tolerated, and how many.
 *
 * What is not tolerated breaks the rule, whatever `max` says; the tolerated ones are held
 * against `max`, which is unlimited where the policy names none. A finding without a date can't
 * be shown to be young: `max-age-days` does not tolerate it.
 */
#include "gate/base/date.h"
#include "policies/engine/count.h"

#define DAY 86400
#define MAX_AGE_DAYS 36500

static const struct param params[] = {
	{
		.name = "tolerate",
		.help = "a level and all below it, a list of levels, all (the default) or none; "
			"unknown goes with high",
		.type = PARAM_LEVELS,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
	{
		.name = "evidence",
		.help = "tolerate only failures that map to their finding with at least this "
			"strength",
		.type = PARAM_STRENGTH,
		.stricter = LARGER_IS_STRICTER,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
	{
		.name = "max-age-days",
		.help = "tolerate only failures whose finding was created (added) at most so many "
			"days before --now; one without a date is not tolerated",
		.type = PARAM_NUMBER,
		.max = MAX_AGE_DAYS,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
};

static bool
counts(const struct judge_input *in, const struct rule_instance *inst, const struct item *item)
{
	(void)in;
	(void)inst;
	return item->test != NULL && item->test->judged.excused;
}

/* A date is the end of its day, so that day itself is age 0. */
static bool
young(const struct finding *f, int64_t now, long days)
{
	return f && f->created != DATE_NONE && now - (int64_t)days * DAY <= f->created;
}

static bool
tolerated(const struct judge_input *in, const struct rule_instance *inst, const struct item *item)
{
	const struct param_value *levels = rule_param(inst, "tolerate");
	const struct param_value *evidence = rule_param(inst, "evidence");
	const struct param_value *age = rule_param(inst, "max-age-days");

	if (levels && !(levels->number >> item_level(item) & 1))
		return false;
	if (age && !young(item->test->judged.finding, in->now, age->number))
		return false;
	return evidence == NULL || (long)item->test->judged.strength >= evidence->number;
}

/* Leaves only the items that are not tolerated; false when there are none, and all stay. */
static bool
keep_intolerable(const struct judge_input *in, const struct rule_instance *inst,
	struct rule_result *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->items.n; i++)
		n += !tolerated(in, inst, &out->items.v[i]);
	if (n == 0)
		return false;
	n = 0;
	for (size_t i = 0; i < out->items.n; i++)
		if (!tolerated(in, inst, &out->items.v[i]))
			out->items.v[n++] = out->items.v[i];
	out->items.n = n;
	return true;
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	struct buf b = BUF_INIT;

	rule_collect(in, inst, inst->rule->classes, out);
	if (!keep_intolerable(in, inst, out)) {
		rule_settle(in, inst, &inst->max, mem, out);
		return;
	}
	rule_settle(in, inst, &none, mem, out);
	count_words(&b, out->observed, "known failure is", "known failures are");
	buf_addz(&b, " not of the levels, the evidence or the age that the policy tolerates");
	out->message = arena_dup(mem, buf_str(&b));
	buf_reset(&b);
	count_words(&b, out->observed, "known failure", "known failures");
	buf_addz(&b, " not tolerated");
	out->phrase = arena_dup(mem, buf_str(&b));
	buf_release(&b);
}

const struct rule rule_known_failures = {
	.name = "known-failures",
	.help = "failing tests that a structured register, a list or an excusing document names",
	.classes = CLASS_BIT(CLASS_KNOWN_FAILURE),
	.level = RULE_FAIL,
	.unlimited_with = "",
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "known-failures: {tolerate: high, max: 216}",
	.singular = "known failure",
	.plural = "known failures",
	.counts = counts,
	.judge = judge,
};
