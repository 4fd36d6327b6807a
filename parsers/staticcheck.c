/*
 * staticcheck.c -- staticcheck's text:
 * https://staticcheck.dev/docs/running-staticcheck/cli/formatters/
 *
 *   a.go:12:5: this value of err is never used (SA4006)
 *   a.go:3:4: undefined: x (compile)
 *
 * Staticcheck's own classes are its degrees: SA are bugs, S, ST and QF matters of style.
 */
#include "parsers/support/linemap.h"

static bool
is_check(struct line_match *m)
{
	struct str rule = m->text[FIELD_RULE];
	static const char *const classes[] = { "SA", "ST", "QF", "S", "U" };

	if (!str_ends(m->text[FIELD_FILE], ".go"))
		return false;
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		struct str number = rule;

		if (str_skip(&number, classes[i]) && number.n == 4 && str_skip_digits(&number) == 4)
			return true;
	}
	return str_eqz(rule, "compile");
}

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}:{column}: {message} ({rule})", .sniff = 92, .test = is_check),
	ROW(FAILED, "-: {message} (compile)", .sniff = 80, .problem = "staticcheck did not run"),
	ROW(FAILED, "flag provided but not defined: {any}", .problem = "staticcheck did not run"),
	{ 0 },
};

static void
adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	(void)m;
	(void)scratch;
	if (str_eqz(ev->rule, "compile"))
		ev->level = LEVEL_HIGH;
	else if (!str_starts(ev->rule, "SA"))
		ev->level = LEVEL_LOW;
}

static const struct linemap staticcheck = {
	.rows = rows,
	.level = LEVEL_MEDIUM,
	.adjust = adjust,
};
LINEMAP_HOOKS(staticcheck)

const struct parser parser_staticcheck = {
	.name = "staticcheck",
	.help = "staticcheck, its text",
	.kind = KIND_LINT,
	.tool = "staticcheck",
	.spec = "https://staticcheck.dev/docs/running-staticcheck/cli/formatters/",
	.sniff = staticcheck_sniff,
	.parse = staticcheck_parse,
	.lines = &staticcheck,
};
