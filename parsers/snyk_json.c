/*
 * snyk_json.c -- `snyk test --json`, one project or several:
 * https://docs.snyk.io/snyk-cli/commands/test
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "vulnerabilities[]|[].vulnerabilities[]",
		.rule = "id",
		.severity = "severity",
		.score = "cvssScore",
		.message = "{packageName|name} {version}: {title}",
		.file = "^displayTargetFile|^projectName",
	},
	{
		.each = "filtered.ignore[]|[].filtered.ignore[]",
		.rule = "id",
		.severity = "severity",
		.message = "{packageName|name} {version}: {title}",
		.suppressed = "id",
		.file = "^displayTargetFile|^projectName",
	},
	{
		.each = "error|[].error",
		.kind = MAP_FAILED,
		.message = "",
	},
};

static const struct jsonmap map = {
	.sniff = "vulnerabilities dependencyCount packageManager|[].vulnerabilities "
	         "[].dependencyCount [].packageManager|ok=false error path",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(snyk_json, .name = "snyk-json",
	.help = "Snyk Open Source and Container, their JSON", .kind = KIND_SECURITY,
	.tool = "snyk",
	.spec = "https://docs.snyk.io/snyk-cli/commands/test");
