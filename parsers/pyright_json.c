/*
 * pyright_json.c -- `pyright --outputjson`:
 * https://github.com/microsoft/pyright/blob/main/docs/command-line.md
 *
 * Its lines and columns count from 0.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "information", LEVEL_INFO },
	{ 0 },
};

static int
from_one(const struct map_record *r, struct issue_event *ev)
{
	if (r->extra[0].n == 0)
		return 0;
	ev->line++;
	ev->end_line++;
	ev->column++;
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "generalDiagnostics[]",
		.rule = "rule",
		.severity = "severity",
		.levels = levels,
		.message = "message",
		.file = "file",
		.line = "range.start.line",
		.end_line = "range.end.line",
		.column = "range.start.character",
		.extra = { "range" },
		.fix_issue = from_one,
	},
	{
		.each = "summary",
		.kind = MAP_NOTHING,
		.when = "filesAnalyzed=0",
		.message = "=no file was analysed",
	},
	JSONMAP_VERSION("version"),
};

static const struct jsonmap map = {
	.sniff = "generalDiagnostics summary.filesAnalyzed",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(pyright_json, .name = "pyright-json",
	.help = "Pyright and basedpyright, their JSON", .kind = KIND_LINT,
	.tool = "pyright",
	.spec = "https://github.com/microsoft/pyright/blob/main/docs/command-line.md");
