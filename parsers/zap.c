/*
 * zap.c -- ZAP's traditional XML report:
 * https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-xml/
 *
 * One finding is one kind of alert on one site, whatever the number of its instances. Risk is
 * 0 (informational) to 3 (high); a confidence of 0 is a false positive.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "3", LEVEL_HIGH }, { "2", LEVEL_MEDIUM }, { "1", LEVEL_LOW }, { "0", LEVEL_INFO },
	{ NULL, 0 },
};
static const struct xml_when false_positive[] = {
	{ "confidence", "0", XML_SUPPRESSED },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_TOOL, "/OWASPZAPReport", .version = "@version" },
	{ XML_ISSUE, "alertitem", .rule = "alertRef|pluginid", .severity = "riskcode",
		.message = "name|alert", .file = "^site/@name|instances/instance/uri|uri",
		.levels = levels, .when = false_positive },
	{ XML_LOOKED, .element = "site" },
	{ 0 },
};
static const struct xml_map map = {
	.roots = "OWASPZAPReport", .nothing = "no site was looked at", .records = records,
};
XML_MAP_HOOKS(map)

const struct parser parser_zap = {
	.name = "zap",
	.help = "ZAP's XML report",
	.kind = KIND_SECURITY,
	.tool = "zap",
	.spec = "https://www.zaproxy.org/docs/desktop/addons/report-generation/"
		"report-traditional-xml/",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
