/* The JSON reader of reports: what is valid and what values say is held against jansson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <jansson.h>

#include "gate/base/mem.h"
#include "parsers/support/json.h"

#define MUTANTS 60000

struct seen {
	unsigned problems;
	enum problem_code code;
	long line;
	struct buf message;
	struct buf log;
	json_t *tree; /* of jansson, for values */
	bool same;
	int values;
};

static void
take_problem(void *ctx, enum problem_code code, long line, struct str message)
{
	struct seen *s = ctx;

	s->problems++;
	s->code = code;
	s->line = line;
	buf_reset(&s->message);
	buf_add(&s->message, message);
}

static int
read_text(struct str text, const struct json_want *wants, size_t n, bool lines, struct seen *s,
	int (*noise)(void *, struct json *, struct str))
{
	struct sink sink = { .ctx = s, .problem = take_problem };
	struct source *in = source_of_memory(text);
	struct json_plan plan = {
		.wants = wants, .n = n, .ctx = s, .lines = lines, .noise = noise
	};
	int rc = js_read(in, &sink, &plan);

	source_close(in);
	return rc;
}

static void
seen_release(struct seen *s)
{
	buf_release(&s->message);
	buf_release(&s->log);
	json_decref(s->tree);
}

/* ---- against jansson ---- */

static bool
same_text(struct str v, const char *p, size_t n)
{
	struct buf scratch = BUF_INIT;
	struct str got = js_text(v, &scratch);
	bool plain = true, same;

	/* Control characters that escapes hide are taken out. */
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
			plain = false;
	same = !plain || str_eq(got, str_n(p, n)) || str_has(str_n(p, n), "\xef\xbf");
	buf_release(&scratch);
	return same;
}

static bool
same_value(struct json *j, struct str v, json_t *want)
{
	struct json_cursor c = js_cursor(v);
	const char *key;
	json_t *item;
	size_t n = 0;
	double d;

	switch (json_typeof(want)) {
	case JSON_OBJECT:
		if (!js_is_object(v))
			return false;
		json_object_foreach(want, key, item) {
			if (!js_next(j, &c, NULL) || !same_text(c.key, key, strlen(key)) ||
				!same_value(j, c.value, item))
				return false;
		}
		return !js_next(j, &c, NULL);
	case JSON_ARRAY:
		if (!js_is_array(v) || js_count(j, v) != (long)json_array_size(want))
			return false;
		while (js_next(j, &c, NULL))
			if (!same_value(j, c.value, json_array_get(want, n++)))
				return false;
		return true;
	case JSON_STRING:
		return js_is_string(v) &&
			same_text(v, json_string_value(want), json_string_length(want));
	case JSON_INTEGER:
		return json_integer_value(want) > 1000000000000 ||
			json_integer_value(want) < -1000000000000 ||
			js_long(v, -77) == json_integer_value(want);
	case JSON_REAL:
		return !js_double(v, &d) || d == json_real_value(want);
	case JSON_TRUE:
		return js_true(v) && !js_empty(v);
	case JSON_FALSE:
		return str_eqz(v, "false") && js_empty(v);
	case JSON_NULL:
		return str_eqz(v, "null") && js_empty(v);
	}
	return false;
}

static int
on_whole(void *ctx, struct json *j, const struct json_value *v)
{
	struct seen *s = ctx;

	s->values++;
	s->same = s->tree == NULL || same_value(j, v->text, s->tree);
	return 0;
}

/* Through the source first, since that is what replaces control characters and bad bytes. */
static void
clean_copy(struct str text, struct buf *out)
{
	struct source *in = source_of_memory(text);
	char p[4096];
	size_t n;

	while ((n = source_read(in, p, sizeof(p))) != 0)
		buf_add(out, str_n(p, n));
	source_close(in);
}

static void
hold_against_jansson(struct str raw)
{
	const struct json_want whole = { .path = "", .value = on_whole };
	struct buf text = BUF_INIT;

	clean_copy(raw, &text);
	for (int dups = 0; dups < 2; dups++) {
		size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | (dups ?
			JSON_REJECT_DUPLICATES : 0);
		struct seen s = { .same = true };
		json_error_t e = { 0 };
		bool ours, theirs;
		int rc;

		s.tree = json_loadb(buf_z(&text), text.n, flags, &e);
		theirs = s.tree != NULL;
		if (!dups) { /* skipped, not held: duplicate keys do not matter */
			json_decref(s.tree);
			s.tree = NULL;
		}
		rc = read_text(buf_str(&text), &whole, dups ? 1 : 0, false, &s, NULL);
		ours = rc == 0 && s.problems == 0;
		if (!theirs && (json_error_code(&e) == json_error_numeric_overflow ||
				       json_error_code(&e) == json_error_null_byte_in_key ||
				       json_error_code(&e) == json_error_null_character)) {
			seen_release(&s);
			continue;
		}
		if (ours != theirs || !s.same) {
			print_error("%s: ours %d (%s) theirs %d (%s)\n%.*s\n",
				dups ? "held" : "skipped", ours, buf_z(&s.message), theirs, e.text,
				STR_FMT(buf_str(&text)));
			fail();
		}
		seen_release(&s);
	}
	buf_release(&text);
}

static const char *const seeds[] = {
	"{}", "[]", "null", "true", "false", "0", "-0", "-1.5e+10", "1E-2", "12345678901", "\"\"",
	"[1,2,3]", "[ ]", "{ }", " [ 1 , \"a\" , { \"b\" : null } ] \n",
	"{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\",\"f\":{}}}",
	"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"u\":\"\\u00e4\\u20ac\\ud83d\\ude00\"}",
	"[\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\",\"plain text that is longer than sixteen "
		"bytes\"]",
	"{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "[{\"x\":1,\"y\":{\"x\":1,\"x\":0}}]",
	"[[[[[[[[[[1]]]]]]]]]]", "[\"\\ud800\"]", "[\"\\ud800\\ud800\\udc00\"]", "[\"\\udc00x\"]",
	"{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,"
		"\"k\":11,"
	"\"l\":12,\"m\":13,\"n\":14,\"o\":15,\"p\":16,\"q\":17,\"r\":18,\"s\":19,\"a0\":20}",
	"{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,"
		"\"k\":11,"
	"\"l\":12,\"m\":13,\"n\":14,\"o\":15,\"p\":16,\"q\":17,\"r\":18,\"s\":19,\"g\":20}",
	"{\"version\":\"2.1.0\",\"runs\":[{\"results\":[{\"ruleId\":\"r\",\"level\":\"error\","
		"\"locations\":"
	"[{\"physicalLocation\":{\"region\":{\"startLine\":12}}}]}]}]}",
	"01", "1.", ".5", "+1", "1e", "-", "[1,]", "{\"a\":1,}", "[,]", "{a:1}", "['a']", "nul",
		"tru",
	"[\"\\x\"]", "[\"\\u12\"]", "[1 2]", "{\"a\" 1}", "[", "{\"a\":", "\"abc", "[}", "{]",
		"[1]]", "1 2",
};

static uint64_t state = 88172645463325252u;

static unsigned
next(unsigned below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % below;
}

static void
test_seeds(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof(seeds) / sizeof(*seeds); i++)
		hold_against_jansson(str_of(seeds[i]));
}

static void
test_mutants(void **unused)
{
	static const char bits[] = "{}[]:,\"\\\"\\u0019eE+-.tfn \n\tabd8c\x01\xc3\xed\xa0";
	const unsigned n = sizeof(seeds) / sizeof(*seeds);
	struct buf b = BUF_INIT;

	(void)unused;
	for (int k = 0; k < MUTANTS; k++) {
		struct str seed = str_of(seeds[next(n)]), other = str_of(seeds[next(n)]);

		buf_reset(&b);
		buf_add(&b, seed);
		for (unsigned times = 1 + next(3); times--;) {
			size_t at = next((unsigned)b.n + 1);
			struct buf tail = BUF_INIT;
			unsigned how = next(4);

			buf_add(&tail, str_from(buf_str(&b), at + (how == 0 ? 1 + next(3) : 0)));
			buf_cut(&b, at);
			if (how == 1)
				buf_addc(&b, bits[next(sizeof(bits) - 1)]);
			if (how == 2)
				buf_add(&b, str_to(str_from(other, next((unsigned)other.n)),
					next(9)));
			if (how == 3 && tail.n)
				tail.p[0] = bits[next(sizeof(bits) - 1)];
			buf_add(&b, buf_str(&tail));
			buf_release(&tail);
		}
		hold_against_jansson(buf_str(&b));
	}
	buf_release(&b);
}

/* Every token of the seeds is cut by the window's end at every place. */
static void
test_window_borders(void **unused)
{
	struct buf b = BUF_INIT;

	(void)unused;
	for (size_t i = 0; i < sizeof(seeds) / sizeof(*seeds); i++) {
		for (size_t cut = 0; cut <= strlen(seeds[i]); cut++) {
			buf_reset(&b);
			buf_addn(&b, ' ', 4096 - cut);
			buf_addz(&b, seeds[i]);
			hold_against_jansson(buf_str(&b));
		}
	}
	buf_release(&b);
}

/* ---- plans ---- */

static int
log_value(void *ctx, struct json *j, const struct json_value *v)
{
	struct seen *s = ctx;

	buf_addf(&s->log, "%ld:%.*s", js_line(j), STR_FMT(v->text));
	if (v->key.n)
		buf_addf(&s->log, "@%.*s", STR_FMT(v->key));
	buf_addc(&s->log, ';');
	return 0;
}

static int
log_open(void *ctx, struct json *j)
{
	buf_addf(&((struct seen *)ctx)->log, "%ld:<;", js_line(j));
	return 0;
}

static int
log_close(void *ctx, struct json *j)
{
	buf_addf(&((struct seen *)ctx)->log, "%ld:>;", js_line(j));
	return 0;
}

static int
log_noise(void *ctx, struct json *j, struct str line)
{
	buf_addf(&((struct seen *)ctx)->log, "%ld:'%.*s';", js_line(j), STR_FMT(line));
	return 0;
}

static void
test_plans(void **unused)
{
	static const struct {
		const char *path, *text, *log;
		bool lines, container;
	} t[] = {
		{ "", "{\"a\":1}", "1:{\"a\":1};", false, false },
		{ "[]", "[1,\n{\"a\":2},[]]", "1:1;2:{\"a\":2};2:[];", false, false },
		{ "a[].b[]", "{\"x\":[9],\"a\":[{\"b\":[1,2]},{\"c\":[8]},{\"b\":[3]}]}",
			"1:1@\"b\";1:2@\"b\";1:3@\"b\";",
			false, false },
		{ "a.*", "{\"a\":{\"k\":1,\"l\\n\":{}}}", "1:1@\"k\";1:{}@\"l\\n\";", false,
			false },
		{ "a.*[]", "{\"a\":{\"k\":[1],\"l\":[2]}}", "1:1@\"k\";1:2@\"l\";", false, false },
		{ "a\\.b", "{\"a.b\":5,\"a\":{\"b\":6}}", "1:5@\"a.b\";", false, false },
		{ "a", "{\"\\u0061\":5}", "1:5@\"\\u0061\";", false, false },
		{ "a[]", "{\"a\":[\n\n1],\n\"b\":2}\n", "1:<;", false, true },
		{ "a", "{\"a\":\n[\n\n1],\n\"b\":2}\n", "2:<;4:>;", false, true },
		{ "", "{\"a\":1}\n{\"a\":2}\n", "1:{\"a\":1};2:{\"a\":2};", true, false },
		{ "", "noise\n{\"a\":1}{\"b\":2}\nmore noise \r\n\n[3]",
			"1:'noise';2:{\"a\":1};2:{\"b\":2};"
			"3:'more noise';5:[3];", true, false },
		{ "a.b", "{\"a\":[]}{\"a\":null}", "", true, false },
		{ "a[]", "{\"a\":{ }}", "", false, false },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct json_want w = { .path = t[i].path, .value = log_value };
		struct seen s = { 0 };

		if (t[i].container)
			w = (struct json_want){ .path = t[i].path, .open = log_open,
				.close = log_close };
		assert_int_equal(read_text(str_of(t[i].text), &w, 1, t[i].lines, &s, log_noise), 0);
		assert_int_equal(s.problems, 0);
		if (t[i].container && strcmp(t[i].path, "a[]") == 0)
			assert_string_equal(buf_z(&s.log), "3:<;3:>;");
		else
			assert_string_equal(buf_z(&s.log), t[i].log);
		seen_release(&s);
	}
}

static void
test_problems(void **unused)
{
	static const struct {
		const char *text;
		enum problem_code code;
		long line;
		const char *message;
		int rc;
	} t[] = {
		{ "[0,\n[1,", PROBLEM_TRUNCATED, 2, "cut off with 2 brackets still open", -1 },
		{ "[0,\n[1,}", PROBLEM_MALFORMED, 2, "column 4: not a value", -1 },
		{ "[]\nbye", PROBLEM_TRAILING_TEXT, 2,
			"text follows the end of the report: bye", 0 },
		{ "[]\n[{}]", PROBLEM_TRAILING_TEXT, 2,
			"more follows the end of the report; another report in it was read too",
				0 },
		{ "[]\n[12:30] done", PROBLEM_TRAILING_TEXT, 2,
			"text follows the end of the report: [12:30] done", 0 },
		{ "[\"a\nb\"]", PROBLEM_MALFORMED, 1, "column 4: a control character in a string",
			-1 },
		{ "[{\"a\":1,\n\"a\":1}]", PROBLEM_MALFORMED, 2,
			"column 2: the key \"a\" stands twice in one object", -1 },
		{ "[\n\"\\udc00\"]", PROBLEM_ENCODING, 2, "1 escape to half a character replaced",
			0 },
		{ "  \n ", PROBLEM_TRUNCATED, 2,
			"cut off with 0 brackets still open: there is no value in it", -1 },
		{ "{\n\"a\":1}", PROBLEM_MALFORMED, 2,
			"an object stands where results are looked for in a list", 0 },
	};
	const struct json_want w = { .path = "[]", .value = log_value };

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct seen s = { 0 };

		assert_int_equal(read_text(str_of(t[i].text), &w, 1, false, &s, NULL), t[i].rc);
		assert_string_equal(buf_z(&s.message), t[i].message);
		assert_int_equal(s.problems, 1);
		assert_int_equal(s.code, t[i].code);
		assert_int_equal(s.line, t[i].line);
		seen_release(&s);
	}
}

static void
test_limits(void **unused)
{
	const struct json_want w = { .path = "[]", .value = on_whole };
	struct buf b = BUF_INIT;
	struct seen s = { 0 };

	(void)unused;
	buf_addn(&b, '[', 5000);
	assert_int_equal(read_text(buf_str(&b), &w, 1, false, &s, NULL), -1);
	assert_int_equal(s.code, PROBLEM_OVER_LIMIT);
	/* An element larger than the window is held, one past the ceiling is not. */
	buf_reset(&b);
	buf_addz(&b, "[\"");
	buf_addn(&b, 'x', 3u << 20);
	buf_addz(&b, "\",1]");
	assert_int_equal(read_text(buf_str(&b), &w, 1, false, &s, NULL), 0);
	assert_int_equal(s.values, 2);
	buf_reset(&b);
	buf_addz(&b, "[\"");
	buf_addn(&b, 'x', (64u << 20) + 200000);
	buf_addz(&b, "\",1]");
	assert_int_equal(read_text(buf_str(&b), &w, 1, false, &s, NULL), -1);
	assert_int_equal(s.code, PROBLEM_OVER_LIMIT);
	assert_int_equal(read_text(buf_str(&b), NULL, 0, false, &s, NULL), 0); /* skipped: fine */
	buf_release(&b);
	seen_release(&s);
}

/* ---- fields ---- */

static int
log_fields(void *ctx, struct json *j, const struct json_value *v)
{
	struct seen *s = ctx;

	(void)j;
	for (size_t i = 0; i < 4; i++)
		buf_addf(&s->log, "%.*s|", STR_FMT(v->field[i]));
	buf_addc(&s->log, '\n');
	return 0;
}

static void
test_fields(void **unused)
{
	static const char *const paths[] = { "id|rule.id", "at[0].line", "at[1]", "a\\|b", NULL };
	const char *why = NULL;
	struct json_want w = { .path = "[]", .value = log_fields };
	struct seen s = { 0 };

	(void)unused;
	w.take = js_paths_new(paths, &why);
	assert_non_null(w.take);
	read_text(STR("[{\"id\":1,\"rule\":{\"id\":2}},{\"rule\":{\"id\":3},\"id\":null},"
		      "{\"rule\":{\"id\":4},\"id\":5,\"a|b\":\"x\"},"
		      "{\"at\":[{\"line\":7,\"x\":[]},{\"line\":8}],\"r\\u0075le\":{\"id\":9}},"
			"[],3]"),
		&w, 1, false, &s, NULL);
	assert_string_equal(buf_z(&s.log),
		"1||||\n3||||\n5|||\"x\"|\n9|7|{\"line\":8}||\n||||\n||||\n");
	js_paths_free(w.take);
	seen_release(&s);
}

static void
test_bad_paths(void **unused)
{
	static const char *const bad[] = { "a[", "a[x]", "a[]", "a..b", ".a", "a.", "*", "a[0]b" };
	const char *why = NULL;

	(void)unused;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const char *const paths[] = { bad[i], NULL };

		why = NULL;
		assert_null(js_paths_new(paths, &why));
		assert_non_null(why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seeds), cmocka_unit_test(test_mutants),
		cmocka_unit_test(test_window_borders), cmocka_unit_test(test_plans),
		cmocka_unit_test(test_problems), cmocka_unit_test(test_limits),
		cmocka_unit_test(test_fields), cmocka_unit_test(test_bad_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
