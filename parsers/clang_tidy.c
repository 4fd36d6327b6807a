/*
 * clang_tidy.c -- clang-tidy's text, run-clang-tidy's too:
 * https://clang.llvm.org/extra/clang-tidy/
 *
 *   a.cpp:12:5: warning: use nullptr [modernize-use-nullptr]
 *
 * Compiler warnings in it are rules of their own (clang-diagnostic-*).
 */
#include "parsers/support/compiler.h"
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("fatal error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("remark", LEVEL_INFO),
	{ 0 },
};

/* run-clang-tidy writes its command in front of the first place, without a line's end. */
static void
drop_command(struct str *file)
{
	size_t blank = str_rchr(*file, ' ');

	if (blank != STR_NPOS && (str_starts(*file, "clang-tidy") || str_has(*file, "/clang-tidy")))
		*file = str_from(*file, blank + 1);
}

/* Names of checks are "group-name", in small letters. */
static bool
is_check(struct line_match *m)
{
	struct str rule = m->text[FIELD_RULE];
	bool dash = false;

	drop_command(&m->text[FIELD_FILE]);
	for (size_t i = 0; i < rule.n; i++) {
		dash = dash || (i && rule.p[i] == '-');
		if (is_space(rule.p[i]))
			return false;
	}
	return dash && rule.n && is_lower(rule.p[0]) && compiler_is_source(m->text[FIELD_FILE]);
}

static bool
any_file(struct line_match *m)
{
	drop_command(&m->text[FIELD_FILE]);
	return true;
}

static const struct line_row rows[] = {
	ROW(NOTE, "{file}:{line}{?:{column}}: note: {message}"),
	ROW(RECORD, "{file}:{line}:{column}: {severity}: {message} [{rule}]", .sniff = 88,
		.test = is_check),
	ROW(RECORD, "{file}:{line}{?:{column}}: {severity}: {message}{? [{rule}]}",
		.test = any_file),
	ROW(RECORD, "{severity}: {message} [{rule:clang-}]", .sniff = 87),
	ROW(SKIP, "Suppressed {n} warnings ({any}", .sniff = 80),
	ROW(SKIP, "Use -header-filter=.* to display errors{any}", .sniff = 80),
	ROW(SKIP, "Enabled checks:", .sniff = 70),
	ROW(SKIP, "{n} warning{?s} treated as error{?s}", .sniff = 70),
	ROW(STOPPED, "Error while processing {message}.",
		.problem = "clang-tidy could not read a file"),
	ROW(STOPPED, "Found compiler error(s).", .problem = "clang-tidy could not read a file"),
	ROW(FAILED, "Error while trying to load a compilation database:",
		.problem = "clang-tidy did not run"),
	ROW(FAILED, "Error: no checks enabled.", .problem = "clang-tidy did not run"),
	ROW(FAILED, "error: no input files {any}", .problem = "clang-tidy did not run"),
	ROW(FAILED, "PLEASE submit a bug report to {any}", .problem = "clang-tidy crashed"),
	{ 0 },
};

static const struct linemap clang_tidy = {
	.rows = rows,
	.words = words,
	.adjust = compiler_adjust,
	.quiet = true,
};
LINEMAP_HOOKS(clang_tidy)

const struct parser parser_clang_tidy = {
	.name = "clang-tidy",
	.help = "clang-tidy, its text",
	.kind = KIND_LINT,
	.tool = "clang-tidy",
	.spec = "https://clang.llvm.org/extra/clang-tidy/",
	.sniff = clang_tidy_sniff,
	.parse = clang_tidy_parse,
	.lines = &clang_tidy,
};
