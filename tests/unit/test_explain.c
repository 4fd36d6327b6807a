/* test_explain.c -- `gate explain` over a decision built by hand and over broken documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <jansson.h>

#include "gate/report/support/explain.h"
#include "tests/unit/decision_by_hand.h"

static json_t *
document(struct world *w)
{
	struct buf b = BUF_INIT;
	json_t *doc;

	render(w, "json", (struct render_options){ 0 }, &b);
	doc = json_loadb(b.p, b.n, JSON_ALLOW_NUL, NULL);
	assert_non_null(doc);
	buf_release(&b);
	return doc;
}

static size_t
explain(const json_t *doc, const struct decision *d, const char *name, struct buf *out)
{
	struct explain e = { .doc = doc, .d = d, .l = { .out = out } };
	size_t n = 1;

	buf_reset(out);
	if (name)
		n = explain_name(&e, str_of(name));
	else
		explain_verdict(&e);
	lines_release(&e.l);
	return n;
}

/* A failure that a document describes, one that is only suggested, one done and failing. */
static void
fill(struct world *w)
{
	struct rule_result *r;
	struct test *t;

	world_init(w);
	t = add_test(w, "tests/test_x.py::test_one", OUT_FAILED, CLASS_KNOWN_FAILURE);
	map_to(w, t, w->f1, STRENGTH_STRONG, 0);
	r = add_rule(w, "new-failures", RESULT_FAIL, "2 new failures, 0 allowed");
	r->at = (struct pos){ "gate.yaml", 12, 3 };
	count_test(r, t);
	t = add_test(w, "tests/test_x.py::test_two", OUT_FAILED, CLASS_NEW_FAILURE);
	map_to(w, t, w->f2, STRENGTH_LIKELY, 1);
	count_test(r, t);
	t = add_test(w, "tests/test_x.py::test_three", OUT_FAILED, CLASS_FAILED_FIX);
	w->f2->state = STATE_DONE;
	map_to(w, t, w->f2, STRENGTH_STRONG, 2);
	add_rule(w, "flaky-tests", RESULT_PASS, "none");
	add_test(w, "tests/test_x.py::test_four", OUT_FAILED, CLASS_NEW_FAILURE);
}

static void
test_results(void **state)
{
	struct world w;
	struct buf b = BUF_INIT;
	json_t *doc;

	(void)state;
	fill(&w);
	doc = document(&w);
	assert_int_equal(explain(doc, &w.d, "tests/test_x.py::test_one", &b), 1);
	has(b.p, "failed in unit/py39, tests/test_x.py:41\n");
	has(b.p, "    second line\n"); /* the whole message, not its first line */
	has(b.p, "known-failure: It fails, and a finding explains it.");
	has(b.p, "docs/scan/F1 (high, open), docs/scan.md:12: Admin API answers 404\n");
	has(b.p, "strong, test-case, docs/scan.md:30\n");
	has(b.p, "=> decides, but describes only");
	has(b.p, "new-failures: fail: 2 new failures, 0 allowed");
	has(b.p, "or the policy says `excuses: true` of the register of docs/scan/F1");
	has(b.p, "See it here: pytest tests/test_x.py::test_one\n");
	explain(doc, &w.d, "tests/test_x.py::test_two", &b);
	has(b.p, "=> too weak: likely evidence suggests, it never excuses; the policy asks for st");
	has(b.p, "or there is strong evidence for docs/scan/F2");
	explain(doc, NULL, "tests/test_x.py::test_two", &b);
	has(b.p, "=> too weak: likely evidence suggests, it never excuses\n");
	explain(doc, &w.d, "tests/test_x.py::test_three", &b);
	has(b.p, "=> decides, and is called done");
	has(b.p, "or nobody calls it done any more");
	has(b.p, "Counted by no rule");
	explain(doc, &w.d, "tests/test_x.py::test_four", &b);
	has(b.p, "Candidates: none");
	json_decref(doc);
	buf_release(&b);
	world_release(&w);
}

static void
test_others(void **state)
{
	struct world w;
	struct buf b = BUF_INIT;
	json_t *doc;

	(void)state;
	fill(&w);
	doc = document(&w);
	explain(doc, &w.d, NULL, &b);
	has(b.p, "Blocked: 2 new failures.\nfail: new-failures: 2 new failures, 0 allowed [gate.");
	has(b.p, "[gate.yaml:12]\n");
	has(b.p, "pass: flaky-tests\n");
	has(b.p, "bandit, bandit.txt: not complete\n    tool-not-found at line 1: bash: command");
	assert_int_equal(explain(doc, &w.d, "F2", &b), 1);
	has(b.p, "Tests that rest on it (1)\n    tests/test_x.py::test_three\n");
	has(b.p, "not deciding (tests)\n    tests/test_x.py::test_two, new-failure\n");
	assert_int_equal(explain(doc, &w.d, "docs/scan/F1", &b), 1);
	assert_int_equal(explain(doc, &w.d, "new-failures", &b), 1);
	has(b.p, "level fail, observed 2, allowed 0\n");
	has(b.p, "It counts failing tests");
	assert_int_equal(explain(doc, &w.d, "bandit", &b), 1);
	assert_int_equal(explain(doc, &w.d, "scan/F1", &b), 1);
	assert_int_equal(explain(doc, &w.d, "can/F1", &b), 0);
	assert_int_equal(explain(doc, &w.d, "test_one", &b), 0);
	assert_int_equal(explain(doc, &w.d, "", &b), 0);
	json_decref(doc);
	buf_release(&b);
	world_release(&w);
}

static void
test_near(void **state)
{
	static const struct {
		const char *name, *want;
		size_t n;
	} cases[] = {
		{ "test_one", "tests/test_x.py::test_one", 1 },
		{ "TEST_X", "tests/test_x.py::test_one", 4 },
		{ "tests/test_x.py::tets_three", "tests/test_x.py::test_three", 1 },
		{ "new-failure", "new-failures", 1 },
		{ "nwe-failures", "new-failures", 1 },
		{ "zzzzzzzzzzzz", NULL, 0 },
		{ "", NULL, 0 },
	};
	struct world w;
	json_t *doc;

	(void)state;
	fill(&w);
	doc = document(&w);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str out[8];
		size_t more, n = explain_near(doc, str_of(cases[i].name), out, 8, &more);
		bool found = cases[i].want == NULL;

		assert_int_equal(n, cases[i].n);
		for (size_t k = 0; k < n; k++)
			found |= cases[i].want && str_eqz(out[k], cases[i].want);
		assert_true(found);
	}
	json_decref(doc);
	world_release(&w);
}

/* A document from elsewhere may be anything: nothing is assumed of it but that it is JSON. */
static void
test_broken(void **state)
{
	static const char *const docs[] = {
		"{}", "{\"tests\":{},\"rules\":3,\"findings\":null,\"sentence\":[]}",
		"{\"tests\":[1,null,[],{\"id\":5},{\"id\":\"x\"}],\"rules\":[{}],\"inputs\":[{}]}",
		"{\"tests\":[{\"id\":\"x\",\"class\":\"none\",\"evidence\":[1,{\"at\":3}]}]}",
		"{\"tests\":[{\"id\":\"x\",\"class\":\"new-failure\","
		"\"evidence\":[{\"finding\":null}],"
		"\"suggestions\":[null],\"message\":\"\\u001b[31m\\n::error::x\"}]}",
		"{\"findings\":[{\"qualified\":\"x\",\"tests\":[1],\"issues\":{}}],"
		"\"environment\":7}",
		"{\"rules\":[{\"rule\":\"x\",\"items\":[null,{}],\"limit\":{\"high\":[]}}]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		json_t *doc = json_loads(docs[i], 0, NULL);
		struct buf b = BUF_INIT;
		struct str near[3];
		size_t more;

		assert_non_null(doc);
		explain(doc, NULL, NULL, &b);
		lacks(buf_z(&b), "\033");
		explain(doc, NULL, "x", &b);
		lacks(buf_z(&b), "\033");
		lacks(buf_z(&b), "    ::");
		explain_near(doc, STR("yyy"), near, 3, &more);
		json_decref(doc);
		buf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_results),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
