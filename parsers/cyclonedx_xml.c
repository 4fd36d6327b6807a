/*
 * cyclonedx_xml.c -- vulnerabilities in CycloneDX XML: https://cyclonedx.org/docs/latest/xml/
 *
 * What the analysis says is resolved, not affected or a false positive is no finding. A bill
 * of materials without <vulnerabilities> was not scanned for any.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "none", LEVEL_INFO }, { NULL, 0 },
};
static const struct xml_when states[] = {
	{ "analysis/state", "not_affected|false_positive|resolved|resolved_with_pedigree",
		XML_INFO },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_ISSUE, "vulnerabilities/vulnerability", .rule = "id",
		.severity = "ratings/rating/severity", .score = "ratings/rating/score",
		.message = "description|detail|recommendation", .join = "affects/target/ref",
		.levels = levels, .when = states },
	{ XML_TOOL, "metadata/tools/tool", .name = "name", .version = "version" },
	{ XML_TOOL, "metadata/tools/components/component", .name = "name",
		.version = "version" },
	{ XML_JOINED, "component", .id = "@bom-ref", .file = "purl|name" },
	{ XML_LOOKED, .element = "/bom/vulnerabilities" },
	{ 0 },
};
static const struct xml_map map = {
	.roots = "bom", .marks = "cyclonedx", .records = records,
	.nothing = "a bill of materials alone: it was not scanned for vulnerabilities",
};
XML_MAP_HOOKS(map)

const struct parser parser_cyclonedx_xml = {
	.name = "cyclonedx-xml",
	.help = "CycloneDX XML with vulnerabilities (VEX)",
	.kind = KIND_SECURITY,
	.spec = "https://cyclonedx.org/docs/latest/xml/",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
