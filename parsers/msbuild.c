/*
 * msbuild.c -- MSBuild's and dotnet build's log:
 * https://learn.microsoft.com/visualstudio/msbuild/msbuild-diagnostic-format-for-tasks
 *
 *   Cart.cs(12,5): warning CS0168: The variable 'x' is declared but never used [/src/Shop.csproj]
 *   LINK : fatal error LNK1181: cannot open input file 'x.lib'
 *   Build succeeded.          everything is said again below this line
 *       1 Warning(s)
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("fatal error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("message", LEVEL_INFO),
	WORD("info", LEVEL_INFO),
	{ 0 },
};

/* A parallel build's number stands in front: "12>". */
static bool
is_place(struct line_match *m)
{
	struct str rest = m->text[FIELD_FILE];

	if (str_skip_digits(&rest) && str_skip(&rest, ">"))
		m->text[FIELD_FILE] = str_trim(rest);
	/* CSC, LINK: a program, no file */
	if (m->number[FIELD_LINE] == 0 && str_chr(m->text[FIELD_FILE], '.') == STR_NPOS)
		m->text[FIELD_FILE] = STR_NONE;
	return !str_starts(m->text[FIELD_RULE], "TS"); /* tsc's own */
}

static const struct line_row rows[] = {
	ROW(RECORD, "{file}({line}{?,{column}}): {severity} {code}: {message} [{any}]",
		.sniff = 90, .test = is_place),
	ROW(RECORD, "{file}({line}{?,{column}}): {severity} {code}: {message}", .sniff = 88,
		.test = is_place),
	ROW(RECORD,
		"{file}({line},{column},{end_line},{end_column}): {severity} {code}: {message}",
		.sniff = 88, .test = is_place),
	ROW(FAILED, "MSBUILD : error {any}", .sniff = 85, .problem = "MSBuild did not run"),
	ROW(RECORD, "{file} : {severity} {code}: {message}{? [{any}]}", .sniff = 80,
		.test = is_place),
	ROW(REPEATS, "Build succeeded.", .sniff = 85),
	ROW(REPEATS, "Build FAILED.", .sniff = 85),
	ROW(SKIP, "MSBuild version {any}", .sniff = 85),
	ROW(SKIP, "Microsoft (R) Build Engine version {any}", .sniff = 85),
	ROW(END, "Time Elapsed {any}", .sniff = 62),
	{ 0 },
};

static const struct linemap msbuild = {
	.rows = rows,
	.words = words,
	.trim = true,
	.quiet = true,
	.clean_end = true,
};
LINEMAP_HOOKS(msbuild)

const struct parser parser_msbuild = {
	.name = "msbuild",
	.help = "MSBuild's, dotnet build's and cl's texts",
	.kind = KIND_LINT,
	.tool = "msbuild",
	.spec = "https://learn.microsoft.com/visualstudio/msbuild/msbuild",
	.sniff = msbuild_sniff,
	.parse = msbuild_parse,
	.lines = &msbuild,
};
