/*
 * decision_by_hand.h -- a small decision for tests of what is made from decisions: two
 * producers, a register, and whatever the test adds. After cmocka.h.
 */
#ifndef TESTS_UNIT_DECISION_BY_HAND_H
#define TESTS_UNIT_DECISION_BY_HAND_H

#include "gate/base/utf8.h"
#include "gate/report/reporter.h"

/* One small run: two producers, a register, failures of several classes. */
struct world {
	struct findings fs;
	struct run run;
	struct decision d;
	struct producer_spec unit, bandit;
	struct report a, b, lint;
	struct problem problem;
	struct evidence evidence[4];
	VEC(struct test *) made;
	struct issue issue, old_issue;
	struct finding *f1, *f2;
};

static inline struct test *
add_test(struct world *w, const char *id, enum outcome o, enum class c)
{
	struct test *t = xcalloc(1, sizeof(*t));

	*vec_push(&w->made) = t;
	*vec_push(&w->run.tests) = t;
	t->id = t->base_id = str_of(id);
	t->file = STR("tests/test_x.py");
	t->line = 41;
	t->message = STR("AssertionError: expected 200\nsecond line");
	t->outcome = o;
	t->dialect = DIALECT_PYTEST;
	t->report = &w->a;
	t->judged.cls = c;
	w->d.counts[c]++;
	return t;
}

static inline struct rule_result *
add_rule(struct world *w, const char *name, enum rule_outcome outcome, const char *message)
{
	struct rule_result *r = vec_push(&w->d.rules);

	r->rule = str_of(name);
	r->level = outcome == RESULT_WARN ? RULE_WARN : RULE_FAIL;
	r->outcome = outcome;
	r->message = str_of(message);
	r->limit.kind = LIMIT_NUMBER;
	return r;
}

static inline void
count_test(struct rule_result *r, const struct test *t)
{
	struct item *it = vec_push(&r->items);

	it->kind = ITEM_TEST;
	it->id = t->id;
	it->test = t;
	r->observed++;
}

static inline void
map_to(struct world *w, struct test *t, struct finding *f, enum strength s, size_t slot)
{
	w->evidence[slot] = (struct evidence){ .kind = EV_TEST_CASE, .strength = s, .finding = f,
		.specificity = 4, .at_path = STR("docs/scan.md"), .at_line = 30 };
	t->judged.evidence = &w->evidence[slot];
	t->judged.nevidence = 1;
	if (s >= STRENGTH_STRONG) {
		t->judged.finding = f;
		t->judged.strength = s;
	}
}

static inline void
world_init(struct world *w)
{
	struct producer *p;
	struct reg *reg;

	memset(w, 0, sizeof(*w));
	reg = findings_reg(&w->fs, STR("docs/scan.md"), STR("docs/scan.md"));
	reg->name = STR("docs/scan");
	w->f1 = findings_add(&w->fs, reg, STR("F1"), STR("Admin API answers 404"), 12);
	w->f2 = findings_add(&w->fs, reg, STR("F2"), STR("Other things"), 40);
	w->f1->qualified = STR("docs/scan/F1");
	w->f2->qualified = STR("docs/scan/F2");
	w->f1->level = LEVEL_HIGH;
	w->unit.name = STR("unit");
	w->bandit.name = STR("bandit");
	p = vec_push(&w->run.producers);
	p->spec = &w->bandit;
	w->problem = (struct problem){ PROBLEM_TOOL_NOT_FOUND, 1,
		STR("bash: command not found: bandit") };
	w->lint.path = STR("bandit.txt");
	*vec_push(&w->lint.problems) = w->problem;
	*vec_push(&p->reports) = &w->lint;
	p = vec_push(&w->run.producers);
	p->spec = &w->unit;
	p->complete = true;
	w->a.path = STR("a.xml");
	w->b.path = STR("b.xml");
	w->a.complete = w->b.complete = true;
	w->a.format = STR("junit");
	w->a.leg = STR("py39");
	w->b.leg = STR("py312");
	*vec_push(&p->reports) = &w->a;
	*vec_push(&p->reports) = &w->b;
	w->lint.producer = &w->run.producers.v[0];
	w->a.producer = w->b.producer = &w->run.producers.v[1];
	w->d.run = &w->run;
	w->d.findings = &w->fs;
	w->d.verdict = VERDICT_FAIL;
	w->d.exit = 1;
	w->d.sentence = STR("Blocked: 2 new failures.");
	w->d.name = STR("backend");
	w->d.excuse_at = STRENGTH_STRONG;
	w->d.suggest_at = STRENGTH_POSSIBLE;
	w->d.counts[CLASS_PASSED] = 627;
}

static inline void
world_release(struct world *w)
{
	for (size_t i = 0; i < w->made.n; i++)
		free(w->made.v[i]);
	vec_release(&w->made);
	for (size_t i = 0; i < w->run.producers.n; i++)
		vec_release(&w->run.producers.v[i].reports);
	vec_release(&w->run.producers);
	vec_release(&w->run.tests);
	vec_release(&w->run.issues);
	vec_release(&w->run.absents);
	vec_release(&w->run.notes);
	vec_release(&w->lint.problems);
	decision_release(&w->d);
	findings_release(&w->fs);
}

static inline const char *
render(struct world *w, const char *name, struct render_options opt, struct buf *out)
{
	const struct reporter *r = reporter_find(str_of(name));

	assert_non_null(r);
	buf_reset(out);
	r->render(&w->d, &opt, out);
	assert_true(utf8_valid(buf_str(out)));
	return buf_z(out);
}

#define has(text, what) assert_non_null(strstr((text), (what)))
#define lacks(text, what) assert_null(strstr((text), (what)))

static inline size_t
times(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = strstr(text, what); p; p = strstr(p + 1, what))
		n++;
	return n;
}

#endif
