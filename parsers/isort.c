/*
 * isort.c -- what `isort --check` prints:
 * https://pycqa.github.io/isort/docs/configuration/options.html
 *
 * One line for each file; no rules, no line numbers, and no summary. A run that finds
 * nothing prints nothing at all, so that an empty file proves nothing by itself.
 */
#include "parsers/parser.h"
#include "parsers/support/lines.h"

#define UNSORTED " Imports are incorrectly sorted and/or formatted."
#define SORTED " Everything Looks Good!"

struct isort {
	struct lines l;
	long found;
	bool cut;  /* the last line says nothing and has no end */
	bool good; /* it says of some file, or of all, that there is nothing to do */
};

static bool
is_file_line(struct str line)
{
	return (str_starts(line, "ERROR: ") && str_ends(line, UNSORTED)) ||
	       (str_starts(line, "SUCCESS: ") && str_ends(line, SORTED));
}

/* "Skipped 2 files", "Broken 1 paths" */
static bool
is_count_line(struct str line, const char *what, const char *unit, long *n)
{
	return str_skip(&line, what) && count_take(&line, n) && str_eqz(line, unit);
}

static bool
is_trailer(struct str line)
{
	long n;

	return is_count_line(line, "Skipped ", "files", &n) ||
		is_count_line(line, "Broken ", "paths", &n);
}

static int
isort_sniff(struct str head)
{
	return lines_any(head, is_file_line) ? 95 : lines_any(head, is_trailer) ? 65 : 0;
}

static int
isort_line(struct isort *p)
{
	struct issue_event ev = { .severity = STR("ERROR"), .level = LEVEL_LOW };
	struct str line = p->l.line;
	long n;

	if (is_file_line(line) && str_skip(&line, "ERROR: ")) {
		/* A matter of layout, whatever the word: low. */
		ev.file = str_to(line, line.n - strlen(UNSORTED));
		ev.message = str_trim(STR(UNSORTED));
		ev.at = p->l.number;
		p->found++;
		return p->l.out->issue(p->l.out->ctx, &ev);
	}
	if (is_file_line(line) || is_count_line(line, "Skipped ", "files", &n)) {
		p->good = true;
	} else if (is_count_line(line, "Broken ", "paths", &n)) {
		lines_problem(
			&p->l, PROBLEM_TOOL_FAILED, "isort could not read %ld of its paths", n);
	} else if (str_has(line, "UserWarning: Unable to parse file ")) {
		lines_problem(&p->l, PROBLEM_TOOL_FAILED, "isort could not read a file: %.*s",
			STR_FMT(str_to(line, 300)));
	} else if (!lines_cry(&p->l)) {
		p->cut = line.n && !source_line_ended(p->l.in);
	}
	return 0;
}

static int
isort_parse(struct source *in, const struct sink *out)
{
	struct isort p = { .l = { .in = in, .out = out } };

	while (lines_next(&p.l))
		if (isort_line(&p) < 0)
			return -1;
	if (p.cut)
		lines_problem(&p.l, PROBLEM_TRUNCATED, "it ends in the middle of a line");
	if (p.good && p.found == 0 && !p.l.cried)
		out->clean(out->ctx);
	return 0;
}

const struct parser parser_isort = {
	.name = "isort",
	.help = "isort --check, its text",
	.kind = KIND_LINT,
	.tool = "isort",
	.spec = "https://pycqa.github.io/isort/",
	.sniff = isort_sniff,
	.parse = isort_parse,
	.levels = "low: ERROR",
};
