/*
 * stylelint_json.c -- `stylelint --formatter json`:
 * https://stylelint.io/user-guide/options#formatter
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[].warnings[]",
		.rule = "rule",
		.severity = "severity",
		.levels = levels,
		.message = "text",
		.file = "^source",
		.line = "line",
		.end_line = "endLine",
		.column = "column",
	},
};

static const struct jsonmap map = {
	.sniff = "[].source [].warnings [].errored|[].source [].warnings "
	         "[].invalidOptionWarnings",
	JSONMAP_RECORDS(records),
	.empty_is_nothing = true,
};

JSONMAP_PARSER(stylelint_json, .name = "stylelint-json",
	.help = "stylelint, its JSON", .kind = KIND_LINT,
	.tool = "stylelint",
	.spec = "https://stylelint.io/user-guide/options#formatter");
