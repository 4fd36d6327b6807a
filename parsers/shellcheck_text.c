/*
 * shellcheck_text.c -- ShellCheck's texts:
 * https://github.com/koalaman/shellcheck/wiki/Integration
 *
 *   a.sh:3:6: note: Double quote to prevent globbing. [SC2086]     gcc
 *   In a.sh line 3:                                                tty
 *   echo $1
 *        ^-- SC2086 (info): Double quote to prevent globbing.
 *
 * The gcc text calls info and style both a note. Nothing is written when all is clean.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("info", LEVEL_LOW),
	WORD("note", LEVEL_LOW),
	WORD("style", LEVEL_LOW),
	{ 0 },
};

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}:{column}: {severity}: {message} [{rule:SC}]", .sniff = 93),
	ROW(HEADING, "In {file} line {line}:", .sniff = 80),
	ROW(RECORD, "^{any} {rule:SC} ({severity}): {message}", .sniff = 93),
	ROW(RECORD, "^{any} {rule:SC}: {message}", .sniff = 90), /* before 0.7 */
	ROW(FAILED, "{file}: {any}: openBinaryFile: {message}", .sniff = 70,
		.problem = "ShellCheck could not read a file"),
	{ 0 },
};

static const struct linemap shellcheck_text = {
	.rows = rows,
	.words = words,
	.level = LEVEL_MEDIUM,
	.trim = true,
};
LINEMAP_HOOKS(shellcheck_text)

const struct parser parser_shellcheck_text = {
	.name = "shellcheck-text",
	.help = "ShellCheck, its texts (tty, gcc)",
	.kind = KIND_LINT,
	.tool = "shellcheck",
	.spec = "https://github.com/koalaman/shellcheck/wiki/Integration",
	.sniff = shellcheck_text_sniff,
	.parse = shellcheck_text_parse,
	.lines = &shellcheck_text,
};
