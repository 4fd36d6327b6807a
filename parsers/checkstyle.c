/*
 * checkstyle.c -- Checkstyle XML: https://checkstyle.org/
 *
 * Many tools write it, and some say in source= who they are: detekt, ktlint, SwiftLint, ESLint,
 * stylelint. Of others (PHP_CodeSniffer, PHPStan) the report does not name the tool.
 * The version is Checkstyle's where Checkstyle wrote it; others put some version of it there.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "error", LEVEL_HIGH }, { "warning", LEVEL_MEDIUM }, { "info", LEVEL_INFO },
	{ NULL, 0 },
};
static const struct xml_tool tools[] = {
	{ "com.puppycrawl.tools.checkstyle.", "checkstyle", false, true },
	{ "detekt.", "detekt", true, false },
	{ "swiftlint.rules.", "swiftlint", true, false },
	{ "eslint.rules.", "eslint", true, false },
	{ "stylelint.rules.", "stylelint", true, false },
	{ "standard:", "ktlint", false, false },
	{ "experimental:", "ktlint", false, false },
	{ "ktlint:", "ktlint", true, false },
	{ 0 },
};
static const struct xml_when ignored[] = {
	{ "@severity", "ignore", XML_SUPPRESSED },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_ISSUE, "file/error", .rule = "@source", .severity = "@severity",
		.message = "@message", .file = "^file/@name", .line = "@line",
		.column = "@column", .version = "^checkstyle/@version", .levels = levels,
		.tools = tools, .when = ignored },
	{ XML_TOOL_FAILED, "exception", .name = "^file/@name", .message = "." },
	{ 0 },
};
static const struct xml_map map = { .roots = "checkstyle", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_checkstyle = {
	.name = "checkstyle",
	.help = "Checkstyle XML of any tool: Checkstyle, detekt, ktlint, phpcs, SwiftLint ...",
	.kind = KIND_LINT,
	.spec = "https://checkstyle.org/",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
