/*
 * grype_json.c -- `grype -o json`: https://github.com/anchore/grype#output-formats
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "Negligible", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "matches[]",
		.rule = "vulnerability.id",
		.severity = "vulnerability.severity",
		.levels = levels,
		.message = "{artifact.name} {artifact.version}: {vulnerability.description}",
		.file = "artifact.locations[0].path",
	},
	{
		.each = "ignoredMatches[]",
		.rule = "vulnerability.id",
		.severity = "vulnerability.severity",
		.levels = levels,
		.message = "{artifact.name} {artifact.version}: {vulnerability.description}",
		.file = "artifact.locations[0].path",
		.suppressed = "vulnerability.id",
	},
	JSONMAP_VERSION("descriptor.version"),
};

static const struct jsonmap map = {
	.sniff = "matches descriptor.name=grype|matches[].vulnerability.id "
	         "matches[].artifact.name",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(grype_json, .name = "grype-json",
	.help = "Grype, its JSON", .kind = KIND_SECURITY,
	.tool = "grype",
	.spec = "https://github.com/anchore/grype");
