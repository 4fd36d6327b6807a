/*
 * gcc.c -- what gcc and clang write about sources, and the build's log around it:
 * https://gcc.gnu.org/onlinedocs/gcc/Diagnostic-Message-Formatting-Options.html
 *
 *   a.c:12:5: warning: unused variable 'x' [-Wunused-variable]
 *      12 |     int x;
 *         |         ^
 *   a.c:9:1: note: declared here
 *
 * A log has no end of its own; a build that stopped without an error of the compiler did
 * not compile what came behind it.
 */
#include "parsers/support/compiler.h"
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("fatal error", LEVEL_HIGH),
	WORD("internal compiler error", LEVEL_HIGH),
	WORD("sorry, unimplemented", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("remark", LEVEL_INFO),
	{ 0 },
};

/* "make: [x] Error 1 (ignored)" stops nothing. */
static bool
is_stop(struct line_match *m)
{
	return !str_ends(m->text[FIELD_MESSAGE], "(ignored)");
}

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}{?:{column}}: {severity}: {message} [{rule:-}]", .sniff = 85),
	ROW(NOTE, "{file}:{line}{?:{column}}: note: {message}"),
	ROW(RECORD, "{file}:{line}{?:{column}}: {severity}: {message}", .sniff = 75,
		.test = compiler_source_row),
	ROW(RECORD, "{file}:{line}{?:{column}}: {severity}: {message}", .sniff = 50),
	/* clang -fdiagnostics-print-source-range-info */
	ROW(RECORD, "{file}:{line}:{column}:{{{any}}: {severity}: {message}{? [{rule:-}]}",
		.sniff = 85),
	ROW(NOTE, "{file}:{line}:{column}:{{{any}}: note: {message}"),
	/* the driver, the linker: of no file */
	ROW(SKIP, "cc1: all warnings being treated as errors"),
	ROW(SKIP, "cc1plus: all warnings being treated as errors"),
	ROW(RECORD, "cc1: {severity}: {message}{? [{rule:-}]}", .sniff = 75),
	ROW(RECORD, "cc1plus: {severity}: {message}{? [{rule:-}]}", .sniff = 75),
	ROW(RECORD, "collect2: {severity}: {message}", .sniff = 75),
	ROW(RECORD, "cc: {severity}: {message}", .sniff = 75),
	ROW(RECORD, "c++: {severity}: {message}", .sniff = 75),
	ROW(RECORD, "gcc: {severity}: {message}", .sniff = 75),
	ROW(RECORD, "g++: {severity}: {message}", .sniff = 75),
	ROW(RECORD, "clang: {severity}: {message}{? [{rule:-}]}", .sniff = 75),
	ROW(RECORD, "clang++: {severity}: {message}{? [{rule:-}]}", .sniff = 75),
	ROW(RECORD, "{severity}: {message} [{rule:-}]", .sniff = 70),
	ROW(COUNT, "{total} warning{?s} generated.", .sniff = 62),
	ROW(COUNT, "{total} error{?s} generated.", .sniff = 62),
	ROW(COUNT, "{n} warning{?s} and {total} error{?s} generated.", .sniff = 62),
	ROW(FAILED, "fatal error: too many errors emitted, stopping now{any}",
		.problem = "the compiler stopped counting"),
	ROW(FAILED, "compilation terminated due to -fmax-errors={any}",
		.problem = "the compiler stopped counting"),
	ROW(FAILED, "Please submit a full bug report{any}", .problem = "the compiler crashed"),
	ROW(FAILED, "PLEASE submit a bug report to {any}", .problem = "the compiler crashed"),
	/* the build around it */
	ROW(STOPPED, "make: *** {message}", .sniff = 45, .test = is_stop,
		.problem = "the build stopped"),
	ROW(STOPPED, "make[{n}]: *** {message}", .sniff = 45, .test = is_stop,
		.problem = "the build stopped"),
	ROW(STOPPED, "ninja: build stopped: {message}", .sniff = 45,
		.problem = "the build stopped"),
	/* make alone is no proof that anything was compiled */
	ROW(SKIP, "make{?[{n}]}: Entering directory {any}"),
	ROW(SKIP, "[{any}] Building C{any}", .sniff = 42),
	ROW(SKIP, "gcc {any}", .sniff = 40),
	ROW(SKIP, "g++ {any}", .sniff = 40),
	ROW(SKIP, "clang {any}", .sniff = 40),
	ROW(SKIP, "cc -{any}", .sniff = 40),
	{ 0 },
};

/* clang counts below each file what it said about it. */
static const char *
which_tool(struct str head)
{
	static const char *const marks[] = { " warning generated.", " warnings generated.",
		" error generated.", " errors generated.", "\nclang: ", "\nclang++: " };

	if (str_starts(head, "clang: ") || str_starts(head, "clang++: "))
		return "clang";
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_has(head, marks[i]))
			return "clang";
	return "gcc";
}

static const struct linemap gcc = {
	.rows = rows,
	.words = words,
	.adjust = compiler_adjust,
	.tool = which_tool,
	.quiet = true,
};
LINEMAP_HOOKS(gcc)

const struct parser parser_gcc = {
	.name = "gcc",
	.help = "gcc and clang, their texts and the build's log around them",
	.kind = KIND_LINT,
	.tool = "gcc",
	.spec = "https://gcc.gnu.org/onlinedocs/gcc/Diagnostic-Message-Formatting-Options.html",
	.sniff = gcc_sniff,
	.parse = gcc_parse,
	.lines = &gcc,
};
