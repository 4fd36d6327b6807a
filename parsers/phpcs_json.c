/*
 * phpcs_json.c -- `phpcs --report=json`:
 * https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "ERROR", LEVEL_HIGH },
	{ "WARNING", LEVEL_MEDIUM },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "files.*.messages[]",
		.rule = "source",
		.severity = "type",
		.levels = levels,
		.message = "message",
		.file = "^@",
		.line = "line",
		.column = "column",
	},
};

static const struct jsonmap map = {
	.sniff = "totals.errors totals.warnings totals.fixable files",
	JSONMAP_RECORDS(records),
	.ran = "totals",
	.empty_is_nothing = true, /* it lists each file that it checked */
};

JSONMAP_PARSER(phpcs_json, .name = "phpcs-json",
	.help = "PHP_CodeSniffer, its JSON", .kind = KIND_LINT,
	.tool = "phpcs",
	.spec = "https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting");
