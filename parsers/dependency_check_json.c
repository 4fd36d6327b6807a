/*
 * dependency_check_json.c -- OWASP Dependency-Check, its JSON:
 * https://jeremylong.github.io/DependencyCheck/
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "0.0", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "dependencies[].vulnerabilities[]",
		.rule = "name",
		.severity = "severity",
		.score = "cvssv3.baseScore|cvssv2.score",
		.levels = levels,
		.message = "{^fileName}: {description}",
		.file = "^filePath|^fileName",
	},
	{
		.each = "dependencies[].suppressedVulnerabilities[]",
		.rule = "name",
		.severity = "severity",
		.score = "cvssv3.baseScore|cvssv2.score",
		.levels = levels,
		.message = "{^fileName}: {description}",
		.file = "^filePath|^fileName",
		.suppressed = "name",
	},
	{
		.each = "scanInfo.analysisExceptions[]",
		.kind = MAP_FAILED,
		.message = "exception.message|message",
	},
	JSONMAP_VERSION("scanInfo.engineVersion"),
};

static const struct jsonmap map = {
	.sniff = "reportSchema scanInfo dependencies",
	JSONMAP_RECORDS(records),
	.empty_is_nothing = true,
};

JSONMAP_PARSER(dependency_check_json, .name = "dependency-check-json",
	.help = "OWASP Dependency-Check, its JSON", .kind = KIND_SECURITY,
	.tool = "dependency-check",
	.spec = "https://jeremylong.github.io/DependencyCheck/");
