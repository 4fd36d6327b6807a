/*
 * baseline.c -- limits that say `baseline`: how much of what a rule counts the baseline had.
 *
 * What the baseline holds is looked at as if it were judged now: cases that failed as an
 * excusing finding expects are known failures, the other failed ones are what the rule calls
 * them, results are existing ones. New results are held against those that were resolved, so
 * that `new-issues: {max: baseline}` says that there may not be more than before.
 */
#include "policies/engine/count.h"

#include "gate/model/baseline.h"

/* The classes that such a case of the baseline would have, were it judged now. */
static uint64_t
classes_of(const struct snapshot_case *c)
{
	switch (c->outcome) {
	case OUT_FAILED:
	case OUT_ERROR:
		return c->excused ? CLASS_BIT(CLASS_KNOWN_FAILURE) :
			CLASS_BIT(CLASS_PREEXISTING_FAILURE) | CLASS_BIT(CLASS_NEW_FAILURE) |
			CLASS_BIT(CLASS_REGRESSION);
	case OUT_SKIPPED:
		return CLASS_BIT(CLASS_SKIPPED) | CLASS_BIT(CLASS_NEWLY_SKIPPED) |
			CLASS_BIT(CLASS_KNOWN_SKIP);
	case OUT_FLAKY:
		return CLASS_BIT(CLASS_FLAKY) | CLASS_BIT(CLASS_KNOWN_FLAKY);
	default:
		return 0;
	}
}

static enum class
lowest(uint64_t bits)
{
	int c = 0;

	while (!(bits >> c & 1))
		c++;
	return (enum class)c;
}

static bool
counts(const struct judge_input *in, const struct rule_instance *inst, const struct item *item)
{
	return instance_selects(in, inst, item) &&
	       (inst->rule->counts == NULL || inst->rule->counts(in, inst, item));
}

static void
count_cases(const struct judge_input *in, const struct rule_instance *inst, uint64_t classes,
	const struct snapshot *s, const struct snapshot_leg *leg, long *n)
{
	struct snapshot_case c = { .snapshot = s, .leg = leg };
	struct buf id = BUF_INIT;

	while (snapshot_next(&c)) {
		uint64_t bits = classes_of(&c) & classes;
		struct test t = { .base_id = c.name, .suite = c.suite, .name = c.name,
			.outcome = c.outcome, .report = leg->report };
		struct item item = { .kind = ITEM_TEST, .test = &t };

		if (bits == 0)
			continue;
		snapshot_case_id(&c, &id);
		t.id = item.id = buf_str(&id);
		t.judged.cls = lowest(bits);
		t.judged.excused = c.excused;
		*n += counts(in, inst, &item);
	}
	buf_release(&id);
	snapshot_case_release(&c);
}

static void
count_issues(const struct judge_input *in, const struct rule_instance *inst, uint64_t classes,
	const struct snapshot_leg *leg, long by_level[LEVELS])
{
	for (size_t i = 0; i < leg->issues.n; i++) {
		struct issue is = *leg->issues.v[i];
		struct item item = { .kind = ITEM_ISSUE, .id = is.id, .issue = &is };
		bool resolved = is.judged.cls == CLASS_RESOLVED;

		if (!(classes & CLASS_BIT(CLASS_EXISTING_ISSUE))) {
			if (!resolved)
				continue;
			is.judged.cls = CLASS_NEW_ISSUE;
		} else {
			is.judged.cls = CLASS_EXISTING_ISSUE;
		}
		by_level[is.level] += counts(in, inst, &item);
	}
}

bool
limit_resolve(const struct judge_input *in, const struct rule_instance *inst, uint64_t classes,
	const struct limit *max, struct limit *out)
{
	const uint64_t issues = CLASS_BIT(CLASS_EXISTING_ISSUE) | CLASS_BIT(CLASS_NEW_ISSUE);
	const struct snapshot *s = in->have_baseline ? &in->run->baseline->snapshot : NULL;
	long by_level[LEVELS] = { 0 }, n = 0;

	*out = *max;
	if (!limit_needs_baseline(max))
		return true;
	/* Of which level the finding of a case was, no baseline says. */
	if (s == NULL || (max->kind == LIMIT_BY_LEVEL && !(classes & issues)))
		return false;
	for (size_t i = 0; i < s->producers.n; i++) {
		for (size_t k = 0; k < s->producers.v[i]->legs.n; k++) {
			count_cases(in, inst, classes, s, s->producers.v[i]->legs.v[k], &n);
			if (classes & issues)
				count_issues(in, inst, classes, s->producers.v[i]->legs.v[k],
					by_level);
		}
	}
	if (max->kind == LIMIT_BASELINE) {
		out->kind = LIMIT_NUMBER;
		out->number = n;
		for (int l = 0; l < LEVELS; l++)
			out->number += by_level[l];
		return true;
	}
	if (!max->named[LEVEL_UNKNOWN]) /* counted with high, on both sides */
		by_level[LEVEL_HIGH] += by_level[LEVEL_UNKNOWN];
	for (int l = 0; l < LEVELS; l++) {
		if (!max->level_baseline[l])
			continue;
		out->level_baseline[l] = false;
		out->level[l] = by_level[l];
	}
	return true;
}
