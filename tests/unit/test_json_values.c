/* Values of a report's JSON as text and numbers; the outline of a head for sniffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "parsers/support/json.h"

static void
test_values(void **unused)
{
	static const struct {
		const char *v;
		long n;
		const char *text;
	} t[] = {
		{ "12", 12, "12" }, { "\"12\"", 12, "12" }, { "\"36-39\"", 36, "36-39" },
		{ "7.0", 7, "7.0" }, { "\"x\"", -1, "x" }, { "null", -1, "" },
		{ "\"\\u001b[31mred\\u001b[0m\"", -1, "red" }, { "\"a\\u0000b\"", -1, "a?b" },
		{ "\"\\ud83d\\ude00\"", -1, "\xf0\x9f\x98\x80" }, { "\"\\ud83dx\"", -1,
			"\xef\xbf\xbdx" },
		{ "1e300", -1, "1e300" }, { "\"-\"", -1, "-" },
	};
	struct buf b = BUF_INIT;

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct str v = str_of(t[i].v);

		assert_int_equal(js_long(v, -1), t[i].n);
		assert_true(str_eqz(js_text(v, &b), t[i].text));
	}
	buf_release(&b);
}

static void
test_heads(void **unused)
{
	static const struct {
		const char *head, *terms;
		int n;
	} t[] = {
		{ "{\"a\":{\"b\":[{\"c\":\"d\"", "a.b[].c a !x", 3 },
		{ "{\"a\":{\"b\":[{\"c\":\"d\"}", "a.b[].c=d", 1 },
		{ "{\"a\":{\"b\":[{\"c\":\"d\"}", "a.b[].c=e", 0 },
		{ "{\"a\":1}\n{\"b\":true}\n", "a=1 b=true", 2 },
		{ "[{\"a\":1},{\"b\":2}]", "[].a [].b", 2 },
		{ "plain", "a", 0 },
		{ "{\"a\":1}", "!a", 0 },
		{ "[]", "!a", 1 },
		{ "[INFO] {\"a\":1}", "a", 0 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++)
		assert_int_equal(js_has(str_of(t[i].head), t[i].terms), t[i].n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values), cmocka_unit_test(test_heads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
