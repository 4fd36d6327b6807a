/*
 * test_reporters.c -- reporters over a decision built by hand: what a person must find in each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <jansson.h>

#include "tests/unit/decision_by_hand.h"

static void
test_registry(void **state)
{
	(void)state;
	for (size_t i = 0; reporters[i]; i++) {
		assert_true(i == 0 || strcmp(reporters[i - 1]->name, reporters[i]->name) < 0);
		assert_ptr_equal(reporter_find(str_of(reporters[i]->name)), reporters[i]);
	}
	assert_null(reporter_find(STR("jso")));
}

static void
test_console(void **state)
{
	struct world w;
	struct buf b = BUF_INIT;
	struct rule_result *r;
	struct test *t;
	const char *s;

	(void)state;
	world_init(&w);
	t = add_test(&w, "tests/test_x.py::test_one", OUT_FAILED, CLASS_KNOWN_FAILURE);
	map_to(&w, t, w.f1, STRENGTH_STRONG, 0);
	r = add_rule(&w, "new-failures", RESULT_FAIL, "2 new failures, 0 allowed");
	count_test(r, t);
	t = add_test(&w, "tests/test_x.py::test_two", OUT_FAILED, CLASS_NEW_FAILURE);
	map_to(&w, t, w.f2, STRENGTH_LIKELY, 1);
	count_test(r, t);
	t = add_test(&w, "tests/test_x.py::test_two", OUT_FAILED, CLASS_NEW_FAILURE);
	t->report = &w.b; /* the same test in another leg */
	count_test(r, t);
	t = add_test(&w, "tests/test_x.py::test_tolerated", OUT_FAILED, CLASS_WAIVED);
	map_to(&w, t, w.f1, STRENGTH_STRONG, 2);
	s = render(&w, "console", (struct render_options){ .width = 100 }, &b);
	assert_int_equal(strncmp(s, "Blocked: 2 new failures.\n", 25), 0);
	has(s, "new-failures: 2 new failures, 0 allowed");
	has(s, "tests/test_x.py:41: AssertionError: expected 200\n");
	lacks(s, "second line");
	has(s, "F1 (high, open) describes it, but does not excuse it: Admin API answers 404\n");
	has(s, "      strong: docs/scan.md:30 names this case\n");
	has(s, "perhaps F2 (likely: docs/scan.md:30 names this case)");
	has(s, "in unit (py39, py312)");
	assert_int_equal(times(s, "test_two  in"), 1);
	has(s, "2 new failures, 1 known failure not excused, 1 waived, 627 passed");
	has(s, "bandit: bandit.txt:1: tool-not-found: bash: command not found: bandit");
	has(s, "exit not checked: unit");
	has(s, "1 waived: F1 (high) Admin API answers 404");
	has(s, "  pytest tests/test_x.py::test_two tests/test_x.py::test_one\n");
	has(s, "    way out: make it pass; if it must wait, a waiver\n");
	has(s, "or `excuses: true` for docs/scan.md\n");
	has(s, "          - \"tests/test_x.py::test_two\"\n");
	has(s, "waiver: {owner: WHO, reason: WHY, expires: 1970-01-31}\n");
	has(s, "gate explain tests/test_x.py::test_two\n");
	lacks(s, "\033");
	assert_string_equal(render(&w, "console", (struct render_options){ .verbosity = -1 }, &b),
		"Blocked: 2 new failures.\n");
	has(render(&w, "console", (struct render_options){ .color = true }, &b), "\033[1;31mBl");
	has(render(&w, "console", (struct render_options){ .verbosity = 1 }, &b),
		"run it: pytest tests/test_x.py::test_one");
	buf_release(&b);
	world_release(&w);
}

/* An item of two rules stands under the more important one; caps are said. */
static void
test_once_and_capped(void **state)
{
	struct world w;
	struct buf b = BUF_INIT;
	struct rule_result *r;
	char names[400][40];
	const char *s;

	(void)state;
	world_init(&w);
	add_rule(&w, "known-failures", RESULT_INCONCLUSIVE, "first in the policy");
	add_rule(&w, "new-failures", RESULT_FAIL, "400 new failures, 0 allowed");
	for (size_t i = 0; i < 400; i++) {
		struct test *t;

		snprintf(names[i], sizeof(names[i]), "tests/test_x.py::test_%03zu", i);
		t = add_test(&w, names[i], OUT_FAILED, CLASS_NEW_FAILURE);
		count_test(&w.d.rules.v[1], t);
		if (i < 5)
			count_test(&w.d.rules.v[0], t);
	}
	s = render(&w, "console", (struct render_options){ .width = 80 }, &b);
	assert_true(strstr(s, "\nnew-failures:") < strstr(s, "\nknown-failures:"));
	assert_int_equal(times(s, "\n    tests/test_x.py::test_000  in unit (py39)\n"), 1);
	has(s, "5 of them shown above");
	has(s, "+380 more (gate run --out json=decision.json, or -v)");
	has(s, "test_019");
	lacks(s, "\n    tests/test_x.py::test_020");
	s = render(&w, "console", (struct render_options){ .verbosity = 1 }, &b);
	has(s, "test_399");
	lacks(s, " more (");
	has(render(&w, "markdown", (struct render_options){ 0 }, &b), "+350 more");
	has(render(&w, "json", (struct render_options){ 0 }, &b), "test_399");
	r = &w.d.rules.v[1];
	assert_int_equal(r->observed, 400);
	buf_release(&b);
	world_release(&w);
}

/* By-level limits: only what is over its level's limit blocks. */
static void
test_levels(void **state)
{
	struct world w;
	struct buf b = BUF_INIT;
	struct rule_result *r;
	struct issue *both[2];
	const char *s;

	(void)state;
	world_init(&w);
	w.d.verdict = VERDICT_FAIL;
	w.issue = (struct issue){ .id = STR("i1"), .tool = STR("bandit"), .rule = STR("B101"),
		.message = STR("assert used"), .file = STR("app/x.py"), .line = 3,
		.level = LEVEL_CRITICAL, .report = &w.lint, .judged = { .cls = CLASS_NEW_ISSUE } };
	w.old_issue = w.issue;
	w.old_issue.id = STR("i2");
	w.old_issue.rule = STR("B999");
	w.old_issue.level = LEVEL_LOW;
	both[0] = &w.issue;
	both[1] = &w.old_issue;
	r = add_rule(&w, "new-issues", RESULT_FAIL, "2 new issues");
	r->limit = (struct limit){ .kind = LIMIT_BY_LEVEL };
	r->limit.named[LEVEL_HIGH] = true;
	for (size_t i = 0; i < 2; i++) {
		*vec_push(&w.run.issues) = both[i];
		*vec_push(&r->items) = (struct item){ .kind = ITEM_ISSUE, .id = both[i]->id,
			.issue = both[i] };
	}
	s = render(&w, "console", (struct render_options){ 0 }, &b);
	has(s, "\n  new\n    bandit B101 (critical)\n      app/x.py:3: assert used\n");
	has(s, "1 of lower levels are within their limits");
	lacks(s, "B999");
	s = render(&w, "json", (struct render_options){ 0 }, &b);
	has(s, "\"rule\": \"B999\"");
	has(s, "\"limit\": {\n    \"high\": 0\n   }");
	buf_release(&b);
	world_release(&w);
}

/* The document's bytes without the digest's line have that digest; all is there and sorted. */
static void
test_json(void **state)
{
	struct world w;
	struct buf b = BUF_INIT, rest = BUF_INIT;
	struct rule_result *r;
	struct test *t;
	struct absent *a;
	char hex[SHA256_HEX];
	struct str doc, line;
	json_t *j, *e;
	char *again;

	(void)state;
	world_init(&w);
	t = add_test(&w, "tests/test_x.py::test_one", OUT_FAILED, CLASS_KNOWN_FAILURE);
	map_to(&w, t, w.f1, STRENGTH_STRONG, 0);
	r = add_rule(&w, "new-failures", RESULT_FAIL, "x");
	count_test(r, t);
	t = add_test(&w, "tests/test_x.py::test_two", OUT_ERROR, CLASS_NEW_FAILURE);
	map_to(&w, t, w.f2, STRENGTH_LIKELY, 1);
	add_test(&w, "tests/test_x.py::test_ok", OUT_PASSED, CLASS_PASSED);
	add_test(&w, "tests/test_x.py::test_skip", OUT_SKIPPED, CLASS_SKIPPED);
	a = vec_push(&w.run.absents);
	a->finding = w.f2;
	a->ref = STR("tests/test_gone.py::test_z");
	a->judged = (struct judged){ .cls = CLASS_ORPHANED, .finding = w.f2 };
	render(&w, "json", (struct render_options){ 0 }, &b);
	doc = buf_str(&b);
	j = json_loadb(doc.p, doc.n, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(j);
	again = json_dumps(j, JSON_SORT_KEYS | JSON_INDENT(1));
	assert_int_equal(strlen(again) + 1, doc.n); /* piece by piece is the same as at once */
	assert_int_equal(memcmp(again, doc.p, doc.n - 1), 0);
	free(again);
	while (str_line(&doc, &line)) {
		if (str_starts(line, " \"digest\": "))
			continue;
		buf_add(&rest, line);
		buf_addc(&rest, '\n');
	}
	sha256_of(buf_str(&rest), hex);
	assert_string_equal(json_string_value(json_object_get(j, "digest")), hex);
	e = json_object_get(j, "tests");
	assert_int_equal(json_array_size(e), 3);
	assert_string_equal(json_string_value(json_object_get(json_array_get(e, 0), "outcome")),
		"absent");
	e = json_array_get(e, 1);
	assert_string_equal(json_string_value(json_object_get(e, "finding")), "docs/scan/F1");
	assert_string_equal(json_string_value(json_object_get(e, "rerun")),
		"pytest tests/test_x.py::test_one");
	e = json_array_get(json_object_get(j, "tests"), 2);
	assert_true(json_is_null(json_object_get(e, "finding")));
	assert_int_equal(json_array_size(json_object_get(e, "suggestions")), 1);
	assert_int_equal(json_array_size(json_object_get(j, "inputs")), 3);
	e = json_array_get(json_object_get(j, "findings"), 0);
	assert_string_equal(json_string_value(json_object_get(e, "qualified")), "docs/scan/F1");
	assert_int_equal(json_array_size(json_object_get(e, "tests")), 1);
	e = json_object_get(j, "counts");
	assert_int_equal(json_integer_value(json_object_get(e, "passed")), 628);
	json_decref(j);
	buf_release(&rest);
	buf_release(&b);
	world_release(&w);
}

/* A decision about nothing is still a report, whatever the medium. */
static void
test_empty(void **state)
{
	struct run run = { 0 };
	struct findings fs = { 0 };
	struct decision d = { .run = &run, .findings = &fs, .sentence = STR("Passed: nothing.") };

	(void)state;
	for (size_t i = 0; reporters[i]; i++) {
		struct buf b = BUF_INIT;

		reporters[i]->render(&d, &(struct render_options){ 0 }, &b);
		if (reporters[i]->beside || reporters[i]->append)
			has(buf_z(&b), "Passed: nothing");
		assert_int_equal(b.p[b.n - 1], '\n');
		buf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_registry),
		cmocka_unit_test(test_console),
		cmocka_unit_test(test_once_and_capped),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
