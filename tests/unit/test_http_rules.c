/* Origins, next pages and waits: what of HTTP needs no network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/forge/http.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
may_speak(void **state)
{
	static const struct {
		const char *url;
		bool ok;
	} rows[] = {
		{ "https://api.github.com", true },       { "http://127.0.0.1:80/x", true },
		{ "http://[::1]:80", true },              { "http://localhost", true },
		{ "http://api.github.com", false },       { "http://127.0.0.1.evil.test", false },
		{ "http://localhost@evil.test", false },  { "ftp://localhost", false },
		{ "https://", false },                    { "https://a b", false },
		{ "file:///etc/passwd", false },          { "https:\\\\x", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (http_may_speak(str_of(rows[i].url)) != rows[i].ok)
			fail_msg("%s", rows[i].url);
}

static void
same_origin(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "https://a.test/x", "https://A.test:443/y?z", true },
		{ "https://a.test", "http://a.test", false },
		{ "https://a.test", "https://a.test:8443", false },
		{ "https://a.test", "https://a.test.evil.test", false },
		{ "https://a.test", "https://a.test@evil.test", false },
		{ "https://a.test", "https://evil.test/a.test", false },
		{ "https://a.test", "//a.test", false },
		{ "https://a.test", "", false },
		{ "http://127.0.0.1:1", "http://127.0.0.1:2", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (http_same_origin(str_of(rows[i].a), str_of(rows[i].b)) != rows[i].same)
			fail_msg("%s %s", rows[i].a, rows[i].b);
}

static void
next_page(void **state)
{
	static const struct {
		const char *header, *next;
	} rows[] = {
		{ "<https://a/1>; rel=\"prev\", <https://a/3>; rel=\"next\"", "https://a/3" },
		{ "<https://a/3>; rel=next", "https://a/3" },
		{ "<https://a/9>; rel=\"last\"", "" },
		{ "<https://a/9", "" },
		{ "<https://a/1?x=a,b>; rel=\"prev\", <https://a/3?x=a,b>; rel=\"next\"",
		  "https://a/3?x=a,b" },
		{ "<https://a/1>; rel=\"prev\", <https://a/3>", "" },
		{ "rel=\"next\"", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(str_eqz(http_link_next(str_of(rows[i].header)), rows[i].next));
}

static void
waits(void **state)
{
	static const struct {
		long status;
		struct http_limits l;
		const char *body;
		unsigned n;
		long want;
	} rows[] = {
		{ 200, { -1, -1, 0 }, "", 0, -1 },
		{ 403, { -1, -1, 0 }, "Resource not accessible", 0, -1 }, /* permission: final */
		{ 403, { 7, -1, 0 }, "", 0, 7 },
		{ 403, { -1, 0, 1030 }, "", 0, 30 },
		{ 403, { -1, 0, 900 }, "", 0, 1 },                        /* over already */
		{ 403, { -1, 5, 1030 }, "Secondary Rate Limit", 1, 120 },
		{ 429, { -1, -1, 0 }, "Retry later", 0, 60 },
		{ 429, { -1, -1, 1010 }, "", 0, 10 },
		{ 429, { 0, -1, 0 }, "", 3, 0 },
		{ 500, { -1, -1, 0 }, "", 2, 4 },
		{ 503, { 9, -1, 0 }, "", 0, 9 },
		{ 0, { -1, -1, 0 }, "", 0, 1 },
		{ 422, { -1, -1, 0 }, "", 0, -1 },
		{ 409, { -1, -1, 0 }, "409 Conflict", 1, 2 },             /* another job's lock */
		{ 408, { -1, -1, 0 }, "", 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (http_wait(rows[i].status, &rows[i].l, str_of(rows[i].body), rows[i].n, 1000) !=
		    rows[i].want)
			fail_msg("row %zu", i);
}

static void
reasons(void **state)
{
	static const struct {
		const char *body, *reason;
	} rows[] = {
		{ "{\"message\": \"Bad credentials\"}", "Bad credentials" },
		{ "{\"message\": \"Validation Failed\", \"errors\": [{\"code\": \"custom\"}]}",
		  "Validation Failed; [{\"code\":\"custom\"}]" },
		{ "{\"message\": {\"note\": [\"is too long\"]}}", "{\"note\":[\"is too long\"]}" },
		{ "{\"error\": \"404 Not Found\"}", "404 Not Found" },
		{ "Retry later\nor never", "Retry later" },
		{ "<html>proxy</html>", "" },
		{ "\xff\xfe", "" },
		{ "[1]", "" },
		{ "", "" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		buf_reset(&out);
		http_reason(str_of(rows[i].body), &out);
		assert_string_equal(buf_z(&out), rows[i].reason);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(may_speak),
		cmocka_unit_test(same_origin),
		cmocka_unit_test(next_page),
		cmocka_unit_test(waits),
		cmocka_unit_test(reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
