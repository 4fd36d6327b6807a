/* test_discover.c -- names, folders and globs to files, on a tree made for the purpose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/input/discover.h"

static char top[256];

static void
make_file(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("x\n", f);
	fclose(f);
}

static int
make_tree(void **state)
{
	static const char *const folders[] = { "a", "a/b", "a/b/c", ".hidden", "a/.dot", "empty",
		"z*" };
	static const char *const files[] = {
		"one.xml", "two.xml", "note.txt", "a/one.xml", "a/b/deep.xml", "a/b/c/deeper.xml",
		".hidden/h.xml", "a/.dot/d.xml", "a/.skip.xml", "z*/odd?.xml",
	};
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(top, sizeof(top), "%s/gate-discover-XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (mkdtemp(top) == NULL || chdir(top) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (mkdir(folders[i], 0755) < 0)
			return -1;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		make_file(files[i]);
	return symlink("..", "a/loop") < 0 || symlink("one.xml", "link.xml") < 0 ? -1 : 0;
}

static int
remove_tree(void **state)
{
	char command[300];

	(void)state;
	if (chdir("/") < 0)
		return -1;
	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return system(command);
}

static const char *
joined(struct arena *mem, const char *root, const char *pattern)
{
	struct found found;
	struct buf b = BUF_INIT;
	const char *z;

	discover(mem, root, str_of(pattern), &found);
	for (size_t i = 0; i < found.n; i++)
		buf_addf(&b, "%s%s", i ? " " : "", found.v[i]);
	z = arena_z(mem, buf_str(&b));
	buf_release(&b);
	found_release(&found);
	return z;
}

static void
test_patterns(void **state)
{
	static const struct {
		const char *root, *pattern, *want;
	} rows[] = {
		{ "", "one.xml", "one.xml" },
		{ "", "./a//b/../one.xml", "a/one.xml" },
		{ "", "nowhere.xml", "nowhere.xml" },
		{ "", "-", "-" },
		{ "a", "-", "-" },
		{ "", "*.xml", "link.xml one.xml two.xml" },
		{ "", "*.nothing", "" },
		{ "", "no/such/*.xml", "" },
		{ "", "t?o.xml", "two.xml" },
		{ "", "a/*.xml", "a/one.xml" },
		{ "a", "*.xml", "a/one.xml" },
		{ "a", "../*.txt", "note.txt" },
		{ "", "*/b/*.xml", "a/b/deep.xml" },
		{ "", "**/*.xml", "a/b/c/deeper.xml a/b/deep.xml a/one.xml link.xml one.xml "
			"two.xml z*/odd?.xml" },
		{ "", "a/**/*.xml", "a/b/c/deeper.xml a/b/deep.xml a/one.xml" },
		{ "", "a/**", "a/b/c/deeper.xml a/b/deep.xml a/one.xml" },
		{ "", "**/.dot/*.xml", "a/.dot/d.xml" },
		{ "", ".hidden/*.xml", ".hidden/h.xml" },
		{ "", "a", "a/b/c/deeper.xml a/b/deep.xml a/one.xml" },
		{ "", "empty", "" },
		{ "", "z*/odd?.xml", "z*/odd?.xml" },
		{ "", "a/**deep**", "a/b/c/deeper.xml a/b/deep.xml" },
	};
	struct arena mem = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = joined(&mem, rows[i].root, rows[i].pattern);

		assert_string_equal(got, rows[i].want);
	}
	arena_release(&mem);
}

static void
test_links(void **state)
{
	struct arena mem = { 0 };

	(void)state;
	assert_string_equal(joined(&mem, "", "a/loop/*.txt"), "a/loop/note.txt");
	assert_string_equal(joined(&mem, "", "a/lo?p/*.txt"), "a/loop/note.txt");
	assert_string_equal(joined(&mem, "", "a/**/note.txt"), "");
	arena_release(&mem);
}

static void
test_absolute(void **state)
{
	struct arena mem = { 0 };
	char pattern[300], want[300];

	(void)state;
	snprintf(pattern, sizeof(pattern), "%s/a/./*.xml", top);
	snprintf(want, sizeof(want), "%s/a/one.xml", top);
	assert_string_equal(joined(&mem, "elsewhere", pattern), want);
	arena_release(&mem);
}

static void
test_join(void **state)
{
	static const struct {
		const char *root, *path, *want;
	} rows[] = {
		{ "", "", "." }, { "a", "", "a" }, { "a/", "b", "a/b" }, { "a", "/b", "/b" },
		{ "/", "b", "/b" }, { "/a", "../../..", "/" }, { "a", "../..", ".." },
		{ "", "../../x", "../../x" }, { "a/b", "../c/./d//e", "a/c/d/e" },
		{ ".", ".", "." }, { "", "...", "..." },
	};
	struct arena mem = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str got = path_join(&mem, str_of(rows[i].root), str_of(rows[i].path));

		assert_string_equal(got.p, rows[i].want);
	}
	arena_release(&mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_absolute),
		cmocka_unit_test(test_join),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
