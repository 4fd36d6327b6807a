/*
 * gotest_json.c -- `go test -json`, a line for each event: https://pkg.go.dev/cmd/test2json
 *
 * What a test prints comes in lines of its own; it is kept while the test runs, and told when
 * it fails. A package that fails without a failing test (its build, its TestMain, a panic) is an
 * error of its suite; a test that has not ended when its package fails is an error.
 */
#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/json.h"

#define MAX_RUNNING 200000 /* tests that have begun and not ended */

enum { ACTION, PACKAGE, TEST, ELAPSED, OUTPUT, IMPORT_PATH, FAILED_BUILD };
static const char *const paths[] = {
	[ACTION] = "Action",
	[PACKAGE] = "Package",
	[TEST] = "Test",
	[ELAPSED] = "Elapsed",
	[OUTPUT] = "Output",
	[IMPORT_PATH] = "ImportPath",
	[FAILED_BUILD] = "FailedBuild",
	NULL,
};

/* A test that runs, a package, or a build that prints. */
struct unit {
	char *key;         /* package, NUL, test: what the map's key is a view of */
	size_t package_n;
	struct str test;   /* empty: a package */
	struct kept text;
	bool open;         /* a test that has begun, or a package of which something was heard */
	bool failed;       /* a package: one of its tests */
};

struct gotest {
	const struct sink *out;
	struct map units;
	long running;
	struct buf key, name, message, package;
	long closed;       /* units of tests that have ended, still in the map */
	bool full;
	bool building;     /* the last event was a build's; its package's own follow */
};

static void
unit_close(struct gotest *g, struct unit *u)
{
	if (u->open && u->test.n) {
		g->running--;
		g->closed++;
	}
	u->open = false;
	kept_release(&u->text);
	u->text = (struct kept){ 0 };
}

/* Forgets tests that have ended, now and then, so that only what runs takes memory. */
static void
sweep(struct gotest *g)
{
	struct map old = g->units;

	if (g->closed < 10000 || (size_t)g->closed < g->units.n / 2)
		return;
	g->units = (struct map){ 0 };
	g->closed = 0;
	for (size_t i = 0; i < old.n; i++) {
		struct unit *u = old.v[i].value;
		void **at;

		if (u->open || u->test.n == 0) {
			at = map_at(&g->units, old.v[i].key);
			*at = u;
		} else {
			free(u->key);
			free(u);
		}
	}
	map_release(&old);
}

static struct unit *
unit_of(struct gotest *g, struct str package, struct str test)
{
	struct unit *u;
	void **at;

	buf_reset(&g->key);
	buf_add(&g->key, package);
	buf_addc(&g->key, '\0');
	buf_add(&g->key, test);
	u = map_get(&g->units, buf_str(&g->key));
	if (u == NULL) {
		u = xcalloc(1, sizeof(*u));
		u->key = xmalloc(g->key.n);
		memcpy(u->key, g->key.p, g->key.n);
		u->package_n = package.n;
		u->test = str_n(u->key + package.n + 1, test.n);
		at = map_at(&g->units, str_n(u->key, g->key.n));
		*at = u;
	}
	return u;
}

/* "=== RUN", "--- FAIL: TestX (0.00s)" frame what a test prints. */
static bool
is_frame(struct str line)
{
	line = str_trim(line);
	return str_starts(line, "=== ") || str_starts(line, "--- ");
}

static struct str
unit_package(const struct unit *u)
{
	return u->key ? str_n(u->key, u->package_n) : STR_NONE;
}

static int
send(struct gotest *g, struct unit *u, enum outcome outcome, double seconds, long at)
{
	struct test_event ev = {
		.class = unit_package(u),
		.name = u->test,
		.outcome = outcome,
		.seconds = seconds,
		.at = at,
		.dialect = DIALECT_GO,
	};

	if (outcome != OUT_PASSED) {
		ev.text = str_trim(kept_str(&u->text));
		ev.message = failure_line(ev.text);
		if (outcome != OUT_SKIPPED)
			failure_place(ev.text, STR_NONE, DIALECT_GO, &ev.place, &ev.place_line);
	}
	if (outcome == OUT_ERROR && ev.message.n == 0)
		ev.message = STR("it began, and nothing says how it ended");
	return g->out->test(g->out->ctx, &ev);
}

/* Tests of the package that have not ended. */
static int
send_open(struct gotest *g, struct str package, long at)
{
	for (size_t i = 0; g->running && i < g->units.n; i++) {
		struct unit *u = g->units.v[i].value;

		if (!u->open || u->test.n == 0 || !str_eq(unit_package(u), package))
			continue;
		if (send(g, u, OUT_ERROR, -1, at) < 0)
			return -1;
		unit_close(g, u);
		unit_of(g, package, STR_NONE)->failed = true;
	}
	return 0;
}

static int
end_package(struct gotest *g, struct str package, struct str action, struct str build, long at)
{
	struct unit *u = unit_of(g, package, STR_NONE), *b;
	bool failed = str_eqz(action, "fail");

	if (failed && send_open(g, package, at) < 0)
		return -1;
	if (failed && !u->failed) {
		buf_reset(&g->message);
		if (build.n) {
			b = unit_of(g, build, STR_NONE);
			buf_add(&g->message, str_trim(kept_str(&b->text)));
			unit_close(g, b);
		}
		if (g->message.n == 0)
			buf_add(&g->message, str_trim(kept_str(&u->text)));
		if (g->message.n == 0)
			buf_addz(&g->message, "the package failed, none of its tests did");
		g->out->suite_error(g->out->ctx, package, buf_str(&g->message), at);
	}
	unit_close(g, u);
	return 0;
}

static int
end_test(struct gotest *g, struct unit *u, struct str action, struct str elapsed, long at)
{
	double seconds = -1;
	enum outcome outcome = str_eqz(action, "pass") ? OUT_PASSED :
		str_eqz(action, "skip") ? OUT_SKIPPED : OUT_FAILED;
	int rc;

	num_double(elapsed, &seconds);
	rc = send(g, u, outcome, seconds, at);
	if (outcome == OUT_FAILED)
		unit_of(g, unit_package(u), STR_NONE)->failed = true;
	unit_close(g, u);
	return rc;
}

static int
on_event(void *ctx, struct json *j, const struct json_value *v)
{
	struct gotest *g = ctx;
	const struct str *f = v->field;
	struct buf output = BUF_INIT;
	struct str action = js_text(f[ACTION], &g->message);
	struct str package = js_text(f[PACKAGE].n ? f[PACKAGE] : f[IMPORT_PATH], &g->package);
	struct str test = js_text(f[TEST], &g->name), text;
	bool ends = str_eqz(action, "pass") || str_eqz(action, "fail") || str_eqz(action, "skip");
	struct unit *u;

	g->building = str_starts(action, "build-");
	if (action.n == 0 || str_eqz(action, "build-fail"))
		return 0;
	sweep(g);
	u = unit_of(g, package, test);
	if (!u->open && !str_eqz(action, "build-output")) {
		u->open = true;
		if (test.n && ++g->running > MAX_RUNNING) {
			g->out->problem(g->out->ctx, PROBLEM_OVER_LIMIT, js_line(j),
				STR("too many tests run at once"));
			g->full = true;
			return -1;
		}
	}
	if (str_eqz(action, "output") || str_eqz(action, "build-output")) {
		text = js_text(f[OUTPUT], &output);
		if (!is_frame(text))
			kept_add(&u->text, text);
		buf_release(&output);
		return 0;
	}
	if (!ends)
		return 0;
	if (test.n)
		return end_test(g, u, action, f[ELAPSED], js_line(j));
	return end_package(g, package, action, js_text(f[FAILED_BUILD], &g->name), js_line(j));
}

/* Before Go 1.24 a build that failed is no event: "FAIL\tpkg [build failed]". */
static int
on_noise(void *ctx, struct json *j, struct str line)
{
	struct gotest *g = ctx;
	struct str rest = line, package;

	if (!str_skip(&rest, "FAIL") || !str_word(&rest, &package) || !str_has(rest, " failed]"))
		return 0;
	g->out->suite_error(g->out->ctx, package, str_trim(rest), js_line(j));
	unit_close(g, unit_of(g, package, STR_NONE));
	return 0;
}

/* A package of which no end was heard: the run was killed. */
static int
finish(struct gotest *g)
{
	struct buf b = BUF_INIT;
	long open = 0;
	struct str first = STR_NONE;

	for (size_t i = 0; i < g->units.n; i++) {
		struct unit *u = g->units.v[i].value;

		if (u->open && u->test.n == 0 && open++ == 0)
			first = unit_package(u);
	}
	if (g->building)
		g->out->problem(g->out->ctx, PROBLEM_TRUNCATED, 0,
			STR("it ends with a build, and nothing says how its package ended"));
	if (open == 0)
		return 0;
	buf_addf(&b, "%ld package%s began, and nothing says how %s ended: %.*s%s", open,
		open == 1 ? "" : "s", open == 1 ? "it" : "they", STR_FMT(first),
		open == 1 ? "" : " ...");
	g->out->problem(g->out->ctx, PROBLEM_TRUNCATED, 0, buf_str(&b));
	buf_release(&b);
	for (size_t i = 0, n = g->units.n; i < n; i++) {
		struct unit *u = g->units.v[i].value;

		if (u->open && u->test.n == 0 &&
			send_open(g, unit_package(u), 0) < 0)
			return -1;
	}
	return 0;
}

static void
release(struct gotest *g)
{
	for (size_t i = 0; i < g->units.n; i++) {
		struct unit *u = g->units.v[i].value;

		kept_release(&u->text);
		free(u->key);
		free(u);
	}
	map_release(&g->units);
	buf_release(&g->key);
	buf_release(&g->name);
	buf_release(&g->message);
	buf_release(&g->package);
}

static int
gotest_json_parse(struct source *in, const struct sink *out)
{
	struct gotest g = { .out = out };
	struct json_want want = { .path = "", .value = on_event };
	struct json_plan plan = {
		.wants = &want, .n = 1, .ctx = &g, .lines = true, .noise = on_noise
	};
	const char *why;
	int rc;

	want.take = js_paths_new(paths, &why);
	rc = js_read(in, out, &plan);
	if (!g.full && finish(&g) < 0)
		rc = -1;
	js_paths_free(want.take);
	release(&g);
	return rc;
}

static int
gotest_json_sniff(struct str head)
{
	static const char *const actions[] = { "Action=start", "Action=run", "Action=output",
		"Action=pass", "Action=fail", "Action=skip", "Action=build-output" };

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (js_has(head, actions[i]) &&
			(js_has(head, "Package") || js_has(head, "ImportPath")))
			return 90;
	return 0;
}

const struct parser parser_gotest_json = {
	.name = "gotest-json",
	.help = "go test -json",
	.kind = KIND_TESTS,
	.tool = "go test",
	.spec = "https://pkg.go.dev/cmd/test2json",
	.sniff = gotest_json_sniff,
	.parse = gotest_json_parse,
};
