/*
 * shellcheck_json.c -- `shellcheck --format=json1` (and json):
 * https://github.com/koalaman/shellcheck/wiki/Integration
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "info", LEVEL_LOW },
	{ "style", LEVEL_LOW },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "comments[]|[]",
		.rule = "SC{code}",
		.severity = "level",
		.levels = levels,
		.message = "message",
		.file = "file",
		.line = "line",
		.end_line = "endLine",
		.column = "column",
	},
};

static const struct jsonmap map = {
	.sniff = "comments[].code comments[].level comments[].endColumn|"
		 "[].code [].level [].file [].endColumn",
	JSONMAP_RECORDS(records),
};

/* A clean json1 holds nothing else. */
static int
shellcheck_json_sniff(struct str head)
{
	return str_eqz(str_trim(head), "{\"comments\":[]}") ? 80 : jsonmap_sniff(&map, head);
}

static int
shellcheck_json_parse(struct source *in, const struct sink *out)
{
	return jsonmap_read(&map, in, out);
}

const struct parser parser_shellcheck_json = {
	.name = "shellcheck-json",
	.help = "ShellCheck, its JSON (json1, json)",
	.kind = KIND_LINT,
	.tool = "shellcheck",
	.spec = "https://github.com/koalaman/shellcheck/wiki/Integration",
	.sniff = shellcheck_json_sniff,
	.parse = shellcheck_json_parse,
	.json = &map,
};
