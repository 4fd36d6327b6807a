/*
 * libtest_json.c -- Rust's libtest (`cargo test -- --format json`) and nextest's libtest-json, a
 * line for each event: https://doc.rust-lang.org/rustc/tests/index.html#--format-format
 */
#include "parsers/support/jsonmap.h"

static const struct outcome_word outcomes[] = {
	{ "ok", OUT_PASSED },
	{ "failed", OUT_FAILED },
	{ "ignored", OUT_SKIPPED },
	{ 0 },
};

struct suites {
	long open;
};

static int
suite(const struct map_record *r, struct test_event *ev)
{
	struct suites *s = r->own;

	(void)ev;
	s->open += str_eqz(r->extra[0], "started") ? 1 : -1;
	return 1;
}

/* What was killed has not said how it ended. */
static int
all_ended(void *own, const struct sink *out)
{
	if (((struct suites *)own)->open > 0)
		out->problem(out->ctx, PROBLEM_TRUNCATED, 0,
			STR("a suite began, and nothing says that it ended"));
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "type=test&event=ok|failed|ignored",
		.kind = MAP_TEST,
		.name = "name",
		.outcome = "event",
		.outcomes = outcomes,
		.seconds = "exec_time",
		.message = "message",
		.text = "{message}\n{stdout}",
		.dialect = DIALECT_RUST,
	},
	{
		.each = "",
		.when = "type=suite&event=started",
		.kind = MAP_TOTALS,
		.tests = "test_count",
	},
	{
		.each = "",
		.when = "type=suite&event=failed",
		.kind = MAP_TOTALS,
		.failures = "failed",
	},
	{
		.each = "",
		.when = "type=suite",
		.kind = MAP_TEST,
		.extra = { "event" },
		.fix_test = suite,
	},
};

static const struct jsonmap map = {
	.sniff = "type=suite event=started test_count|type=test event=started name",
	JSONMAP_RECORDS(records),
	.lines = true,
	.own_size = sizeof(struct suites),
	.end = all_ended,
};

JSONMAP_PARSER(libtest_json, .name = "libtest-json",
	.help = "Rust: cargo test and nextest, their JSON Lines", .kind = KIND_TESTS,
	.tool = "cargo test",
	.spec = "https://doc.rust-lang.org/rustc/tests/index.html#--format-format");
