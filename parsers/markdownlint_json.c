/*
 * markdownlint_json.c -- `markdownlint --json` and markdownlint-cli2's JSON formatter:
 * https://github.com/igorshubovych/markdownlint-cli#usage
 *
 * Old ones have no degrees: all are what the new call an error.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_MEDIUM },
	{ "warning", LEVEL_LOW },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "ruleNames[0]",
		.severity = "severity",
		.unrated = LEVEL_MEDIUM,
		.levels = levels,
		.message = "{ruleDescription}: {errorDetail} {errorContext}",
		.file = "fileName",
		.line = "lineNumber",
		.column = "errorRange[0]",
	},
};

static const struct jsonmap map = {
	.sniff = "[].fileName [].lineNumber [].ruleNames",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(markdownlint_json, .name = "markdownlint-json",
	.help = "markdownlint, its JSON", .kind = KIND_LINT,
	.tool = "markdownlint",
	.spec = "https://github.com/igorshubovych/markdownlint-cli");
