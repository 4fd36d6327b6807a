/* How each runner is told to run just these cases: one, several, and what is not offered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/report/support/rerun.h"

struct one {
	enum dialect dialect;
	const char *format, *tool, *path; /* of the report */
	const char *id, *class, *name, *file, *suite;
	long line;
};

static void
make(const struct one *o, struct report *r, struct test *t)
{
	*r = (struct report){ .format = str_of(o->format), .tool = str_of(o->tool),
		.path = str_of(o->path) };
	*t = (struct test){ .id = str_of(o->id), .class = str_of(o->class),
		.name = str_of(o->name), .file = str_of(o->file), .suite = str_of(o->suite),
		.line = o->line, .dialect = o->dialect, .report = r };
}

static void
test_one(void **state)
{
	static const struct {
		struct one test;
		const char *want;
	} cases[] = {
		{ { .dialect = DIALECT_PYTEST, .id = "tests/test_x.py::test_y[a b]" },
			"pytest 'tests/test_x.py::test_y[a b]'" },
		{ { .dialect = DIALECT_PYTEST, .id = "it's" }, "pytest 'it'\\''s'" },
		{ { .dialect = DIALECT_PYTEST, .id = "$(rm -rf /)" }, "pytest '$(rm -rf /)'" },
		{ { .dialect = DIALECT_PYTEST, .id = "-x" }, NULL },
		{ { .dialect = DIALECT_PYTEST, .id = "a\033[b" }, NULL },
		{ { .dialect = DIALECT_PYTEST, .id = "a\nb" }, NULL },
		{ { .dialect = DIALECT_READY, .format = "pytest-text", .id = "t.py::a" },
			"pytest t.py::a" },
		{ { .dialect = DIALECT_JAVA, .id = "com.x.FooTest#bar[1]" },
			"mvn test -Dtest='com.x.FooTest#bar'" },
		{ { .dialect = DIALECT_JAVA, .id = "com.x.FooTest#adds two, then one" },
			"mvn test -Dtest=com.x.FooTest" },
		{ { .dialect = DIALECT_JAVA, .path = "m/target/failsafe-reports/x.xml",
			.id = "com.x.FooIT#bar" }, "mvn verify -Dit.test='com.x.FooIT#bar'" },
		{ { .dialect = DIALECT_JAVA, .path = "build/test-results/test/x.xml",
			.id = "com.x.FooTest#bar()" },
			"./gradlew test --tests com.x.FooTest.bar" },
		{ { .dialect = DIALECT_JAVA, .path = "svc/app/build/test-results/testDebug/x.xml",
			.id = "com.x.FooTest#bar" },
			"./gradlew :svc:app:testDebug --tests com.x.FooTest.bar" },
		{ { .dialect = DIALECT_JAVA, .path = "a;b/build/test-results/t$(x)/x.xml",
			.id = "com.x.FooTest#bar" }, "./gradlew test --tests com.x.FooTest.bar" },
		{ { .dialect = DIALECT_GO, .id = "m/pkg.TestX/a.b", .class = "m/pkg",
			.name = "TestX/a.b" }, "go test m/pkg -run '^TestX$/^a\\.b$'" },
		{ { .dialect = DIALECT_RUST, .id = "crate::m::t" },
			"cargo test -- --exact m::t" },
		{ { .dialect = DIALECT_RUST, .tool = "cargo-nextest", .id = "shop::cart::m::t",
			.class = "shop::cart", .name = "m::t" },
			"cargo nextest run -E 'test(=m::t)'" },
		{ { .dialect = DIALECT_JS, .tool = "jest", .file = "src/a.test.js",
			.id = "src/a.test.js > cart > adds 1+1", .name = "adds 1+1" },
			"npx jest src/a.test.js -t 'cart adds 1\\+1$'" },
		{ { .dialect = DIALECT_JS, .tool = "vitest", .file = "a.test.ts",
			.id = "a.test.ts > x", .name = "x" },
			"npx vitest run a.test.ts -t 'x$'" },
		{ { .dialect = DIALECT_JS, .tool = "mocha", .file = "a.js", .id = "a.js > x",
			.name = "x" }, "npx mocha a.js -g 'x$'" },
		{ { .dialect = DIALECT_JS, .tool = "playwright", .file = "a.spec.ts",
			.id = "a.spec.ts > x", .name = "x" },
			"npx playwright test a.spec.ts -g x" },
		{ { .dialect = DIALECT_JS, .file = "a.spec.ts", .id = "a.spec.ts > x",
			.name = "x" }, NULL },
		{ { .dialect = DIALECT_PHP, .id = "Shop.CartTest::testTotals with data set #1" },
			"vendor/bin/phpunit --filter 'Shop\\.CartTest::testTotals$'" },
		{ { .dialect = DIALECT_GTEST, .id = "Ring.Wraps" },
			"./TEST_BINARY --gtest_filter=Ring.Wraps" },
		{ { .dialect = DIALECT_DOTNET, .id = "Shop.CartTests.Totals(2.5)",
			.class = "Shop.CartTests", .name = "Totals(2.5)" },
			"dotnet test --filter 'FullyQualifiedName~Shop.CartTests.Totals'" },
		{ { .dialect = DIALECT_DOTNET, .id = "Shop.CartTests.Adds",
			.class = "Shop.CartTests", .name = "Shop.CartTests.Adds" },
			"dotnet test --filter FullyQualifiedName=Shop.CartTests.Adds" },
		{ { .format = "trx", .id = "Adds", .name = "Adds" },
			"dotnet test --filter Name=Adds" },
		{ { .format = "junit", .suite = "Shop.Tests.dll", .id = "Shop.C::Adds",
			.class = "Shop.C", .name = "Adds" },
			"dotnet test --filter FullyQualifiedName=Shop.C.Adds" },
		{ { .dialect = DIALECT_DOTNET, .id = "a|b", .name = "a|b" }, NULL },
		{ { .format = "rspec-json", .file = "spec/a_spec.rb", .line = 7,
			.id = "Math divides", .name = "Math divides" },
			"bundle exec rspec spec/a_spec.rb:7" },
		{ { .format = "junit", .file = "spec/a_spec.rb", .class = "spec.a_spec",
			.id = "spec.a_spec::Cart#total adds", .name = "Cart#total adds" },
			"bundle exec rspec spec/a_spec.rb -e 'Cart#total adds'" },
		{ { .format = "junit", .id = "Ring.Fills", .class = "Ring.Fills",
			.name = "Ring.Fills" }, "ctest --output-on-failure -R '^Ring\\.Fills$'" },
		{ { .format = "ctest", .id = "totals", .name = "totals" },
			"ctest --output-on-failure -R '^totals$'" },
		{ { .format = "junit", .id = "a::b", .class = "a", .name = "b" }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF_INIT;
		struct report r;
		struct test t;
		bool ok;

		make(&cases[i].test, &r, &t);
		ok = view_rerun(&t, &b);
		if (ok != (cases[i].want != NULL))
			fail_msg("%s: %s", cases[i].test.id, ok ? buf_z(&b) : "nothing");
		if (ok)
			assert_string_equal(buf_z(&b), cases[i].want);
		buf_release(&b);
	}
}

/* Tests of one runner share a command line. */
static void
test_several(void **state)
{
	static const struct one tests[] = {
		{ .dialect = DIALECT_PYTEST, .id = "a.py::x" },
		{ .dialect = DIALECT_GO, .class = "m/p", .name = "TestA", .id = "m/p.TestA" },
		{ .dialect = DIALECT_PYTEST, .id = "a.py::y[1 2]" },
		{ .dialect = DIALECT_PYTEST, .id = "a.py::x" },
		{ .dialect = DIALECT_GO, .class = "m/p", .name = "TestB/x", .id = "m/p.TestB/x" },
		{ .dialect = DIALECT_GO, .class = "m/p", .name = "TestB/y", .id = "m/p.TestB/y" },
		{ .dialect = DIALECT_GO, .class = "m/q", .name = "TestC", .id = "m/q.TestC" },
		{ .dialect = DIALECT_JAVA, .id = "x.A#a" },
		{ .dialect = DIALECT_JAVA, .id = "x.B#b" },
		{ .dialect = DIALECT_JS, .tool = "jest", .file = "a.test.js", .name = "one",
		  .id = "a.test.js > one" },
		{ .dialect = DIALECT_JS, .tool = "jest", .file = "a.test.js", .name = "two",
		  .id = "a.test.js > two" },
		{ .dialect = DIALECT_DOTNET, .id = "S.A", .class = "S", .name = "A" },
		{ .dialect = DIALECT_DOTNET, .id = "S.B", .class = "S", .name = "B" },
		{ .dialect = DIALECT_JAVA, .path = "build/test-results/test/x.xml", .id = "x.A#a" },
		{ .dialect = DIALECT_JAVA, .path = "build/test-results/test/x.xml", .id = "x.A#b" },
	};
	static const char *const want[] = {
		"pytest a.py::x 'a.py::y[1 2]'", "go test m/p -run '^(TestA|TestB)$'",
		"go test m/q -run '^TestC$'", "mvn test -Dtest='x.A#a,x.B#b'",
		"npx jest a.test.js -t '(one|two)$'",
		"dotnet test --filter 'FullyQualifiedName=S.A|FullyQualifiedName=S.B'",
		"./gradlew test --tests x.A.a --tests x.A.b",
	};
	struct reruns all = { 0 };
	struct report r[sizeof(tests) / sizeof(tests[0])];
	struct test t[sizeof(tests) / sizeof(tests[0])];

	(void)state;
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		make(&tests[i], &r[i], &t[i]);
		reruns_add(&all, &t[i]);
	}
	assert_int_equal(all.v.n, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < all.v.n; i++) {
		struct buf b = BUF_INIT;

		rerun_command(&all.v.v[i], &b);
		assert_string_equal(buf_z(&b), want[i]);
		buf_release(&b);
	}
	reruns_release(&all);
}

/* A thousand tests are several command lines, none too long for a shell. */
static void
test_many(void **state)
{
	struct reruns all = { 0 };
	char names[1000][40];
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		struct test t = { .dialect = DIALECT_PYTEST };

		snprintf(names[i], sizeof(names[i]), "tests/test_x.py::test_%03zu", i);
		t.id = str_of(names[i]);
		reruns_add(&all, &t);
	}
	for (size_t i = 0; i < all.v.n; i++) {
		struct buf b = BUF_INIT;

		rerun_command(&all.v.v[i], &b);
		assert_true(b.n < 8000);
		n += all.v.v[i].names.n;
		buf_release(&b);
	}
	assert_int_equal(n, 1000);
	reruns_release(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
