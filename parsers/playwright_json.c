/*
 * playwright_json.c -- Playwright's json reporter:
 * https://playwright.dev/docs/test-reporters#json-reporter
 *
 * Suites hold suites to any depth; a spec runs once in each project. What is "expected" passed,
 * also where the test says that it must fail.
 */
#include "gate/base/mem.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/json.h"

#define MAX_SUITES 64 /* inside of each other */

struct playwright {
	const struct sink *out;
	struct json_paths *suite, *spec, *test, *result, *error, *stats;
	struct buf titles, name, file, project, status, text, message;
	bool there;
};

static const char *const suite_paths[] = { "title", "file", "specs", "suites", NULL };
static const char *const spec_paths[] = { "title", "file", "line", "tests", NULL };
static const char *const test_paths[] = { "projectName|projectId", "status", "results", NULL };
static const char *const result_paths[] = { "status", "duration", "error.stack|error.message",
	"errors[0].stack|errors[0].message", "error.message|errors[0].message", NULL };

static enum outcome
outcome_of(struct str status)
{
	return js_is(status, "expected") ? OUT_PASSED : js_is(status, "flaky") ? OUT_FLAKY :
		js_is(status, "skipped") ? OUT_SKIPPED : OUT_FAILED;
}

/* The last failure's text, the time of all, and how many there were. */
static void
add_results(struct playwright *p, struct json *j, struct str list, struct test_event *ev)
{
	struct json_cursor c = js_cursor(list);
	double ms;

	buf_reset(&p->text);
	buf_reset(&p->message);
	while (js_next(j, &c, p->result)) {
		const struct str *f = p->result->field;
		struct str text = f[2].n ? f[2] : f[3];

		if (js_double(f[1], &ms))
			ev->seconds = (ev->seconds < 0 ? 0 : ev->seconds) + ms / 1000;
		if (js_is(f[0], "passed") || js_is(f[0], "skipped"))
			continue;
		ev->attempts++;
		if (text.n == 0)
			continue;
		buf_reset(&p->text);
		js_text_add(text, &p->text);
		buf_reset(&p->message);
		js_text_add(f[4], &p->message);
	}
	if (!outcome_bad(ev->outcome) && ev->outcome != OUT_FLAKY) {
		ev->attempts = 0;
		return;
	}
	ev->text = buf_str(&p->text);
	ev->message = failure_line(p->message.n ? buf_str(&p->message) : ev->text);
	if (ev->message.n == 0)
		ev->message = buf_str(&p->message);
	if (ev->outcome == OUT_FAILED)
		ev->attempts = 0;
}

static int
send_spec(struct playwright *p, struct json *j, struct str spec, struct str suite_file)
{
	struct test_event ev = { .dialect = DIALECT_JS };
	struct json_cursor c;
	struct str file, tests;

	js_take(j, spec, p->spec);
	file = p->spec->field[1].n ? p->spec->field[1] : suite_file;
	tests = p->spec->field[3];
	js_strange_list(j, spec, tests);
	ev.name = js_text(p->spec->field[0], &p->name);
	ev.file = js_text(file, &p->file);
	ev.line = js_long(p->spec->field[2], 0);
	ev.class = buf_str(&p->titles);
	ev.at = js_line_of(j, spec);
	c = js_cursor(tests);
	while (js_next(j, &c, p->test)) {
		struct test_event one = ev;

		one.suite = js_text(p->test->field[0], &p->project);
		one.outcome = outcome_of(p->test->field[1]);
		one.seconds = -1;
		add_results(p, j, p->test->field[2], &one);
		if (p->out->test(p->out->ctx, &one) < 0)
			return -1;
	}
	return 0;
}

static int
send_suite(struct playwright *p, struct json *j, struct str suite, struct str file, unsigned depth)
{
	size_t had = p->titles.n;
	struct str title, specs, suites;
	struct json_cursor c;
	int rc = 0;

	js_take(j, suite, p->suite);
	title = p->suite->field[0];
	file = p->suite->field[1].n ? p->suite->field[1] : file;
	specs = p->suite->field[2];
	suites = p->suite->field[3];
	js_strange_list(j, suite, specs);
	js_strange_list(j, suite, suites);
	if (depth == MAX_SUITES && !js_empty(suites))
		p->out->problem(p->out->ctx, PROBLEM_OVER_LIMIT, js_line_of(j, suite),
			STR("more suites stand inside of each other than are read"));
	if (depth > 0 && js_is_string(title) && !js_empty(title)) { /* the outermost is the file */
		if (p->titles.n)
			buf_addz(&p->titles, " > ");
		js_text_add(title, &p->titles);
	}
	c = js_cursor(specs);
	while (rc == 0 && js_next(j, &c, NULL))
		rc = send_spec(p, j, c.value, file);
	c = js_cursor(suites);
	while (rc == 0 && depth < MAX_SUITES && js_next(j, &c, NULL))
		rc = send_suite(p, j, c.value, file, depth + 1);
	buf_cut(&p->titles, had);
	return rc;
}

static int
on_suite(void *ctx, struct json *j, const struct json_value *v)
{
	struct playwright *p = ctx;

	buf_reset(&p->titles);
	return send_suite(p, j, v->text, STR_NONE, 0);
}

static int
on_suites(void *ctx, struct json *j)
{
	struct playwright *p = ctx;

	p->there = js_first(j) == '[';
	return 0;
}

static int
on_stats(void *ctx, struct json *j, const struct json_value *v)
{
	struct playwright *p = ctx;
	long n[4], sum = 0;

	(void)j;
	for (size_t i = 0; i < 4; i++) {
		n[i] = js_long(v->field[i], -1);
		if (n[i] < 0)
			return 0;
		sum += n[i];
	}
	p->out->declared(p->out->ctx, &(struct totals){ sum, n[0], 0, n[1] });
	return 0;
}

static int
on_error(void *ctx, struct json *j, const struct json_value *v)
{
	struct playwright *p = ctx;
	struct str text = js_text(v->field[0], &p->message);

	p->out->problem(p->out->ctx, PROBLEM_TOOL_FAILED, js_line(j),
		text.n ? str_to(text, 1000) : STR("an error outside of the tests"));
	return 0;
}

static int
on_version(void *ctx, struct json *j, const struct json_value *v)
{
	struct playwright *p = ctx;

	(void)j;
	p->out->tool(p->out->ctx, STR_NONE, js_text(v->text, &p->message));
	return 0;
}

static int
playwright_json_parse(struct source *in, const struct sink *out)
{
	static const char *const error_paths[] = { "message", NULL };
	static const char *const stats_paths[] = { "unexpected", "skipped", "expected", "flaky",
		NULL };
	struct playwright p = { .out = out };
	struct json_want wants[] = {
		{ .path = "suites", .open = on_suites },
		{ .path = "suites[]", .value = on_suite },
		{ .path = "errors[]", .value = on_error },
		{ .path = "stats", .value = on_stats },
		{ .path = "config.version", .value = on_version },
	};
	struct json_plan plan = { .wants = wants, .n = 5, .ctx = &p };
	const char *why;
	int rc;

	p.suite = js_paths_new(suite_paths, &why);
	p.spec = js_paths_new(spec_paths, &why);
	p.test = js_paths_new(test_paths, &why);
	p.result = js_paths_new(result_paths, &why);
	wants[2].take = p.error = js_paths_new(error_paths, &why);
	wants[3].take = p.stats = js_paths_new(stats_paths, &why);
	rc = js_read(in, out, &plan);
	if (rc == 0 && !p.there) {
		out->problem(out->ctx, PROBLEM_NOT_RECOGNISED, 0,
			STR("JSON, but no `suites` in it"));
		rc = -1;
	}
	js_paths_free(p.suite);
	js_paths_free(p.spec);
	js_paths_free(p.test);
	js_paths_free(p.result);
	js_paths_free(p.error);
	js_paths_free(p.stats);
	buf_release(&p.titles);
	buf_release(&p.name);
	buf_release(&p.file);
	buf_release(&p.project);
	buf_release(&p.text);
	buf_release(&p.message);
	return rc;
}

static int
playwright_json_sniff(struct str head)
{
	if (js_has(head, "suites[].specs"))
		return 93;
	return js_has(head, "config.projects suites") || js_has(head, "config.rootDir suites") ||
		js_has(head, "config.rootDir config.projects") ? 88 : 0;
}

const struct parser parser_playwright_json = {
	.name = "playwright-json",
	.help = "Playwright, its JSON",
	.kind = KIND_TESTS,
	.tool = "playwright",
	.spec = "https://playwright.dev/docs/test-reporters#json-reporter",
	.sniff = playwright_json_sniff,
	.parse = playwright_json_parse,
};
