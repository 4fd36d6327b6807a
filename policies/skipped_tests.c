/*
 * skipped_tests.c -- how many cases may be skipped, as a number or as a share of the cases
 * in scope. Passing and skipped cases are only counted while reports are read, never kept,
 * so of the selectors those apply that choose whole reports: report, leg, kind, tool.
 */
#include "policies/engine/count.h"

static const struct param params[] = {
	{
		.name = "max-percent",
		.help = "the largest share of skipped cases, in percent of all cases in scope",
		.type = PARAM_PERCENT,
		.max = 100,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
};

static void
tally(const struct judge_input *in, const struct rule_instance *inst, long *skipped, long *total)
{
	for (size_t i = 0; i < in->run->producers.n; i++) {
		const struct producer *p = &in->run->producers.v[i];

		for (size_t j = 0; j < p->reports.n; j++) {
			struct report *r = p->reports.v[j];
			/* A case that knows nothing but its report: what such selectors look at. */
			struct test probe = { .report = r };
			struct item item = { .kind = ITEM_TEST, .test = &probe };

			if (r->kind != KIND_TESTS || !instance_selects(in, inst, &item))
				continue;
			*skipped += r->count[OUT_SKIPPED];
			*total += r->total;
		}
	}
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct param_value *percent = rule_param(inst, "max-percent");
	const struct limit zero = { .kind = LIMIT_NUMBER };
	const struct limit *max = &inst->max;
	struct limit is;
	long skipped = 0, total = 0;
	const long none[LEVELS] = { 0 };
	struct buf b = BUF_INIT;
	bool over;

	if (max->kind == LIMIT_NONE && percent == NULL)
		max = &zero;
	tally(in, inst, &skipped, &total);
	rule_settle(in, inst, max, mem, out);
	if (limit_resolve(in, inst, CLASS_BIT(CLASS_SKIPPED), max, &is)) {
		max = &is;
		out->limit = is;
		out->outcome = RESULT_PASS;
	}
	over = limit_exceeded(max, none, skipped) ||
	       (percent && skipped > 0 && skipped * 100 > percent->number * total);
	out->observed = skipped;
	if (over)
		out->outcome = rule_broken(inst);
	count_words(&b, skipped, "skipped test", "skipped tests");
	if (total > 0) {
		buf_addz(&b, " of ");
		count_number(&b, total);
	}
	out->phrase = arena_dup(mem, buf_str(&b));
	if (percent)
		buf_addf(&b, ", %ld %% allowed", percent->number);
	if (max->kind == LIMIT_NUMBER) {
		buf_addz(&b, ", ");
		count_number(&b, max->number);
		buf_addz(&b, " allowed");
	} else if (out->outcome == RESULT_INCONCLUSIVE) {
		buf_addz(&b, ", and the limit `baseline` has no baseline to compare with");
	}
	out->message = arena_dup(mem, buf_str(&b));
	buf_release(&b);
}

const struct rule rule_skipped_tests = {
	.name = "skipped-tests",
	.help = "skipped cases, as a number or in percent of the cases in scope",
	.level = RULE_FAIL,
	.unlimited_with = "max-percent",
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "skipped-tests: {max-percent: 10}",
	.singular = "skipped test",
	.plural = "skipped tests",
	.only_reports = true,
	.judge = judge,
};
