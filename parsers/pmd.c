/*
 * pmd.c -- PMD's XML: https://docs.pmd-code.org/latest/pmd_userdocs_report_formats.html#xml
 *
 * Priorities are 1 (high), 2 (medium high), 3 (medium), 4 (medium low), 5 (low). A file that
 * could not be parsed, or a rule that could not run, was not checked.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "1", LEVEL_HIGH }, { "2", LEVEL_HIGH }, { "3", LEVEL_MEDIUM }, { "4", LEVEL_LOW },
	{ "5", LEVEL_LOW }, { NULL, 0 },
};
static const struct xml_when always[] = {
	{ "='yes'", "yes", XML_SUPPRESSED },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_TOOL, "/pmd", .version = "@version" },
	{ XML_ISSUE, "file/violation", .rule = "@rule", .severity = "@priority", .message = ".",
		.file = "^file/@name", .line = "@beginline", .end_line = "@endline",
		.column = "@begincolumn", .levels = levels },
	{ XML_ISSUE, "suppressedviolation", .rule = "@suppressiontype", .message = "@msg",
		.file = "@filename", .when = always },
	{ XML_TOOL_FAILED, "error", .name = "@filename", .message = "@msg" },
	{ XML_TOOL_FAILED, "configerror", .name = "@rule", .message = "@msg" },
	{ 0 },
};
static const struct xml_map map = { .roots = "pmd", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_pmd = {
	.name = "pmd",
	.help = "PMD's XML",
	.kind = KIND_LINT,
	.tool = "pmd",
	.spec = "https://docs.pmd-code.org/latest/pmd_userdocs_report_formats.html#xml",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
