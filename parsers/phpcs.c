/*
 * phpcs.c -- PHP_CodeSniffer's own XML (--report=xml):
 * https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting
 *
 * The element's name is the severity. Internal.* are what phpcs could not check.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

#define MESSAGE \
	.rule = "@source", .message = ".", .file = "^file/@name", .line = "@line", \
	.column = "@column", .levels = levels

static const struct xml_word levels[] = {
	{ "error", LEVEL_HIGH }, { "warning", LEVEL_MEDIUM }, { NULL, 0 },
};
static const struct xml_record records[] = {
	{ XML_TOOL, "/phpcs", .version = "@version" },
	{ XML_ISSUE, "file/error", MESSAGE, .severity = "='error'" },
	{ XML_ISSUE, "file/warning", MESSAGE, .severity = "='warning'" },
	{ 0 },
};
static const struct xml_map map = { .roots = "phpcs", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_phpcs = {
	.name = "phpcs",
	.help = "PHP_CodeSniffer's XML (--report=xml)",
	.kind = KIND_LINT,
	.tool = "phpcs",
	.spec = "https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
