/*
 * ktlint_json.c -- `ktlint --reporter=json`: https://pinterest.github.io/ktlint/latest/install/cli/
 *
 * It has no degrees; layout is low.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "[].errors[]",
		.rule = "rule",
		.unrated = LEVEL_LOW,
		.message = "message",
		.file = "^file",
		.line = "line",
		.column = "column",
	},
};

static const struct jsonmap map = {
	.sniff = "[].file [].errors[].rule [].errors[].line",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(ktlint_json, .name = "ktlint-json",
	.help = "ktlint, its JSON", .kind = KIND_LINT,
	.tool = "ktlint",
	.spec = "https://pinterest.github.io/ktlint/");
