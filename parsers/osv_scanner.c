/*
 * osv_scanner.c -- `osv-scanner --format json`: https://google.github.io/osv-scanner/output/
 *
 * Without a degree (malicious packages) it is unknown, and counted with what is high.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "results[].packages[].vulnerabilities[]",
		.rule = "id",
		.severity = "database_specific.severity",
		.message = "{^package.name} {^package.version}: {summary|details}",
		.file = "^^source.path",
	},
};

static const struct jsonmap map = {
	.sniff = "results[].packages[].vulnerabilities[].id|results[].packages[].package.name "
	         "results[].source.path|results experimental_config",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(osv_scanner, .name = "osv-scanner",
	.help = "OSV-Scanner, its JSON", .kind = KIND_SECURITY,
	.tool = "osv-scanner",
	.spec = "https://google.github.io/osv-scanner/output/");
