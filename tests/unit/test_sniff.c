/*
 * test_sniff.c -- every fixture of every format has exactly one best sniffer, and it is that
 * of the folder it lies in. Texts that are no report of any format have none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/input/discover.h"
#include "gate/input/source.h"
#include "parsers/parser.h"
#include "parsers/support/cry.h"

#define FORMATS "tests/formats"

/* "tests/formats/gcc/clean/input.txt" lies in gcc. */
static struct str
folder_of(const char *path)
{
	struct str s = str_of(path), rest;

	str_skip(&s, FORMATS "/");
	str_cut(&s, "/", &rest);
	return s;
}

/* A text may be nothing but a cry or blank: those need no sniffer. */
static bool
is_no_report(struct str head)
{
	struct cry cry;

	return str_trim(head).n == 0 || cry_find(head, &cry);
}

static int
check(const char *path)
{
	struct source *in = source_open(path);
	struct str head = source_head(in), folder = folder_of(path);
	const struct parser *best, *tie = NULL;
	int score = 0, bad = 0;

	best = head.n ? parser_sniff(head, &score, &tie) : NULL;
	if (tie) {
		print_message("%s: %s and another say %d\n", path, tie->name, score);
		bad = 1;
	} else if (best ? !str_eqz(folder, best->name) : !is_no_report(head)) {
		print_message("%s: the best is %s (%d)\n", path, best ? best->name : "none", score);
		bad = 1;
	}
	source_close(in);
	return bad;
}

static void
test_fixtures(void **state)
{
	struct arena mem = { 0 };
	struct found files = { 0 };
	int bad = 0;

	(void)state;
	discover(&mem, "", STR(FORMATS "/*/*/input*"), &files);
	assert_true(files.n > 100);
	for (size_t i = 0; i < files.n; i++)
		bad += check(files.v[i]);
	found_release(&files);
	arena_release(&mem);
	assert_int_equal(bad, 0);
}

static void
test_no_format(void **state)
{
	static const char *const rows[] = {
		"hello world\n",
		"12:30:01 started\n12:30:02 done: 3 files\n",
		"key: value\nother: 12:30\n",
		"# Title\n\nSome words (see a.c:12).\n",
		"usage is described in README.md\n",
		"a,b,c\n1,2,3\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct parser *p = parser_sniff(str_of(rows[i]), NULL, NULL);

		if (p)
			fail_msg("%s is taken for %s", rows[i], p->name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixtures),
		cmocka_unit_test(test_no_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
