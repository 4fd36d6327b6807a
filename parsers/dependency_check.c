/*
 * dependency_check.c -- OWASP Dependency-Check's XML:
 * https://github.com/jeremylong/DependencyCheck/tree/main/core/src/main/resources/schema
 *
 * A <suppressedVulnerability> is none. Analysers that failed are told in the scan's
 * information; a report without dependencies looked at nothing.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_record records[] = {
	{ XML_ISSUE, "vulnerabilities/vulnerability", .rule = "name", .severity = "severity",
		.score = "cvssV4/baseScore|cvssV3/baseScore|cvssV2/score|cvssScore",
		.message = "description",
		.file = "^dependency/filePath|^dependency/fileName" },
	{ XML_TOOL, "scanInfo/engineVersion", .version = "." },
	{ XML_LOOKED, .element = "dependencies/dependency" },
	{ XML_TOOL_FAILED, "analysisExceptions/exception|analysisException",
		.message = "message|exception/message|." },
	{ 0 },
};
static const struct xml_map map = {
	.roots = "analysis", .marks = "dependency-check|DependencyCheck",
	.nothing = "no dependency was looked at", .records = records,
};
XML_MAP_HOOKS(map)

const struct parser parser_dependency_check = {
	.name = "dependency-check",
	.help = "OWASP Dependency-Check's XML",
	.kind = KIND_SECURITY,
	.tool = "dependency-check",
	.spec = "https://github.com/jeremylong/DependencyCheck",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
