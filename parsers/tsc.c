/*
 * tsc.c -- the TypeScript compiler's text:
 * https://www.typescriptlang.org/docs/handbook/compiler-options.html
 *
 *   a.ts(3,13): error TS7006: Parameter 'y' implicitly has an 'any' type.
 *   a.ts:3:13 - error TS7006: ...                                         (--pretty)
 *
 * Indented lines below go on with the message. Only --pretty ends with a count.
 */
#include "gate/base/num.h"
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("message", LEVEL_INFO),
	{ 0 },
};

/* TS5xxx and TS6053: options, configuration, files that are not there. */
static bool
is_configuration(struct line_match *m)
{
	struct str number = str_from(m->text[FIELD_RULE], 2);
	long n;

	return num_long(number, 0, 1000000, &n) && ((n >= 5000 && n < 6000) || n == 6053);
}

static const struct line_row rows[] = {
	ROW(RECORD, "{file}({line},{column}): {severity} {rule:TS}: {message}", .sniff = 92),
	ROW(RECORD, "{file}:{line}:{column} - {severity} {rule:TS}: {message}", .sniff = 92),
	ROW(NOTHING, "error TS18003: {message}", .sniff = 90),
	ROW(FAILED, "{severity} {rule:TS}: {message}", .sniff = 90, .test = is_configuration,
		.problem = "tsc did not run"),
	ROW(RECORD, "{severity} {rule:TS}: {message}", .sniff = 90),
	ROW(TOTAL, "Found {total} error{?s}{any}", .severity = "error"),
	{ 0 },
};

static const struct linemap tsc = {
	.rows = rows,
	.words = words,
	.indented_more = true,
};
LINEMAP_HOOKS(tsc)

const struct parser parser_tsc = {
	.name = "tsc",
	.help = "the TypeScript compiler, its texts",
	.kind = KIND_LINT,
	.tool = "tsc",
	.spec = "https://www.typescriptlang.org/docs/handbook/compiler-options.html",
	.sniff = tsc_sniff,
	.parse = tsc_parse,
	.lines = &tsc,
};
