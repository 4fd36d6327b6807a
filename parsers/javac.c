/*
 * javac.c -- javac's text: https://docs.oracle.com/en/java/javase/21/docs/specs/man/javac.html
 *
 *   Cart.java:7: error: incompatible types: String cannot be converted to int
 *   Cart.java:3: warning: [deprecation] stop() in Thread has been deprecated
 *   1 error
 *   1 warning
 *
 * A text with results ends with their counts; a clean one is empty.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	{ 0 },
};

static bool
is_java(struct line_match *m)
{
	return str_ends(m->text[FIELD_FILE], ".java");
}

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}: {severity}: [{rule}] {message}", .sniff = 90, .test = is_java),
	ROW(RECORD, "{file}:{line}: {severity}: {message}", .sniff = 90, .test = is_java),
	ROW(SKIP, "error: warnings found and -Werror specified"),
	ROW(RECORD, "warning: [{rule}] {message}", .severity = "warning"),
	ROW(FAILED, "error: file not found: {any}.java", .sniff = 65,
		.problem = "javac did not run"),
	ROW(FAILED, "error: {message}", .problem = "javac did not run"),
	ROW(FAILED, "only showing {any}", .problem = "javac left some out"),
	ROW(NOTE, "  symbol:{message}"),
	ROW(NOTE, "  location:{message}"),
	ROW(SKIP, "Note: {any}"),
	ROW(TOTAL, "{total} error{?s}", .severity = "error"),
	ROW(TOTAL, "{total} warning{?s}", .severity = "warning"),
	{ 0 },
};

static const struct linemap javac = {
	.rows = rows,
	.words = words,
	.ends = "it ends without javac's counts",
};
LINEMAP_HOOKS(javac)

const struct parser parser_javac = {
	.name = "javac",
	.help = "javac, its text",
	.kind = KIND_LINT,
	.tool = "javac",
	.spec = "https://docs.oracle.com/en/java/javase/21/docs/specs/man/javac.html",
	.sniff = javac_sniff,
	.parse = javac_parse,
	.lines = &javac,
};
