/*
 * markdownlint.c -- markdownlint's text, of both command lines:
 * https://github.com/igorshubovych/markdownlint-cli
 * https://github.com/DavidAnson/markdownlint-cli2
 *
 *   a.md:3:81 MD013/line-length Line length [Expected: 80; Actual: 120]
 *   Summary: 1 error(s)                                      markdownlint-cli2
 *
 * The number is the rule, its names are not: they have changed.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_MEDIUM),
	WORD("warning", LEVEL_LOW),
	{ 0 },
};

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}{?:{column}} {?{severity} }{rule:MD} {message}", .sniff = 92),
	ROW(COUNT, "Summary: {total} error(s)", .sniff = 90),
	ROW(SKIP, "Linting: {n} file(s)", .sniff = 80),
	ROW(OPENS, "markdownlint-cli2 v{any}", .sniff = 80),
	ROW(NOTHING, "Linting: 0 file(s)", .sniff = 80),
	{ 0 },
};

static void
adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	(void)m;
	(void)scratch;
	ev->rule = str_to(ev->rule, str_chr(ev->rule, '/'));
}

static const struct linemap markdownlint = {
	.rows = rows,
	.words = words,
	.level = LEVEL_MEDIUM,
	.adjust = adjust,
};
LINEMAP_HOOKS(markdownlint)

const struct parser parser_markdownlint = {
	.name = "markdownlint",
	.help = "markdownlint-cli and -cli2, their text",
	.kind = KIND_LINT,
	.tool = "markdownlint",
	.spec = "https://github.com/DavidAnson/markdownlint/blob/main/doc/Rules.md",
	.sniff = markdownlint_sniff,
	.parse = markdownlint_parse,
	.lines = &markdownlint,
};
