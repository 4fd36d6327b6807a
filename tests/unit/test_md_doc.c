/* test_md_doc.c -- documents that are cheap to write and must not be dear to read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "gate/base/buf.h"
#include "parsers/registers/support/md_doc.h"

static void
add_times(struct buf *b, const char *text, long n)
{
	for (long i = 0; i < n; i++)
		buf_addz(b, text);
}

/* The last heading of the text is found at its line, in a time that the test can wait for. */
static void
check_last_heading(struct buf *text, long line)
{
	struct md_doc doc = { 0 };

	md_doc_read(&doc, buf_str(text));
	assert_true(doc.n > 0);
	assert_int_equal(doc.v[doc.n - 1].kind, MD_HEADING);
	assert_int_equal(doc.v[doc.n - 1].line, line);
	md_doc_release(&doc);
	buf_release(text);
}

static void
test_wide_table(void **unused)
{
	struct buf b = BUF_INIT;

	(void)unused;
	add_times(&b, "|", 400000);
	buf_addc(&b, '\n');
	add_times(&b, "|-", 200000);
	buf_addz(&b, "|\n\n# End\n");
	check_last_heading(&b, 4);
}

static void
test_long_paragraph_over_table(void **unused)
{
	struct buf b = BUF_INIT;

	(void)unused;
	add_times(&b, "a\n", 300000);
	buf_addz(&b, "|-|\n|a|\n\n# End\n");
	check_last_heading(&b, 300004);
}

/* In a long table, a row of dashes is a ruler that people drew: what follows stays. */
static void
test_ruler_in_long_table(void **unused)
{
	struct buf b = BUF_INIT;
	struct md_doc doc = { 0 };

	(void)unused;
	buf_addz(&b, "| ID | State |\n|----|-------|\n");
	add_times(&b, "| A-1 | open |\n", 600);
	buf_addz(&b, "|----|-------|\n| A-2 | done |\n");
	md_doc_read(&doc, buf_str(&b));
	assert_int_equal(doc.v[doc.n - 1].kind, MD_ROW);
	assert_int_equal(doc.v[doc.n - 1].line, 604);
	assert_true(str_eqz(doc.v[doc.n - 1].cells[0].s, "A-2"));
	md_doc_release(&doc);
	buf_release(&b);
}

static void
test_deep(void **unused)
{
	static const char *const opens[] = {
		">", "[", "*", "_a *", "![", "<!--", "`a", "- ", "~a",
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++) {
		struct buf b = BUF_INIT;

		add_times(&b, opens[i], 50000);
		buf_addz(&b, "\n\n-->\n\n# End\n");
		check_last_heading(&b, 5);
	}
}

/* What is deep costs cmark its depth for each piece of the text. */
static void
test_deep_and_long(void **unused)
{
	static const char *const opens[] = { ">", "> ", "- ", "1. ", "> * " };

	(void)unused;
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++) {
		struct buf b = BUF_INIT;

		add_times(&b, opens[i], 50000);
		buf_addz(&b, "x\n");
		add_times(&b, "[", 100000);
		buf_addz(&b, "\n\n# End\n");
		check_last_heading(&b, 4);
	}
}

/* A ruler is no nesting. */
static void
test_long_ruler(void **unused)
{
	struct buf b = BUF_INIT;
	struct md_doc doc = { 0 };

	(void)unused;
	add_times(&b, "-", 1000);
	buf_addz(&b, "\n> > - a [1]\n");
	md_doc_read(&doc, buf_str(&b));
	assert_int_equal(doc.deep_line, 0);
	md_doc_release(&doc);
	buf_reset(&b);
	add_times(&b, "> ", 201);
	buf_addz(&b, "x\n");
	md_doc_read(&doc, buf_str(&b));
	assert_int_equal(doc.deep_line, 1);
	md_doc_release(&doc);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wide_table),
		cmocka_unit_test(test_long_paragraph_over_table),
		cmocka_unit_test(test_ruler_in_long_table),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_deep_and_long),
		cmocka_unit_test(test_long_ruler),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
