/*
 * hadolint_json.c -- `hadolint --format json`: https://github.com/hadolint/hadolint#cli
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "info", LEVEL_LOW },
	{ "style", LEVEL_LOW },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "code",
		.severity = "level",
		.levels = levels,
		.message = "message",
		.file = "file",
		.line = "line",
		.column = "column",
	},
};

static const struct jsonmap map = {
	.sniff = "[].code [].level [].file [].line [].column ![].endColumn",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(hadolint_json, .name = "hadolint-json",
	.help = "hadolint, its JSON", .kind = KIND_LINT,
	.tool = "hadolint",
	.spec = "https://github.com/hadolint/hadolint");
