/*
 * eslint_json.c -- `eslint --format json`:
 * https://eslint.org/docs/latest/use/formatters/#json
 *
 * One element a file, its messages inside. What a comment in the source suppresses stands
 * apart from the messages. An empty array means that no file was looked at.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "2", LEVEL_HIGH },
	{ "error", LEVEL_HIGH },
	{ "1", LEVEL_MEDIUM },
	{ "warning", LEVEL_MEDIUM },
	{ 0 },
};

#define MESSAGE \
	.rule = "ruleId", .severity = "severity", .levels = levels, .message = "message", \
	.file = "^filePath", .line = "line", .end_line = "endLine", .column = "column"

static const struct map_fields records[] = {
	{ .each = "[].messages[]", MESSAGE },
	{ .each = "[].suppressedMessages[]", MESSAGE, .suppressed = "suppressions" },
};

static const struct jsonmap map = {
	.sniff = "[].filePath [].messages [].errorCount [].warningCount",
	JSONMAP_RECORDS(records),
	.empty_is_nothing = true,
};

JSONMAP_PARSER(eslint_json, .name = "eslint-json", .help = "ESLint, its JSON",
	.kind = KIND_LINT, .tool = "eslint",
	.spec = "https://eslint.org/docs/latest/use/formatters/#json");
