/*
 * android_lint.c -- Android Lint's XML: https://developer.android.com/studio/write/lint
 *
 * LintError means that lint itself could not do its work.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "Fatal", LEVEL_CRITICAL }, { "Error", LEVEL_HIGH }, { "Warning", LEVEL_MEDIUM },
	{ "Information", LEVEL_INFO }, { "Hint", LEVEL_INFO }, { NULL, 0 },
};
static const struct xml_when ignored[] = {
	{ "@severity", "Ignore", XML_SUPPRESSED },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_TOOL, "/issues", .version = "@by" },
	{ XML_TOOL_FAILED, "issue[@id=LintError]", .message = "@message" },
	{ XML_ISSUE, "issue", .rule = "@id", .severity = "@severity", .message = "@message",
		.levels = levels, .when = ignored },
	{ XML_PLACE, "issue/location", .file = "@file", .line = "@line", .column = "@column" },
	{ 0 },
};
static const struct xml_map map = {
	.roots = "issues", .marks = " by=\"lint|format=\"", .records = records,
};
XML_MAP_HOOKS(map)

const struct parser parser_android_lint = {
	.name = "android-lint",
	.help = "Android Lint's XML",
	.kind = KIND_LINT,
	.tool = "android-lint",
	.spec = "https://developer.android.com/studio/write/lint",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
