/* test_line_shape.c -- shapes of lines: what fits, what does not, and what hostile lines cost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "parsers/support/line_shape.h"

static const char *const words[] = { "error", "fatal error", "warning", NULL };

#define STYLISH "  {line}:{column}  {severity}  {message}{?  {rule}}"
#define TSC "{file}({line},{column}): {severity} {rule:TS}: {message}"
#define PLACE "{file}:{line}{?:{column}}: {severity}: {message}{? [{rule}]}"

static const struct {
	const char *shape, *line;
	bool fits;
	const char *file, *message, *rule, *severity;
	long number, column;
} rows[] = {
	{ PLACE, "a.c:1:2: error: bad thing [x-y]", true, "a.c", "bad thing", "x-y", "error", 1,
		2 },
	{ PLACE, "a.c:1: warning: bad", true, "a.c", "bad", "", "warning", 1, 0 },
	{ PLACE, "C:\\a b\\c.c:7:1: fatal error: x.h", true, "C:\\a b\\c.c", "x.h", "",
		"fatal error", 7, 1 },
	{ PLACE, "a:3/b.c:4: error: x", true, "a:3/b.c", "x", "", "error", 4, 0 },
	{ PLACE, "a.c:1:2: error: see [two words] here [z]", true, "a.c", "see [two words] here",
		"z", "error", 1, 2 },
	{ PLACE, "a.c:1:2: error: ends in [two words]", true, "a.c", "ends in [two words]", "",
		"error", 1, 2 },
	{ PLACE, "a.c:1:2: note: x", false, "", "", "", "", 0, 0 },
	{ PLACE, "a.c:1:2: note: b.c:3: error: x", false, "", "", "", "", 0, 0 },
	{ PLACE, "a.c:1:2: error: ", false, "", "", "", "", 0, 0 },
	{ PLACE, " a.c:1:2: error: x", false, "", "", "", "", 0, 0 },
	{ PLACE, ":1:2: error: x", false, "", "", "", "", 0, 0 },
	{ PLACE, "a.c:99999999999: error: x", false, "", "", "", "", 0, 0 },
	{ PLACE, "", false, "", "", "", "", 0, 0 },
	{ STYLISH, "  3:7   error    no  go    r/x", true, "", "no  go", "r/x", "error", 3, 7 },
	{ STYLISH, "  3:7  error  plain words", true, "", "plain words", "", "error", 3, 7 },
	{ STYLISH, " 3:7  error  x", false, "", "", "", "", 0, 0 },
	{ TSC, "a(1).ts(3,4): error TS12: m", true, "a(1).ts", "m", "TS12", "error", 3, 4 },
	{ TSC, "a.ts(3,4): error CS1: m", false, "", "", "", "", 0, 0 },
	{ "{file}:{line} {code} {severity}: {message}", "D:1 DL3006 warning: tag", true, "D", "tag",
		"DL3006", "warning", 1, 0 },
	{ "{file}:{line} {code} {severity}: {message}", "D:1 dl3006 warning: tag", false, "", "",
		"", "", 0, 0 },
	{ "{file}:{line}:{{{any}}: {message}", "a:1:{2:3}{4}: m", true, "a", "m", "", "", 1, 0 },
	{ "{n} file{?s} left{?, {any}}.", "2 files left, 1 gone.", true, "", "", "", "", 0, 0 },
	{ "{n} file{?s} left{?, {any}}.", "1 file left.", true, "", "", "", "", 0, 0 },
	{ "{n} file{?s} left{?, {any}}.", "1 file left", false, "", "", "", "", 0, 0 },
};

static void
check(const char *what, const char *line, struct str got, const char *want)
{
	if (!str_eqz(got, want))
		fail_msg("%s: %s is '%.*s', not '%s'", line, what, STR_FMT(got), want);
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct line_shape s;
		struct line_match m = { .words = words };

		assert_true(line_shape_init(&s, str_of(rows[i].shape)));
		if (line_shape_match(&s, str_of(rows[i].line), &m) != rows[i].fits)
			fail_msg("%s against %s", rows[i].line, rows[i].shape);
		if (!rows[i].fits)
			continue;
		check("file", rows[i].line, m.text[FIELD_FILE], rows[i].file);
		check("message", rows[i].line, m.text[FIELD_MESSAGE], rows[i].message);
		check("rule", rows[i].line, m.text[FIELD_RULE], rows[i].rule);
		check("severity", rows[i].line, m.text[FIELD_SEVERITY], rows[i].severity);
		assert_int_equal(m.number[FIELD_LINE], rows[i].number);
		assert_int_equal(m.number[FIELD_COLUMN], rows[i].column);
	}
}

static void
test_mistakes(void **state)
{
	static const char *const bad[] = { "", "{nofield}", "{file", "{?x", "{?{?x}}" };
	struct line_shape s;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (line_shape_init(&s, str_of(bad[i])))
			fail_msg("%s is a shape", bad[i]);
}

/* A megabyte of places, of brackets, of colons: each costs milliseconds, not minutes. */
static void
test_hostile(void **state)
{
	static const char *const pieces[] = { "a:1:1: error: ", "a:1", " [", " [x] [", ":", "{",
		"  ", "a(1,1", "(" };
	static const char *const shapes[] = { PLACE,
		TSC, STYLISH, "{any} : {severity} {code}: {message}{? [{any}]}",
		"{file}:{line}:{column}:{{{any}}: {severity}: {message}{? [{rule:-}]}" };
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct buf b = BUF_INIT;

		buf_addz(&b, "a:1:1: error: ");
		while (b.n < 1000000)
			buf_addz(&b, pieces[i]);
		for (size_t k = 0; k < sizeof(shapes) / sizeof(shapes[0]); k++) {
			struct line_shape s;
			struct line_match m = { .words = words };

			assert_true(line_shape_init(&s, str_of(shapes[k])));
			line_shape_match(&s, buf_str(&b), &m);
		}
		buf_release(&b);
	}
	assert_true((clock() - start) / CLOCKS_PER_SEC < 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
