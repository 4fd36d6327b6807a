/*
 * phpstan_json.c -- `phpstan analyse --error-format=json`:
 * https://phpstan.org/user-guide/output-format
 *
 * It has no degrees: what it finds is an error. `errors` are not of a file but of PHPStan itself.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "files.*.messages[]",
		.rule = "identifier",
		.severity = "=error",
		.message = "message",
		.file = "^@",
		.line = "line",
		.levels = levels,
	},
	{
		.each = "errors[]",
		.kind = MAP_FAILED,
		.message = "",
	},
};

static const struct jsonmap map = {
	.sniff = "totals.file_errors files errors",
	JSONMAP_RECORDS(records),
	.ran = "totals",
};

JSONMAP_PARSER(phpstan_json, .name = "phpstan-json",
	.help = "PHPStan, its JSON", .kind = KIND_LINT,
	.tool = "phpstan",
	.spec = "https://phpstan.org/user-guide/output-format");
