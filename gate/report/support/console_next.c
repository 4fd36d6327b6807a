/*
 * console_next.c -- what a person does next (console_rows.h): runs the tests that block, accepts
 * what must wait, has the change's own edits approved, looks closer.
 */
#include "gate/report/support/console_rows.h"
#include "gate/report/support/rerun.h"
#include "gate/report/support/ways.h"

#define PENDING_SHOWN 10
#define RERUNS_SHOWN 3

/* A command is one line, whatever the width: it is there to be copied. */
static void
put_command(struct console *c, size_t indent)
{
	int width = c->l.width;

	c->l.width = 0;
	console_line(c, indent, PLAIN, 0);
	c->l.width = width;
}

void
console_pending(struct console *c)
{
	const struct decision *d = c->v->d;
	size_t n = console_shown(c, d->pending.n, PENDING_SHOWN);

	if (d->pending.n == 0)
		return;
	console_heading(c, "Pending until the change is merged, not counted", d->pending.n);
	for (size_t i = 0; i < n; i++) {
		buf_add(&c->l.line, d->pending.v[i].edit);
		if (d->pending.v[i].at.n)
			buf_addf(&c->l.line, " (%.*s)", STR_FMT(d->pending.v[i].at));
		console_line(c, 2, PLAIN, MESSAGE_COLUMNS);
	}
	console_more(c, d->pending.n - n, 2);
	if (d->has_if_merged) {
		buf_addf(&c->l.line, "the verdict with %s: %s", d->pending.n == 1 ? "it" : "them",
			verdict_name(d->if_merged));
		console_line(c, 2, PLAIN, 0);
	}
	buf_addf(&c->l.line, "to count exactly %s: gate run --approve-pending %s",
		d->pending.n == 1 ? "this" : "these", d->pending_digest);
	put_command(c, 2);
}

static void
put_reruns(struct console *c)
{
	struct reruns all = { 0 };
	size_t n;

	reruns_of_view(&all, c->v);
	n = console_shown(c, all.v.n, RERUNS_SHOWN);
	for (size_t i = 0; i < n; i++) {
		if (i == 0)
			console_heading(c, "Run just these here", 0);
		rerun_command(&all.v.v[i], &c->l.line);
		put_command(c, 2);
	}
	console_more(c, all.v.n - n, 2);
	reruns_release(&all);
}

static void
put_entry(struct console *c)
{
	struct str reg = view_entry_register(c->v->d), rest, line;
	struct pastes p = { 0 };
	struct buf yaml = BUF_INIT;

	view_pastes(c->v, &p);
	if (p.n == 0)
		return;
	console_heading(c, "If it must wait", 0);
	if (reg.n)
		buf_addf(&c->l.line, "into %.*s, under `findings:`", STR_FMT(reg));
	else
		buf_addz(&c->l.line, "into a file that the policy names under `registers:`, behind "
			"the lines `version: 1` and `findings:`");
	buf_addz(&c->l.line, "; what a change adds itself is pending until it is merged");
	console_line(c, 2, PLAIN, 0);
	for (size_t i = 0; i < p.n; i++)
		paste_lines(&p, i, c->v->d->now, c->v->d->waiver_days, &yaml);
	rest = buf_str(&yaml);
	while (str_line(&rest, &line)) {
		size_t indent = 2;

		while (str_skip(&line, " "))
			indent++;
		buf_add(&c->l.line, line);
		put_command(c, indent);
	}
	if (p.left) {
		buf_addf(&c->l.line, "+%zu more results would need entries of their own", p.left);
		console_line(c, 2, DIM, 0);
	}
	buf_release(&yaml);
}

void
console_next(struct console *c)
{
	const struct view *v = c->v;
	const struct view_row *first = NULL;

	for (size_t i = 0; i < v->blocking.n && first == NULL; i++)
		if (v->blocking.v[i].rows.n)
			first = &v->blocking.v[i].rows.v[0];
	put_reruns(c);
	put_entry(c);
	if (first == NULL)
		return;
	console_heading(c, "See more", 0);
	view_explain(first, &c->l.line);
	put_command(c, 2);
}
