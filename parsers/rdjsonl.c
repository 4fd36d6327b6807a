/*
 * rdjsonl.c -- Reviewdog Diagnostic Format, one diagnostic a line:
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
		.each = "",
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
};

static const struct jsonmap map = {
	.sniff = "message location.path location.range|message location.path severity",
	JSONMAP_RECORDS(records),
	.lines = true,
};

JSONMAP_PARSER(rdjsonl, .name = "rdjsonl",
	.help = "Reviewdog diagnostics, a line each (rdjsonl)", .kind = KIND_LINT,
	.spec = "https://github.com/reviewdog/reviewdog/tree/master/proto/rdf");
