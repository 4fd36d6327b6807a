/* test_regex_literal.c -- what every match of a pattern contains, and when nobody can be sure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "gate/base/regex.h"

static const struct {
	const char *pattern, *literal;
} rows[] = {
	{ "no such table", "no such table" },
	{ "lease 0003 (lost|expired) on shard-\\d{2}", "lease 0003 " },
	{ "Connection refused: db-101\\.internal:\\d+", "Connection refused: db-101.internal:" },
	{ "^ERR-00004\\b.*(retry|give up)", "ERR-00004" },
	{ "abc*de", "ab" },
	{ "abc+de", "abc" },
	{ "abcd?e", "abc" },
	{ "abc{0,3}defg", "defg" },
	{ "ab{x}c", "ab{x}c" },
	{ "ab{,3}cdef", "cdef" },
	{ "abc+?d", "abc" },
	{ "caf\xc3\xa9?s", "caf" },
	{ "x(?:abcdef)?yz", "yz" },
	{ "a|b", "" },
	{ "(a|b)cde", "cde" },
	{ "[a|b]cde", "cde" },
	{ "[^]|]cde", "cde" },
	{ "[[:alpha:]|]cde", "cde" },
	{ "[\\]|]cde", "cde" },
	{ "(x[)]y)cde", "cde" },
	{ "(x\\)y)cde", "cde" },
	{ "(?i)expected: <5002> but", "expected: <5002> but" },
	{ "(?i)task lease", " lea" },
	{ "(?x) a b c", "" },
	{ "(?i:(?x) a b )cde", "" },
	{ "\\x41bcdef", "" },
	{ "\\p{L}abcdef", "" },
	{ "\\Qa.b\\E", "" },
	{ "(*UTF)abc", "" },
	{ "(?#comment)abc", "" },
	{ "a\\", NULL },
	{ "(ab", NULL },
	{ "", "" },
	{ "\\bword\\b", "word" },
	{ "a\\.b\\/c", "a.b/c" },
	{ "(?<!x)abc(?=d)", "abc" },
};

static void
every_match_contains_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err = { 0 };
		struct regex *re = regex_new(str_of(rows[i].pattern), 0, (struct pos){ 0 }, &err);

		if ((re == NULL) != (rows[i].literal == NULL))
			fail_msg("%s: %s", rows[i].pattern, err.text);
		if (re && !str_eqz(regex_needs(re), rows[i].literal))
			fail_msg("%s: '%.*s', expected '%s'", rows[i].pattern,
				STR_FMT(regex_needs(re)), rows[i].literal);
		regex_free(re);
	}
}

static void
without_case_by_flag(void **state)
{
	struct err err = { 0 };
	struct regex *re = regex_new(STR("ask nothing"), REGEX_ICASE, (struct pos){ 0 }, &err);

	(void)state;
	assert_true(str_eqz(regex_needs(re), " nothing"));
	regex_free(re);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_match_contains_it),
		cmocka_unit_test(without_case_by_flag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
