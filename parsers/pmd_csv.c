/*
 * pmd_csv.c -- PMD's CSV: https://docs.pmd-code.org/latest/pmd_userdocs_report_formats.html#csv
 *
 *   "Problem","Package","File","Priority","Line","Description","Rule set","Rule"
 *   "1","shop","/src/Cart.java","3","12","Avoid unused fields","Best Practices","UnusedField"
 *
 * The heading says which columns there are. Text in quotes may go over several lines; a
 * quote in it is doubled (RFC 4180). Nothing but the heading: all is clean.
 */
#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/lines.h"

enum column { FILE_COLUMN, PRIORITY, LINE, DESCRIPTION, RULE, COLUMNS };
#define CELLS 32

struct pmd_csv {
	struct lines l;
	struct buf text;             /* of one record, over all its lines */
	struct str cell[CELLS];      /* views of `text` */
	size_t ncells;
	size_t at[COLUMNS];          /* which cell; CELLS: none */
};

static const char *const names[COLUMNS] = { "File", "Priority", "Line", "Description", "Rule" };

/* Whether a text in quotes is still open at the end. */
static bool
is_open(struct str s)
{
	bool open = false;

	for (size_t i = 0; i < s.n; i++)
		open ^= s.p[i] == '"';
	return open;
}

/* Cuts the record in place; doubled quotes become one. False: it is no CSV. */
static bool
cut_cells(struct pmd_csv *c)
{
	char *p = c->text.p, *to;

	c->ncells = 0;
	for (;;) {
		char *start;

		if (c->ncells == CELLS || *p != '"')
			return false;
		start = to = ++p;
		while (*p && !(*p == '"' && p[1] != '"')) {
			p += *p == '"';
			*to++ = *p++;
		}
		if (*p++ != '"')
			return false;
		c->cell[c->ncells++] = str_n(start, (size_t)(to - start));
		if (*p == '\0')
			return true;
		if (*p++ != ',')
			return false;
	}
}

/* The next record; false at the end. *whole: its quotes are closed. */
static bool
next_record(struct pmd_csv *c, bool *whole)
{
	buf_reset(&c->text);
	do {
		if (!lines_next(&c->l)) {
			*whole = c->text.n == 0;
			return !*whole;
		}
		if (c->text.n)
			buf_addc(&c->text, '\n');
		buf_add(&c->text, c->l.line);
	} while (c->text.n == 0 || (is_open(buf_str(&c->text)) && c->text.n < MAX_LINE_BYTES));
	*whole = !is_open(buf_str(&c->text));
	return true;
}

static bool
read_heading(struct pmd_csv *c)
{
	bool whole;

	if (!next_record(c, &whole) || !whole || !cut_cells(c))
		return false;
	for (int k = 0; k < COLUMNS; k++) {
		c->at[k] = CELLS;
		for (size_t i = 0; i < c->ncells; i++)
			if (str_ieqz(c->cell[i], names[k]))
				c->at[k] = i;
	}
	return c->at[FILE_COLUMN] < CELLS && c->at[RULE] < CELLS;
}

static struct str
cell(const struct pmd_csv *c, enum column k)
{
	return c->at[k] < c->ncells ? str_trim(c->cell[c->at[k]]) : STR_NONE;
}

static int
send(struct pmd_csv *c, long at)
{
	static const enum level levels[] = { LEVEL_UNKNOWN, LEVEL_HIGH, LEVEL_HIGH, LEVEL_MEDIUM,
		LEVEL_LOW, LEVEL_LOW };
	struct issue_event ev = { .rule = cell(c, RULE), .message = cell(c, DESCRIPTION),
		.file = cell(c, FILE_COLUMN), .severity = cell(c, PRIORITY), .at = at };
	long priority;

	num_long(cell(c, LINE), 0, 1000000000L, &ev.line);
	if (num_long(ev.severity, 1, 5, &priority))
		ev.level = levels[priority];
	return c->l.out->issue(c->l.out->ctx, &ev);
}

static int
read_all(struct pmd_csv *c)
{
	long sent = 0;
	bool whole;

	if (!read_heading(c)) {
		lines_problem(&c->l, PROBLEM_NOT_RECOGNISED,
			"it does not begin with PMD's heading");
		return -1;
	}
	while (next_record(c, &whole)) {
		long at = c->l.number;

		if (!whole || !cut_cells(c) || cell(c, RULE).n == 0) {
			/* A line of something else breaks it too: nobody knows what is lost. */
			if (whole && source_line_ended(c->l.in))
				lines_problem(&c->l, PROBLEM_MALFORMED,
					"this line is no record of PMD's");
			else
				lines_problem(&c->l, PROBLEM_TRUNCATED,
					"it ends inside of a record");
			return -1;
		}
		sent++;
		if (send(c, at) < 0)
			return -1;
	}
	if (sent == 0)
		c->l.out->clean(c->l.out->ctx);
	return 0;
}

static int
pmd_csv_parse(struct source *in, const struct sink *out)
{
	struct pmd_csv c = { .l = { .in = in, .out = out } };
	int rc = read_all(&c);

	buf_release(&c.text);
	return rc;
}

static int
pmd_csv_sniff(struct str head)
{
	struct str line;

	return str_line(&head, &line) && str_starts(line, "\"Problem\",") &&
		str_has(line, "\"File\"") && str_has(line, "\"Rule\"") ? 95 : 0;
}

const struct parser parser_pmd_csv = {
	.name = "pmd-csv",
	.help = "PMD's CSV",
	.kind = KIND_LINT,
	.tool = "pmd",
	.spec = "https://docs.pmd-code.org/latest/pmd_userdocs_report_formats.html#csv",
	.sniff = pmd_csv_sniff,
	.parse = pmd_csv_parse,
	.levels = "high: 1, 2; medium: 3; low: 4, 5",
};
