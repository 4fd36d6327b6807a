/*
 * pylint_json.c -- pylint's json and json2:
 * https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html
 *
 * fatal means that pylint could not go on with a file: what else is in it is not known.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "fatal", LEVEL_CRITICAL },
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "refactor", LEVEL_LOW },
	{ "convention", LEVEL_LOW },
	{ "info", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "[]|messages[]",
		.rule = "message-id|messageId",
		.severity = "type",
		.levels = levels,
		.message = "message",
		.file = "path",
		.line = "line",
		.end_line = "endLine",
		.column = "column",
	},
	{
		.each = "statistics.modulesLinted",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no module was linted",
	},
};

static const struct jsonmap map = {
	.sniff = "[].message-id [].symbol [].module|messages[].messageId messages[].symbol|"
	         "messages statistics.modulesLinted",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(pylint_json, .name = "pylint-json",
	.help = "pylint, its JSON (json, json2)", .kind = KIND_LINT,
	.tool = "pylint",
	.spec = "https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html");
