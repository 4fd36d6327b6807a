/*
 * hadolint_text.c -- hadolint's text: https://github.com/hadolint/hadolint#rules
 *
 *   Dockerfile:3 DL3008 warning: Pin versions in apt get install
 *   Dockerfile:4:1 unexpected 'X' ...            what is no Dockerfile
 *
 * Nothing is written when all is clean.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("info", LEVEL_LOW),
	WORD("style", LEVEL_LOW),
	{ 0 },
};

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line} {code} {severity}: {message}", .sniff = 92),
	ROW(RECORD, "{file}:{line} {rule:DL} {message}", .sniff = 88), /* before 1.18 */
	ROW(RECORD, "{file}:{line} {rule:SC} {message}", .sniff = 70),
	ROW(RECORD, "{file}:{line}:{column} unexpected {message}", .sniff = 62, .rule = "parse",
		.severity = "error"),
	ROW(FAILED, "hadolint: {message}", .sniff = 70, .problem = "hadolint did not run"),
	{ 0 },
};

static const struct linemap hadolint_text = {
	.rows = rows,
	.words = words,
	.level = LEVEL_MEDIUM,
};
LINEMAP_HOOKS(hadolint_text)

const struct parser parser_hadolint_text = {
	.name = "hadolint-text",
	.help = "hadolint, its text",
	.kind = KIND_LINT,
	.tool = "hadolint",
	.spec = "https://github.com/hadolint/hadolint#rules",
	.sniff = hadolint_text_sniff,
	.parse = hadolint_text_parse,
	.lines = &hadolint_text,
};
