/*
 * pip_audit.c -- `pip-audit -f json`: https://github.com/pypa/pip-audit
 *
 * It knows no degrees; that is no reason to think little of them.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "dependencies[].vulns[]|[].vulns[]",
		.rule = "id",
		.message = "{^name} {^version}: {description}",
	},
};

static const struct jsonmap map = {
	.sniff = "dependencies[].name dependencies[].vulns|[].name [].version [].vulns|"
	         "dependencies fixes|dependencies[].skip_reason dependencies[].name",
	JSONMAP_RECORDS(records),
	.empty_is_nothing = true,
};

JSONMAP_PARSER(pip_audit, .name = "pip-audit",
	.help = "pip-audit, its JSON", .kind = KIND_SECURITY, .levels = "unknown: it has none",
	.tool = "pip-audit",
	.spec = "https://github.com/pypa/pip-audit");
