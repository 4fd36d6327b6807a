/*
 * mochawesome.c -- mochawesome's JSON: https://github.com/adamgruber/mochawesome
 *
 * Suites hold suites to any depth. A hook that failed is an error of its suite.
 */
#include "gate/base/mem.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/json.h"

#define MAX_SUITES 64 /* inside of each other */

enum { TITLE, FILE_NAME, TESTS, SUITES, BEFORE, AFTER };
static const char *const suite_paths[] = {
	[TITLE] = "title",
	[FILE_NAME] = "file|fullFile",
	[TESTS] = "tests",
	[SUITES] = "suites",
	[BEFORE] = "beforeHooks",
	[AFTER] = "afterHooks",
	NULL,
};
enum { NAME, STATE, MS, MESSAGE, STACK, PENDING, SKIPPED, PASS, FAIL };
static const char *const test_paths[] = {
	[NAME] = "title",
	[STATE] = "state",
	[MS] = "duration",
	[MESSAGE] = "err.message",
	[STACK] = "err.estack|err.message",
	[PENDING] = "pending",
	[SKIPPED] = "skipped",
	[PASS] = "pass",
	[FAIL] = "fail",
	NULL,
};

struct mochawesome {
	const struct sink *out;
	struct json_paths *suite, *test;
	struct buf titles, name, file, text, message;
	bool there;
};

static enum outcome
outcome_of(const struct str *f)
{
	if (js_is(f[STATE], "failed") || js_true(f[FAIL]))
		return OUT_FAILED;
	if (js_is(f[STATE], "passed") || js_true(f[PASS]))
		return OUT_PASSED;
	return js_is(f[STATE], "pending") || js_is(f[STATE], "skipped") || js_true(f[PENDING]) ||
		js_true(f[SKIPPED]) ? OUT_SKIPPED : OUT_ERROR;
}

static int
send_tests(struct mochawesome *m, struct json *j, struct str list, struct str file)
{
	struct json_cursor c = js_cursor(list);

	while (js_next(j, &c, m->test)) {
		const struct str *f = m->test->field;
		struct test_event ev = { .dialect = DIALECT_JS, .seconds = -1 };
		double ms;

		ev.name = js_text(f[NAME], &m->name);
		ev.file = js_text(file, &m->file);
		ev.class = buf_str(&m->titles);
		ev.outcome = outcome_of(f);
		ev.at = js_line_of(j, c.value);
		if (js_double(f[MS], &ms))
			ev.seconds = ms / 1000;
		if (outcome_bad(ev.outcome)) {
			ev.text = js_text(f[STACK], &m->text);
			ev.message = js_text(f[MESSAGE], &m->message);
			failure_place(ev.text, ev.file, DIALECT_JS, &ev.place, &ev.place_line);
		}
		if (m->out->test(m->out->ctx, &ev) < 0)
			return -1;
	}
	return 0;
}

static void
send_hooks(struct mochawesome *m, struct json *j, struct str list)
{
	struct json_cursor c = js_cursor(list);
	struct buf b = BUF_INIT;

	while (js_next(j, &c, m->test)) {
		if (!js_is(m->test->field[STATE], "failed") && !js_true(m->test->field[FAIL]))
			continue;
		buf_reset(&b);
		js_text_add(m->test->field[NAME], &b);
		buf_addz(&b, ": ");
		js_text_add(m->test->field[MESSAGE], &b);
		m->out->suite_error(m->out->ctx, buf_str(&m->titles), buf_str(&b),
			js_line_of(j, c.value));
	}
	buf_release(&b);
}

static int
send_suite(struct mochawesome *m, struct json *j, struct str suite, struct str file,
	unsigned depth)
{
	size_t had = m->titles.n;
	struct str f[AFTER + 1];
	struct json_cursor c;
	int rc;

	js_take(j, suite, m->suite);
	memcpy(f, m->suite->field, sizeof(f));
	file = js_empty(f[FILE_NAME]) ? file : f[FILE_NAME];
	if (js_is_string(f[TITLE]) && !js_empty(f[TITLE])) {
		if (m->titles.n)
			buf_addz(&m->titles, " > ");
		js_text_add(f[TITLE], &m->titles);
	}
	js_strange_list(j, suite, f[TESTS]);
	js_strange_list(j, suite, f[SUITES]);
	if (depth == MAX_SUITES && !js_empty(f[SUITES]))
		m->out->problem(m->out->ctx, PROBLEM_OVER_LIMIT, js_line_of(j, suite),
			STR("more suites stand inside of each other than are read"));
	send_hooks(m, j, f[BEFORE]);
	rc = send_tests(m, j, f[TESTS], file);
	send_hooks(m, j, f[AFTER]);
	c = js_cursor(f[SUITES]);
	while (rc == 0 && depth < MAX_SUITES && js_next(j, &c, NULL))
		rc = send_suite(m, j, c.value, file, depth + 1);
	buf_cut(&m->titles, had);
	return rc;
}

static int
on_result(void *ctx, struct json *j, const struct json_value *v)
{
	struct mochawesome *m = ctx;

	buf_reset(&m->titles);
	return send_suite(m, j, v->text, STR_NONE, 0);
}

static int
on_results(void *ctx, struct json *j)
{
	((struct mochawesome *)ctx)->there = js_first(j) == '[';
	return 0;
}

static int
on_version(void *ctx, struct json *j, const struct json_value *v)
{
	struct mochawesome *m = ctx;

	(void)j;
	m->out->tool(m->out->ctx, STR_NONE, js_text(v->text, &m->message));
	return 0;
}

static int
mochawesome_parse(struct source *in, const struct sink *out)
{
	struct mochawesome m = { .out = out };
	const struct json_want wants[] = {
		{ .path = "results", .open = on_results },
		{ .path = "results[]", .value = on_result },
		{ .path = "meta.mocha.version", .value = on_version },
	};
	const struct json_plan plan = { .wants = wants, .n = 3, .ctx = &m };
	const char *why;
	int rc;

	m.suite = js_paths_new(suite_paths, &why);
	m.test = js_paths_new(test_paths, &why);
	rc = js_read(in, out, &plan);
	if (rc == 0 && !m.there) {
		out->problem(out->ctx, PROBLEM_NOT_RECOGNISED, 0,
			STR("JSON, but no `results` in it"));
		rc = -1;
	}
	js_paths_free(m.suite);
	js_paths_free(m.test);
	buf_release(&m.titles);
	buf_release(&m.name);
	buf_release(&m.file);
	buf_release(&m.text);
	buf_release(&m.message);
	return rc;
}

static int
mochawesome_sniff(struct str head)
{
	return js_has(head, "stats.passes stats.testsRegistered") ||
		js_has(head, "stats.passes results[].suites") ? 92 : 0;
}

const struct parser parser_mochawesome = {
	.name = "mochawesome",
	.help = "mochawesome, its JSON",
	.kind = KIND_TESTS,
	.tool = "mocha",
	.spec = "https://github.com/adamgruber/mochawesome",
	.sniff = mochawesome_sniff,
	.parse = mochawesome_parse,
};
