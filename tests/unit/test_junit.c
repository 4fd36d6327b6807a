/*
 * test_junit.c -- JUnit XML where it is hard to get at with files: tokens on the borders of
 * what is read at once, a cut at every byte, damage at every byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/limits.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/xml_bytes.h"

static void
read_text(struct report *r, struct str text)
{
	static const struct collect_options all = { .keep_all = true };
	struct source *in = source_of_memory(text);
	struct sink s;

	*r = (struct report){ .path = STR("a.xml"), .kind = KIND_TESTS };
	s = report_sink(r, &all);
	parser_find(STR("junit"))->parse(in, &s);
	source_close(in);
	report_finish(r);
}

static const struct test *
by_name(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->tests.n; i++)
		if (str_eqz(r->tests.v[i].name, name))
			return &r->tests.v[i];
	return NULL;
}

/* Blanks push `what` so that every byte of it once lies on the border of a window. */
static void
test_window_borders(void **state)
{
	static const struct {
		const char *what;
		const char *text; /* of the failure of the case "x"; NULL: it has none */
		unsigned long replaced;
	} rows[] = {
		{ "<failure message=\"m\">a&#27;b</failure>", "m\na?b", 1 },
		{ "<failure message=\"m\">a&#x1b;&#x41;&#9;b</failure>", "m\na?A\tb", 1 },
		{ "<failure message=\"a&#0000000000000000000027;b\"/>", "a?b", 1 },
		{ "<failure><![CDATA[a]]b]]&#27;]]></failure>", "a]]b]]&#27;", 0 },
		{ "<failure><![CDATA[]]><![CDATA[>]]]></failure>", ">]", 0 },
		{ "<failure>a<!-- <failure> &#27; -- -- --><!---->b</failure>",
		  "a                                     b", 0 },
		{ "<!-- <failure/> -->", NULL, 0 },
		{ "<failure message=\"&lt;!-- &amp;#27; &lt;![CDATA[ \">!&amp;&lt;!</failure>",
		  "<!-- &#27; <![CDATA[\n!&<!", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t n = strlen(rows[i].what);

		for (size_t back = 0; back <= n + 2; back++) {
			struct buf b = BUF_INIT;
			struct report r;
			const struct test *t;

			/* Both window sizes: the first read and those that follow. */
			for (int round = 0; round < 2; round++) {
				buf_reset(&b);
				buf_addz(&b,
					"<testsuite><testcase classname=\"c\" name=\"x\">");
				buf_addn(&b, ' ', (round + 1) * (size_t)(READ_CHUNK + XML_CARRY)
					- b.n - back);
				buf_addz(&b, rows[i].what);
				buf_addz(&b,
					"</testcase><testcase name=\"y\"/></testsuite>");
				read_text(&r, buf_str(&b));
				assert_true(r.complete);
				assert_int_equal(r.total, 2);
				assert_non_null(by_name(&r, "y"));
				t = by_name(&r, "x");
				assert_int_equal(t->outcome,
					rows[i].text ? OUT_FAILED : OUT_PASSED);
				if (rows[i].text && !str_eqz(t->text, rows[i].text))
					fail_msg("%s at %zu: %.*s", rows[i].what, back,
						STR_FMT(t->text));
				assert_int_equal(report_has(&r, PROBLEM_ENCODING),
					rows[i].replaced != 0);
				report_release(&r);
			}
			buf_release(&b);
		}
	}
}

static const char sample[] =
	"<?xml version=\"1.0\"?>\n<testsuites>\n<testsuite name=\"s\" tests=\"4\" failures=\"1\">\n"
	"<properties><property name=\"a\">b</property></properties>\n"
	"<testcase classname=\"c\" name=\"one\"/>\n"
	"<testcase classname=\"c\" name=\"two\">"
	"<failure message=\"no &amp; no\">x<![CDATA[y]]></failure>"
	"</testcase>\n<!-- between -->"
	"<testcase classname=\"c\" name=\"three\"><skipped/></testcase>\n"
	"<testcase classname=\"c\" name=\"four\"><system-out>&#65;</system-out></testcase>\n"
	"</testsuite>\n</testsuites>";

static void
test_cut_anywhere(void **state)
{
	static const char *const pass_ends[] = { "name=\"one\"/>", "</system-out></testcase>" };
	struct str whole = str_of(sample);
	/* From here on the element is known, and that it is a failure. */
	size_t fails = str_find(whole, STR("<failure")) + 8, sure = str_find(whole, STR("x<!["));
	long line = 1;

	(void)state;
	for (size_t n = 1; n < whole.n; n++) {
		struct report r;
		struct str head = str_to(whole, n);
		long passed = 0;

		line += whole.p[n - 1] == '\n';
		for (int i = 0; i < 2; i++)
			passed += str_has(head, pass_ends[i]);
		read_text(&r, head);
		assert_false(r.complete);
		if (str_trim(head).n && !report_has(&r, PROBLEM_TRUNCATED))
			fail_msg("cut at %zu: %s", n, problem_name(r.problems.v[0].code));
		/* What was open at the cut has not passed; a failure that began is one. */
		if (r.count[OUT_PASSED] != passed)
			fail_msg("cut at %zu: %ld passed, not %ld: %.*s", n, r.count[OUT_PASSED],
				passed, STR_FMT(head));
		if (r.count[OUT_FAILED] != 1 ? n >= sure : n < fails)
			fail_msg("cut at %zu: %ld failed: %.*s", n, r.count[OUT_FAILED],
				STR_FMT(head));
		assert_int_equal(r.problems.v[0].line, line);
		report_release(&r);
	}
}

/* Nothing is asserted but that it ends, and that a case never gets better. */
static void
test_damage_anywhere(void **state)
{
	static const char bytes[] = { '<', '>', '&', '"', '\'', '/', '!', ']', '-', ' ', '\n',
		'#', ';',
		'x', '\x1b', '\xff', '\0' };
	struct str whole = str_of(sample);

	(void)state;
	for (size_t n = 0; n < whole.n; n++) {
		for (size_t k = 0; k < sizeof(bytes); k++) {
			struct buf b = BUF_INIT;
			struct report r;

			buf_add(&b, whole);
			b.p[n] = bytes[k];
			read_text(&r, buf_str(&b));
			assert_true(r.count[OUT_PASSED] <= 3);
			assert_true(r.total <= 4);
			report_release(&r);
			/* And one byte taken away. */
			memmove(b.p + n, b.p + n + 1, b.n - n - 1);
			buf_cut(&b, b.n - 1);
			read_text(&r, buf_str(&b));
			assert_true(r.total <= 4);
			report_release(&r);
			buf_release(&b);
		}
	}
}

static void
test_limits(void **state)
{
	struct buf b = BUF_INIT;
	struct report r;

	(void)state;
	/* One tag that does not end. */
	buf_addz(&b, "<testsuite><testcase name=\"x\"/><testcase name=\"");
	buf_addn(&b, 'x', 3 * (size_t)MAX_TAG_BYTES);
	buf_addz(&b, "\"/></testsuite>");
	read_text(&r, buf_str(&b));
	assert_true(report_has(&r, PROBLEM_OVER_LIMIT));
	assert_int_equal(r.total, 1);
	report_release(&r);
	/* Attributes: few enough for one read, and far too many. */
	for (int many = 1000; many <= 200000; many *= 200) {
		buf_reset(&b);
		buf_addz(&b, "<testsuite><testcase name=\"x\"/><testcase");
		for (int i = 0; i < many; i++)
			buf_addf(&b, " a%d=\"\"", i);
		buf_addz(&b, "/></testsuite>");
		read_text(&r, buf_str(&b));
		assert_true(report_has(&r, PROBLEM_OVER_LIMIT));
		assert_int_equal(r.total, 1);
		report_release(&r);
	}
	/* Names that libxml2 would keep for ever. */
	buf_reset(&b);
	buf_addz(&b, "<testsuite>");
	for (int i = 0; i < 400000; i++)
		buf_addf(&b, "<an-element-that-nobody-ever-saw-%d/>", i);
	buf_addz(&b, "</testsuite>");
	read_text(&r, buf_str(&b));
	assert_true(report_has(&r, PROBLEM_OVER_LIMIT));
	report_release(&r);
	/* Long, but no tag: text, a section, a comment, many elements. */
	buf_reset(&b);
	buf_addz(&b, "<testsuite><testcase name=\"x\"><failure>");
	buf_addn(&b, 'y', 3 * (size_t)MAX_TAG_BYTES);
	buf_addz(&b, "<![CDATA[");
	buf_addn(&b, ']', 3 * (size_t)MAX_TAG_BYTES);
	buf_addz(&b, "]]><!--");
	buf_addn(&b, '-', 3 * (size_t)MAX_TAG_BYTES);
	buf_addz(&b, "--></failure></testcase></testsuite>");
	read_text(&r, buf_str(&b));
	assert_true(r.complete);
	assert_int_equal(r.count[OUT_FAILED], 1);
	assert_true(r.tests.v[0].text.n <= MAX_TEXT_KEPT);
	assert_true(str_has(r.tests.v[0].text, "bytes elided]"));
	report_release(&r);
	buf_release(&b);
}

static void
test_kept(void **state)
{
	static const size_t steps[] = { 1, 7, 1000, KEPT_HEAD, 100000 };
	struct buf all = BUF_INIT;

	(void)state;
	for (int i = 0; i < 4000; i++)
		buf_addf(&all, "%07d\n", i);
	for (size_t k = 0; k < sizeof(steps) / sizeof(*steps); k++) {
		struct kept kept = { 0 };
		struct str s = buf_str(&all), got;

		while (s.n) {
			kept_add(&kept, str_to(s, steps[k]));
			s = str_from(s, str_to(s, steps[k]).n);
		}
		got = kept_str(&kept);
		assert_true(got.n <= MAX_TEXT_KEPT);
		assert_true(str_starts(got, "0000000\n0000001\n"));
		assert_true(str_ends(got, "\n0003999\n"));
		/* What is said to be missing is what is missing. */
		{
			char note[64];

			snprintf(note, sizeof(note), "\n[... %zu bytes elided]\n",
				all.n - KEPT_HEAD - KEPT_TAIL);
			assert_true(str_has(got, note));
		}
		kept_release(&kept);
	}
	/* Up to the limit nothing is taken out, wherever the pieces meet. */
	for (size_t n = KEPT_HEAD - 2; n <= KEPT_HEAD + KEPT_TAIL; n += 17) {
		struct kept kept = { 0 };

		kept_add(&kept, str_to(buf_str(&all), n / 2));
		kept_add(&kept, str_from(str_to(buf_str(&all), n), n / 2));
		assert_true(str_eq(kept_str(&kept), str_to(buf_str(&all), n)));
		kept_release(&kept);
	}
	buf_release(&all);
}

static void
test_places(void **state)
{
	static const struct {
		const char *text, *file;
		enum dialect dialect;
		const char *path;
		long line;
	} rows[] = {
		{ "E  assert\n\ntests/test_a.py:31: AssertionError", "tests/test_a.py",
		  DIALECT_PYTEST,
		  "tests/test_a.py", 31 },
		{ "tests/test_a.py:5: in test\nlib/x.py:9: Error", "tests/test_a.py",
		  DIALECT_PYTEST,
		  "tests/test_a.py", 5 },
		{ "thread 'x' panicked at src/a.rs:54:5:\nno", "", DIALECT_RUST, "src/a.rs", 54 },
		{ "    at Object.<anonymous> (src/a.test.js:10:21)", "", DIALECT_JS,
		  "src/a.test.js", 10 },
		{ "at f (node_modules/x/y.js:1:2)\nat g (src/a.js:3:4)", "", DIALECT_JS,
		  "src/a.js", 3 },
		{ "   at N.C.M() in C:\\w\\a.cs:line 18", "", DIALECT_NONE, "C:\\w\\a.cs", 18 },
		{ "  File \"/w/t.py\", line 24, in test", "t.py", DIALECT_PYTEST, "/w/t.py", 24 },
		{ "\tat a.B.c(B.java:33)", "B.java", DIALECT_JAVA, "B.java", 33 },
		{ "nothing: 12 of 13", "", DIALECT_NONE, "", 0 },
		{ "at 10:15:30 it was 12:30", "", DIALECT_NONE, "", 0 },
		{ "http://example.com:8080/x", "", DIALECT_NONE, "", 0 },
		{ "", "", DIALECT_NONE, "", 0 },
		{ ":", "", DIALECT_NONE, "", 0 },
		{ "a.c:", "", DIALECT_NONE, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str path = STR_NONE;
		long line = 0;
		bool found = failure_place(str_of(rows[i].text), str_of(rows[i].file),
			rows[i].dialect, &path, &line);

		if (found != (rows[i].line != 0))
			fail_msg("%s: found %d, %.*s:%ld", rows[i].text, found, STR_FMT(path),
				line);
		if (found) {
			assert_true(str_eqz(path, rows[i].path));
			assert_int_equal(line, rows[i].line);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_window_borders),
		cmocka_unit_test(test_cut_anywhere),
		cmocka_unit_test(test_damage_anywhere),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
