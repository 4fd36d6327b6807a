/* test_versions.c -- which tools, in which versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/model/versions.h"

static void
test_version_in(void **unused)
{
	static const struct { const char *text, *version; } t[] = {
		{ "1.2.3", "1.2.3" },
		{ " v1.2 ", "v1.2" },
		{ "Robot 7.0 (Python 3.11 on linux)", "7.0" },
		{ "ctest-3.25.1", "3.25.1" },
		{ "xUnit.net 2.6.2.0", "2.6.2.0" },
		{ "lint 8.2.0", "8.2.0" },
		{ "Log4j2 by hand", "Log4j2 by hand" },
		{ "h264 1.0", "1.0" },
		{ "tool (2.0)", "2.0" },
		{ "1.0.0-rc.1+build 7", "1.0.0-rc.1+build" },
		{ "dev", "dev" },
		{ "v", "v" },
		{ "", "" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct str v = version_in(str_of(t[i].text));

		assert_int_equal(v.n, strlen(t[i].version));
		assert_memory_equal(v.p, t[i].version, v.n);
	}
}

/* "a 1,a 2,b 3": into `v`. */
static void
fill(struct versions *v, const char *text)
{
	struct str left = str_of(text), one, version;

	while (left.n) {
		one = left;
		str_cut(&one, ",", &left);
		str_cut(&one, " ", &version);
		*vec_push(v) = (struct tool_version){ one, version };
	}
}

static void
test_changed(void **unused)
{
	static const struct { const char *now, *then, *where, *text; } t[] = {
		{ "a 1", "a 1", "lint", "" },
		{ "a 2", "a 1", "lint", "lint: a 2, was 1\n" },
		{ "a 2", "a 1", "", "a 2, was 1\n" },
		{ "a 2", "", "", "" },
		{ "", "a 1", "", "" },
		{ "a 1", "b 1", "", "" },
		{ "c 1,a 2,a 1,a 2", "a 1,b 1,c 2", "", "a 1, 2, was 1\nc 1, was 2\n" },
		{ "a 2,a 1", "a 1,a 2", "", "" },
		{ "a 1,a 2,a 3,a 4,a 5,a 6,a 7", "a 1", "", "a 1, 2, 3, 4, 5 and 2 more, was 1\n" },
		{ "a\n 2", "a\n 1\x1b[31m", "", "a\\n 2, was 1\\x1b[31m\n" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct versions now = { 0 }, then = { 0 };
		struct buf out = BUF_INIT;

		fill(&now, t[i].now);
		fill(&then, t[i].then);
		versions_changed(&now, &then, str_of(t[i].where), &out);
		assert_string_equal(buf_z(&out), t[i].text);
		buf_release(&out);
		vec_release(&now);
		vec_release(&then);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_version_in),
		cmocka_unit_test(test_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
