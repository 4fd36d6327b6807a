/* test_glob.c -- anchored globs, against a naive matcher too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/base/glob.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
test_match(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} rows[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "a/foo", "a/foo", true },
		{ "a/foo", "a/foobar", false },
		{ "a/foo", "b/a/foo", false },
		{ "a/foo", "a/fo", false },
		{ "*", "", true },
		{ "*", "a.b", true },
		{ "*", "a/b", false },
		{ "*.py", "x.py", true },
		{ "*.py", "x.pyc", false },
		{ "*.py", "a/x.py", false },
		{ "a*b*c", "axxbyyc", true },
		{ "a*b*c", "axxbyy", false },
		{ "a*b*c", "abbc", true },
		{ "**", "", true },
		{ "**", "a/b/c", true },
		{ "tests/**", "tests/a/b.py", true },
		{ "tests/**", "tests/", true },
		{ "tests/**", "tests", false },
		{ "tests/**", "testsx/a", false },
		{ "a/**/b", "a/b", true },
		{ "a/**/b", "a/x/b", true },
		{ "a/**/b", "a/x/y/b", true },
		{ "a/**/b", "a/xb", false },
		{ "a/**/b", "axb", false },
		{ "a/**/**/b", "a/b", true },
		{ "**/x.py", "x.py", true },
		{ "**/x.py", "a/b/x.py", true },
		{ "**/x.py", "ax.py", false },
		{ "**/*.xml", "a/b/TEST-x.xml", true },
		{ "a**b", "ab", true },
		{ "a**b", "a/x/b", true },
		{ "***", "a/b", true },
		{ "?", "a", true },
		{ "?", "", false },
		{ "?", "/", false },
		{ "?", "\xc3\xa9", true },
		{ "??", "\xc3\xa9", false },
		{ "a?c", "a\xe2\x82\xac" "c", true },
		{ "a?\xe2\x82\xac", "a\xc3\xa9\xe2\x82\xac", true },
		{ "[ab]", "a", false },
		{ "[ab]", "[ab]", true },
		{ "t[x*]", "t[x-1]", true },
		{ "a\\*", "a\\x", true },
		{ "a{b,c}", "a{b,c}", true },
		{ "a::b", "a::b", true },
		{ "tests/x.py::*", "tests/x.py::test_a", true },
		{ "com.x.*", "com.x.FooTest#bar", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (glob_match(str_of(rows[i].pattern), str_of(rows[i].text)) != rows[i].match)
			fail_msg("'%s' %s '%s'", rows[i].pattern,
				rows[i].match ? "must match" : "must not match", rows[i].text);
}

/* What the header says, in the slowest and plainest way. */
static bool
naive(const char *p, const char *t, char last)
{
	if (*p == '\0')
		return *t == '\0';
	if (p[0] == '*' && p[1] == '*') {
		if (p[2] == '/' && last == '/' && naive(p + 3, t, '/'))
			return true;
		for (;; t++) {
			if (naive(p + 2, t, '*'))
				return true;
			if (*t == '\0')
				return false;
		}
	}
	if (*p == '*') {
		for (;; t++) {
			if (naive(p + 1, t, '*'))
				return true;
			if (*t == '\0' || *t == '/')
				return false;
		}
	}
	if (*t == '\0' || (*p == '?' ? *t == '/' : *p != *t))
		return false;
	return naive(p + 1, t + 1, *p);
}

static unsigned long
next(unsigned long *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

static void
test_against_naive(void **state)
{
	/* Runs of three stars are left out: the naive matcher reads them in twos. */
	static const char *const pieces[] = { "a", "b", "/", "*", "?", "**", "/**/", "ab" };
	static const char letters[] = "ab/";
	unsigned long seed = 7;
	unsigned matched = 0;

	(void)state;
	for (int round = 0; round < 60000; round++) {
		struct buf p = BUF_INIT, t = BUF_INIT;
		bool want;

		for (unsigned long n = next(&seed) % 5; n > 0; n--)
			buf_addz(&p, pieces[next(&seed) % COUNT(pieces)]);
		for (unsigned long n = next(&seed) % 6; n > 0; n--)
			buf_addc(&t, letters[next(&seed) % 3]);
		if (!str_has(buf_str(&p), "***")) {
			want = naive(buf_z(&p), buf_z(&t), '/');
			matched += want;
			if (glob_match(buf_str(&p), buf_str(&t)) != want)
				fail_msg("'%s' and '%s': want %d", buf_z(&p), buf_z(&t), want);
		}
		buf_release(&p);
		buf_release(&t);
	}
	assert_true(matched > 1000);
}

/* Patterns that make a backtracking matcher run for ever, and long ones. */
static void
test_bounded(void **state)
{
	struct buf p = BUF_INIT, t = BUF_INIT;

	(void)state;
	for (int i = 0; i < 30; i++)
		buf_addz(&p, "*a");
	buf_addc(&p, 'b');
	buf_addn(&t, 'a', 5000);
	assert_false(glob_match(buf_str(&p), buf_str(&t)));
	buf_reset(&p);
	for (int i = 0; i < 3000; i++)
		buf_addz(&p, "**/");
	assert_false(glob_match(buf_str(&p), STR("a/b")));
	assert_true(glob_match(buf_str(&p), STR("a/b/")));
	buf_reset(&p);
	buf_addn(&p, '*', 5000);
	assert_true(glob_match(buf_str(&p), STR("a/b")));
	buf_release(&p);
	buf_release(&t);
}

static void
test_universal(void **state)
{
	static const char *const universal[] = { "", "*", "**", "?", "**/*", "e*", "error", "ERROR",
		"*ailed", "test", "*t*", "?????", NULL };
	static const char *const narrow[] = { "tests/**", "**/x.py", "a::b", "test_*", "*Test#x",
		"errors/*", "[*]", NULL };

	(void)state;
	for (int i = 0; universal[i]; i++)
		if (!glob_universal(str_of(universal[i])))
			fail_msg("'%s' is universal", universal[i]);
	for (int i = 0; narrow[i]; i++)
		if (glob_universal(str_of(narrow[i])))
			fail_msg("'%s' is not universal", narrow[i]);
	assert_true(glob_has_magic(STR("a?")));
	assert_true(glob_has_magic(STR("*a")));
	assert_false(glob_has_magic(STR("[a]{b}")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_against_naive),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_universal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
