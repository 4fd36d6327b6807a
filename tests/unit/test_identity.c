/* test_identity.c -- the names of cases by dialect, and the spellings that people use for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/model/identity.h"

struct named {
	enum dialect dialect;
	const char *suite, *class, *name, *file, *id;
};

static void
check_names(const struct named *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf b = BUF_INIT;
		struct test_event ev = { .dialect = rows[i].dialect, .suite = str_of(rows[i].suite),
			.class = str_of(rows[i].class), .name = str_of(rows[i].name),
			.file = str_of(rows[i].file) };

		identity_test(&b, &ev);
		assert_string_equal(buf_z(&b), rows[i].id);
		buf_release(&b);
	}
}

static void
test_pytest(void **state)
{
	static const struct named rows[] = {
		{ DIALECT_PYTEST, "pytest", "tests.api.test_x.TestY", "test_z[p]", "",
		  "tests/api/test_x.py::TestY::test_z[p]" },
		{ DIALECT_PYTEST, "", "tests.api.test_x", "test_z", "",
		  "tests/api/test_x.py::test_z" },
		{ DIALECT_PYTEST, "", "test_x", "test_z[a.b::c]", "", "test_x.py::test_z[a.b::c]" },
		{ DIALECT_PYTEST, "", "a.test_b.TestC.TestD", "test_e", "",
		  "a/test_b.py::TestC::TestD::test_e" },
		{ DIALECT_PYTEST, "", "Pkg.tests.test_b", "test_e", "",
		  "Pkg/tests/test_b.py::test_e" },
		{ DIALECT_PYTEST, "", "pkg.models.UserTest", "test_e", "",
		  "pkg/models.py::UserTest::test_e" },
		{ DIALECT_PYTEST, "", "pkg.checks", "test_e", "", "pkg/checks.py::test_e" },
		{ DIALECT_PYTEST, "", "TestAlone", "test_e", "", "TestAlone::test_e" },
		{ DIALECT_PYTEST, "", "tests.b_test.TestC", "test_e", "tests/b_test.py",
		  "tests/b_test.py::TestC::test_e" },
		{ DIALECT_PYTEST, "", "TestC", "test_e", "tests/lib.py",
		  "tests/lib.py::TestC::test_e" },
		{ DIALECT_PYTEST, "", "other.root.lib.TestC", "test_e", "lib.py",
		  "lib.py::TestC::test_e" },
		{ DIALECT_PYTEST, "", "tests.lib.TestC", "test_e", "/build/7/tests/lib.py",
		  "tests/lib.py::TestC::test_e" },
		{ DIALECT_PYTEST, "", "tests.lib.TestC", "test_e", "/build/7/mytests/lib.py",
		  "/build/7/mytests/lib.py::TestC::test_e" },
		{ DIALECT_PYTEST, "", "", "tests.test_broken", "", "tests/test_broken.py" },
		{ DIALECT_PYTEST, "", "", "test_broken", "", "test_broken.py" },
		{ DIALECT_PYTEST, "", "", "tests.test_broken", "tests/test_broken.py",
		  "tests/test_broken.py" },
		{ DIALECT_PYTEST, "", "", "test_plain", "tests/test_a.py",
		  "tests/test_a.py::test_plain" },
		{ DIALECT_PYTEST, "", "", "a doc test", "", "a doc test" },
		{ DIALECT_PYTEST, "", "tests/a.py", "test_e", "", "tests/a.py::test_e" },
		{ DIALECT_PYTEST, "", "", "", "", "[unnamed]" },
	};

	(void)state;
	check_names(rows, sizeof(rows) / sizeof(*rows));
}

static void
test_others(void **state)
{
	static const struct named rows[] = {
		{ DIALECT_JAVA, "", "com.x.FooTest", "bar", "", "com.x.FooTest#bar" },
		{ DIALECT_JAVA, "", "com.x.FooTest", "bar()", "", "com.x.FooTest#bar" },
		{ DIALECT_JAVA, "", "com.x.FooTest", "bar(int)[1]", "",
		  "com.x.FooTest#bar(int)[1]" },
		{ DIALECT_JAVA, "", "com.x.FooTest", "", "", "com.x.FooTest" },
		{ DIALECT_JAVA, "", "com.x.FooTest", "com.x.FooTest", "", "com.x.FooTest" },
		{ DIALECT_JAVA, "", "", "bar", "", "bar" },
		{ DIALECT_GO, "x/pkg", "x/pkg", "TestX/sub", "", "x/pkg.TestX/sub" },
		{ DIALECT_GO, "all > x/pkg", "", "TestMain", "", "x/pkg.TestMain" },
		{ DIALECT_JS, "", "src/a.test.ts", "d > it", "", "src/a.test.ts > d > it" },
		{ DIALECT_JS, "", "a.spec.ts", "d \xe2\x80\xba it", "", "a.spec.ts > d > it" },
		{ DIALECT_JS, "src\\a.test.js", "d", "it", "", "src/a.test.js > d > it" },
		{ DIALECT_JS, "Window", "opens", "Window opens", "e2e/w.cy.js",
		  "e2e/w.cy.js > Window opens" },
		{ DIALECT_JS, "", "d it", "d it", "", "d it" },
		{ DIALECT_JS, "Mocha Tests", "d", "it", "", "d > it" },
		{ DIALECT_RUST, "shop", "shop::cart", "totals::adds", "",
		  "shop::cart::totals::adds" },
		{ DIALECT_GTEST, "", "FooTest", "Bar", "", "FooTest.Bar" },
		{ DIALECT_GTEST, "", "Foo.Bar", "Foo.Bar", "", "Foo.Bar" },
		{ DIALECT_DOTNET, "", "N.C", "N.C.Method", "", "N.C.Method" },
		{ DIALECT_PHP, "", "N.C", "testM", "c.php", "N.C::testM" },
		{ DIALECT_NONE, "s", "c", "n", "f", "c::n" },
		{ DIALECT_NONE, "s", "", "n", "", "n" },
		{ DIALECT_NONE, "s", "same", "same", "", "same" },
		{ DIALECT_NONE, "", "", "", "", "[unnamed]" },
	};

	(void)state;
	check_names(rows, sizeof(rows) / sizeof(*rows));
}

static void
test_equal_spellings(void **state)
{
	static const char *const rows[][2] = {
		{ "tests/api/test_x.py::TestY::test_z[p]", "tests.api.test_x.TestY.test_z[p]" },
		{ "tests/api/test_x.py::TestY::test_z[p]",
		  "./tests/api/test_x.py::TestY::test_z[p]" },
		{ "tests/api/test_x.py::TestY::test_z", "tests\\api\\test_x.py::TestY::test_z" },
		{ "tests/test_x.py::test_z[a::b/c.d]", "tests.test_x.test_z[a::b/c.d]" },
		{ "tests/test_x.py", "tests.test_x" },
		{ "com.x.FooTest#bar", "com.x.FooTest.bar" },
		{ "com.x.FooTest#bar", "com.x.FooTest::bar" },
		{ "com.x.FooTest$Inner#bar", "com.x.FooTest.Inner.bar" },
		{ "com.x.FooTest#bar", " com.x.FooTest#bar " },
		{ "src/a.test.ts > describe > it works", "src/a.test.ts::describe it works" },
		{ "src/a.test.ts > describe > it works",
		  "src/a.test.ts \xe2\x80\xba describe \xe2\x80\xba it works" },
		{ "a.spec.js > adds 1.5 (twice)", "a.spec.js::adds 1.5 (twice)" },
		{ "shop::cart::totals::adds", "shop::cart totals::adds" },
		{ "shop::cart::totals::adds", "shop::cart$totals::adds" },
		{ "shop::tests::works", "shop tests::works" },
		{ "example.com/pkg.TestX/sub", "example.com/pkg/TestX/sub" },
		{ "FooTest.Bar", "FooTest::Bar" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf a = BUF_INIT, b = BUF_INIT;

		identity_normal(&a, str_of(rows[i][0]));
		identity_normal(&b, str_of(rows[i][1]));
		assert_string_equal(buf_z(&a), buf_z(&b));
		buf_release(&a);
		buf_release(&b);
	}
}

static void
test_different_spellings(void **state)
{
	static const char *const rows[][2] = {
		{ "tests/test_x.py::test_z[a]", "tests/test_x.py::test_z[b]" },
		{ "tests/test_x.py::test_z[a/b]", "tests/test_x.py::test_z[a.b]" },
		{ "tests/test_x.py::test_z", "tests/test_x.py::test_zz" },
		{ "a.test.ts > adds 1.5", "a.test.ts > adds 1/5" },
		{ "a.test.ts > one > two", "b.test.ts > one > two" },
		{ "com.x.FooTest#bar(int)", "com.x.FooTest#bar(long)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf a = BUF_INIT, b = BUF_INIT;

		identity_normal(&a, str_of(rows[i][0]));
		identity_normal(&b, str_of(rows[i][1]));
		assert_string_not_equal(buf_z(&a), buf_z(&b));
		buf_release(&a);
		buf_release(&b);
	}
}

static void
test_bare(void **state)
{
	static const char *const rows[][2] = {
		{ "test_z[p]", "test_z" },
		{ "tests/test_x.py::TestY::test_z[a::b]", "test_z" },
		{ "com.x.FooTest#bar(int)[1]", "bar" },
		{ "com.x.FooTest.bar", "bar" },
		{ "src/a.test.ts > describe > it works", "it works" },
		{ "it works (twice)", "it works (twice)" },
		{ "crate::module::test", "test" },
		{ "rounds to 1.5", "rounds to 1.5" },
		{ "name", "name" },
		{ "", "" },
		{ "[odd]", "[odd]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str s = identity_bare(str_of(rows[i][0]));

		assert_true(str_eqz(s, rows[i][1]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pytest),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_equal_spellings),
		cmocka_unit_test(test_different_spellings),
		cmocka_unit_test(test_bare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
