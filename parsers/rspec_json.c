/*
 * rspec_json.c -- `rspec --format json`:
 * https://rspec.info/features/3-13/rspec-core/formatters/json-formatter/
 */
#include "parsers/support/jsonmap.h"

static const struct outcome_word outcomes[] = {
	{ "passed", OUT_PASSED },
	{ "failed", OUT_FAILED },
	{ "pending", OUT_SKIPPED },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "examples[]",
		.kind = MAP_TEST,
		.name = "full_description|description",
		.file = "file_path",
		.line = "line_number",
		.outcome = "status",
		.outcomes = outcomes,
		.seconds = "run_time",
		.type = "exception.class",
		.message = "exception.message|pending_message",
		.text = "{exception.class}: {exception.message}\n{exception.backtrace[0]}",
	},
	{
		.each = "summary",
		.kind = MAP_TOTALS,
		.tests = "example_count",
		.failures = "failure_count",
	},
	{
		.each = "summary",
		.kind = MAP_FAILED,
		.when = "errors_outside_of_examples_count",
		.message = "errors outside of the examples: {errors_outside_of_examples_count}",
	},
	JSONMAP_VERSION("version"),
};

static const struct jsonmap map = {
	.sniff = "examples summary.example_count",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(rspec_json, .name = "rspec-json",
	.help = "RSpec, its JSON", .kind = KIND_TESTS,
	.tool = "rspec",
	.spec = "https://rspec.info/");
