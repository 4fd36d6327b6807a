/*
 * npm_audit_v6.c -- `npm audit --json` of npm 6, and `pnpm audit --json`:
 * https://docs.npmjs.com/cli/v6/commands/npm-audit
 *
 * One finding an advisory, however many ways lead to the package.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "advisories.*",
		.rule = "github_advisory_id|cves[0]|id",
		.severity = "severity",
		.message = "{module_name} {vulnerable_versions}: {title}",
		.file = "findings[0].paths[0]",
	},
	{
		.each = "error",
		.kind = MAP_FAILED,
		.message = "{code}: {summary|message}",
	},
};

static const struct jsonmap map = {
	.sniff = "advisories metadata.dependencies|advisories metadata.vulnerabilities",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(npm_audit_v6, .name = "npm-audit-v6",
	.help = "npm audit of npm 6, pnpm audit, yarn npm audit 3, their JSON",
	.kind = KIND_SECURITY, .tool = "npm-audit",
	.spec = "https://docs.npmjs.com/cli/v6/commands/npm-audit");
