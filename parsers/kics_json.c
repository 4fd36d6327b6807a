/*
 * kics_json.c -- `kics scan --report-formats json`: https://docs.kics.io/latest/results/
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "TRACE", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "queries[].files[]",
		.rule = "^query_name",
		.severity = "^severity",
		.levels = levels,
		.message = "{^query_name}: {actual_value}",
		.file = "file_name",
		.line = "line",
		.fingerprint = "similarity_id",
	},
	{
		.each = "files_scanned",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no file was scanned",
	},
	JSONMAP_VERSION("kics_version"),
};

static const struct jsonmap map = {
	.sniff = "kics_version queries",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(kics_json, .name = "kics-json",
	.help = "KICS, its JSON", .kind = KIND_SECURITY,
	.tool = "kics",
	.spec = "https://docs.kics.io/latest/results/");
