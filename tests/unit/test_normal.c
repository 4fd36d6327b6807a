/* test_normal.c -- what is volatile goes, every word stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <time.h>

#include "gate/base/normal.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
test_forms(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "no such table: activity_events", "no such table: activity_events" },
		{ "  two\t words\r\n here \n", "two words here" },
		{ "na\xc3\xafve \xe2\x82\xac", "na\xc3\xafve \xe2\x82\xac" },
		/* addresses */
		{ "<Foo object at 0x7f3b2c1d0e50>", "<Foo object at #>" },
		{ "com.x.Foo@1b6d3586", "com.x.Foo@#" },
		{ "mail ann@example.org, @dead", "mail ann@example.org, @dead" },
		{ "flags 0x1f stay", "flags 0x1f stay" },
		{ "id 123e4567-e89b-12d3-a456-426614174000.", "id #." },
		{ "sha 123e4567-e89b-12d3-a456 stays", "sha 123e4567-e89b-12d3-a456 stays" },
		/* processes and ports */
		{ "pid 4711 died, PID=12, [pid: 9]", "pid # died, PID=#, [pid: #]" },
		{ "listen on port 8080", "listen on port #" },
		{ "127.0.0.1:54321 localhost:80 http://db.local:5432/x",
		"127.0.0.1:# localhost:# http://db.local:#/x" },
		{ "report 12 of 13", "report 12 of 13" },
		/* durations */
		{ "after 35ms", "after #" },
		{ "after 1.5 s and 2 minutes", "after # and #" },
		{ "after 1m30s", "after #" },
		{ "5m of rope, 3 items", "5m of rope, 3 items" },
		/* times and dates */
		{ "at 10:15", "at #" },
		{ "[2026-11-20 10:15:03,123] ERROR", "[#] ERROR" },
		{ "on 2026-11-20T10:15:03.5+02:00.", "on #." },
		{ "on 20 Nov 2026 and Nov 20, 2026", "on # and #" },
		{ "Fri Nov 20 10:15:03 2026", "#" },
		{ "Fri, 20 Nov 2026 10:15:03 GMT", "#" },
		{ "11/20/2026 20.11.2026", "# #" },
		{ "May the force, March on", "May the force, March on" },
		{ "player.py:233 x.c:12:30 ratio 3:4", "player.py:233 x.c:12:30 ratio 3:4" },
		{ "99:99 25:61", "99:99 25:61" },
		/* temporary paths */
		{ "open '/tmp/pytest-of-ann/pytest-3/x0/out.json'", "open '#/out.json'" },
		{ "open /tmp/tmpab12cd: no", "open #: no" },
		{ "open /var/folders/ab/cd/T/tmpx.txt.", "open #." },
		{ "C:\\Users\\ann\\AppData\\Local\\Temp\\a1\\b.txt!", "#\\b.txt!" },
		{ "/home/ann/tmp/x stays", "/home/ann/tmp/x stays" },
		/* values of assertions */
		{ "assert 5 == 3", "assert # == #" },
		{ "AssertionError: 42 != 43", "AssertionError: # != #" },
		{ "expected:<3> but was:<-4.5>", "expected:<#> but was:<#>" },
		{ "Expected: 200, Received: 500", "Expected: #, Received: #" },
		{ "got 3, want 4", "got #, want #" },
		{ "assert [1, 2] == [1, 2, 3]", "assert [#, #] == [#, #, #]" },
		{ "expected 3 items but got 4 items", "expected # items but got # items" },
		{ "HTTP 500 from v1.2.3, 3rd try, E501", "HTTP 500 from v1.2.3, 3rd try, E501" },
		{ "see #4562 and TD-20251008-001", "see #4562 and TD-20251008-001" },
		{ "stamp 1700000000123", "stamp #" },
		{ "a->b Vec<5> <3", "a->b Vec<5> <3" },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		buf_reset(&b);
		normal_add(&b, str_of(rows[i][0]));
		assert_string_equal(buf_z(&b), rows[i][1]);
	}
	buf_release(&b);
}

/* Normal text is its own normal form, so that both sides may be normalised at any time. */
static void
test_stable(void **state)
{
	static const char *const texts[] = {
		"expected:<3> but was:<-4.5> at 10:15:03 in /tmp/a/b.txt",
		"pid 12 port 13 0xdeadbeef",
		"assert [1, 2] == (3)", "127.0.0.1:80 http://x:1/ took 5 seconds", NULL,
	};

	(void)state;
	for (int i = 0; texts[i]; i++) {
		struct buf once = BUF_INIT, twice = BUF_INIT;

		normal_add(&once, str_of(texts[i]));
		normal_add(&twice, buf_str(&once));
		assert_string_equal(buf_z(&once), buf_z(&twice));
		buf_release(&once);
		buf_release(&twice);
	}
}

static void
test_appends(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_addz(&b, "kept|");
	normal_add(&b, STR("  x  "));
	normal_add(&b, STR(" y"));
	assert_string_equal(b.p, "kept|xy");
	buf_release(&b);
}

static void
test_find(void **state)
{
	static const struct {
		const char *text, *what;
		size_t at;
	} rows[] = {
		{ "no such table: x", "no such table", 0 },
		{ "no such tables: x", "no such table", STR_NPOS },
		{ "xno such table", "no such table", STR_NPOS },
		{ "ab abc", "abc", 3 },
		{ "took #", "took #", 0 },
		{ "x_boom boom", "boom", 7 },
		{ "\xc3\xa9" "boom", "boom", STR_NPOS },
		{ "(boom)", "boom", 1 },
		{ "a: b", ": b", 1 },
		{ "abc", "", STR_NPOS },
		{ "", "a", STR_NPOS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (normal_find(str_of(rows[i].text), str_of(rows[i].what)) != rows[i].at)
			fail_msg("'%s' in '%s'", rows[i].what, rows[i].text);
}

/* No shape may cost the square of the text. */
static void
test_linear(void **state)
{
	static const char *const pieces[] = { "/tmp/", "a:", "1 == ", "1", "123e4567-", "0xffff",
		"((",
		"assert ((1", "5m", "1.", "://", "@1", "Nov ", "pid    ", " ", "C:\\", NULL };
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (int i = 0; pieces[i]; i++) {
		clock_t start = clock();

		buf_reset(&in);
		buf_reset(&out);
		while (in.n < 1u << 20)
			buf_addz(&in, pieces[i]);
		normal_add(&out, buf_str(&in));
		if (clock() - start > 10 * CLOCKS_PER_SEC)
			fail_msg("a megabyte of '%s' takes too long", pieces[i]);
	}
	buf_release(&in);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_stable),
		cmocka_unit_test(test_appends),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
