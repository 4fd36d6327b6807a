/* test_definitions.c -- which tests a source defines, and by what names they would run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/model/definitions.h"

struct source {
	const char *file, *package, *text;
	const char *keys; /* `line: longest | shortest` of each, one a line */
};

static const struct source sources[] = {
	{ "tests/test_a.py", NULL,
	  "import os\n\nclass TestA(Base):\n    @mark\n    def test_one(self):\n"
	  "        def helper():\n            pass\n\n"
	  "    async def test_two(\n        self,\n    ):\n"
	  "        pass\n\nclass TestB:\n    class Inner:\n        def test_in(self): pass\n"
	  "    def test_one(self): pass\n\ndef test_top(): pass\n# def test_comment(): pass\n"
	  "TEXT = '''\ndef test_text(): pass\n'''\ndef test_after(): pass\n",
	  "5: tests.test_a.TestA.test_one | test_a.TestA.test_one\n"
	  "9: tests.test_a.TestA.test_two | test_a.TestA.test_two\n"
	  "16: tests.test_a.TestB.Inner.test_in | test_a.TestB.Inner.test_in\n"
	  "17: tests.test_a.TestB.test_one | test_a.TestB.test_one\n"
	  "19: tests.test_a.test_top | test_a.test_top\n"
	  "24: tests.test_a.test_after | test_a.test_after\n" },
	{ "pkg/x_test.go", "example.com/m/pkg",
	  "package pkg\n\nfunc TestX(t *testing.T) {\n\tt.Run(\"sub\", func(t *testing.T) {})\n}\n"
	  "func (s *Suite) TestY() {}\nfunc helper() {}\n// func TestZ(t *testing.T) {}\n"
	  "/*\nfunc TestC(t *testing.T) {}\n*/\nfunc FuzzIt(f *testing.F) {}\n",
	  "3: example.com.m.pkg.TestX | example.com.m.pkg.TestX\n"
	  "12: example.com.m.pkg.FuzzIt | example.com.m.pkg.FuzzIt\n" },
	{ "web/a.test.ts", NULL,
	  "describe('sum', () => {\n  describe.skip(\"deep\", function () {\n"
	  "    it('adds', () => {});\n"
	  "  });\n  it.only(`subtracts`, () => {});\n  it(`adds ${x}`, () => {});\n"
	  "  it('it\\'s', () => {});\n  test.each([1])('many %d', () => {});\n});\n"
	  "describe(name, () => {\n  it('unknown', () => {});\n});\ntest('alone', () => {});\n"
	  "iterate('no');\n",
	  "3: web.a.test.ts.sum deep adds | a.test.ts.sum deep adds\n"
	  "5: web.a.test.ts.sum subtracts | a.test.ts.sum subtracts\n"
	  "13: web.a.test.ts.alone | a.test.ts.alone\n" },
	{ "src/FooTest.java", NULL,
	  "package com.x;\n\npublic class FooTest {\n\tprivate int n = compute(1);\n\n\t@Test\n"
	  "\tvoid adds() {\n\t\tassertEquals(2, sum(1, 1));\n"
	  "\t\tif (x) {\n\t\t\treturn go();\n\t\t}\n"
	  "\t\tFoo f = new Foo();\n\t}\n\n\t@Nested\n"
	  "\tclass Inner {\n\t\t@Test public void deep()\n"
	  "\t\t\tthrows Exception {\n\t\t}\n\t}\n\n\tpublic List<String> other(int a) {\n\t}\n}\n",
	  "7: com.x.FooTest.adds | com.x.FooTest.adds\n"
	  "17: com.x.FooTest.Inner.deep | com.x.FooTest.Inner.deep\n"
	  "22: com.x.FooTest.other | com.x.FooTest.other\n" },
	{ "T.cs", NULL,
	  "namespace Shop.Tests\n{\n    public class CartTests\n    {\n        [Test]\n"
	  "        public async Task Adds()\n        {\n            await Go();\n        }\n\n"
	  "        [Test]\n        public void Slow()\n        {\n        }\n    }\n}\n",
	  "6: Shop.Tests.CartTests.Adds | Shop.Tests.CartTests.Adds\n"
	  "12: Shop.Tests.CartTests.Slow | Shop.Tests.CartTests.Slow\n" },
	{ "T.kt", NULL,
	  "package a.b\n\nclass T {\n    @Test\n"
	  "    fun `adds two`() {\n    }\n    private fun x() = 1\n}\n",
	  "5: a.b.T.adds two | a.b.T.adds two\n7: a.b.T.x | a.b.T.x\n" },
	{ "T.php", NULL,
	  "<?php\nnamespace App\\Tests;\nfinal class CartTest extends TestCase\n{\n"
	  "    public function testAdds(): void\n    {\n    }\n}\n",
	  "5: App.Tests.CartTest.testAdds | App.Tests.CartTest.testAdds\n" },
	{ "crates/my-cart/src/price/mod.rs", NULL,
	  "#[cfg(test)]\nmod tests {\n    #[test]\n"
	  "    fn rounds() {\n        fn inner() {}\n    }\n}\n"
	  "pub(crate) async fn top() {}\nmod other;\n",
	  "4: my_cart.price.tests.rounds | price.tests.rounds\n"
	  "8: my_cart.price.top | price.top\n" },
	{ "tests/whole.rs", NULL, "#[test]\nfn works() {}\n",
	  "2: whole.works | whole.works\n" },
	{ "a_test.cc", NULL,
	  "TEST(Cart, Adds) {\n}\nTEST_F( CartTest , Many )\n{\n}\n#define TEST(a, b) x\n"
	  "TEST(Cart,\n     Split) {}\nTESTING(A, B);\n",
	  "1: Cart.Adds | Cart.Adds\n3: CartTest.Many | CartTest.Many\n" },
	{ "README.md", NULL, "def test_x(): pass\n", "" },
};

static void
what_is_defined(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		const struct source *s = &sources[i];
		struct arena mem = { 0 };
		struct definition_scan scan = { .mem = &mem, .file = str_of(s->file),
			.lang = language_of_path(str_of(s->file)), .package = str_of(s->package) };
		struct str rest = str_of(s->text), line;
		struct buf got = BUF_INIT;

		while (str_line(&rest, &line))
			definition_line(&scan, line);
		for (size_t k = 0; k < scan.found.n; k++) {
			struct buf key = BUF_INIT;
			size_t shortest = 0;

			definition_key(&scan.found.v[k], &key, &shortest);
			assert_true(shortest > 0 && shortest <= key.n);
			buf_addf(&got, "%ld: %s | %s\n", scan.found.v[k].line, buf_z(&key),
				buf_z(&key) + (key.n - shortest));
			buf_release(&key);
		}
		if (strcmp(buf_z(&got), s->keys) != 0)
			print_error("%s\n%s", s->file, buf_z(&got));
		assert_string_equal(buf_z(&got), s->keys);
		buf_release(&got);
		definition_scan_release(&scan);
		arena_release(&mem);
	}
}

/* Cut lines, endless nesting, bytes of any sort: nothing is read past its end. */
static void
hostile_lines(void **state)
{
	static const char *const files[] = { "a.py", "a.go", "a.js", "a.java", "a.rs", "a.cc",
		"a.kt", "a.php" };
	static const char *const words[] = { "def ", "class ", "it(", "it('", "describe(`", "fn ",
		"mod ", "TEST(", "TEST(A,", "func ", "package ", "void f(", "fun `", "\"\"\"", "/*",
		"pub(", "namespace ", "@", "(", "class", "TEST", "it" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct arena mem = { 0 };
		struct definition_scan s = { .mem = &mem, .file = str_of(files[i]),
			.lang = language_of_path(str_of(files[i])) };

		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			for (size_t n = 0; n <= strlen(words[k]); n++) {
				char *exact = malloc(n + 1); /* so that ASan sees a byte too many */

				assert_non_null(exact);
				memcpy(exact, words[k], n);
				definition_line(&s, str_n(exact, n));
				free(exact);
			}
		for (size_t k = 0; k < 500; k++) {
			struct buf line = BUF_INIT;

			buf_addn(&line, ' ', k + 1);
			buf_addz(&line, i == 0 ? "class A:" : "class A {");
			definition_line(&s, buf_str(&line));
			buf_release(&line);
		}
		definition_scan_release(&s);
		arena_release(&mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_defined),
		cmocka_unit_test(hostile_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
