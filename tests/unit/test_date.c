/* test_date.c -- days that exist, days that do not, and offsets across midnight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/date.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
test_parse(void **state)
{
	static const struct {
		const char *in, *out; /* out NULL: no date */
	} rows[] = {
		{ "2026-11-20", "2026-11-20T23:59:59Z" },
		{ " 2026-11-20 ", "2026-11-20T23:59:59Z" },
		{ "2024-02-29", "2024-02-29T23:59:59Z" },
		{ "2000-02-29", "2000-02-29T23:59:59Z" },
		{ "1900-02-29", NULL },
		{ "2026-02-29", NULL },
		{ "2026-02-30", NULL },
		{ "2026-04-31", NULL },
		{ "2026-00-10", NULL },
		{ "2026-13-01", NULL },
		{ "2026-01-00", NULL },
		{ "0000-01-01", NULL },
		{ "2026-1-2", NULL },
		{ "20261120", NULL },
		{ "2026-11-20x", NULL },
		{ "26-11-20", NULL },
		{ "+2026-11-20", NULL },
		{ "", NULL },
		{ "never", NULL },
		{ "2026-11-20T09:56:00Z", "2026-11-20T09:56:00Z" },
		{ "2026-11-20t09:56:00z", "2026-11-20T09:56:00Z" },
		{ "2026-11-20 09:56:00Z", "2026-11-20T09:56:00Z" },
		{ "2026-11-20T00:30:00+02:00", "2026-11-19T22:30:00Z" },
		{ "2026-12-31T23:30:00-0130", "2027-01-01T01:00:00Z" },
		{ "2026-11-20T09:56:00.123456Z", "2026-11-20T09:56:00Z" },
		{ "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z" },
		{ "2026-11-20T09:56:00.Z", NULL },
		{ "2026-11-20T09:56:00", NULL },
		{ "2026-11-20T09:56Z", NULL },
		{ "2026-11-20T24:00:00Z", NULL },
		{ "2026-11-20T09:60:00Z", NULL },
		{ "2026-11-20T09:56:61Z", NULL },
		{ "2026-11-20T09:56:00+24:00", NULL },
		{ "2026-11-20T09:56:00Zulu", NULL },
		{ "1969-12-31", "1969-12-31T23:59:59Z" },
		{ "0001-01-01", "0001-01-01T23:59:59Z" },
		{ "9999-12-31", "9999-12-31T23:59:59Z" },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t t = 12345;
		bool ok = date_parse(str_of(rows[i].in), &t);

		if (ok != (rows[i].out != NULL))
			fail_msg("'%s' is%s read as a date", rows[i].in, ok ? "" : " not");
		if (!ok) {
			assert_int_equal(t, 12345);
			continue;
		}
		buf_reset(&b);
		date_rfc3339(&b, t);
		assert_string_equal(b.p, rows[i].out);
	}
	buf_release(&b);
}

static void
test_instant_wants_a_time(void **state)
{
	int64_t t;

	(void)state;
	assert_false(date_parse_instant(STR("2026-11-20"), &t));
	assert_true(date_parse_instant(STR("1970-01-01T00:00:00Z"), &t));
	assert_int_equal(t, 0);
	assert_true(date_parse_instant(STR("1970-01-02T00:00:01Z"), &t));
	assert_int_equal(t, 86401);
}

/* Every day of eight centuries, there and back: each follows the one before. */
static void
test_every_day(void **state)
{
	struct buf b = BUF_INIT;
	int64_t day = -86400LL * 365 * 400, end = 86400LL * 365 * 400, before = 0;

	(void)state;
	for (; day < end; day += 86400) {
		int64_t back;

		buf_reset(&b);
		date_day(&b, day);
		assert_true(date_parse(buf_str(&b), &back));
		assert_int_equal(back, day + 86399);
		assert_true(before == 0 || back - before == 86400);
		before = back;
	}
	buf_release(&b);
}

static void
test_find(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "AUDIT_BACKEND_2026-02-12.md", "2026-02-12" },
		{ "Audit of 2026-02-12, updated 2026-03-01", "2026-02-12" },
		{ "2026-02-30 then 2026-03-01", "2026-03-01" },
		{ "12026-02-12", NULL },
		{ "2026-02-123", NULL },
		{ "TD-20251008-001", NULL },
		{ "2026-02-1", NULL },
		{ "", NULL },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t t = date_find(str_of(rows[i].in));

		buf_reset(&b);
		if (t != DATE_NONE)
			date_day(&b, t);
		assert_string_equal(buf_z(&b), rows[i].out ? rows[i].out : "");
	}
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_instant_wants_a_time),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
