/*
 * test_xmlmap.c -- formats as tables: what paths, patterns, conditions and joins mean, what is
 * wrong in a description, and that no cut of a fixture passes for a whole report.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/mem.h"
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static void
read_text(struct report *r, const struct xml_map *map, struct str text)
{
	static const struct collect_options all = { .keep_all = true };
	struct source *in = source_of_memory(text);
	struct sink s;

	*r = (struct report){ .path = STR("a.xml"), .kind = KIND_LINT };
	s = report_sink(r, &all);
	xml_map_read(in, &s, map);
	source_close(in);
	report_finish(r);
}

/* One issue of the record "r"; its message is what the path gives. */
static void
test_paths(void **state)
{
	static const struct {
		const char *path, *text, *want;
	} rows[] = {
		{ "@a", "<o><r a='1'/></o>", "1" },
		{ "@a", "<o><r a=' '/></o>", "" },
		{ ".", "<o><r> x<b>no</b>y </r></o>", "xy" },
		{ "b", "<o><r><b>x</b><b>y</b></r></o>", "x" },
		{ "b", "<o><r><b> </b><b>y</b></r></o>", "y" },
		{ "b/c", "<o><r><c>no</c><b><d/><c>x</c></b></r></o>", "x" },
		{ "b/c", "<o><r><d><b><c>no</c></b></d></r></o>", "" },
		{ "b/@c", "<o><r><b/><b c='2'/></r></o>", "2" },
		{ "b[@k=v]/c", "<o><r><b k='w'><c>no</c></b><b k='V'><c>x</c></b></r></o>", "x" },
		{ "b[@k=a/b]", "<o><r><b k='a/b'>x</b></r></o>", "x" },
		{ "@a|b|='t'", "<o><r><b>x</b></r></o>", "x" },
		{ "@a|b|='t'", "<o><r/></o>", "t" },
		{ "^p/@n", "<o><p n='1'><r/></p></o>", "1" },
		{ "^p/@n", "<o><p n='1'><p n='2'><p><r/></p></p></p></o>", "2" },
		{ "^p/c", "<o><p><c>x</c><q><r/></q><c>late</c></p></o>", "x" },
		{ "^p/c", "<o><p><c>no</c></p><p><r/></p></o>", "" },
		{ "^^p/@n", "<o><p n='1'><p/><p n='2'><r/></p></p></o>", "1.2" },
		{ "x", "<o><n:r xmlns:n='urn:x'><n:x>y</n:x></n:r></o>", "y" },
		{ "@a", "<o><r a='1'/><r a='2'/></o>", "1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct xml_record records[] = {
			{ XML_ISSUE, "r", .rule = "='rule'", .message = rows[i].path },
			{ 0 },
		};
		const struct xml_map map = { .roots = "o", .records = records };
		struct report r;

		assert_null(xml_map_check(&map));
		read_text(&r, &map, str_of(rows[i].text));
		assert_true(r.complete);
		assert_true(r.issues.n >= 1);
		if (!str_eqz(r.issues.v[0].message, rows[i].want))
			fail_msg("%s in %s: \"%.*s\"", rows[i].path, rows[i].text,
				STR_FMT(r.issues.v[0].message));
		report_release(&r);
	}
}

/* How many records a pattern finds. */
static void
test_patterns(void **state)
{
	static const char text[] = "<o><r/><a><r k='1'/></a><b><r k='2'><r/></r></b>"
		"<c><a><r/></a></c></o>";
	static const struct {
		const char *element;
		size_t want;
	} rows[] = {
		{ "r", 5 }, { "a/r", 2 }, { "c/a/r", 1 }, { "a|b/r", 3 }, { "/o/r", 1 },
		{ "/r", 0 }, { "r[@k=1]", 1 }, { "b/r[@k=1]", 0 }, { "r/r", 1 }, { "a|r", 7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct xml_record records[] = {
			{ XML_ISSUE, rows[i].element, .rule = "='rule'" },
			{ 0 },
		};
		const struct xml_map map = { .roots = "o", .records = records };
		struct report r;

		read_text(&r, &map, str_of(text));
		if (r.issues.n != rows[i].want)
			fail_msg("%s: %zu", rows[i].element, r.issues.n);
		report_release(&r);
	}
}

static void
test_conditions(void **state)
{
	static const struct {
		const char *words;
		int then;
		size_t total;
		long actionable;
	} rows[] = {
		{ "no", XML_DROP, 2, 2 }, { "NO|x", XML_DROP, 2, 2 }, { "no", XML_KEEP, 1, 1 },
		{ "", XML_DROP, 2, 2 }, { "*", XML_KEEP, 2, 2 }, { "~E", XML_DROP, 2, 2 },
		{ "yes", XML_SUPPRESSED, 3, 2 }, { "yes|no", XML_INFO, 3, 1 },
		{ "other", XML_DROP, 3, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct xml_when when[] = { { "@s", rows[i].words, 0 }, { 0 } };
		struct xml_record records[] = {
			{ XML_ISSUE, "r", .rule = "='rule'", .when = when },
			{ 0 },
		};
		const struct xml_map map = { .roots = "o", .records = records };
		struct report r;

		when[0].then = rows[i].then;
		read_text(&r, &map, STR("<o><r s='yes'/><r s='no'/><r/></o>"));
		if (r.issues.n != rows[i].total || r.issue_actionable != rows[i].actionable)
			fail_msg("%s, %d: %zu, %ld", rows[i].words, rows[i].then, r.issues.n,
				r.issue_actionable);
		report_release(&r);
	}
}

static void
test_wrong_descriptions(void **state)
{
	static const struct {
		const char *element, *path;
		bool right;
	} rows[] = {
		{ "r", "@a", true }, { "", "@a", false }, { "a//r", "@a", false },
		{ "r", "", false }, { "r", "b//c", false }, { "r", "a||b", false },
		{ "r", "='x", false }, { "r", "^b", false }, { "r", "^b/", false },
		{ "r", "b[k=v]/c", false }, { "r", "b[@k]/c", false }, { "r", "b[@k=v/c", false },
		{ "r[@k=v", "@a", false }, { "r", "@", false }, { "r|", "@a", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct xml_record records[] = {
			{ XML_ISSUE, rows[i].element, .message = rows[i].path },
			{ 0 },
		};
		const struct xml_map map = { .roots = "o", .records = records };
		struct report r;

		if ((xml_map_check(&map) == NULL) != rows[i].right)
			fail_msg("%s %s: %s", rows[i].element, rows[i].path, xml_map_check(&map));
		if (rows[i].right)
			continue;
		read_text(&r, &map, STR("<o><r a='1'/></o>"));
		assert_false(r.complete);
		report_release(&r);
	}
}

/* Places in the order of the description; joins from before and behind. */
static void
test_places_and_joins(void **state)
{
	static const struct xml_record records[] = {
		{ XML_ISSUE, "r", .rule = "@id", .join = "@about" },
		{ XML_PLACE, "r/own", .file = "@f", .line = "@l" },
		{ XML_PLACE, "r/other", .file = "@d + @f", .line = "@l" },
		{ XML_JOINED, "thing", .id = "@id", .file = "@f" },
		{ 0 },
	};
	static const struct xml_map map = { .roots = "o", .records = records };
	static const struct {
		const char *file;
		long line;
	} want[] = {
		{ "a", 2 }, { "d/b", 3 }, { "b", 4 }, { "t1", 0 }, { "t2", 0 }, { "", 0 },
	};
	struct report r;

	(void)state;
	read_text(&r, &map, STR("<o><thing id='1' f='t1'/>"
		"<r id='0'><other f='z' l='1'/><own l='9'/><own f='a' l='2'/><own f='y' l='7'/></r>"
		"<r id='1'><other d='d' f='b' l='3'/></r><r id='2'><other f='b' l='4'/></r>"
		"<r id='3' about='1'/><r id='4' about='2'/><r id='5' about='none'/>"
		"<thing id='2' f='t2'/><thing id='2' f='again'/></o>"));
	assert_true(r.complete);
	assert_int_equal(r.issues.n, 6);
	for (size_t i = 0; i < r.issues.n; i++) {
		assert_true(str_eqz(r.issues.v[i].file, want[i].file));
		assert_int_equal(r.issues.v[i].line, want[i].line);
	}
	report_release(&r);
}

/* An outcome that nobody knows is an error, never a pass. */
static void
test_unknown_outcome(void **state)
{
	static const struct xml_word words[] = { { "ok", OUT_PASSED }, { NULL, 0 } };
	static const struct xml_record records[] = {
		{ XML_TEST, "t", .name = "@n", .outcome = "@more|@o", .outcomes = words },
		{ 0 },
	};
	static const struct xml_map map = { .roots = "o", .records = records };
	struct report r;

	(void)state;
	read_text(&r, &map, STR("<o><t n='a' o='OK'/><t n='b' o='odd'/><t n='c'/>"
		"<t n='d' more='odd' o='ok'/></o>"));
	assert_int_equal(r.count[OUT_PASSED], 2);
	assert_int_equal(r.count[OUT_ERROR], 2);
	report_release(&r);
	/* Cut: what has not ended has not passed. */
	read_text(&r, &map, STR("<o><t n='a' o='ok'></t><t n='b' o='ok'>"));
	assert_int_equal(r.count[OUT_PASSED], 1);
	assert_int_equal(r.total, 1);
	assert_false(r.complete);
	report_release(&r);
}

static void
test_other_root(void **state)
{
	static const struct xml_record records[] = { { XML_ISSUE, "r", .rule = "@a" }, { 0 } };
	static const struct xml_map map = { .roots = "o|p", .marks = "x|y&z",
		.records = records };
	struct report r;

	(void)state;
	read_text(&r, &map, STR("<q><r a='1'/></q>"));
	assert_false(r.complete);
	assert_true(report_has(&r, PROBLEM_NOT_RECOGNISED));
	assert_int_equal(r.issues.n, 0);
	report_release(&r);
	assert_int_equal(xml_map_sniff(STR("<q x='z'/>"), &map), 0);
	assert_int_equal(xml_map_sniff(STR("<o x='1'/>"), &map), 0);
	assert_int_equal(xml_map_sniff(STR("<p y='z'/>"), &map), 90);
	assert_int_equal(xml_map_sniff(STR("<n:o x='z'>"), &map), 90);
}

/* Records in records, to any depth, in bounded room. */
static void
test_depth(void **state)
{
	static const struct xml_record records[] = {
		{ XML_ISSUE, "r", .rule = "='x'", .message = "^^p/@n" }, { 0 },
	};
	static const struct xml_map map = { .roots = "p", .records = records };
	struct buf b = BUF_INIT;
	struct report r;

	(void)state;
	for (int i = 0; i < 190; i++)
		buf_addz(&b, "<p n='a'>");
	buf_addz(&b, "<r/>");
	for (int i = 0; i < 190; i++)
		buf_addz(&b, "</p>");
	read_text(&r, &map, buf_str(&b));
	assert_true(r.complete);
	assert_int_equal(r.issues.v[0].message.n, 190 * 2 - 1);
	report_release(&r);
	buf_reset(&b);
	for (int i = 0; i < 300; i++)
		buf_addz(&b, "<p n='a'><r/>");
	read_text(&r, &map, buf_str(&b));
	assert_true(report_has(&r, PROBLEM_OVER_LIMIT));
	report_release(&r);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_wrong_descriptions),
		cmocka_unit_test(test_places_and_joins),
		cmocka_unit_test(test_unknown_outcome),
		cmocka_unit_test(test_other_root),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
