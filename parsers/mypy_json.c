/*
 * mypy_json.c -- `mypy --output json`, a line for each message:
 * https://mypy.readthedocs.io/en/stable/command_line.html#cmdoption-mypy-output
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "note", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "message",
		.rule = "code",
		.severity = "severity",
		.levels = levels,
		.message = "{message}\n{hint}",
		.file = "file",
		.line = "line",
		.column = "column",
		.pass = "severity=note",
	},
};

static const struct jsonmap map = {
	.sniff = "file line column message hint code severity",
	JSONMAP_RECORDS(records),
	.lines = true,
};

JSONMAP_PARSER(mypy_json, .name = "mypy-json",
	.help = "mypy, its JSON Lines", .kind = KIND_LINT,
	.tool = "mypy",
	.spec = "https://mypy.readthedocs.io/en/stable/command_line.html");
