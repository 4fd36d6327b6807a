/* console_rows.c -- see console_rows.h. */
#include "gate/report/support/console_rows.h"

#define ROWS_SHOWN 20 /* of one rule, unless verbose */

bool
console_verbose(const struct console *c)
{
	return c->l.whole;
}

void
console_line(struct console *c, size_t indent, enum paint p, size_t columns)
{
	lines_put(&c->l, indent, p, columns);
}

void
console_heading(struct console *c, const char *title, size_t n)
{
	buf_addc(c->l.out, '\n');
	buf_addz(&c->l.line, title);
	if (n)
		buf_addf(&c->l.line, " (%zu)", n);
	console_line(c, 0, BOLD, 0);
}

void
console_more(struct console *c, size_t left, size_t indent)
{
	if (left == 0)
		return;
	buf_addf(&c->l.line, "+%zu more (gate run --out json=decision.json, or -v)", left);
	console_line(c, indent, DIM, 0);
}

size_t
console_shown(const struct console *c, size_t n, size_t most)
{
	/* One more line costs less than the line that says it is missing. */
	return console_verbose(c) || n <= most + 1 ? n : most;
}

void
console_suggestions(struct console *c, const struct view_row *r, size_t indent)
{
	const struct evidence *e[3];
	size_t n = view_suggestions(c->v->d, r, e);

	for (size_t i = 0; i < n; i++) {
		buf_addz(&c->l.line, "perhaps ");
		buf_add(&c->l.line, e[i]->finding->id);
		buf_addz(&c->l.line, " (");
		view_evidence(e[i], &c->l.line);
		buf_addc(&c->l.line, ')');
		console_line(c, indent, PLAIN, MESSAGE_COLUMNS);
	}
}

static void
put_all_evidence(struct console *c, const struct judged *j)
{
	for (size_t i = 0; i < j->nevidence; i++) {
		buf_add(&c->l.line, j->evidence[i].finding ? j->evidence[i].finding->id : STR_NONE);
		buf_addz(&c->l.line, ": ");
		view_evidence(&j->evidence[i], &c->l.line);
		console_line(c, 8, PLAIN, 0);
	}
}

/* Where and what: "tests/test_x.py:41: AssertionError: expected 200". */
static void
put_message(struct console *c, const struct view_row *r)
{
	struct str message = view_message(r);
	size_t start = c->l.line.n;

	view_place(r, &c->l.line);
	if (message.n) {
		buf_addz(&c->l.line, c->l.line.n > start ? ": " : "");
		buf_add(&c->l.line, message);
	}
	if (c->l.line.n)
		console_line(c, 6, PLAIN, MESSAGE_COLUMNS);
}

void
console_title(struct console *c, const struct view_row *r, size_t indent)
{
	view_title(r, &c->l.line);
	if (r->legs.n > 0 || (r->test && r->test->report && r->test->report->leg.n)) {
		buf_addz(&c->l.line, "  in ");
		view_where(r, &c->l.line);
	}
	console_line(c, indent, BOLD, NAME_COLUMNS);
}

static void
put_producer_problems(struct console *c, const struct producer *p)
{
	for (size_t i = 0; i < c->v->inputs.n; i++) {
		const struct view_input *in = &c->v->inputs.v[i];

		if (in->producer != p)
			continue;
		view_problem(in, &c->l.line);
		console_line(c, 6, PLAIN, MESSAGE_COLUMNS);
	}
}

/* The words under which rows stand together: "F1 (high, open) describes them ... (6)". */
static void
put_head(struct console *c, const struct view_row *r, size_t n)
{
	view_finding(r, n, &c->l.line);
	if (c->l.line.n == 0)
		return;
	if (r->finding && r->finding->title.n) {
		buf_addz(&c->l.line, ": ");
		buf_add(&c->l.line, r->finding->title);
	}
	console_line(c, 2, PLAIN, MESSAGE_COLUMNS);
}

/* What a row says that its neighbour above has said already. */
static bool
says_the_same(const struct view_row *a, const struct view_row *b)
{
	const struct evidence *x = view_best(a), *y = view_best(b);

	if (!view_together(a, b) || !str_eq(view_message(a), view_message(b)) ||
		!str_eq(a->text, b->text) || !str_eq(a->judged->note, b->judged->note) || !x || !y)
		return false;
	return x->kind == y->kind && x->at_line == y->at_line && str_eq(x->detail, y->detail) &&
		str_eq(x->at_path, y->at_path);
}

static void
put_details(struct console *c, const struct view_row *r)
{
	const struct evidence *e = view_best(r);

	put_message(c, r);
	if (view_lists_problems(r)) {
		put_producer_problems(c, r->producer);
	} else if (r->text.n) {
		buf_add(&c->l.line, r->text);
		console_line(c, 6, PLAIN, MESSAGE_COLUMNS);
	}
	if (r->judged && r->judged->note.n) {
		buf_add(&c->l.line, r->judged->note);
		console_line(c, 6, PLAIN, MESSAGE_COLUMNS);
	}
	if (r->judged && console_verbose(c)) {
		put_all_evidence(c, r->judged);
	} else if (e) {
		view_evidence(e, &c->l.line);
		console_line(c, 6, PLAIN, MESSAGE_COLUMNS);
	}
	if (!console_verbose(c))
		console_suggestions(c, r, 6);
}

static void
put_row(struct console *c, const struct view_row *r, const struct view_row *above)
{
	struct buf rerun = BUF_INIT;

	console_title(c, r, 4);
	if (above && !console_verbose(c) && says_the_same(above, r)) {
		buf_addz(&c->l.line, "the same message and evidence");
		console_line(c, 6, DIM, 0);
	} else {
		put_details(c, r);
	}
	if (console_verbose(c) && r->test && view_rerun(r->test, &rerun)) {
		buf_addz(&c->l.line, "run it: ");
		buf_add(&c->l.line, buf_str(&rerun));
		console_line(c, 6, PLAIN, 0);
	}
	buf_release(&rerun);
}

/* What would unblock the rows that stand together. */
static void
put_way(struct console *c, const struct view_row *r, size_t n)
{
	size_t start;

	buf_addz(&c->l.line, n > 1 ? "ways out: " : "way out: ");
	start = c->l.line.n;
	view_way(r, n, &c->l.line);
	if (c->l.line.n > start)
		console_line(c, 4, DIM, 0);
	else
		buf_reset(&c->l.line);
}

/* Rows stand together under their finding, or under "new". */
static void
put_rows(struct console *c, const struct view_rows *rows, size_t n, bool blocks)
{
	for (size_t i = 0, start = 0, end = 0; i < n; i++) {
		const struct view_row *r = &rows->v[i];

		if (i == end) {
			start = i;
			while (end < rows->n && (end == i || view_together(r, &rows->v[end])))
				end++;
			put_head(c, r, end - i);
			put_row(c, r, NULL);
		} else {
			put_row(c, r, r - 1);
		}
		if (blocks && (i + 1 == end || i + 1 == n))
			put_way(c, &rows->v[start], end - start);
	}
}

void
console_rule(struct console *c, const struct rule_result *r)
{
	buf_add(&c->l.line, r->rule);
	if (r->selected.n) {
		buf_addz(&c->l.line, " (");
		buf_add(&c->l.line, r->selected);
		buf_addc(&c->l.line, ')');
	}
	buf_addz(&c->l.line, ": ");
	buf_add(&c->l.line, r->message);
	if (r->outcome == RESULT_INCONCLUSIVE)
		buf_addz(&c->l.line, " (inconclusive)");
}

void
console_group(struct console *c, const struct view_group *g, enum paint p)
{
	size_t n = console_shown(c, g->rows.n, ROWS_SHOWN);

	buf_addc(c->l.out, '\n');
	console_rule(c, g->rule);
	console_line(c, 0, p, 0);
	put_rows(c, &g->rows, n, g->rule->outcome != RESULT_WARN);
	console_more(c, g->rows.n - n, 2);
	if (g->elsewhere) {
		buf_addf(&c->l.line, "%zu of them shown above", g->elsewhere);
		console_line(c, 2, DIM, 0);
	}
	if (g->tolerated) {
		buf_addf(&c->l.line, "%zu of lower levels are within their limits", g->tolerated);
		console_line(c, 2, DIM, 0);
	}
}
