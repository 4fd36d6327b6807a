/*
 * psalm_json.c -- `psalm --output-format=json`: https://psalm.dev/docs/running_psalm/
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "info", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "type",
		.severity = "severity",
		.levels = levels,
		.message = "message",
		.file = "file_name",
		.line = "line_from",
		.end_line = "line_to",
		.column = "column_from",
		.pass = "severity=info",
	},
};

static const struct jsonmap map = {
	.sniff = "[].severity [].line_from [].type [].file_name [].shortcode|[].line_from "
	         "[].type [].file_name [].snippet",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(psalm_json, .name = "psalm-json",
	.help = "Psalm, its JSON", .kind = KIND_LINT,
	.tool = "psalm",
	.spec = "https://psalm.dev/docs/running_psalm/");
