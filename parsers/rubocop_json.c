/*
 * rubocop_json.c -- `rubocop --format json`:
 * https://docs.rubocop.org/rubocop/formatters.html#json-formatter
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "fatal", LEVEL_CRITICAL },
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "convention", LEVEL_LOW },
	{ "refactor", LEVEL_LOW },
	{ "info", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "files[].offenses[]",
		.rule = "cop_name",
		.severity = "severity",
		.levels = levels,
		.message = "message",
		.file = "^path",
		.line = "location.start_line|location.line",
		.end_line = "location.last_line",
		.column = "location.start_column|location.column",
		.pass = "corrected",
	},
	{
		.each = "summary",
		.kind = MAP_NOTHING,
		.when = "inspected_file_count=0",
		.message = "=no file was inspected",
	},
	JSONMAP_VERSION("metadata.rubocop_version"),
};

static const struct jsonmap map = {
	.sniff = "files[].offenses metadata.rubocop_version|files summary.offense_count "
	         "summary.inspected_file_count",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(rubocop_json, .name = "rubocop-json",
	.help = "RuboCop, its JSON", .kind = KIND_LINT,
	.tool = "rubocop",
	.spec = "https://docs.rubocop.org/rubocop/formatters.html#json-formatter");
