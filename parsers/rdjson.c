/*
 * rdjson.c -- Reviewdog Diagnostic Format, one document:
 * https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "ERROR", LEVEL_HIGH },
	{ "WARNING", LEVEL_MEDIUM },
	{ "INFO", LEVEL_LOW },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "diagnostics[]",
		.severity = "severity",
		.rule = "code.value",
		.message = "message",
		.file = "location.path",
		.line = "location.range.start.line",
		.end_line = "location.range.end.line",
		.column = "location.range.start.column",
		.tool = "source.name",
		.levels = levels,
	},
	{
		.each = "source.name",
		.kind = MAP_TOOL,
		.tool = "",
	},
};

static const struct jsonmap map = {
	.sniff = "diagnostics[].location.path diagnostics[].message|diagnostics source.name",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(rdjson, .name = "rdjson",
	.help = "Reviewdog diagnostics (rdjson)", .kind = KIND_LINT,
	.spec = "https://github.com/reviewdog/reviewdog/tree/master/proto/rdf");
