/*
 * brakeman_json.c -- `brakeman -f json`: https://brakemanscanner.org/docs/options/
 *
 * Its degrees are how sure it is.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "High", LEVEL_HIGH },
	{ "Medium", LEVEL_MEDIUM },
	{ "Weak", LEVEL_LOW },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "warnings[]",
		.rule = "check_name|warning_type",
		.severity = "confidence",
		.levels = levels,
		.message = "{warning_type}: {message}",
		.file = "file",
		.line = "line",
		.fingerprint = "fingerprint",
	},
	{
		.each = "ignored_warnings[]",
		.rule = "check_name|warning_type",
		.severity = "confidence",
		.levels = levels,
		.message = "{warning_type}: {message}",
		.file = "file",
		.line = "line",
		.fingerprint = "fingerprint",
		.suppressed = "warning_type",
	},
	{
		.each = "errors[]",
		.kind = MAP_FAILED,
		.message = "{location}: {error}",
	},
	JSONMAP_VERSION("scan_info.brakeman_version"),
};

static const struct jsonmap map = {
	.sniff = "scan_info warnings ignored_warnings|scan_info.brakeman_version warnings",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(brakeman_json, .name = "brakeman-json",
	.help = "Brakeman, its JSON", .kind = KIND_SECURITY,
	.tool = "brakeman",
	.spec = "https://brakemanscanner.org/");
