/* run_by_hand.h -- a small classified run for tests of rules. After cmocka.h. */
#ifndef TESTS_UNIT_RUN_BY_HAND_H
#define TESTS_UNIT_RUN_BY_HAND_H

#include "policies/engine/judge.h"

#define HAND_MAX 16

/* One producer of tests, "unit", and one of results, "ruff"; a register with F1, high. */
struct hand {
	struct findings fs;
	struct run run;
	struct producer_spec unit, ruff;
	struct report tests, lint;
	struct test test[HAND_MAX];
	struct issue issue[HAND_MAX];
	size_t ntests, nissues;
	struct finding *f1;
	struct policy p;
	struct diags diags;
	struct decision d;
};

static inline void
hand_init(struct hand *h)
{
	struct producer *p;

	memset(h, 0, sizeof(*h));
	h->f1 = findings_add(&h->fs, findings_reg(&h->fs, STR("known.yaml"), STR("known.yaml")),
		STR("F1"), STR("Clock"), 3);
	h->f1->level = LEVEL_HIGH;
	h->ruff.name = STR("ruff");
	h->unit.name = STR("unit");
	p = vec_push(&h->run.producers);
	p->spec = &h->ruff;
	p->complete = true;
	*vec_push(&p->reports) = &h->lint;
	p = vec_push(&h->run.producers);
	p->spec = &h->unit;
	p->complete = true;
	*vec_push(&p->reports) = &h->tests;
	h->lint = (struct report){ .path = STR("ruff.txt"), .kind = KIND_LINT, .tool = STR("ruff"),
		.complete = true, .producer = &h->run.producers.v[0] };
	h->tests = (struct report){ .path = STR("a.xml"), .kind = KIND_TESTS, .complete = true,
		.producer = &h->run.producers.v[1] };
}

static inline void
hand_passed(struct hand *h, long n)
{
	h->tests.count[OUT_PASSED] += n;
	h->tests.total += n;
	h->run.producers.v[1].total += n;
}

static inline struct test *
hand_test(struct hand *h, const char *id, enum outcome o, enum class c)
{
	struct test *t = &h->test[h->ntests++];

	assert_true(h->ntests <= HAND_MAX);
	*t = (struct test){ .id = str_of(id), .base_id = str_of(id), .outcome = o,
		.report = &h->tests, .judged.cls = c };
	*vec_push(&h->run.tests) = t;
	h->tests.count[o]++;
	h->tests.total++;
	h->run.producers.v[1].total++;
	return t;
}

static inline struct test *
hand_known(struct hand *h, const char *id, bool excused)
{
	struct test *t = hand_test(h, id, OUT_FAILED, CLASS_KNOWN_FAILURE);

	t->judged.finding = h->f1;
	t->judged.excused = excused;
	t->judged.strength = STRENGTH_STRONG;
	return t;
}

static inline struct issue *
hand_issue(struct hand *h, const char *id, enum level level, enum class c)
{
	struct issue *is = &h->issue[h->nissues++];

	assert_true(h->nissues <= HAND_MAX);
	*is = (struct issue){ .id = str_of(id), .tool = STR("ruff"), .rule = STR("E501"),
		.file = STR("app/x.py"), .level = level, .report = &h->lint, .judged.cls = c };
	*vec_push(&h->run.issues) = is;
	h->lint.issue_total++;
	h->lint.issue_actionable++;
	return is;
}

/* Judges by this policy; nothing of an earlier judgement stays. */
static inline const struct decision *
hand_judge(struct hand *h, const char *policy)
{
	FILE *f = fopen("gate.yaml", "w");

	assert_non_null(f);
	fputs(policy, f);
	fclose(f);
	decision_release(&h->d);
	memset(&h->d, 0, sizeof(h->d));
	policy_release(&h->p);
	if (policy_load(&h->p, "gate.yaml", &h->diags) < 0)
		diags_print(stderr, &h->diags, DIAG_NOTE);
	assert_int_equal(h->diags.errors, 0);
	assert_true(date_parse(STR("2026-01-15T12:00:00Z"), &h->d.now));
	policy_judge(&h->p, &h->run, &h->fs, &h->d);
	return &h->d;
}

static inline const struct rule_result *
hand_rule(const struct hand *h, const char *rule)
{
	for (size_t i = 0; i < h->d.rules.n; i++)
		if (str_eqz(h->d.rules.v[i].rule, rule))
			return &h->d.rules.v[i];
	fail_msg("no result of the rule %s", rule);
	return NULL;
}

static inline void
hand_release(struct hand *h)
{
	for (size_t i = 0; i < h->run.producers.n; i++) {
		vec_release(&h->run.producers.v[i].reports);
		vec_release(&h->run.producers.v[i].problems);
	}
	vec_release(&h->run.producers);
	vec_release(&h->run.tests);
	vec_release(&h->run.issues);
	vec_release(&h->run.absents);
	vec_release(&h->tests.problems);
	vec_release(&h->lint.problems);
	arena_release(&h->run.mem);
	decision_release(&h->d);
	policy_release(&h->p);
	diags_release(&h->diags);
	findings_release(&h->fs);
}

#endif
