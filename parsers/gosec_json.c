/*
 * gosec_json.c -- `gosec -fmt=json`: https://github.com/securego/gosec#output-formats
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "Issues[]",
		.rule = "rule_id",
		.severity = "severity",
		.message = "details",
		.file = "file",
		.line = "line",
		.column = "column",
		.suppressed = "nosec suppressions",
	},
	{
		.each = "Golang errors.*[]",
		.kind = MAP_FAILED,
		.message = "{^@}:{line}: {error}",
	},
	{
		.each = "Stats.files",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no file was looked at",
	},
	JSONMAP_VERSION("GosecVersion"),
};

static const struct jsonmap map = {
	.sniff = "Issues[].rule_id Issues[].details|Issues Stats.found Stats.files",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(gosec_json, .name = "gosec-json",
	.help = "gosec, its JSON", .kind = KIND_SECURITY,
	.tool = "gosec",
	.spec = "https://github.com/securego/gosec");
