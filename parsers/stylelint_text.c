/*
 * stylelint_text.c -- stylelint's text (string formatter):
 * https://stylelint.io/user-guide/options/#formatter
 *
 *   a.css
 *     1:5  ✖  Unexpected unknown property "colour"  property-no-unknown
 *
 *   ✖ 1 problem (1 error, 0 warnings)
 *
 * A mark stands for the severity. Nothing is written when all is clean.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("✖", LEVEL_HIGH),
	WORD("×", LEVEL_HIGH),
	WORD("⚠", LEVEL_MEDIUM),
	WORD("‼", LEVEL_MEDIUM),
	WORD("ℹ", LEVEL_INFO),
	{ 0 },
};

static const struct line_row rows[] = {
	ROW(RECORD, "{line}:{column}  {severity}  {message}{?  {rule}}", .sniff = 90),
	ROW(RECORD, "{severity}  {message}{?  {rule}}", .sniff = 80),
	ROW(TOTAL, "{?✖ }{total} problem{?s} ({any}"),
	ROW(FAILED, "Error: No files matching the pattern {any}", .sniff = 75,
		.problem = "stylelint had no files"),
	ROW(FAILED, "Error: {message}", .problem = "stylelint ended with an error"),
	ROW(FAILED, "AllFilesIgnoredError: {message}", .sniff = 70,
		.problem = "stylelint had no files"),
	ROW(FAILED, "NoFilesFoundError: {message}", .sniff = 70,
		.problem = "stylelint had no files"),
	ROW(FAILED, "CssSyntaxError: {message}", .problem = "stylelint could not read a file"),
	ROW(HEADING, "{file}", .test = linemap_is_path),
	{ 0 },
};

/* The words of stylelint's JSON. */
static void
adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	(void)m;
	(void)scratch;
	ev->severity = ev->level == LEVEL_HIGH ? STR("error")
		: ev->level == LEVEL_MEDIUM   ? STR("warning")
					      : STR("info");
}

static const struct linemap stylelint_text = {
	.rows = rows,
	.words = words,
	.adjust = adjust,
	.trim = true,
	.ends = "it ends without stylelint's summary",
};
LINEMAP_HOOKS(stylelint_text)

const struct parser parser_stylelint_text = {
	.name = "stylelint-text",
	.help = "stylelint, its text",
	.kind = KIND_LINT,
	.tool = "stylelint",
	.spec = "https://stylelint.io/user-guide/options/#formatter",
	.sniff = stylelint_text_sniff,
	.parse = stylelint_text_parse,
	.lines = &stylelint_text,
};
