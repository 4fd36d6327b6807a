/*
 * govet.c -- go vet's text, and the compiler's: https://pkg.go.dev/cmd/vet
 *
 *   # example.com/shop
 *   ./a.go:10:2: fmt.Printf format %d reads arg #2, but call has 1 arg
 *   vet: ./a.go:3:4: undefined: x
 *
 * The text does not name its analyzers; nothing is written when all is clean.
 */
#include "parsers/support/linemap.h"

static bool
is_go(struct line_match *m)
{
	str_skip(&m->text[FIELD_FILE], "./");
	return str_ends(m->text[FIELD_FILE], ".go");
}

static const struct line_row rows[] = {
	ROW(RECORD, "vet: {file}:{line}:{column}: {message}", .sniff = 80, .test = is_go,
		.severity = "error", .rule = "compile"),
	ROW(RECORD, "{file}:{line}{?:{column}}: {message}", .sniff = 70, .test = is_go),
	ROW(NOTHING, "go: warning: {any} matched no packages", .sniff = 65),
	ROW(NOTHING, "no packages to vet", .sniff = 70),
	ROW(SKIP, "go: downloading {any}"),
	ROW(FAILED, "go: {message}", .sniff = 62, .problem = "go vet did not run"),
	ROW(FAILED, "stat {any}: directory not found", .sniff = 65,
		.problem = "go vet did not run"),
	ROW(FAILED, "vet: {message}", .problem = "go vet did not run"),
	ROW(FAILED, "package {any} is not in {any}", .problem = "go vet did not run"),
	ROW(FAILED, "too many errors", .problem = "the compiler stopped counting"),
	{ 0 },
};

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	{ 0 },
};

static const struct linemap govet = {
	.rows = rows,
	.words = words,
	.level = LEVEL_MEDIUM,
};
LINEMAP_HOOKS(govet)

const struct parser parser_govet = {
	.name = "govet",
	.help = "go vet, its text",
	.kind = KIND_LINT,
	.tool = "govet",
	.spec = "https://pkg.go.dev/cmd/vet",
	.sniff = govet_sniff,
	.parse = govet_parse,
	.lines = &govet,
};
