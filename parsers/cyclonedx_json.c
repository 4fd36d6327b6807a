/*
 * cyclonedx_json.c -- vulnerabilities in CycloneDX, with their VEX states:
 * https://cyclonedx.org/docs/latest/json/
 *
 * A bill of materials without `vulnerabilities` says nothing about any.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "none", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "vulnerabilities[]",
		.rule = "id",
		.severity = "ratings[0].severity|ratings[1].severity|ratings[2].severity",
		.score = "ratings[0].score|ratings[1].score",
		.message = "{affects[0].ref}: {description|detail}",
		.levels = levels,
		.pass = "analysis.state=not_affected|false_positive|resolved|"
		        "resolved_with_pedigree",
	},
};

static const struct jsonmap map = {
	.sniff = "bomFormat=CycloneDX specVersion",
	JSONMAP_RECORDS(records),
	.ran = "bomFormat",
	.absent_is_nothing = true,
};

JSONMAP_PARSER(cyclonedx_json, .name = "cyclonedx-json",
	.help = "CycloneDX with vulnerabilities, its JSON", .kind = KIND_SECURITY,
	.spec = "https://cyclonedx.org/docs/latest/json/");
