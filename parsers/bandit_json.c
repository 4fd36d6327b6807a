/*
 * bandit_json.c -- `bandit -f json`:
 * https://bandit.readthedocs.io/en/latest/formatters/json.html
 *
 * A file that could not be read stands in `errors`; nothing is known about what is in it.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "results[]",
		.rule = "test_id",
		.severity = "issue_severity",
		.message = "issue_text",
		.file = "filename",
		.line = "line_number",
		.column = "col_offset",
	},
	{
		.each = "errors[]",
		.kind = MAP_FAILED,
		.message = "{filename}: {reason}",
	},
	{
		.each = "metrics._totals.loc",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no line of code was looked at",
	},
};

static const struct jsonmap map = {
	.sniff = "metrics._totals results errors|errors generated_at metrics|errors "
	         "generated_at metrics._totals",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(bandit_json, .name = "bandit-json",
	.help = "Bandit, its JSON", .kind = KIND_SECURITY,
	.tool = "bandit",
	.spec = "https://bandit.readthedocs.io/en/latest/formatters/json.html");
