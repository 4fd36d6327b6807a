/*
 * ruff_json.c -- `ruff check --output-format json` and json-lines:
 * https://docs.astral.sh/ruff/settings/#output-format
 *
 * Ruff has no degrees: what it finds is an error, as in its texts.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "code",
		.severity = "severity",
		.unrated = LEVEL_HIGH,
		.message = "message",
		.file = "filename",
		.line = "location.row",
		.end_line = "end_location.row",
		.column = "location.column",
		.levels = levels,
	},
};

static const struct jsonmap map = {
	.sniff = "[].filename [].location.row [].end_location.row [].noqa_row|[].filename "
	         "[].location.row [].code [].message",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(ruff_json, .name = "ruff-json",
	.help = "Ruff, its JSON", .kind = KIND_LINT,
	.tool = "ruff",
	.spec = "https://docs.astral.sh/ruff/settings/#output-format");
