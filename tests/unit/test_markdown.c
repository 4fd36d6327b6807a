/* test_markdown.c -- the parts of the Markdown reader: IDs, fields, paths, tests, messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "parsers/registers/register.h"
#include "parsers/registers/support/md_fields.h"
#include "parsers/registers/support/md_ids.h"
#include "parsers/registers/support/md_paths.h"
#include "parsers/registers/support/md_spans.h"
#include "parsers/registers/support/md_tests.h"

extern const struct register_parser register_markdown;

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void
test_id_tokens(void **unused)
{
	static const struct {
		const char *text;
		size_t n;
	} rows[] = {
		{ "BUG-A01: x", 7 }, { "F1", 2 }, { "F1.", 2 }, { "#12)", 3 },
		{ "TD-20251008-001 x", 15 },
		{ "SEC-M1/2", 6 }, { "CVE-2024-1234", 13 }, { "A-1–2", 3 }, { "P0", 0 },
		{ "P7", 0 },
		{ "F1a", 0 }, { "F_1", 0 }, { "V1.2", 0 }, { "BUG", 0 }, { "BUG-", 0 },
		{ "BUG-1-", 0 },
		{ "2FA", 0 }, { "bug-1", 0 }, { "UTF-8", 0 }, { "SHA-256", 0 }, { "#", 0 },
		{ "#12a", 0 },
		{ "F1é", 0 }, { "-1", 0 }, { "", 0 },
	};

	(void)unused;
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (md_id_len(NULL, str_of(rows[i].text)) != rows[i].n)
			fail_msg("\"%s\": %zu", rows[i].text,
				md_id_len(NULL, str_of(rows[i].text)));
}

static void
test_heads(void **unused)
{
	static const struct {
		const char *text;
		enum md_head_where where;
		const char *ids;  /* joined by blanks; "" none */
		const char *rest;
	} rows[] = {
		{ "F1. Missing (P0)", MD_HEAD_HEADING, "F1", "Missing (P0)" },
		{ "✅ [F1] — x", MD_HEAD_BULLET, "F1", "x" },
		{ "BUG-A10 + A13: two", MD_HEAD_BULLET, "BUG-A10 BUG-A13", "two" },
		{ "TD4-01/02 (small) x", MD_HEAD_BULLET, "TD4-01 TD4-02", "(small) x" },
		{ "TD8-02..05: four", MD_HEAD_HEADING, "TD8-02 TD8-03 TD8-04 TD8-05", "four" },
		{ "L-9–11: three", MD_HEAD_HEADING, "L-9 L-10 L-11", "three" },
		{ "SEC-L3, L7, and more", MD_HEAD_BULLET, "SEC-L3 SEC-L7", ", and more" },
		{ "F1, S9 is slow", MD_HEAD_BULLET, "F1", ", S9 is slow" },
		{ "F1 and F2 fail", MD_HEAD_BULLET, "F1 F2", "fail" },
		{ "3.2) BUG-1: x", MD_HEAD_HEADING, "BUG-1", "x" },
		{ "Finding F1: x", MD_HEAD_HEADING, "F1", "x" },
		{ "Issue #12: x", MD_HEAD_HEADING, "#12", "x" },
		{ "Issue #12: x", MD_HEAD_BULLET, "", "" },
		{ "[P1] F1: x", MD_HEAD_BULLET, "F1", "x" },
		{ "See F1", MD_HEAD_HEADING, "", "" },
		{ "1. Policy", MD_HEAD_HEADING, "", "" },
		{ "P0 Bugs", MD_HEAD_HEADING, "", "" },
		{ "— F1", MD_HEAD_HEADING, "", "" },
	};
	struct arena mem = { 0 };
	struct md_head head;
	struct buf got = BUF_INIT;

	(void)unused;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct str text = str_of(rows[i].text);
		bool is = md_head(&mem, NULL, text, 0, rows[i].where, &head);

		buf_reset(&got);
		for (size_t k = 0; is && k < head.n; k++)
			buf_addf(&got, "%s%.*s", k ? " " : "", STR_FMT(head.ids[k]));
		if (strcmp(buf_z(&got), rows[i].ids) != 0 ||
			(is && !str_eqz(str_from(text, head.rest), rows[i].rest)))
			fail_msg("\"%s\": \"%s\", rest \"%.*s\"", rows[i].text, buf_z(&got),
				STR_FMT(is ? str_from(text, head.rest) : STR_NONE));
	}
	assert_true(md_head(&mem, NULL, STR("F1 (HIGH, small): x"), 0, MD_HEAD_BULLET, &head));
	assert_true(str_eqz(head.severity, "HIGH, small"));
	assert_true(md_head(&mem, NULL, STR("AB-1..999999"), 0, MD_HEAD_BULLET, &head));
	assert_int_equal(head.n, MD_HEAD_IDS);
	assert_true(md_only_ids(&mem, NULL, STR("A04-1 + A07-3"), &head));
	assert_false(md_only_ids(&mem, NULL, STR("#12, regression of #3"), &head));
	buf_release(&got);
	arena_release(&mem);
}

static void
test_field_names(void **unused)
{
	static const struct {
		const char *name;
		enum field_kind kind;
	} rows[] = {
		{ "Severity", FIELD_SEVERITY }, { "Priorität", FIELD_PRIORITY },
		{ "STATUS:", FIELD_STATUS },
		{ "Created_at (UTC)", FIELD_CREATED }, { "File checked", FIELD_LOCATION },
		{ "Affected Files", FIELD_LOCATION }, { "Location(s)", FIELD_LOCATION },
		{ "Migration Path", FIELD_PROSE }, { "Files", FIELD_LOCATION },
		{ "Suggested Tests", FIELD_TESTS }, { "Test files", FIELD_TESTS },
		{ "Dependencies", FIELD_DEPENDS }, { "GitHub Issue", FIELD_ALIAS },
		{ "Impact", FIELD_PROSE }, { "Status breakdown", FIELD_PROSE }, { "", FIELD_PROSE },
	};

	(void)unused;
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (md_field_kind(str_of(rows[i].name)) != rows[i].kind)
			fail_msg("\"%s\" is %d", rows[i].name,
				(int)md_field_kind(str_of(rows[i].name)));
	assert_int_equal(md_column_kind(STR("Bug ID")), FIELD_ID);
	assert_int_equal(md_column_kind(STR("Existing Issue")), FIELD_ALIAS);
}

static void
test_lines(void **unused)
{
	static const struct {
		const char *text, *lines;
		size_t n;
	} rows[] = {
		{ ":23-29", "23-29", 6 }, { ":23–29)", "23-29", 8 }, { "#L23-L29 x", "23-29", 8 },
		{ ":383-388, 401 and 410-412.", "383-388 401-401 410-412", 25 },
		{ ":233 and 383-388", "233-233 383-388", 16 }, { ":9, 3 times", "9-9", 2 },
		{ ":7:12: error", "7-7", 5 }, { ":9-3", "9-9", 4 }, { ":x", "", 0 },
		{ "#anchor", "", 0 },
		{ ":0", "", 0 }, { ":12, 5%", "12-12", 3 },
	};
	struct line_ranges r;

	(void)unused;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct buf got = BUF_INIT;
		size_t n = md_lines_behind(str_of(rows[i].text), &r);

		for (size_t k = 0; k < r.n; k++)
			buf_addf(&got, "%s%ld-%ld", k ? " " : "", r.v[k].from, r.v[k].to);
		if (n != rows[i].n || strcmp(buf_z(&got), rows[i].lines) != 0)
			fail_msg("\"%s\": %zu \"%s\"", rows[i].text, n, buf_z(&got));
		buf_release(&got);
	}
	assert_true(md_only_lines(STR("lines 12 and 14-15"), &r));
	assert_int_equal(r.n, 2);
	assert_false(md_only_lines(STR("12 bikes"), &r));
	assert_true(md_is_path(STR("app/x.py"), false));
	assert_true(md_is_path(STR("src/auth/"), true));
	assert_false(md_is_path(STR("src/auth/"), false));
	assert_false(md_is_path(STR("/api/login/now"), true));
	assert_false(md_is_path(STR("and/or"), true));
	assert_false(md_is_path(STR("datetime.utcnow"), false));
}

static void
test_test_references(void **unused)
{
	static const struct {
		const char *text, *ref;
		enum ref_scope scope;
	} anywhere[] = {
		{ "tests/a/test_x.py::TestY::test_z[a b] q",
			"tests/a/test_x.py::TestY::test_z[a b]",
			SCOPE_CASE },
		{ "tests/test_x.py, y", "tests/test_x.py", SCOPE_FILE },
		{ "web/x.spec.ts.", "web/x.spec.ts", SCOPE_FILE },
		{ "pkg/x_test.go", "pkg/x_test.go", SCOPE_FILE },
		{ "tests/test_*.py", "tests/test_*.py", SCOPE_GLOB },
		{ "com.x.FooTest#bar()", "com.x.FooTest#bar", SCOPE_CASE },
		{ "-run '^TestX$/sub'", "TestX", SCOPE_CASE },
		{ "-run TestX/sub -v", "TestX/sub", SCOPE_CASE },
		{ "app/x.py::start", NULL, 0 }, { "app/x.py", NULL, 0 }, { "Issue#12", NULL, 0 },
		{ "readme.md#Usage", NULL, 0 }, { "test_name", NULL, 0 },
	}, spans[] = {
		{ "test_x()", "test_x", SCOPE_CASE }, { "test_x[a-b]", "test_x[a-b]", SCOPE_CASE },
		{ "TestX", "TestX", SCOPE_CASE }, { "LoginTest", "LoginTest", SCOPE_CLASS },
		{ "Suite.Case", "Suite.Case", SCOPE_CASE }, { "a::b::c", "a::b::c", SCOPE_CASE },
		{ "TestY::test_z", "TestY::test_z", SCOPE_CASE },
		{ "std::mem::swap", NULL, 0 }, { "React.FC", NULL, 0 }, { "Map.values", NULL, 0 },
		{ "config", NULL, 0 }, { "session_store", NULL, 0 }, { "test_x fails", NULL, 0 },
	};
	struct str ref;
	enum ref_scope scope;

	(void)unused;
	for (size_t i = 0; i < LENGTH(anywhere); i++) {
		size_t n = md_test_at(str_of(anywhere[i].text), &ref, &scope);

		if ((n != 0) != (anywhere[i].ref != NULL) ||
			(n && (!str_eqz(ref, anywhere[i].ref) || scope != anywhere[i].scope)))
			fail_msg("\"%s\": \"%.*s\"", anywhere[i].text, STR_FMT(n ? ref : STR_NONE));
	}
	for (size_t i = 0; i < LENGTH(spans); i++) {
		bool is = md_test_name(str_of(spans[i].text), false, &ref, &scope);

		if (is != (spans[i].ref != NULL) ||
			(is && (!str_eqz(ref, spans[i].ref) || scope != spans[i].scope)))
			fail_msg("\"%s\": \"%.*s\"", spans[i].text, STR_FMT(is ? ref : STR_NONE));
	}
	assert_true(md_test_name(STR("session_store"), true, &ref, &scope));
}

static void
test_messages(void **unused)
{
	static const char *const yes[] = { "no such table: bikes", "boom at noon",
		"KeyError: price of tandem", "assert len(bikes) == len(locks)",
		"RuntimeError('the till is shut')", "error: too few bikes", NULL };
	static const char *const no[] = { "timeout", "bikes 300", "pytest tests/x.py",
		"git push origin",
		"ruff check --select I", "frobnicate --hard now", "GET /api/bikes", "retries = 3",
		"KEY=some value", "app/bike shed.py -x", "dict[str, Any]", "mean(audio, axis=1)",
		"a_b + c_d * e_f", "str | None", "retries: int", "\"error\": str(e)",
		"import bikes now",
		"return the bike", "tests/test_x.py::test_y", "$ ls -la bikes", "", NULL };

	(void)unused;
	for (size_t i = 0; yes[i]; i++)
		if (!md_is_message(str_of(yes[i])))
			fail_msg("\"%s\" is a message", yes[i]);
	for (size_t i = 0; no[i]; i++)
		if (md_is_message(str_of(no[i])))
			fail_msg("\"%s\" is no message", no[i]);
}

static void
test_tools_and_identifiers(void **unused)
{
	struct str tool, rule, name;

	(void)unused;
	assert_true(md_tool_span(STR("ruff check --select F401"), &tool, &rule));
	assert_true(str_eqz(tool, "ruff") && str_eqz(rule, "F401"));
	assert_true(md_tool_span(STR("isort --check-only"), &tool, &rule));
	assert_true(str_eqz(tool, "isort") && rule.n == 0);
	assert_true(md_tool_span(STR("bandit:B105"), &tool, &rule));
	assert_true(str_eqz(rule, "B105"));
	assert_true(md_tool_span(STR("eslint(no-eval)"), &tool, &rule));
	assert_true(str_eqz(rule, "no-eval"));
	assert_false(md_tool_span(STR("pytest -q"), &tool, &rule));
	assert_false(md_tool_span(STR("blackboard"), &tool, &rule));
	assert_false(md_tool_span(STR("safety.margin"), &tool, &rule));
	assert_true(md_is_identifier(STR("session_store()"), &name));
	assert_true(str_eqz(name, "session_store"));
	assert_true(md_is_identifier(STR("SessionStore"), &name));
	assert_true(md_is_identifier(STR("/api/x"), &name));
	assert_false(md_is_identifier(STR("timeout"), &name));
	assert_false(md_is_identifier(STR("a.b"), &name));
	assert_false(md_is_identifier(STR("123.456"), &name));
	assert_false(md_is_identifier(STR("app/x.py:12"), &name));
}

static void
parse(struct findings *fs, const char *path, struct str text)
{
	struct reg *reg = findings_reg(fs, str_of(path), str_of(path));
	struct diags d = { .errors = 0 };

	reg->text = text;
	assert_int_equal(register_markdown.parse(fs, reg, &d), 0);
	assert_int_equal(d.errors, 0);
	diags_release(&d);
}

static void
test_words_of_the_policy(void **unused)
{
	static struct word severity = { { "SEV-2", 5 }, LEVEL_HIGH }, status = { { "brooding", 8 },
		STATE_REJECTED };
	struct findings fs = { .regs = { .n = 0 } };
	struct reg *reg = findings_reg(&fs, STR("a.md"), STR("a.md"));
	struct diags d = { .errors = 0 };

	(void)unused;
	reg->severities = (struct words){ &severity, 1, 1 };
	reg->statuses = (struct words){ &status, 1, 1 };
	reg->text = STR("## SEV-2 issues\n\n### X-1: a\n- Status: brooding over it\n");
	assert_int_equal(register_markdown.parse(&fs, reg, &d), 0);
	assert_int_equal(fs.all.n, 1);
	assert_int_equal(fs.all.v[0]->level, LEVEL_HIGH);
	assert_int_equal(fs.all.v[0]->own_state, STATE_REJECTED);
	assert_int_equal(fs.notes.n, 0);
	reg->severities.v = reg->statuses.v = NULL;
	reg->severities.n = reg->statuses.n = 0;
	findings_release(&fs);
}

static void
test_dates(void **unused)
{
	static const struct {
		const char *path, *text, *day;
	} rows[] = {
		{ "a.md", "---\ndate: 2026-01-02\nupdated: 2026-03-04\n---\n# X 2020-01-01\n",
			"2026-03-04" },
		{ "a_2026-05-06.md", "# X 2020-01-01\n", "2026-05-06" },
		{ "a_2026-05-06.md", "# X\n\n**Updated:** 2026-07-08\n", "2026-07-08" },
		{ "a.md", "# X, 2026-09-10\n\n## F1: y\n- Updated: 2021-01-01\n", "2026-09-10" },
		{ "a.md", "# X\n", NULL },
	};

	(void)unused;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct findings fs = { .regs = { .n = 0 } };
		struct buf day = BUF_INIT;

		parse(&fs, rows[i].path, str_of(rows[i].text));
		if (fs.regs.v[0]->date != DATE_NONE)
			date_day(&day, fs.regs.v[0]->date);
		assert_string_equal(buf_z(&day), rows[i].day ? rows[i].day : "");
		buf_release(&day);
		findings_release(&fs);
	}
}

/* What no one writes by hand must end soon, be capped, and be said. */
static void
test_hostile(void **unused)
{
	static const struct {
		const char *head, *again;
		size_t times, findings;
	} rows[] = {
		{ "", "> ", 20000, 0 },
		{ "", "- ", 20000, 0 },
		{ "# F1: x\n", "`a_b_c_d` ", 20000, 1 },
		{ "# F1: x\n", "`a b c d e f g` ", 20000, 1 },
		{ "# F1: x\n", "(\"", 20000, 1 },
		{ "# F1: x\n", "**a:** b | ", 20000, 1 },
		{ "# F1: x\n- File: a.py:1", ",2", 20000, 1 },
		{ "", "| a ", 20000, 0 },
		{ "| ID | Severity |\n|-|-|\n", "| F1 | low |\n", 5000, 1 },
		{ "---\n", "a: b\n", 20000, 0 },
		{ "# F1: x\n", "\xE3\x80\x90", 20000, 1 },
	};
	struct buf text = BUF_INIT;

	(void)unused;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct findings fs = { .regs = { .n = 0 } };

		buf_reset(&text);
		buf_addz(&text, rows[i].head);
		for (size_t k = 0; k < rows[i].times; k++)
			buf_addz(&text, rows[i].again);
		parse(&fs, "a.md", buf_str(&text));
		if (fs.all.n != rows[i].findings)
			fail_msg("%zu: %zu findings", i, fs.all.n);
		findings_release(&fs);
	}
	buf_release(&text);
}

static void
test_too_many_references(void **unused)
{
	struct findings fs = { .regs = { .n = 0 } };
	struct buf text = BUF_INIT;

	(void)unused;
	buf_addz(&text, "# F1: x\n- Location: ");
	for (int i = 1; i < 2000; i++)
		buf_addf(&text, "a.py:%d\n  ", i);
	parse(&fs, "a.md", buf_str(&text));
	assert_int_equal(fs.all.n, 1);
	assert_int_equal(fs.all.v[0]->locations.n, 500);
	assert_int_equal(fs.notes.n, 1);
	assert_int_equal(fs.notes.v[0].code, REGP_NOT_READ);
	buf_release(&text);
	findings_release(&fs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_id_tokens),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_field_names),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_test_references),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_tools_and_identifiers),
		cmocka_unit_test(test_words_of_the_policy),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_too_many_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
