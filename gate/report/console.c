/*
 * console.c -- the report for a terminal and a job's log, for the person who was just blocked:
 * the verdict, what blocks and why, the counts, what is wrong with the inputs; then what is
 * known, fixed and suggested; then how to see more.
 *
 * Lines are escaped, wrapped and painted by lines.h.
 */
#include "gate/report/reporter.h"
#include "gate/report/support/console_rows.h"

#define LINES_SHOWN 8   /* of a section that blocks nothing */
#define WARNED_SHOWN 3  /* of what one rule warns of */

static void
put_verdict(struct console *c)
{
	const struct decision *d = c->v->d;
	static const enum paint colors[] = {
		[VERDICT_PASS] = GREEN, [VERDICT_FAIL] = RED, [VERDICT_INCONCLUSIVE] = YELLOW,
	};

	buf_add(&c->l.line, d->sentence);
	console_line(c, 0, colors[d->verdict], 0);
}

static void
add_names(struct console *c, const struct producer *const *v, size_t n)
{
	size_t most = console_shown(c, n, LINES_SHOWN);

	for (size_t i = 0; i < most; i++) {
		buf_addz(&c->l.line, i ? ", " : "");
		buf_add(&c->l.line, v[i]->spec->name);
	}
	if (most < n)
		buf_addf(&c->l.line, " and %zu more", n - most);
}

static void
put_inputs(struct console *c)
{
	const struct view *v = c->v;
	size_t notes = 0, skipped = 0;

	if (!view_says_of_inputs(v))
		return;
	console_heading(c, "Inputs", 0);
	for (size_t i = 0; i < v->inputs.n; i++) {
		const struct view_input *in = &v->inputs.v[i];

		if (view_blocks(v, in->producer))
			continue;
		/* What makes an input incomplete is never left out; notes are capped. */
		if (!in->incomplete && notes++ >= LINES_SHOWN && !console_verbose(c)) {
			skipped++;
			continue;
		}
		buf_add(&c->l.line, in->producer->spec->name);
		buf_addz(&c->l.line, ": ");
		view_problem(in, &c->l.line);
		console_line(c, 2, in->incomplete ? YELLOW : PLAIN, MESSAGE_COLUMNS);
	}
	console_more(c, skipped, 2);
	if (v->complete.n) {
		buf_addz(&c->l.line, "complete: ");
		add_names(c, v->complete.v, v->complete.n);
		console_line(c, 2, PLAIN, 0);
	}
	if (v->not_due.n) {
		buf_addz(&c->l.line, "not due (nothing of theirs changed): ");
		add_names(c, v->not_due.v, v->not_due.n);
		console_line(c, 2, PLAIN, 0);
	}
	if (v->unchecked.n) {
		buf_addz(&c->l.line, "exit not checked: ");
		add_names(c, v->unchecked.v, v->unchecked.n);
		console_line(c, 2, PLAIN, 0);
	}
}

static void
put_known(struct console *c)
{
	const struct view *v = c->v;
	size_t n = console_shown(c, v->known.n, LINES_SHOWN);

	if (v->known.n == 0)
		return;
	console_heading(c, "Known", 0);
	for (size_t i = 0; i < n; i++) {
		const struct view_known *k = &v->known.v[i];
		const struct finding *f = k->finding;

		buf_addf(&c->l.line, "%zu %s", k->rows.n, class_words(k->cls, (long)k->rows.n));
		if (f) {
			buf_addz(&c->l.line, ": ");
			buf_add(&c->l.line, f->id);
			buf_addf(&c->l.line, " (%s)", level_name(f->level));
			buf_addz(&c->l.line, f->title.n ? " " : "");
			buf_add(&c->l.line, f->title);
		}
		console_line(c, 2, PLAIN, MESSAGE_COLUMNS);
		for (size_t t = 0; console_verbose(c) && t < k->rows.n; t++) {
			buf_add(&c->l.line, k->rows.v[t].id);
			console_line(c, 4, PLAIN, 0);
		}
	}
	console_more(c, v->known.n - n, 2);
}

static void
put_fixed(struct console *c)
{
	const struct view *v = c->v;
	size_t n = console_shown(c, v->fixed.n, LINES_SHOWN);

	if (v->fixed.n == 0 && v->d->run->notes.n == 0)
		return;
	console_heading(c, "Fixed, or to put in order", v->fixed.n);
	for (size_t i = 0; i < n; i++) {
		const struct view_row *r = &v->fixed.v[i];
		size_t start;

		buf_add(&c->l.line, r->id);
		buf_addf(&c->l.line, ": %s", class_words(r->judged->cls, 1));
		start = c->l.line.n;
		buf_addz(&c->l.line, "; ");
		view_todo(r, &c->l.line);
		if (c->l.line.n == start + 2)
			buf_cut(&c->l.line, start);
		console_line(c, 2, PLAIN, NAME_COLUMNS);
	}
	console_more(c, v->fixed.n - n, 2);
	n = console_shown(c, v->d->run->notes.n, LINES_SHOWN);
	for (size_t i = 0; i < n; i++) {
		buf_add(&c->l.line, v->d->run->notes.v[i].finding->id);
		buf_addz(&c->l.line, ": ");
		buf_add(&c->l.line, v->d->run->notes.v[i].text);
		console_line(c, 2, PLAIN, MESSAGE_COLUMNS);
	}
	console_more(c, v->d->run->notes.n - n, 2);
}

static void
put_flaky(struct console *c)
{
	const struct view *v = c->v;
	size_t n = console_shown(c, v->flaky.n, LINES_SHOWN);

	if (v->flaky.n == 0)
		return;
	console_heading(c, "Flaky", v->flaky.n);
	for (size_t i = 0; i < n; i++) {
		const struct view_row *r = &v->flaky.v[i];

		buf_add(&c->l.line, r->id);
		if (r->test && r->test->attempts)
			buf_addf(&c->l.line, ": passed after %u failed attempt%s",
				r->test->attempts, r->test->attempts == 1 ? "" : "s");
		console_line(c, 2, PLAIN, NAME_COLUMNS);
	}
	console_more(c, v->flaky.n - n, 2);
}

static void
put_suggested(struct console *c)
{
	const struct view *v = c->v;
	size_t n = console_shown(c, v->hints.n, LINES_SHOWN);

	if (v->hints.n == 0)
		return;
	console_heading(c, "Suggestions", 0);
	for (size_t i = 0; i < n; i++) {
		const struct view_hint *h = &v->hints.v[i];
		size_t most = console_shown(c, h->rows.n, WARNED_SHOWN);

		view_hint(h, &c->l.line);
		console_line(c, 2, PLAIN, MESSAGE_COLUMNS);
		for (size_t k = 0; k < most; k++) {
			view_name(&h->rows.v[k], &c->l.line);
			console_line(c, 4, PLAIN, NAME_COLUMNS);
		}
		console_more(c, h->rows.n - most, 4);
	}
	console_more(c, v->hints.n - n, 2);
}

static void
put_warnings(struct console *c)
{
	const struct view *v = c->v;

	if (v->warnings.n == 0)
		return;
	if (console_verbose(c)) {
		for (size_t i = 0; i < v->warnings.n; i++)
			console_group(c, &v->warnings.v[i], YELLOW);
		return;
	}
	console_heading(c, "Warnings", 0);
	for (size_t i = 0; i < v->warnings.n; i++) {
		const struct view_rows *rows = &v->warnings.v[i].rows;
		size_t n = console_shown(c, rows->n, WARNED_SHOWN), said = 0;

		console_rule(c, v->warnings.v[i].rule);
		console_line(c, 2, PLAIN, 0);
		for (size_t k = 0; k < n; k++) {
			if (view_sectioned(rows->v[k].judged))
				continue;
			view_name(&rows->v[k], &c->l.line);
			console_line(c, 4, PLAIN, NAME_COLUMNS);
			said++;
		}
		console_more(c, said ? rows->n - n : 0, 4);
	}
}

static void
put_remarks(struct console *c)
{
	const struct decision *d = c->v->d;

	if (d->remarks.n == 0)
		return;
	console_heading(c, "Notes", 0);
	for (size_t i = 0; i < d->remarks.n; i++) {
		buf_add(&c->l.line, d->remarks.v[i]);
		console_line(c, 2, PLAIN, 0);
	}
}

static void
console_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct view v;
	struct console c = { .v = &v, .l = { .out = out, .width = opt->width,
		.color = opt->color, .whole = opt->verbosity > 0 } };

	view_init(&v, d);
	put_verdict(&c);
	if (opt->verbosity >= 0) {
		for (size_t i = 0; i < v.blocking.n; i++)
			console_group(&c, &v.blocking.v[i],
				v.blocking.v[i].rule->outcome == RESULT_FAIL ? RED : YELLOW);
		buf_addc(out, '\n');
		view_counts(d, &c.l.line);
		console_line(&c, 0, PLAIN, 0);
		put_inputs(&c);
		console_pending(&c);
		put_warnings(&c);
		put_known(&c);
		put_fixed(&c);
		put_flaky(&c);
		put_suggested(&c);
		put_remarks(&c);
		console_next(&c);
	}
	buf_release(&c.l.line);
	view_release(&v);
}

const struct reporter reporter_console = {
	.name = "console",
	.help = "the report for people, in a terminal or a job's log",
	.beside = true,
	.render = console_render,
};
