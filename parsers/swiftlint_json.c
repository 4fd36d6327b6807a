/*
 * swiftlint_json.c -- `swiftlint lint --reporter json`: https://realm.github.io/SwiftLint/
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "rule_id",
		.severity = "severity",
		.levels = levels,
		.message = "reason",
		.file = "file",
		.line = "line",
		.column = "character",
	},
};

static const struct jsonmap map = {
	.sniff = "[].rule_id [].reason [].severity [].file",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(swiftlint_json, .name = "swiftlint-json",
	.help = "SwiftLint, its JSON", .kind = KIND_LINT,
	.tool = "swiftlint",
	.spec = "https://realm.github.io/SwiftLint/");
