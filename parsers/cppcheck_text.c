/*
 * cppcheck_text.c -- cppcheck's texts, of version 2 and the old 1:
 * https://cppcheck.sourceforge.io/manual.html#text-output
 *
 *   Checking cart.c ...
 *   cart.c:17:15: error: Uninitialized variable: extra [uninitvar]
 *    return sum + extra;
 *                 ^
 *   [cart.c:17]: (error) Uninitialized variable: extra
 *
 * Without --quiet it names each file that it checks, so that a clean run says something.
 */
#include "parsers/support/compiler.h"
#include "parsers/support/linemap.h"

/* "uninitvar", "invalidPrintfArgType_s"; gcc's begin with a '-', clang-tidy's hold some. */
static bool
is_record(struct line_match *m)
{
	struct str rule = m->text[FIELD_RULE];
	bool nowhere = str_eqz(m->text[FIELD_FILE], "nofile");

	if (rule.n == 0 || !is_lower(rule.p[0]))
		return false;
	for (size_t i = 0; i < rule.n; i++)
		if (!is_alnum(rule.p[i]) && rule.p[i] != '_')
			return false;
	if (!nowhere)
		return compiler_source_row(m);
	m->text[FIELD_FILE] = STR_NONE;
	m->number[FIELD_LINE] = m->number[FIELD_COLUMN] = 0;
	return true;
}

static bool
is_quiet_end(struct line_match *m)
{
	return compiler_is_source(m->text[FIELD_FILE]);
}

static const struct line_row rows[] = {
	ROW(PASS, "nofile:0:0: information: Active checkers: {any}", .sniff = 86),
	ROW(RECORD, "{file}:{line}:{column}: {severity}: {message} [{rule}]", .sniff = 88,
		.test = is_record),
	ROW(NOTE, "{file}:{line}:{column}: note: {message}"),
	/* another compiler's, in the same log */
	ROW(RECORD, "{file}:{line}:{column}: {severity}: {message} [{rule:-}]",
		.test = compiler_source_row),
	ROW(RECORD, "{file}:{line}:{column}: {severity}: {message}", .test = compiler_source_row),
	ROW(RECORD, "[{file}:{line}]: ({severity}) {message}", .sniff = 86),
	ROW(RECORD, "[{file}:{line}] -> {any}]: ({severity}) {message}", .sniff = 86),
	ROW(CLEAN, "Checking {file} ...", .sniff = 70, .test = is_quiet_end),
	ROW(SKIP, "Checking {any}: {any}..."),
	ROW(END, "{n}/{n} files checked 100% done", .sniff = 75),
	ROW(OPENS, "{n}/{n} files checked {n}% done", .sniff = 75),
	ROW(SKIP, "Active checkers: {any}"),
	ROW(NOTHING, "cppcheck: No C or C++ source files found.", .sniff = 80),
	ROW(FAILED, "cppcheck: error: {message}", .sniff = 80,
		.problem = "cppcheck did not do its work"),
	{ 0 },
};

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("fatal error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("style", LEVEL_LOW),
	WORD("performance", LEVEL_LOW),
	WORD("portability", LEVEL_LOW),
	WORD("information", LEVEL_INFO),
	WORD("debug", LEVEL_INFO),
	{ 0 },
};

static const struct linemap cppcheck_text = {
	.rows = rows,
	.words = words,
	.level = LEVEL_MEDIUM,
};
LINEMAP_HOOKS(cppcheck_text)

const struct parser parser_cppcheck_text = {
	.name = "cppcheck-text",
	.help = "cppcheck, its texts",
	.kind = KIND_LINT,
	.tool = "cppcheck",
	.spec = "https://cppcheck.sourceforge.io/manual.html#text-output",
	.sniff = cppcheck_text_sniff,
	.parse = cppcheck_text_parse,
	.lines = &cppcheck_text,
};
