/*
 * tfsec_json.c -- `tfsec --format json`: https://aquasecurity.github.io/tfsec/
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "results[]",
		.rule = "long_id|rule_id",
		.severity = "severity",
		.message = "{description|rule_description}",
		.file = "location.filename",
		.line = "location.start_line",
		.end_line = "location.end_line",
		.pass = "status=1",
	},
};

static const struct jsonmap map = {
	.sniff = "results[].long_id results[].location.filename",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(tfsec_json, .name = "tfsec-json",
	.help = "tfsec, its JSON", .kind = KIND_SECURITY,
	.tool = "tfsec",
	.spec = "https://aquasecurity.github.io/tfsec/");
