/*
 * zap_json.c -- OWASP ZAP, its JSON (traditional-json):
 * https://www.zaproxy.org/docs/desktop/addons/report-generation/
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "3", LEVEL_HIGH },
	{ "2", LEVEL_MEDIUM },
	{ "1", LEVEL_LOW },
	{ "0", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "site[].alerts[]",
		.rule = "alertRef|pluginid",
		.severity = "riskcode",
		.levels = levels,
		.message = "{alert|name}",
		.file = "^@name",
	},
	JSONMAP_VERSION("@version"),
};

static const struct jsonmap map = {
	.sniff = "site[].alerts @programName|site[].alerts[].riskcode|"
		 "@programName @version site",
	.empty_is_nothing = true,
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(zap_json, .name = "zap-json",
	.help = "OWASP ZAP, its JSON", .kind = KIND_SECURITY,
	.tool = "zap",
	.spec = "https://www.zaproxy.org/docs/desktop/addons/report-generation/");
