/*
 * mocha_json.c -- `mocha --reporter json`: https://mochajs.org/#json
 */
#include "parsers/support/jsonmap.h"

static const struct outcome_word outcomes[] = {
	{ "passed", OUT_PASSED },
	{ "failed", OUT_FAILED },
	{ "pending", OUT_SKIPPED },
	{ 0 },
};

/* The full title is those of the describes and the test's own, with blanks between. */
static int
describe(const struct map_record *r, struct test_event *ev)
{
	struct str full = r->extra[0];
	long again = js_long(r->extra_raw[1], 0);

	if (ev->name.n && full.n > ev->name.n &&
		str_eq(str_from(full, full.n - ev->name.n), ev->name))
		ev->class = str_trim(str_to(full, full.n - ev->name.n));
	if (ev->outcome == OUT_PASSED && again > 0) {
		ev->outcome = OUT_FLAKY;
		ev->attempts = (unsigned)again;
	}
	return 0;
}

/* What a case says is the same in each of the three lists; the list says how it ended. */
#define CASE \
	.kind = MAP_TEST, .name = "title", .file = "file", .seconds = "duration", .unit = 0.001, \
	.outcomes = outcomes, .message = "err.message", .text = "err.stack|err.message", \
	.dialect = DIALECT_JS, .extra = { "fullTitle", "currentRetry" }, .fix_test = describe

static const struct map_fields records[] = {
	{ .each = "passes[]", .outcome = "=passed", CASE },
	{ .each = "failures[]", .outcome = "=failed", CASE },
	{ .each = "pending[]", .outcome = "=pending", CASE },
	{
		.each = "stats",
		.kind = MAP_TOTALS,
		.failures = "failures",
	},
};

static const struct jsonmap map = {
	.sniff = "stats.passes stats.failures tests passes failures pending|stats.passes "
	         "stats.pending failures passes",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(mocha_json, .name = "mocha-json",
	.help = "Mocha, its JSON", .kind = KIND_TESTS,
	.tool = "mocha",
	.spec = "https://mochajs.org/#json");
