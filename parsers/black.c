/*
 * black.c -- what `black --check` says:
 * https://black.readthedocs.io/en/stable/usage_and_configuration/the_basics.html
 *
 *   would reformat a.py
 *   error: cannot format b.py: Cannot parse: 1:3: ...
 *   1 file would be reformatted, 2 files would be left unchanged, 1 file would fail to reformat.
 *
 * A file is one result, without line and rule: layout, low.
 */
#include "parsers/support/linemap.h"

static const struct line_row rows[] = {
	ROW(RECORD, "would reformat {file}", .sniff = 90, .message = "would reformat"),
	ROW(FAILED, "error: cannot format {any}", .sniff = 88,
		.problem = "black could not read a file"),
	ROW(PASS, "reformatted {file}", .sniff = 70),
	ROW(TOTAL, "{total} file{?s} would be reformatted{?, {any}}.", .sniff = 90),
	ROW(TOTAL, "{total} file{?s} would be reformatted", .sniff = 90),
	ROW(CLEAN, "{n} file{?s} would be left unchanged{?, {any}}.", .sniff = 90),
	ROW(CLEAN, "{n} file{?s} left unchanged{?, {any}}.", .sniff = 90),
	ROW(END, "{n} file{?s} reformatted{?, {any}}.", .sniff = 90),
	ROW(END, "{n} file{?s} would fail to reformat.", .sniff = 90),
	ROW(END, "{n} file{?s} failed to reformat.", .sniff = 90),
	ROW(NOTHING, "No Python files are present to be formatted{any}", .sniff = 85),
	ROW(NOTHING, "No Path provided{any}", .sniff = 85),
	ROW(SKIP, "All done!{any}", .sniff = 65),
	ROW(SKIP, "Oh no!{any}", .sniff = 65),
	{ 0 },
};

static const struct linemap black = {
	.rows = rows,
	.level = LEVEL_LOW,
	.ends = "it ends without black's summary",
};
LINEMAP_HOOKS(black)

const struct parser parser_black = {
	.name = "black",
	.help = "black --check, its text",
	.kind = KIND_LINT,
	.tool = "black",
	.spec = "https://black.readthedocs.io/en/stable/usage_and_configuration/the_basics.html",
	.sniff = black_sniff,
	.parse = black_parse,
	.lines = &black,
};
