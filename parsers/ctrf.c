/*
 * ctrf.c -- Common Test Report Format: https://ctrf.io/docs/specification/overview
 */
#include "gate/model/identity.h"
#include "parsers/support/jsonmap.h"

static const struct outcome_word outcomes[] = {
	{ "passed", OUT_PASSED },
	{ "failed", OUT_FAILED },
	{ "skipped", OUT_SKIPPED },
	{ "pending", OUT_SKIPPED },
	{ "other", OUT_SKIPPED },
	{ 0 },
};

/* `suite` is a text, or the titles from the outermost on. */
static int
flaky_and_suite(const struct map_record *r, struct test_event *ev)
{
	struct json_cursor c = js_cursor(r->extra_raw[2]);

	if (js_is_string(r->extra_raw[2]))
		ev->class = r->extra[2];
	while (js_next(r->json, &c, NULL)) {
		if (r->scratch->n)
			buf_addz(r->scratch, " > ");
		js_text_add(c.value, r->scratch);
		ev->class = buf_str(r->scratch);
	}
	ev->dialect = identity_js_path(ev->file) ? DIALECT_JS : DIALECT_NONE;
	if (js_true(r->extra_raw[0]) && ev->outcome == OUT_PASSED) {
		ev->outcome = OUT_FLAKY;
		ev->attempts = (unsigned)js_long(r->extra_raw[1], 1);
	}
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "results.tests[]",
		.kind = MAP_TEST,
		.suite = "=",
		.name = "name",
		.file = "filePath",
		.line = "line",
		.outcome = "status",
		.outcomes = outcomes,
		.seconds = "duration",
		.unit = 0.001,
		.message = "message",
		.text = "{message}\n{trace}",
		.extra = { "flaky", "retries", "suite" },
		.fix_test = flaky_and_suite,
	},
	{
		.each = "results.summary",
		.kind = MAP_TOTALS,
		.tests = "tests",
		.failures = "failed",
	},
	{
		.each = "results.tool",
		.kind = MAP_TOOL,
		.tool = "name",
		.version = "version",
	},
};

static const struct jsonmap map = {
	.sniff = "results.summary.tests results.tests|results.tool results.tests[].status "
	         "results.tests[].name|reportFormat=CTRF results",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(ctrf, .name = "ctrf",
	.help = "CTRF, the Common Test Report Format", .kind = KIND_TESTS,
	.spec = "https://ctrf.io/docs/specification/overview");
