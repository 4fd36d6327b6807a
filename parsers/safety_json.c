/*
 * safety_json.c -- `safety check --output json`: https://docs.safetycli.com/
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "vulnerabilities[]",
		.rule = "vulnerability_id|CVE",
		.severity = "severity.cvssv3.base_severity|severity.cvssv2.base_severity|"
		            "severity",
		.score = "severity.cvssv3.base_score",
		.message = "{package_name} {analyzed_version}: {advisory}",
		.suppressed = "ignored",
	},
	{
		.each = "ignored_vulnerabilities[]",
		.rule = "vulnerability_id|CVE",
		.severity = "severity.cvssv3.base_severity|severity.cvssv2.base_severity|"
		            "severity",
		.score = "severity.cvssv3.base_score",
		.message = "{package_name} {analyzed_version}: {advisory}",
		.suppressed = "vulnerability_id",
	},
	{
		.each = "report_meta.packages_found",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no package was looked at",
	},
	JSONMAP_VERSION("report_meta.safety_version"),
};

static const struct jsonmap map = {
	.sniff = "report_meta vulnerabilities scanned_packages",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(safety_json, .name = "safety-json",
	.help = "Safety, its JSON", .kind = KIND_SECURITY,
	.tool = "safety",
	.spec = "https://docs.safetycli.com/");
