/*
 * gitlab_security.c -- GitLab's security reports: SAST, dependencies, containers, secrets, DAST:
 * https://gitlab.com/gitlab-org/security-products/security-report-schemas
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "vulnerabilities[]",
		.rule = "identifiers[0].value|identifiers[0].name|category",
		.severity = "severity",
		.message = "{name|message|description}",
		.file = "location.file|location.image|location.path",
		.line = "location.start_line",
		.end_line = "location.end_line",
		.tool = "scanner.id",
		/* `id` is made anew for each report. */
		.fingerprint = "tracking.items[0].signatures[0].value",
	},
	{
		.each = "scan",
		.kind = MAP_FAILED,
		.when = "status=failure",
		.message = "the scan of {scanner.name} failed: {messages[0].value}",
	},
	{
		.each = "scan",
		.kind = MAP_TOOL,
		.version = "scanner.version",
	},
};

static const struct jsonmap map = {
	.sniff = "vulnerabilities[].identifiers vulnerabilities[].severity version|version "
	         "scan.scanner scan.type vulnerabilities|version vulnerabilities[].scanner "
	         "vulnerabilities[].location",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(gitlab_security, .name = "gitlab-security",
	.help = "GitLab security reports, their JSON", .kind = KIND_SECURITY,
	.spec = "https://gitlab.com/gitlab-org/security-products/security-report-schemas");
