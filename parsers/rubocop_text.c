/*
 * rubocop_text.c -- RuboCop's texts (progress, clang, emacs):
 * https://docs.rubocop.org/rubocop/formatters.html
 *
 *   a.rb:3:81: C: [Correctable] Layout/LineLength: Line is too long. [85/80]
 *   1 file inspected, 1 offense detected, 1 offense autocorrectable
 *
 * Severities are letters here and words in its JSON: the words are kept.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("F", LEVEL_CRITICAL),
	WORD("E", LEVEL_HIGH),
	WORD("W", LEVEL_MEDIUM),
	WORD("C", LEVEL_LOW),
	WORD("R", LEVEL_LOW),
	WORD("I", LEVEL_INFO),
	{ 0 },
};

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}:{column}: {severity}: {?[Correctable] }{rule}: {message}",
		.sniff = 92),
	ROW(CLEAN, "{n} file{?s} inspected, no offenses detected", .sniff = 92),
	ROW(TOTAL, "{n} file{?s} inspected, {total} offense{?s} detected{?, {any}}", .sniff = 92),
	ROW(SKIP, "Inspecting {n} file{?s}", .sniff = 75),
	ROW(FAILED, "An error occurred while {any}", .problem = "RuboCop failed on a file"),
	ROW(FAILED, "Error: {message}", .problem = "RuboCop did not run"),
	{ 0 },
};

static void
adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	static const char *const names[] = { "fatal", "error", "warning", "convention", "refactor",
		"info" };

	(void)scratch;
	ev->severity = str_of(names[m->word]);
}

static const struct linemap rubocop_text = {
	.rows = rows,
	.words = words,
	.adjust = adjust,
	.ends = "it ends without RuboCop's summary",
	.always_ends = true,
};
LINEMAP_HOOKS(rubocop_text)

const struct parser parser_rubocop_text = {
	.name = "rubocop-text",
	.help = "RuboCop, its texts (progress, clang)",
	.kind = KIND_LINT,
	.tool = "rubocop",
	.spec = "https://docs.rubocop.org/rubocop/formatters.html",
	.sniff = rubocop_text_sniff,
	.parse = rubocop_text_parse,
	.lines = &rubocop_text,
};
