/*
 * eslint_stylish.c -- ESLint's text for people:
 * https://eslint.org/docs/latest/use/formatters/#stylish
 *
 *   /path/to/file.js
 *     2:10  error    'unused' is defined but never used  no-unused-vars
 *
 *   ✖ 1 problem (1 error, 0 warnings)
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
	ROW(RECORD, "  {line}:{column}  {severity}  {message}{?  {rule}}", .sniff = 88),
	ROW(TOTAL, "✖ {total} problem{?s} ({any}"),
	ROW(FAILED, "Oops! Something went wrong!{any}", .sniff = 85,
		.problem = "ESLint ended with an error"),
	ROW(FAILED, "No files matching {any}", .problem = "ESLint had no files"),
	ROW(FAILED, "Error: {message}", .problem = "ESLint ended with an error"),
	ROW(FAILED, "ESLint couldn't find {any}", .problem = "ESLint ended with an error"),
	ROW(SKIP, "ESLint found too many warnings (maximum: {n})."),
	ROW(HEADING, "{file}", .test = linemap_is_path),
	{ 0 },
};

static const struct linemap eslint_stylish = {
	.rows = rows,
	.words = words,
	.ends = "it ends without ESLint's summary",
};
LINEMAP_HOOKS(eslint_stylish)

const struct parser parser_eslint_stylish = {
	.name = "eslint-stylish",
	.help = "ESLint, its text (stylish)",
	.kind = KIND_LINT,
	.tool = "eslint",
	.spec = "https://eslint.org/docs/latest/use/formatters/#stylish",
	.sniff = eslint_stylish_sniff,
	.parse = eslint_stylish_parse,
	.lines = &eslint_stylish,
};
