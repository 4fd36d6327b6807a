/*
 * yarn_audit.c -- `yarn audit --json` of Yarn 1, a line for each way to a vulnerable package:
 * https://classic.yarnpkg.com/lang/en/docs/cli/audit/
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "type=auditAdvisory",
		.rule = "data.advisory.github_advisory_id|data.advisory.cves[0]|"
		        "data.advisory.id",
		.severity = "data.advisory.severity",
		.message = "{data.advisory.module_name} {data.advisory.vulnerable_versions}: "
		           "{data.advisory.title}",
		.file = "data.resolution.path",
	},
	{
		.each = "",
		.kind = MAP_FAILED,
		.when = "type=error",
		.message = "data",
	},
	{
		.each = "data.totalDependencies",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no dependency was looked at",
	},
};

static const struct jsonmap map = {
	.sniff = "type=auditAdvisory data.advisory.severity|type=auditSummary "
	         "data.vulnerabilities data.dependencies",
	JSONMAP_RECORDS(records),
	.lines = true,
};

JSONMAP_PARSER(yarn_audit, .name = "yarn-audit",
	.help = "yarn audit of Yarn 1, its JSON Lines", .kind = KIND_SECURITY,
	.tool = "yarn-audit",
	.spec = "https://classic.yarnpkg.com/lang/en/docs/cli/audit/");
