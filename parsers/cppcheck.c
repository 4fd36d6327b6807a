/*
 * cppcheck.c -- cppcheck --xml, version 2 and the old 1:
 * https://cppcheck.sourceforge.io/manual.html#xml-output
 *
 * The first of several locations is where the defect shows. checkersReport says which checks
 * ran: no finding.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "error", LEVEL_HIGH }, { "warning", LEVEL_MEDIUM }, { "style", LEVEL_LOW },
	{ "performance", LEVEL_LOW }, { "portability", LEVEL_LOW },
	{ "information", LEVEL_INFO }, { "debug", LEVEL_INFO }, { "none", LEVEL_INFO },
	{ NULL, 0 },
};
static const struct xml_when notes[] = {
	{ "@id", "checkersReport|logChecker", XML_INFO },
	{ NULL, NULL, XML_DROP },
};

#define ERROR \
	.rule = "@id", .severity = "@severity", .message = "@msg", .levels = levels, \
	.fingerprint = "@hash", .when = notes

static const struct xml_record records[] = {
	{ XML_ISSUE, "errors/error", ERROR },
	{ XML_ISSUE, "results/error", ERROR, .file = "@file", .line = "@line" },
	{ XML_TOOL, "results/cppcheck", .version = "@version" },
	{ XML_PLACE, "error/location", .file = "@file", .line = "@line", .column = "@column" },
	{ 0 },
};
static const struct xml_map map = {
	.roots = "results", .marks = "<cppcheck|<error ", .records = records,
};
XML_MAP_HOOKS(map)

const struct parser parser_cppcheck = {
	.name = "cppcheck",
	.help = "cppcheck --xml",
	.kind = KIND_LINT,
	.tool = "cppcheck",
	.spec = "https://cppcheck.sourceforge.io/manual.html#xml-output",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
