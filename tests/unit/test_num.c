/* test_num.c -- numbers and durations as report writers spell them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <limits.h>
#include <math.h>

#include "gate/base/num.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define NO -1.0e9

static void
test_long(void **state)
{
	static const struct {
		const char *in;
		bool ok;
		long out;
	} rows[] = {
		{ "0", true, 0 },     { "-1", true, -1 },    { "007", true, 7 },  { "", false, 0 },
		{ "-", false, 0 },    { "+1", false, 0 },    { " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1.0", false, 0 },  { "0x1", false, 0 },   { "1e3", false, 0 },
		{ "9223372036854775807", true, LONG_MAX },   { "9223372036854775808", false, 0 },
		{ "99999999999999999999", false, 0 },
	};
	long v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		v = 42;
		if (num_long(str_of(rows[i].in), LONG_MIN, LONG_MAX, &v) != rows[i].ok)
			fail_msg("'%s'", rows[i].in);
		assert_int_equal(v, rows[i].ok ? rows[i].out : 42);
	}
	assert_false(num_long(STR("5"), 6, 9, &v));
	assert_false(num_long(STR("10"), 6, 9, &v));
	assert_true(num_long(STR("6"), 6, 9, &v));
}

static void
test_double(void **state)
{
	static const struct {
		const char *in;
		double out;
	} rows[] = {
		{ "1.5", 1.5 },   { "-2", -2 },    { "1e3", 1000 },  { "1E-2", 0.01 },
		{ ".5", 0.5 },
		{ "5.", 5 },      { "0", 0 },      { "", NO },       { ".", NO },      { "-", NO },
		{ "1e", NO },     { "1e999", NO }, { "nan", NO },    { "inf", NO },
		{ "0x10", NO },
		{ "1,5", NO },    { " 1", NO },    { "1 ", NO },     { "1.2.3", NO },
		{ "1e5.0", NO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		double v = NO;
		bool ok = num_double(str_of(rows[i].in), &v);

		if (ok != (rows[i].out != NO) || fabs(v - rows[i].out) > 1e-9)
			fail_msg("'%s' gives %g", rows[i].in, v);
	}
}

static void
test_seconds(void **state)
{
	static const struct {
		const char *in;
		double out;
	} rows[] = {
		{ "0", 0 },
		{ "0.012", 0.012 },
		{ " 1.5 ", 1.5 },
		{ "1,234.5", 1234.5 },
		{ "1,234,567.5", 1234567.5 },
		{ "1.234,5", 1234.5 },
		{ "1,234", 1234 },
		{ "0,234", 0.234 },
		{ "0,25", 0.25 },
		{ "12,5", 12.5 },
		{ "1,2,3", NO },
		{ "1,23,456", NO },
		{ "1e-3", 0.001 },
		{ "1.5E2", 150 },
		{ "12s", 12 },
		{ "12 s", 12 },
		{ "1.5 sec", 1.5 },
		{ "35ms", 0.035 },
		{ "3 \xc2\xb5s", 3e-6 },
		{ "7us", 7e-6 },
		{ "8ns", 8e-9 },
		{ "1m 2.5s", 62.5 },
		{ "1h2m3s", 3723 },
		{ "2 minutes 1 second", 121 },
		{ "1 2", NO },
		{ "1 parsec", NO },
		{ "00:01:02.5", 62.5 },
		{ "01:02", 62 },
		{ "1:02:03", 3723 },
		{ "1.00:00:01", 86401 },
		{ "00:00:00.0120000", 0.012 },
		{ "1:2:3:4", NO },
		{ ":1", NO },
		{ "1:", NO },
		{ "PT1M2.5S", 62.5 },
		{ "P1DT2H", 93600 },
		{ "PT0,5S", 0.5 },
		{ "P", NO },
		{ "PT", NO },
		{ "P1M", NO },
		{ "PT1", NO },
		{ "-1", NO },
		{ "-0.001", NO },
		{ "", NO },
		{ "NaN", NO },
		{ "Infinity", NO },
		{ "fast", NO },
		{ ".", NO },
		{ ",", NO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		double v = NO;
		bool ok = num_seconds(str_of(rows[i].in), &v);

		if (ok != (rows[i].out != NO) || fabs(v - rows[i].out) > 1e-9)
			fail_msg("'%s' gives %g", rows[i].in, v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_double),
		cmocka_unit_test(test_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
