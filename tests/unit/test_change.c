/* test_change.c -- diffs as git writes them: names, quoted ones too, and the lines they edit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/model/change.h"

/* "old>new 1-2 5-6;" for each file. */
static void
spell(const struct change *c, struct buf *b)
{
	for (size_t i = 0; i < c->files.n; i++) {
		const struct change_file *f = &c->files.v[i];

		buf_add(b, f->old_path);
		buf_addc(b, '>');
		buf_add(b, f->path);
		for (size_t k = 0; k < f->lines.n; k++)
			buf_addf(b, " %ld-%ld", f->lines.v[k].first, f->lines.v[k].last);
		buf_addc(b, ';');
	}
}

static void
check(const char *diff, const char *want)
{
	struct change c = { 0 };
	struct buf b = BUF_INIT;

	change_parse(&c, str_of(diff));
	spell(&c, &b);
	assert_string_equal(buf_z(&b), want);
	buf_release(&b);
	change_release(&c);
}

static void
test_parse(void **state)
{
	(void)state;
	check("", "");
	check("diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n"
	      "@@ -3,2 +3 @@ int\n-a\n-b\n+c\n@@ -9,0 +9,1 @@\n+d\n", "x.c>x.c 3-4 9-10;");
	/* Lines of the text that look like headers are text. */
	check("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n--- a/evil\n+++ b/evil\n"
	      "+@@ -7 +7 @@\n\\ No newline at end of file\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n"
	      "@@ -5 +5 @@\n-q\n+r\n", "x>x 1-1;y>y 5-5;");
	check("diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n"
	      "@@ -0,0 +1 @@\n+a\n",
		">x 0-1;");
	check("diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n"
	      "@@ -1 +0,0 @@\n-a\n",
		"x> 1-1;");
	check("diff --git a/old b/new\nsimilarity index 90%\nrename from old\nrename to new\n"
	      "--- a/old\n+++ b/new\n@@ -2 +2 @@\n-a\n+b\n", "old>new 2-2;");
	check("diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new\n",
		"old>new;");
	check("diff --git a/bin b/bin\nindex 1..2\nBinary files a/bin and b/bin differ\n",
		"bin>bin;");
	check("diff --git a/a b b/a b\nold mode 100644\nnew mode 100755\n", "a b>a b;");
	check("diff --git \"a/q\\\"\\t\\303\\274\" \"b/q\\\"\\t\\303\\274\"\n"
	      "--- \"a/q\\\"\\t\\303\\274\"\n+++ \"b/q\\\"\\t\\303\\274\"\n@@ -1 +1 @@\n-a\n+b\n",
		"q\"\t\303\274>q\"\t\303\274 1-1;");
	/* Cut or wrong: nothing is made up. */
	check("@@ -1 +1 @@\n--- a/x\n", "");
	check("diff --git a/x b/x\n@@ -99999999999999999999 +1 @@\n@@ -a +b @@\n", "x>x;");
	check("diff --git ", ">;");
}

static void
test_touches(void **state)
{
	struct change c = { 0 };
	const struct change_file *f;

	(void)state;
	change_parse(&c, STR("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -3,2 +3 @@\n-a\n-b\n+c\n"
		"@@ -9,0 +9,1 @@\n+d\ndiff --git a/y b/z\nsimilarity index 100%\nrename from y\n"
		"rename to z\n"));
	f = &c.files.v[0];
	assert_non_null(change_touches(f, 0, 0));
	assert_non_null(change_touches(f, 4, 8));
	assert_non_null(change_touches(f, 10, 10)); /* behind what was inserted */
	assert_null(change_touches(f, 5, 8));
	assert_null(change_touches(f, 1, 2));
	assert_null(change_touches(f, 11, 0));
	assert_true(str_eqz(change_moved_from(&c, STR("z")), "y"));
	assert_int_equal(change_moved_from(&c, STR("x")).n, 0);
	assert_int_equal(change_moved_from(NULL, STR("x")).n, 0);
	change_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_touches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
