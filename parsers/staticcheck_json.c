/*
 * staticcheck_json.c -- `staticcheck -f json`, a line for each problem:
 * https://staticcheck.dev/docs/running-staticcheck/cli/formatters/
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "ignored", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "message",
		.rule = "code",
		.severity = "severity",
		.message = "message",
		.file = "location.file",
		.line = "location.line",
		.column = "location.column",
		.end_line = "end.line",
		.levels = levels,
		.suppressed = "severity=ignored",
	},
};

static const struct jsonmap map = {
	.sniff = "code severity location.file location.line end message",
	JSONMAP_RECORDS(records),
	.lines = true,
};

JSONMAP_PARSER(staticcheck_json, .name = "staticcheck-json",
	.help = "staticcheck, its JSON Lines", .kind = KIND_LINT,
	.tool = "staticcheck",
	.spec = "https://staticcheck.dev/docs/running-staticcheck/cli/formatters/");
