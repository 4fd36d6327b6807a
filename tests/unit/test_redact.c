/*
 * test_redact.c -- secrets go, what only looks like one stays. The tokens are made up, and
 * pieced together so that no scanner takes this file for a leak.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <time.h>

#include "gate/base/redact.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define MADE "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2"

static void
test_built_in(void **state)
{
	static const char *const rows[][2] = { /* out NULL: clean */
		{ "", NULL },
		{ "a clean line about bearings, skates, gifts, apples and --flags", NULL },
		{ "x ghp" "_" MADE " y", "x [redacted] y" },
		{ "gho" "_" MADE, "[redacted]" },
		{ "ghs" "_" MADE "|ghu" "_" MADE, "[redacted]|[redacted]" },
		{ "github" "_pat_11" MADE "_abc", "[redacted]" },
		{ "ghp" "_short", NULL },
		{ "glpat" "-" MADE ".", "[redacted]." },
		{ "a\\nglpat" "-" MADE, "a\\n[redacted]" },
		{ "xoxb" "-1234567890-abcdef", "[redacted]" },
		{ "AKI" "AABCDEFGHIJKLMNOP", "[redacted]" },
		{ "ASI" "AABCDEFGHIJKLMNOP)", "[redacted])" },
		{ "xAKI" "AABCDEFGHIJKLMNOP", NULL },
		{ "AKI" "AABCDEFGHIJKLMNOPQ", NULL },
		{ "npm" "_" MADE, "[redacted]" },
		{ "npm" "_config_cache", NULL },
		{ "pypi" "-AgEIcHlwaS5vcmc" MADE, "[redacted]" },
		{ "pypi-publish-action", NULL },
		{ "sk" "_live_" MADE, "[redacted]" },
		{ "sk" "-ant-api03-" MADE, "[redacted]" },
		{ "task-" MADE, NULL },
		{ "sk-learn-contrib-something-long-name", NULL },
		{ "ey" "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!", "[redacted]!" },
		{ "ey" "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", NULL },
		{ "Bearer abcd1234efgh", "Bearer [redacted]" },
		{ "uses bearer authentication here", NULL },
		{ "Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [redacted]" },
		{ "\"authorization\": \"Bearer abc\"}",
		"\"authorization\": \"Bearer [redacted]\"}" },
		{ "Authorization: missing", NULL },
		{ "authorization=0123456789abcdef0", "authorization=[redacted]" },
		{ "postgres://ann:s3cr3t@db/x", "postgres://ann:[redacted]@db/x" },
		{ "https://ann:a@b:c@host", "https://ann:[redacted]@host" },
		{ "https://host:8080/x@y http://u@h https://u:@h", NULL },
		{ "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nx",
		  "[redacted]\n\n\nx" },
		{ "a\n-----BEGIN PRIVATE KEY-----\nMIIE\n", "a\n[redacted]\n\n" },
		{ "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", NULL },
	};
	struct redactor *r = redactor_new();
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool found;

		buf_reset(&out);
		found = redact(r, str_of(rows[i][0]), &out);
		if (found != (rows[i][1] != NULL))
			fail_msg("'%s': found %d", rows[i][0], found);
		assert_string_equal(buf_z(&out), found ? rows[i][1] : "");
	}
	assert_false(redact(NULL, STR("ghp" "_" MADE), &out));
	buf_release(&out);
	redactor_free(r);
	redactor_free(NULL);
}

static void
test_added(void **state)
{
	struct redactor *r = redactor_new();
	struct pos at = { "gate.yaml", 4, 2 };
	struct err err = { 0 };
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(redactor_pattern(r, STR("acme_[a-z0-9]{4}"), at, &err), 0);
	assert_int_equal(redactor_pattern(r, STR("^pin \\d+$"), at, &err), 0);
	redactor_value(r, STR("hunter2"));
	redactor_value(r, STR("abc")); /* too short to be worth it */
	assert_true(redact(r, STR("acme_ab12acme_cd34 hunter2hunter2 abc\npin 12\npin 12 x"),
		&out));
	assert_string_equal(out.p,
		"[redacted][redacted] [redacted][redacted] abc\n[redacted]\npin 12 x");
	assert_int_equal(redactor_pattern(r, STR(".*"), at, &err), -1);
	assert_int_equal(err.at.line, 4);
	err = (struct err){ 0 };
	assert_int_equal(redactor_pattern(r, STR("("), at, &err), -1);
	assert_true(err.set);
	buf_release(&out);
	redactor_free(r);
}

/* Where a pattern gives up nobody knows what is in the line: all of it goes, no more. */
static void
test_gives_up(void **state)
{
	struct redactor *r = redactor_new();
	struct err err = { 0 };
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	assert_int_equal(redactor_pattern(r, STR("(x+)+$"), (struct pos){ 0 }, &err), 0);
	buf_addz(&in, "before\n");
	buf_addn(&in, 'x', 60);
	buf_addz(&in, "z\nafter");
	assert_true(redact(r, buf_str(&in), &out));
	assert_string_equal(out.p, "before\n[redacted]\nafter");
	buf_release(&in);
	buf_release(&out);
	redactor_free(r);
}

/* Overlapping secrets become one mark, and the text around is whole. */
static void
test_overlap(void **state)
{
	struct redactor *r = redactor_new();
	struct buf out = BUF_INIT;

	(void)state;
	redactor_value(r, STR("abcdef"));
	redactor_value(r, STR("defghi"));
	assert_true(redact(r, STR("<abcdefghi>"), &out));
	assert_string_equal(out.p, "<[redacted]>");
	buf_release(&out);
	redactor_free(r);
}

/* Only what matches itself, between quotes of either sort; the quotes stay. */
static void
test_own_patterns(void **state)
{
	static const char *const patterns[] = { "key=\\S+", "acme_[a-z]{8}", "a\"b.*" };
	struct redactor *r = redactor_new();
	struct buf out = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(redactor_pattern(r, str_of(patterns[i]), (struct pos){ 0 }, &err),
			0);
	assert_true(redact_own_patterns(r, STR("['key=\\S+', \"key=\\\\S+\", acme_[a-z]{8}, "
		"\"a\\\"b.*\"] key=x"), &out));
	assert_string_equal(out.p, "['a-redacted-pattern', \"a-redacted-pattern\", "
		"acme_[a-z]{8}, \"a-redacted-pattern\"] key=x");
	assert_false(redact_own_patterns(r, STR("acme_[a-z]{8}"), &out));
	assert_false(redact_own_patterns(NULL, STR("key=\\S+"), &out));
	buf_release(&out);
	redactor_free(r);
}

static void
test_linear(void **state)
{
	static const char *const pieces[] = { "sk-", "eyJ", "eyJaaaaaaaa.", "glrt-", "xoxb-",
		"ghp_",
		"-----BEGIN PRIVATE KEY", "-----BEGIN ", "://a:", "bearer ", "bearer a ",
		"authorization:", "authorization", "AKIA", NULL };
	struct redactor *r = redactor_new();
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (int i = 0; pieces[i]; i++) {
		clock_t start = clock();

		buf_reset(&in);
		buf_reset(&out);
		while (in.n < 1u << 20)
			buf_addz(&in, pieces[i]);
		redact(r, buf_str(&in), &out);
		if (clock() - start > 10 * CLOCKS_PER_SEC)
			fail_msg("a megabyte of '%s' takes too long", pieces[i]);
	}
	buf_release(&in);
	buf_release(&out);
	redactor_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_built_in),
		cmocka_unit_test(test_added),
		cmocka_unit_test(test_gives_up),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_own_patterns),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
