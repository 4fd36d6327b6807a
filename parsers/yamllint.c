/*
 * yamllint.c -- yamllint's texts: https://yamllint.readthedocs.io/en/stable/quickstart.html
 *
 *   a.yaml:1:1: [warning] missing document start "---" (document-start)       parsable
 *   a.yaml
 *     1:1       warning  missing document start "---"  (document-start)       standard
 *
 * Nothing at all is written when all is clean.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	{ 0 },
};

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}:{column}: [{severity}] {message} ({rule})", .sniff = 92),
	ROW(RECORD, "{file}:{line}:{column}: [{severity}] {message}", .sniff = 84),
	ROW(RECORD, "  {line}:{column}  {severity}  {message} ({rule})", .sniff = 92),
	ROW(RECORD, "  {line}:{column}  {severity}  {message}", .sniff = 60),
	ROW(FAILED, "[Errno {n}] {any}", .problem = "yamllint could not read a file"),
	ROW(FAILED, "invalid config: {any}", .sniff = 70, .problem = "yamllint did not run"),
	ROW(HEADING, "{file}", .test = linemap_is_path),
	{ 0 },
};

static const struct linemap yamllint = {
	.rows = rows,
	.words = words,
};
LINEMAP_HOOKS(yamllint)

const struct parser parser_yamllint = {
	.name = "yamllint",
	.help = "yamllint, its texts (standard, parsable)",
	.kind = KIND_LINT,
	.tool = "yamllint",
	.spec = "https://yamllint.readthedocs.io/en/stable/quickstart.html",
	.sniff = yamllint_sniff,
	.parse = yamllint_parse,
	.lines = &yamllint,
};
