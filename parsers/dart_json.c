/*
 * dart_json.c -- `dart test --reporter json` and `flutter test --machine`, a line for each event:
 * https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md
 *
 * Hidden tests are the loading of files: they count only when they fail. A run that was killed
 * has no `done`.
 */
#include "gate/base/mem.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/json.h"

#define MAX_OPEN 100000 /* tests that run at once */

enum {
	KIND, TEST_ID, RESULT, IS_SKIPPED, IS_HIDDEN, ERROR, STACK, IS_FAILURE, NEW_ID, NEW_NAME,
	NEW_SUITE, NEW_LINE, SUITE_ID, SUITE_PATH, SUCCESS, TIME, RUNNER
};
static const char *const paths[] = {
	[KIND] = "type",
	[TEST_ID] = "testID",
	[RESULT] = "result",
	[IS_SKIPPED] = "skipped",
	[IS_HIDDEN] = "hidden",
	[ERROR] = "error",
	[STACK] = "stackTrace",
	[IS_FAILURE] = "isFailure",
	[NEW_ID] = "test.id",
	[NEW_NAME] = "test.name",
	[NEW_SUITE] = "test.suiteID",
	[NEW_LINE] = "test.root_line|test.line",
	[SUITE_ID] = "suite.id",
	[SUITE_PATH] = "suite.path",
	[SUCCESS] = "success",
	[TIME] = "time",
	[RUNNER] = "runnerVersion",
	NULL,
};

struct running {
	long id, suite, line, began;
	struct buf name;
	struct kept text;
};

struct dart {
	const struct sink *out;
	struct { struct running *v; size_t n, cap; } open;
	struct { struct { long id; struct buf path; } *v; size_t n, cap; } suites;
	bool done, full;
	struct buf scratch;
};

static struct running *
find(struct dart *d, long id)
{
	for (size_t i = d->open.n; i-- > 0;)
		if (d->open.v[i].id == id)
			return &d->open.v[i];
	return NULL;
}

static void
drop(struct dart *d, struct running *t)
{
	buf_release(&t->name);
	kept_release(&t->text);
	*t = d->open.v[--d->open.n];
}

static struct str
suite_path(const struct dart *d, long id)
{
	for (size_t i = d->suites.n; i-- > 0;)
		if (d->suites.v[i].id == id)
			return buf_str(&d->suites.v[i].path);
	return STR_NONE;
}

static int
start(struct dart *d, const struct str *f, long at)
{
	struct running *t;

	if (d->open.n >= MAX_OPEN) {
		d->out->problem(d->out->ctx, PROBLEM_OVER_LIMIT, at,
			STR("too many tests run at once"));
		d->full = true;
		return -1;
	}
	t = vec_push(&d->open);
	t->id = js_long(f[NEW_ID], -1);
	t->suite = js_long(f[NEW_SUITE], -1);
	t->line = js_long(f[NEW_LINE], 0);
	t->began = js_long(f[TIME], -1);
	js_text_add(f[NEW_NAME], &t->name);
	return 0;
}

static int
send(struct dart *d, struct running *t, enum outcome outcome, double seconds, long at)
{
	struct test_event ev = {
		.name = buf_str(&t->name), .file = suite_path(d, t->suite), .line = t->line,
		.outcome = outcome, .seconds = seconds, .at = at,
	};

	ev.class = ev.file;
	if (outcome_bad(outcome)) {
		ev.text = str_trim(kept_str(&t->text));
		ev.message = failure_line(ev.text);
	}
	if (outcome == OUT_ERROR && ev.message.n == 0)
		ev.message = STR("it began, and nothing says how it ended");
	return d->out->test(d->out->ctx, &ev);
}

static int
end(struct dart *d, const struct str *f, long at)
{
	struct running *t = find(d, js_long(f[TEST_ID], -1));
	bool good = js_is(f[RESULT], "success");
	long now = js_long(f[TIME], -1);
	int rc = 0;

	if (t == NULL)
		return 0;
	if (!good || !js_true(f[IS_HIDDEN]))
		rc = send(d, t, !good ? (js_is(f[RESULT], "failure") ? OUT_FAILED : OUT_ERROR) :
			js_true(f[IS_SKIPPED]) ? OUT_SKIPPED : OUT_PASSED,
			now >= 0 && t->began >= 0 ? (double)(now - t->began) / 1000 : -1, at);
	drop(d, t);
	return rc;
}

static int
on_event(void *ctx, struct json *j, const struct json_value *v)
{
	struct dart *d = ctx;
	const struct str *f = v->field;
	struct running *t;

	if (js_is(f[KIND], "testStart"))
		return start(d, f, js_line(j));
	if (js_is(f[KIND], "testDone"))
		return end(d, f, js_line(j));
	if (js_is(f[KIND], "suite") && f[SUITE_ID].n) {
		(void)vec_push(&d->suites);
		d->suites.v[d->suites.n - 1].id = js_long(f[SUITE_ID], -1);
		js_text_add(f[SUITE_PATH], &d->suites.v[d->suites.n - 1].path);
	} else if (js_is(f[KIND], "error") && (t = find(d, js_long(f[TEST_ID], -1))) != NULL) {
		kept_add(&t->text, js_text(f[ERROR], &d->scratch));
		kept_add(&t->text, STR("\n"));
		kept_add(&t->text, js_text(f[STACK], &d->scratch));
		kept_add(&t->text, STR("\n"));
	} else if (js_is(f[KIND], "start")) {
		d->out->tool(d->out->ctx, STR_NONE, js_text(f[RUNNER], &d->scratch));
	} else if (js_is(f[KIND], "done")) {
		d->done = true;
	}
	return 0;
}

static int
finish(struct dart *d)
{
	if (d->done || d->full)
		return 0;
	d->out->problem(d->out->ctx, PROBLEM_TRUNCATED, 0,
		STR("the run began, and nothing says that it is done"));
	for (size_t i = 0; i < d->open.n; i++)
		if (!str_starts(buf_str(&d->open.v[i].name), "loading ") &&
			send(d, &d->open.v[i], OUT_ERROR, -1, 0) < 0)
			return -1;
	return 0;
}

static int
dart_json_parse(struct source *in, const struct sink *out)
{
	struct dart d = { .out = out };
	/* Flutter wraps its own events into arrays: they are passed over. */
	struct json_want want = { .path = "", .value = on_event };
	struct json_plan plan = { .wants = &want, .n = 1, .ctx = &d, .lines = true };
	const char *why;
	int rc;

	want.take = js_paths_new(paths, &why);
	rc = js_read(in, out, &plan);
	if (finish(&d) < 0)
		rc = -1;
	js_paths_free(want.take);
	while (d.open.n)
		drop(&d, &d.open.v[0]);
	for (size_t i = 0; i < d.suites.n; i++)
		buf_release(&d.suites.v[i].path);
	vec_release(&d.open);
	vec_release(&d.suites);
	buf_release(&d.scratch);
	return rc;
}

static int
dart_json_sniff(struct str head)
{
	return js_has(head, "protocolVersion runnerVersion type=start") ||
		js_has(head, "suite.platform suite.path type=suite") ? 92 : 0;
}

const struct parser parser_dart_json = {
	.name = "dart-json",
	.help = "dart test and flutter test, their JSON Lines",
	.kind = KIND_TESTS,
	.tool = "dart test",
	.spec = "https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md",
	.sniff = dart_json_sniff,
	.parse = dart_json_parse,
};
