/*
 * flake8.c -- flake8's text: https://flake8.pycqa.org/en/latest/internal/formatters.html
 *
 *   a.py:1:1: F401 'os' imported but unused     (default)
 *   a.py:1: [F401] 'os' imported but unused     (--format=pylint)
 *
 * There is no summary, but with --count a number stands at the end. flake8 has no degrees:
 * what is no Python or fails when it runs is high, layout is low.
 */
#include "parsers/support/linemap.h"

static bool
is_python(struct str path)
{
	return str_ends(path, ".py") || str_ends(path, ".pyi") || str_ends(path, ".ipynb");
}

/* ruff writes the same lines, cut ones too, with marks and backticks of its own. */
static bool
other_row(struct line_match *m)
{
	struct str message = m->text[FIELD_MESSAGE];

	return !str_starts(message, "[") && str_chr(message, '`') == STR_NPOS;
}

static bool
python_row(struct line_match *m)
{
	return is_python(m->text[FIELD_FILE]) && other_row(m);
}

/* pylint's own numbers have four digits. */
static bool
bracket_row(struct line_match *m)
{
	struct str digits = m->text[FIELD_RULE];

	while (digits.n && is_upper(digits.p[0]))
		digits = str_from(digits, 1);
	return digits.n <= 3;
}

static const struct line_row rows[] = {
	ROW(FAILED, "{file}:{line}:{column}: E902 {message}",
		.problem = "flake8 could not read a file"),
	ROW(RECORD, "{file}:{line}:{column}: {code} {message}", .sniff = 78, .test = python_row),
	ROW(RECORD, "{file}:{line}:{column}: {code} {message}", .sniff = 65, .test = other_row),
	ROW(RECORD, "{file}:{line}:{column}: {code} {message}"),
	ROW(RECORD, "{file}:{line}: [{code}] {message}", .sniff = 80, .test = bracket_row),
	ROW(TOTAL, "{total}"), /* --count */
	ROW(SKIP, "{n}  {code} {message}"), /* --statistics */
	ROW(FAILED, "There was a critical error during execution of Flake8:{any}",
		.problem = "flake8 crashed"),
	{ 0 },
};

static void
adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	(void)m;
	(void)scratch;
	if (str_starts(ev->rule, "F") || str_starts(ev->rule, "E9"))
		ev->level = LEVEL_HIGH;
	else if (str_starts(ev->rule, "E") || str_starts(ev->rule, "W"))
		ev->level = LEVEL_LOW;
}

static const struct linemap flake8 = {
	.rows = rows,
	.level = LEVEL_MEDIUM,
	.adjust = adjust,
};
LINEMAP_HOOKS(flake8)

const struct parser parser_flake8 = {
	.name = "flake8",
	.help = "flake8, its text (default, pylint)",
	.kind = KIND_LINT,
	.tool = "flake8",
	.spec = "https://flake8.pycqa.org/en/latest/internal/formatters.html",
	.sniff = flake8_sniff,
	.parse = flake8_parse,
	.lines = &flake8,
};
