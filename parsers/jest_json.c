/*
 * jest_json.c -- `jest --json` and Vitest's json reporter:
 * https://jestjs.io/docs/cli#--json
 *
 * A file that could not be run has no tests but a message: an error of its suite.
 */
#include "parsers/support/jsonmap.h"

static const struct outcome_word outcomes[] = {
	{ "passed", OUT_PASSED },
	{ "failed", OUT_FAILED },
	{ "pending", OUT_SKIPPED },
	{ "skipped", OUT_SKIPPED },
	{ "todo", OUT_SKIPPED },
	{ "disabled", OUT_SKIPPED },
	{ "focused", OUT_PASSED },
	{ 0 },
};

static int
titles(const struct map_record *r, struct test_event *ev)
{
	struct json_cursor c = js_cursor(r->extra_raw[0]);
	long runs = js_long(r->extra_raw[1], 1);

	while (js_next(r->json, &c, NULL)) {
		if (r->scratch->n)
			buf_addz(r->scratch, " > ");
		js_text_add(c.value, r->scratch);
	}
	ev->class = buf_str(r->scratch);
	if (ev->outcome == OUT_PASSED && runs > 1) {
		ev->outcome = OUT_FLAKY;
		ev->attempts = (unsigned)(runs - 1);
	}
	return 0;
}

static int
not_run(const struct map_record *r, struct test_event *ev)
{
	r->out->suite_error(r->out->ctx, ev->name, ev->message, r->at);
	return 1;
}

static const struct map_fields records[] = {
	{
		.each = "testResults[].assertionResults[]",
		.kind = MAP_TEST,
		.name = "title|fullName",
		.file = "^name|^testFilePath",
		.line = "location.line",
		.outcome = "status",
		.outcomes = outcomes,
		.seconds = "duration",
		.unit = 0.001,
		.text = "failureMessages[0]",
		.dialect = DIALECT_JS,
		.extra = { "ancestorTitles", "invocations" },
		.fix_test = titles,
	},
	{
		.each = "testResults[]",
		.kind = MAP_TEST,
		.when = "status=failed&!assertionResults[0]",
		.name = "name|testFilePath",
		.message = "message|failureMessage",
		.outcome = "=failed",
		.outcomes = outcomes,
		.fix_test = not_run,
	},
	{
		.each = "numTotalTests",
		.kind = MAP_TOTALS,
		.tests = "",
	},
	{
		.each = "numFailedTests",
		.kind = MAP_TOTALS,
		.failures = "",
	},
};

static const struct jsonmap map = {
	.sniff = "numTotalTests numFailedTests testResults|testResults[].assertionResults "
	         "success",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(jest_json, .name = "jest-json",
	.help = "Jest and Vitest, their JSON", .kind = KIND_TESTS,
	.tool = "jest",
	.spec = "https://jestjs.io/docs/cli#--json");
