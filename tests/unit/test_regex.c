/* test_regex.c -- patterns with bounds: "gave up" is never "no match". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/base/regex.h"

static const struct pos here = { "gate.yaml", 3, 7 };

static struct regex *
compile(const char *pattern)
{
	struct err err = { 0 };
	struct regex *re = regex_new(str_of(pattern), 0, here, &err);

	if (re == NULL)
		fail_msg("'%s': %s", pattern, err.text);
	return re;
}

static void
test_find(void **state)
{
	static const struct {
		const char *pattern, *text;
		enum regex_result result;
	} rows[] = {
		{ "a+b", "xxaab", REGEX_YES },
		{ "a+b", "xxaac", REGEX_NO },
		{ "^b", "a\nb", REGEX_NO },
		{ "a.b", "a\nb", REGEX_NO },
		{ "\\d", "\xd9\xa1", REGEX_NO },
		{ "^.$", "\xc3\xa9", REGEX_YES },
		{ "b.c", "\xff\xfe" "b\xc3\xa9" "c", REGEX_YES },
		{ "b.c", "b\xff" "c", REGEX_NO },
		{ "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
		REGEX_GAVE_UP },
		{ "", "", REGEX_YES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct regex *re = compile(rows[i].pattern);

		if (regex_find(re, str_of(rows[i].text), NULL, 0) != rows[i].result)
			fail_msg("'%s' on '%s' is not %d", rows[i].pattern, rows[i].text,
				rows[i].result);
		regex_free(re);
	}
}

static void
test_case(void **state)
{
	struct err err = { 0 };
	struct regex *re = regex_new(STR("boom"), REGEX_ICASE, here, &err);

	(void)state;
	assert_int_equal(regex_find(re, STR("BOOM"), NULL, 0), REGEX_YES);
	regex_free(re);
	re = compile("boom");
	assert_int_equal(regex_find(re, STR("BOOM"), NULL, 0), REGEX_NO);
	assert_int_equal(regex_find(re, STR_NONE, NULL, 0), REGEX_NO);
	regex_free(re);
	regex_free(NULL);
}

static void
test_groups(void **state)
{
	struct regex *re = compile("(?<y>\\d{4})-(?:(x)|(?<m>\\d+))");
	struct str g[6];

	(void)state;
	assert_int_equal(regex_find(re, STR("on 2026-11."), g, 6), REGEX_YES);
	assert_true(str_eqz(g[0], "2026-11"));
	assert_true(str_eqz(g[1], "2026"));
	assert_null(g[2].p);
	assert_true(str_eqz(g[3], "11"));
	assert_null(g[4].p);
	assert_null(g[5].p);
	assert_int_equal(regex_group(re, "y"), 1);
	assert_int_equal(regex_group(re, "m"), 3);
	assert_int_equal(regex_group(re, "none"), -1);
	regex_free(re);
}

static void
test_lines(void **state)
{
	struct regex *re = compile("^b(.*)$"), *slow = compile("(a+)+$|^z");
	struct str g[2];
	struct buf text = BUF_INIT;

	(void)state;
	assert_int_equal(regex_find_line(re, STR("a\r\nbc\r\nbd\n"), g, 2), REGEX_YES);
	assert_true(str_eqz(g[1], "c"));
	assert_int_equal(regex_find_line(re, STR("a\nab"), g, 2), REGEX_NO);
	assert_int_equal(regex_find_line(re, STR_NONE, g, 2), REGEX_NO);
	/* A line it gives up on is remembered, a later match still counts. */
	buf_addn(&text, 'a', 60);
	buf_addz(&text, "b\nnothing\n");
	assert_int_equal(regex_find_line(slow, buf_str(&text), NULL, 0), REGEX_GAVE_UP);
	buf_addz(&text, "z");
	assert_int_equal(regex_find_line(slow, buf_str(&text), NULL, 0), REGEX_YES);
	buf_release(&text);
	regex_free(re);
	regex_free(slow);
}

static void
test_errors(void **state)
{
	static const char *const bad[] = { "(a", "a)", "[", "*", "\\C", "(?<n>a)(?<n>b)",
		"a{5,2}", NULL };
	struct buf big = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; bad[i]; i++) {
		err = (struct err){ 0 };
		if (regex_new(str_of(bad[i]), 0, here, &err) != NULL)
			fail_msg("'%s' compiles", bad[i]);
		assert_true(err.set);
		assert_int_equal(err.at.line, 3);
		assert_int_equal(err.at.col, 7);
		assert_non_null(strstr(err.text, bad[i]));
	}
	err = (struct err){ 0 };
	buf_addn(&big, 'a', 10001);
	assert_null(regex_new(buf_str(&big), 0, here, &err));
	assert_true(err.set);
	buf_release(&big);
}

static void
test_universal(void **state)
{
	static const char *const universal[] = { "", ".*", "a*", "error", "(?i)ERR", ".", "\\w+",
		"e",
		"x|", "Assertion", NULL };
	static const char *const narrow[] = { "no such table", "boom at \\w+", "^E\\d{4}$", "zz",
		NULL };

	(void)state;
	for (int i = 0; universal[i]; i++) {
		struct regex *re = compile(universal[i]);

		if (!regex_universal(re))
			fail_msg("'%s' is universal", universal[i]);
		regex_free(re);
	}
	for (int i = 0; narrow[i]; i++) {
		struct regex *re = compile(narrow[i]);

		if (regex_universal(re))
			fail_msg("'%s' is not universal", narrow[i]);
		regex_free(re);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_case),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_universal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
