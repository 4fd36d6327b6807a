/* findings_text.c -- see findings_text.h. */
#include "gate/report/support/findings_text.h"

#include "gate/base/utf8.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/layout.h"

enum column { COL_SEVERITY, COL_STATE, COL_ID, COL_TITLE, COL_WHERE, COLS };

static const char *const heads[COLS] = { "SEVERITY", "STATE", "ID", "TITLE", "WHERE" };

#define GAP 2
#define LEAST_TITLE 24  /* below this the table is wider than the terminal */
#define MOST_ID 40      /* in a terminal; plain lists have whole test names as IDs */

struct table {
	struct buf *out;
	bool color;
	size_t width[COLS];
	struct finding **v; /* in the order shown */
	size_t n;
	struct buf cell;
};

static bool
finished(const struct finding *f)
{
	return f->state == STATE_DONE || f->state == STATE_REJECTED || f->state == STATE_DUPLICATE;
}

/* Its own place does not say what it is: someone may look for it there in vain. */
static bool
set_elsewhere(const struct finding *f)
{
	return f->state_from && f->own_state != f->state;
}

static int
by_urgency(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;

	if (finished(x) != finished(y))
		return finished(x) ? 1 : -1;
	if (x->level != y->level)
		return x->level > y->level ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The text of a cell, in t->cell until the next one. */
static struct str
cell(struct table *t, const struct finding *f, enum column c)
{
	struct buf *b = &t->cell;

	buf_reset(b);
	switch (c) {
	case COL_SEVERITY:
		buf_addz(b, f->level == LEVEL_UNKNOWN ? "-" : level_name(f->level));
		break;
	case COL_STATE:
		buf_addz(b, state_name(f->state));
		if (set_elsewhere(f))
			buf_addc(b, '*');
		break;
	case COL_ID:
		escape_terminal(b, f->id);
		if (f->aliases.n > 0 && f->aliases.v[0].n <= 24) {
			buf_addz(b, " (");
			escape_terminal(b, f->aliases.v[0]);
			buf_addz(b, f->aliases.n > 1 ? ", ...)" : ")");
		}
		break;
	case COL_TITLE:
		if (!str_eq(f->title, f->id))
			escape_terminal(b, f->title);
		break;
	case COL_WHERE:
	case COLS:
		escape_terminal(b, f->reg->shown);
		buf_addf(b, ":%ld", f->line);
		break;
	}
	return buf_str(b);
}

static void
measure(struct table *t, int width)
{
	size_t rest = (size_t)GAP * (COLS - 1);

	for (int c = 0; c < COLS; c++) {
		t->width[c] = strlen(heads[c]);
		for (size_t i = 0; i < t->n; i++) {
			size_t w = utf8_width(cell(t, t->v[i], (enum column)c));

			if (w > t->width[c])
				t->width[c] = w;
		}
	}
	if (width <= 0)
		return;
	if (t->width[COL_ID] > MOST_ID)
		t->width[COL_ID] = MOST_ID;
	for (int c = 0; c < COLS; c++)
		rest += c == COL_TITLE ? 0 : t->width[c];
	if (rest + t->width[COL_TITLE] > (size_t)width)
		t->width[COL_TITLE] = (size_t)width > rest + LEAST_TITLE ? (size_t)width - rest
									 : LEAST_TITLE;
}

static const char *
color_of(const struct finding *f, enum column c)
{
	if (finished(f))
		return "\033[2m";
	if (c != COL_SEVERITY)
		return NULL;
	return f->level == LEVEL_CRITICAL ? "\033[1;31m"
		: f->level == LEVEL_HIGH  ? "\033[31m"
		: f->level == LEVEL_MEDIUM ? "\033[33m" : NULL;
}

static void
add_cell(struct table *t, struct str s, enum column c, const char *color)
{
	struct buf cut = BUF_INIT;

	if (c == COL_WHERE) /* never cut: it is what people copy */
		buf_add(&cut, s);
	else
		layout_cut(&cut, s, t->width[c]);
	if (t->color && color)
		buf_addz(t->out, color);
	layout_pad(t->out, buf_str(&cut), c == COL_WHERE ? 0 : t->width[c]);
	if (t->color && color)
		buf_addz(t->out, "\033[0m");
	if (c != COL_WHERE)
		buf_addn(t->out, ' ', GAP);
	buf_release(&cut);
}

static void
add_table(struct table *t)
{
	for (int c = 0; c < COLS; c++)
		add_cell(t, str_of(heads[c]), (enum column)c, "\033[1m");
	buf_addc(t->out, '\n');
	for (size_t i = 0; i < t->n; i++) {
		for (int c = 0; c < COLS; c++)
			add_cell(t, cell(t, t->v[i], (enum column)c), (enum column)c,
				color_of(t->v[i], (enum column)c));
		buf_addc(t->out, '\n');
	}
}

static void
add_heading(struct table *t, const char *heading)
{
	buf_addf(t->out, "\n%s%s%s\n", t->color ? "\033[1m" : "", heading,
		t->color ? "\033[0m" : "");
}

/* The shortest name that tells the target: its ID inside the register, else with the register. */
static void
add_target(struct buf *out, const struct finding *f, const struct link *l)
{
	escape_terminal(out, l->target && l->target->reg == f->reg ? l->target->id : l->to);
}

static void
add_links(struct table *t)
{
	bool any = false;

	for (size_t i = 0; i < t->n; i++) {
		const struct finding *f = t->v[i];
		const char *between = " ";

		for (size_t k = 0; k < f->links.n; k++) {
			const struct link *l = &f->links.v[k];

			if (l->kind == LINK_RELATED)
				continue; /* mentions: in the JSON, they would drown the rest */
			if (!any)
				add_heading(t, "links");
			any = true;
			if (between[0] == ' ') {
				buf_addz(t->out, "  ");
				escape_terminal(t->out, f->id);
			}
			buf_addf(t->out, "%s%s ", between,
				l->kind == LINK_DEPENDS ? "depends on" : link_kind_name(l->kind));
			add_target(t->out, f, l);
			between = ", ";
		}
		if (between[0] == ',')
			buf_addc(t->out, '\n');
	}
}

static void
add_states(struct table *t)
{
	bool any = false;

	for (size_t i = 0; i < t->n; i++) {
		const struct finding *f = t->v[i], *from = f->state_from;

		/* Where the two contradict, the problems below tell it. */
		if (!set_elsewhere(f) || (f->has_status && f->own_state != STATE_UNKNOWN &&
			f->own_state != STATE_DUPLICATE))
			continue;
		if (!any)
			add_heading(t, "* states set elsewhere");
		any = true;
		buf_addz(t->out, "  ");
		escape_terminal(t->out, f->id);
		buf_addf(t->out, " is %s by ", state_name(f->state));
		escape_terminal(t->out, from->reg->shown);
		buf_addf(t->out, ":%ld\n", from->status_line ? from->status_line : from->line);
	}
}

static void
add_problems(struct table *t, const struct findings *fs)
{
	if (fs->notes.n > 0)
		add_heading(t, "problems");
	for (size_t i = 0; i < fs->notes.n; i++) {
		const struct register_note *n = &fs->notes.v[i];

		buf_addz(t->out, "  ");
		escape_terminal(t->out, n->reg);
		if (n->line > 0)
			buf_addf(t->out, ":%ld", n->line);
		buf_addf(t->out, ": %s: ", register_problem_name(n->code));
		escape_terminal(t->out, n->message);
		buf_addc(t->out, '\n');
	}
}

static void
add_count(struct buf *out, const char **between, size_t n, const char *what)
{
	if (n == 0)
		return;
	buf_addf(out, "%s%zu %s", *between, n, what);
	*between = ", ";
}

static void
add_totals(struct table *t, const struct findings *fs)
{
	size_t levels[LEVELS] = { 0 }, states[STATES] = { 0 };
	const char *between = ": ";

	for (size_t i = 0; i < t->n; i++) {
		if (!finished(t->v[i]))
			levels[t->v[i]->level]++;
		states[t->v[i]->state]++;
	}
	buf_addf(t->out, "%s%zu finding%s in %zu register%s", t->n ? "\n" : "", t->n,
		t->n == 1 ? "" : "s", fs->regs.n, fs->regs.n == 1 ? "" : "s");
	for (int s = 0; s < STATES; s++)
		add_count(t->out, &between, states[s], state_name((enum state)s));
	between = "; of the unfinished ones ";
	for (int l = LEVEL_CRITICAL; l > LEVEL_UNKNOWN; l--)
		add_count(t->out, &between, levels[l], level_name((enum level)l));
	add_count(t->out, &between, levels[LEVEL_UNKNOWN], "without severity");
	between = "; ";
	add_count(t->out, &between, fs->notes.n, fs->notes.n == 1 ? "problem" : "problems");
	buf_addc(t->out, '\n');
}

void
findings_text(const struct findings *fs, int width, bool color, struct buf *out)
{
	struct table t = { .out = out, .color = color };

	t.v = xcalloc(fs->all.n + 1, sizeof(struct finding *));
	for (size_t i = 0; i < fs->all.n; i++)
		if (finding_listed(fs->all.v[i]))
			t.v[t.n++] = fs->all.v[i];
	qsort(t.v, t.n, sizeof(*t.v), by_urgency);
	if (t.n > 0) {
		measure(&t, width);
		add_table(&t);
	}
	add_links(&t);
	add_states(&t);
	add_problems(&t, fs);
	add_totals(&t, fs);
	free(t.v);
	buf_release(&t.cell);
}
