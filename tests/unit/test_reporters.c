/*
 * test_reporters.c -- reporters over a decision built by hand: what a person must find in each,
 * what must never stand raw, and that names of strangers stay text in every medium.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <jansson.h>

#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/layout.h"
#include "gate/report/support/view.h"

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

static struct test *
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

static struct rule_result *
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

static void
count_test(struct rule_result *r, const struct test *t)
{
	struct item *it = vec_push(&r->items);

	it->kind = ITEM_TEST;
	it->id = t->id;
	it->test = t;
	r->observed++;
}

static void
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

static void
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

static void
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

static const char *
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

static size_t
times(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = strstr(text, what); p; p = strstr(p + 1, what))
		n++;
	return n;
}

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
	has(s, "F1 (high, open) describes it, but does not excuse it; strong: docs/scan.md:30 names");
	has(s, "perhaps F2, likely: docs/scan.md:30 names this case");
	has(s, "in unit (py39, py312)");
	assert_int_equal(times(s, "test_two  in"), 1);
	has(s, "2 new failures, 1 known failure, 1 waived, 627 passed");
	has(s, "bandit: bandit.txt:1: tool-not-found: bash: command not found: bandit");
	has(s, "exit not checked: unit");
	has(s, "1 waived: F1 (high) Admin API answers 404");
	has(s, "pytest tests/test_x.py::test_two\n");
	has(s, "gate explain tests/test_x.py::test_two\n");
	lacks(s, "\033");
	assert_string_equal(render(&w, "console", (struct render_options){ .verbosity = -1 }, &b),
		"Blocked: 2 new failures.\n");
	has(render(&w, "console", (struct render_options){ .color = true }, &b), "\033[1;31mBlocked");
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
	assert_int_equal(times(s, "\n  tests/test_x.py::test_000  in unit (py39)\n"), 1);
	has(s, "5 of them shown above");
	has(s, "+380 more (gate run --out json=decision.json, or -v)");
	has(s, "test_019");
	lacks(s, "test_020");
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
		.message = STR("assert used"), .file = STR("app/x.py"), .line = 3, .level = LEVEL_CRITICAL,
		.report = &w.lint, .judged = { .cls = CLASS_NEW_ISSUE } };
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
	has(s, "bandit B101 (critical)\n    app/x.py:3: assert used\n    new\n");
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
	assert_int_equal(json_integer_value(json_object_get(json_object_get(j, "counts"), "passed")),
		628);
	json_decref(j);
	buf_release(&rest);
	buf_release(&b);
	world_release(&w);
}

static const char *const hostile[] = {
	"\033[31mred\033[0m \x9b\x31m \xff\xfe", "<script>alert(1)</script>", "@everyone #1 !2 &3 ~x",
	"| pipes | more |", "`ticks` ``two`` ```three", "\xe2\x80\xaetxt.exe", "a\nb\r\n# heading\n- x",
	"[x](http://evil.example) <http://evil.example> www.evil.example", "</code></td></details>",
	"::error file=x::boo", " ::add-mask::x ##[error]y", "\xe2\x80\x8b\xef\xbb\xbf", "$(rm -rf /)",
	"'; rm -rf / #", "%s%n%d", "---\n***\n===\n", "![i](x)", "\\", "\t", "{{7*7}}",
};
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static void
hostile_world(struct world *w, const char *text)
{
	struct rule_result *r;
	struct test *t;

	world_init(w);
	t = add_test(w, text, OUT_FAILED, CLASS_NEW_FAILURE);
	t->message = t->file = str_of(text);
	t->judged.note = str_of(text);
	map_to(w, t, w->f1, STRENGTH_LIKELY, 0);
	w->evidence[0].kind = EV_SIGNATURE;
	w->evidence[0].detail = w->evidence[0].at_path = str_of(text);
	w->f1->id = w->f1->title = w->f1->qualified = str_of(text);
	w->lint.path = w->lint.problems.v[0].message = str_of(text);
	w->a.leg = w->unit.name = w->bandit.name = str_of(text);
	w->d.sentence = str_of(text);
	*vec_push(&w->d.remarks) = str_of(text);
	r = add_rule(w, text, RESULT_FAIL, text);
	r->selected = str_of(text);
	count_test(r, t);
	*vec_push(&w->run.notes) = (struct finding_note){ w->f1, str_of(text) };
	t = add_test(w, text, OUT_PASSED, CLASS_UNEXPECTED_PASS);
	t->judged.finding = w->f1;
	t = add_test(w, text, OUT_FAILED, CLASS_WAIVED);
	t->judged.finding = w->f1;
	add_test(w, text, OUT_FLAKY, CLASS_FLAKY);
}

static void
no_control(const char *s)
{
	struct str rest = str_of(s);
	uint32_t cp;
	size_t n;

	while (rest.n) {
		n = utf8_char(rest, &cp);
		assert_true(n > 0 && (cp >= 0x20 || cp == '\n') && cp != 0x7f);
		assert_false((cp >= 0x80 && cp <= 0x9f) || (cp >= 0x202a && cp <= 0x202e) ||
			cp == 0x2028 || cp == 0xfeff || cp == 0x200b);
		rest = str_from(rest, n);
	}
}

/* No line of a job's log may be a command to the runner. */
static void
no_commands(const char *s)
{
	struct str rest = str_of(s), line;

	lacks(s, "##[");
	while (str_line(&rest, &line))
		assert_false(str_starts(str_trim(line), "::"));
}

/* What our own tags leave of it: no angle bracket, mention, reference, pipe or tick by others. */
static void
harmless_markdown(const char *s)
{
	static const char *const tags[] = {
		"<code>", "</code>", "<br>", "<details>", "<summary>", "</summary>", "</details>",
	};

	no_control(s);
	lacks(s, "script>");
	lacks(s, "@");
	lacks(s, "www.");
	lacks(s, "://");
	lacks(s, "[");
	lacks(s, "{{");
	for (const char *p = strchr(s, '<'); p; p = strchr(p + 1, '<')) {
		bool own = false;

		for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
			own |= strncmp(p, tags[i], strlen(tags[i])) == 0;
		assert_true(own);
	}
	assert_int_equal(times(s, "<code>"), times(s, "</code>"));
	assert_int_equal(times(s, "<details>"), times(s, "</details>"));
	for (struct str rest = str_of(s), line; str_line(&rest, &line);) {
		size_t pipes = 0;

		for (size_t i = 0; i < line.n; i++)
			pipes += line.p[i] == '|';
		assert_true(pipes == 0 || (line.p[0] == '|' && pipes <= 5));
	}
}

static void
test_hostile(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < HOSTILE; i++) {
		for (int verbosity = -1; verbosity <= 1; verbosity++) {
			struct render_options opt = { .width = 40, .verbosity = verbosity };
			struct world w;
			json_t *j;

			hostile_world(&w, hostile[i]);
			no_control(render(&w, "console", opt, &b));
			no_commands(buf_z(&b));
			harmless_markdown(render(&w, "markdown", opt, &b));
			render(&w, "json", opt, &b);
			j = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
			assert_non_null(j);
			json_decref(j);
			world_release(&w);
		}
	}
	buf_release(&b);
}

/* A name of 100 kB neither floods the report nor is lost: JSON has all of it. */
static void
test_huge_names(void **state)
{
	struct world w;
	struct buf name = BUF_INIT, b = BUF_INIT;
	json_t *j, *t;

	(void)state;
	buf_addn(&name, 'x', 100000);
	hostile_world(&w, buf_z(&name));
	assert_true(strlen(render(&w, "console", (struct render_options){ .width = 80 }, &b)) < 40000);
	render(&w, "console", (struct render_options){ .width = 80 }, &b);
	has(b.p, "xxx...");
	assert_true(strlen(render(&w, "markdown", (struct render_options){ 0 }, &b)) < 20000);
	render(&w, "json", (struct render_options){ 0 }, &b);
	j = json_loadb(b.p, b.n, 0, NULL);
	assert_non_null(j);
	t = json_array_get(json_object_get(j, "tests"), 0);
	assert_int_equal(json_string_length(json_object_get(t, "id")), 100000);
	assert_true(json_is_null(json_object_get(t, "rerun")));
	json_decref(j);
	buf_release(&name);
	buf_release(&b);
	world_release(&w);
}

static void
test_rerun(void **state)
{
	static const struct {
		enum dialect dialect;
		const char *id, *class, *name, *tool, *want;
	} cases[] = {
		{ DIALECT_PYTEST, "tests/test_x.py::test_y[a b]", "", "", "", "pytest 'tests/test_x.py::test_y[a b]'" },
		{ DIALECT_PYTEST, "it's", "", "", "", "pytest 'it'\\''s'" },
		{ DIALECT_PYTEST, "-x", "", "", "", NULL },
		{ DIALECT_PYTEST, "a\033[b", "", "", "", NULL },
		{ DIALECT_JAVA, "com.x.FooTest#bar[1]", "", "", "", "mvn test -Dtest='com.x.FooTest#bar'" },
		{ DIALECT_GO, "m/pkg.TestX/a.b", "m/pkg", "TestX/a.b", "",
			"go test m/pkg -run '^TestX$/^a\\.b$'" },
		{ DIALECT_RUST, "crate::m::t", "", "", "", "cargo test m::t -- --exact" },
		{ DIALECT_JS, "f > it", "", "adds 1", "jest", "npx jest tests/test_x.py -t 'adds 1'" },
		{ DIALECT_JS, "f > it", "", "adds 1", "", NULL },
		{ DIALECT_NONE, "a::b", "a", "b", "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct report r = { .tool = str_of(cases[i].tool) };
		struct test t = { .id = str_of(cases[i].id), .class = str_of(cases[i].class),
			.name = str_of(cases[i].name), .file = STR("tests/test_x.py"),
			.dialect = cases[i].dialect, .report = &r };
		struct buf b = BUF_INIT;
		bool ok = view_rerun(&t, &b);

		assert_int_equal(ok, cases[i].want != NULL);
		if (ok)
			assert_string_equal(buf_z(&b), cases[i].want);
		buf_release(&b);
	}
}

static void
test_layout(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	layout_wrap(&b, STR("one two three averyveryverylongword four"), 0, 2, 12);
	assert_string_equal(buf_z(&b), "one two\n  three\n  averyveryverylongword\n  four\n");
	buf_reset(&b);
	layout_wrap(&b, STR("a  b c  "), 0, 2, 0);
	assert_string_equal(buf_z(&b), "a  b c\n");
	buf_reset(&b);
	layout_cut(&b, STR("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97"), 7);
	assert_string_equal(buf_z(&b), "\xe6\xbc\xa2\xe5\xad\x97...");
	buf_reset(&b);
	layout_cut(&b, STR("short"), 5);
	layout_pad(&b, STR("ab"), 4);
	assert_string_equal(buf_z(&b), "shortab  ");
	buf_release(&b);
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
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_huge_names),
		cmocka_unit_test(test_rerun),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
