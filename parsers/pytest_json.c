/*
 * pytest_json.c -- pytest-json-report: https://github.com/numirias/pytest-json-report
 *
 * A module that can't be collected is an error, as in pytest's JUnit XML.
 */
#include "parsers/support/jsonmap.h"

static const struct outcome_word outcomes[] = {
	{ "passed", OUT_PASSED },
	{ "failed", OUT_FAILED },
	{ "error", OUT_ERROR },
	{ "skipped", OUT_SKIPPED },
	{ "xfailed", OUT_SKIPPED },
	{ "xpassed", OUT_PASSED },
	{ 0 },
};

static const struct outcome_word broken[] = {
	{ "failed", OUT_ERROR },
	{ 0 },
};

/* "tests/test_a.py::TestX::test_y[p]" */
static int
node(const struct map_record *r, struct test_event *ev)
{
	struct str params = ev->id, rest = STR_NONE;
	size_t colon;

	(void)r;
	params = str_to(params, str_chr(params, '['));
	colon = str_rfind(params, STR("::"));
	ev->name = colon == STR_NPOS ? ev->id : str_from(ev->id, colon + 2);
	str_cut(&ev->file, "::", &rest);
	if (rest.n > ev->name.n + 2)
		ev->class = str_to(rest, rest.n - ev->name.n - 2);
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "tests[]",
		.kind = MAP_TEST,
		.id = "nodeid",
		.file = "nodeid",
		.outcome = "outcome",
		.outcomes = outcomes,
		.dialect = DIALECT_READY,
		.fix_test = node,
		.seconds = "call.duration",
		.message = "call.crash.message|setup.crash.message|teardown.crash.message",
		.text = "call.longrepr|setup.longrepr|teardown.longrepr",
	},
	{
		.each = "collectors[]",
		.when = "outcome=failed&nodeid",
		.kind = MAP_TEST,
		.id = "nodeid",
		.file = "nodeid",
		.outcome = "outcome",
		.outcomes = broken,
		.dialect = DIALECT_READY,
		.fix_test = node,
		.text = "longrepr",
	},
	{
		.each = "exitcode",
		.kind = MAP_FAILED,
		.when = "=2|3|4",
		.message = "pytest did not come to its end (exit status {})",
	},
};

static const struct jsonmap map = {
	.sniff = "exitcode tests[].nodeid tests[].outcome|created exitcode root summary tests|"
	         "created exitcode root summary collectors",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(pytest_json, .name = "pytest-json",
	.help = "pytest-json-report", .kind = KIND_TESTS,
	.tool = "pytest",
	.spec = "https://github.com/numirias/pytest-json-report");
