/*
 * govulncheck.c -- `govulncheck -json`, values one behind the other:
 * https://pkg.go.dev/golang.org/x/vuln/internal/govulncheck
 *
 * A finding whose trace does not reach a function is not called: no finding.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "finding",
		.rule = "osv",
		.message = "{trace[0].module} {trace[0].version}: {trace[0].package} "
		           "{trace[0].function}",
		.file = "trace[1].position.filename|trace[0].position.filename",
		.line = "trace[1].position.line|trace[0].position.line",
		.unrated = LEVEL_HIGH,
		.pass = "!trace[0].function",
	},
	JSONMAP_VERSION("config.scanner_version"),
};

static const struct jsonmap map = {
	.sniff = "config.scanner_name config.protocol_version|osv.schema_version osv.id|"
	         "finding.osv finding.trace",
	JSONMAP_RECORDS(records),
	.lines = true,
	.ran = "config",
};

JSONMAP_PARSER(govulncheck, .name = "govulncheck",
	.help = "govulncheck, its JSON", .kind = KIND_SECURITY,
	.tool = "govulncheck",
	.spec = "https://pkg.go.dev/golang.org/x/vuln/cmd/govulncheck");
