/*
 * console.c -- the report for a terminal and a job's log, for the person who was just blocked:
 * the verdict, what blocks and why, the counts, what is wrong with the inputs; then what is
 * known, fixed and suggested; then how to see more.
 *
 * Lines are escaped, wrapped and painted by lines.h.
 */
#include "gate/report/reporter.h"
#include "gate/report/support/lines.h"
#include "gate/report/support/view.h"

#define ROWS_SHOWN 20   /* of one rule, unless verbose */
#define LINES_SHOWN 8   /* of a section that blocks nothing */
#define NAME_COLUMNS 400
#define MESSAGE_COLUMNS 240
#define RERUNS_SHOWN 3

struct console {
	const struct view *v;
	struct lines l;
};

static bool
verbose(const struct console *c)
{
	return c->l.whole;
}

static void
flush_line(struct console *c, size_t indent, enum paint p, size_t columns)
{
	lines_put(&c->l, indent, p, columns);
}

static void
heading(struct console *c, const char *title, size_t n)
{
	buf_addc(c->l.out, '\n');
	buf_addz(&c->l.line, title);
	if (n)
		buf_addf(&c->l.line, " (%zu)", n);
	flush_line(c, 0, BOLD, 0);
}

static void
more(struct console *c, size_t left, size_t indent)
{
	if (left == 0)
		return;
	buf_addf(&c->l.line, "+%zu more (gate run --out json=decision.json, or -v)", left);
	flush_line(c, indent, DIM, 0);
}

static size_t
shown(const struct console *c, size_t n, size_t most)
{
	/* One more line costs less than the line that says it is missing. */
	return verbose(c) || n <= most + 1 ? n : most;
}

static void
put_suggestions(struct console *c, const struct judged *j, size_t indent)
{
	const struct evidence *e[3];
	size_t n = decision_suggestions(c->v->d, j, e, 3);

	for (size_t i = 0; i < n; i++) {
		buf_addz(&c->l.line, "perhaps ");
		buf_add(&c->l.line, e[i]->finding->id);
		buf_addz(&c->l.line, " (");
		view_evidence(e[i], &c->l.line);
		buf_addc(&c->l.line, ')');
		flush_line(c, indent, PLAIN, MESSAGE_COLUMNS);
	}
}

static void
put_all_evidence(struct console *c, const struct judged *j)
{
	for (size_t i = 0; i < j->nevidence; i++) {
		buf_add(&c->l.line, j->evidence[i].finding ? j->evidence[i].finding->id : STR_NONE);
		buf_addz(&c->l.line, ": ");
		view_evidence(&j->evidence[i], &c->l.line);
		flush_line(c, 6, PLAIN, 0);
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
		flush_line(c, 4, PLAIN, MESSAGE_COLUMNS);
}

static void
put_title(struct console *c, const struct view_row *r)
{
	if (r->issue) {
		/* An issue's identity is for machines; people know the rule. */
		buf_add(&c->l.line, r->issue->tool);
		buf_addz(&c->l.line, r->issue->tool.n && r->issue->rule.n ? " " : "");
		buf_add(&c->l.line, r->issue->rule);
		if (r->issue->level != LEVEL_UNKNOWN)
			buf_addf(&c->l.line, " (%s)", level_name(r->issue->level));
	} else {
		buf_add(&c->l.line, r->id);
	}
	if (r->legs.n > 0 || (r->test && r->test->report && r->test->report->leg.n)) {
		buf_addz(&c->l.line, "  in ");
		view_where(r, &c->l.line);
	}
	flush_line(c, 2, BOLD, NAME_COLUMNS);
}

static void
put_finding(struct console *c, const struct view_row *r)
{
	const struct evidence *e = view_best(r);

	if (r->kind == ITEM_PRODUCER && r->finding)
		buf_addz(&c->l.line, "shown under ");
	view_finding(r, &c->l.line);
	if (e) {
		buf_addz(&c->l.line, c->l.line.n ? "; " : "");
		view_evidence(e, &c->l.line);
	}
	if (c->l.line.n)
		flush_line(c, 4, PLAIN, MESSAGE_COLUMNS);
}

static void
put_producer_problems(struct console *c, const struct producer *p)
{
	for (size_t i = 0; i < c->v->inputs.n; i++) {
		const struct view_input *in = &c->v->inputs.v[i];

		if (in->producer != p)
			continue;
		view_problem(in, &c->l.line);
		flush_line(c, 4, PLAIN, MESSAGE_COLUMNS);
	}
}

static void
put_row(struct console *c, const struct view_row *r)
{
	struct buf rerun = BUF_INIT;

	put_title(c, r);
	put_message(c, r);
	if (view_lists_problems(r)) {
		put_producer_problems(c, r->producer);
	} else if (r->text.n) {
		buf_add(&c->l.line, r->text);
		flush_line(c, 4, PLAIN, MESSAGE_COLUMNS);
	}
	put_finding(c, r);
	if (r->judged && verbose(c))
		put_all_evidence(c, r->judged);
	else if (r->judged)
		put_suggestions(c, r->judged, 4);
	if (verbose(c) && r->test && view_rerun(r->test, &rerun)) {
		buf_addz(&c->l.line, "run it: ");
		buf_add(&c->l.line, buf_str(&rerun));
		flush_line(c, 4, PLAIN, 0);
	}
	buf_release(&rerun);
}

static void
put_rule(struct console *c, const struct rule_result *r)
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

static void
put_group(struct console *c, const struct view_group *g, enum paint p)
{
	size_t n = shown(c, g->rows.n, ROWS_SHOWN);

	buf_addc(c->l.out, '\n');
	put_rule(c, g->rule);
	flush_line(c, 0, p, 0);
	for (size_t i = 0; i < n; i++)
		put_row(c, &g->rows.v[i]);
	more(c, g->rows.n - n, 2);
	if (g->elsewhere) {
		buf_addf(&c->l.line, "%zu of them shown above", g->elsewhere);
		flush_line(c, 2, DIM, 0);
	}
	if (g->tolerated) {
		buf_addf(&c->l.line, "%zu of lower levels are within their limits", g->tolerated);
		flush_line(c, 2, DIM, 0);
	}
}

static void
put_verdict(struct console *c)
{
	const struct decision *d = c->v->d;
	static const enum paint colors[] = {
		[VERDICT_PASS] = GREEN, [VERDICT_FAIL] = RED, [VERDICT_INCONCLUSIVE] = YELLOW,
	};

	buf_add(&c->l.line, d->sentence);
	flush_line(c, 0, colors[d->verdict], 0);
}

static void
add_names(struct console *c, const struct producer *const *v, size_t n)
{
	size_t most = shown(c, n, LINES_SHOWN);

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

	heading(c, "Inputs", 0);
	for (size_t i = 0; i < v->inputs.n; i++) {
		const struct view_input *in = &v->inputs.v[i];

		if (view_blocks(v, in->producer))
			continue;
		/* What makes an input incomplete is never left out; notes are capped. */
		if (!in->incomplete && notes++ >= LINES_SHOWN && !verbose(c)) {
			skipped++;
			continue;
		}
		view_problem(in, &c->l.line);
		flush_line(c, 2, in->incomplete ? YELLOW : PLAIN, MESSAGE_COLUMNS);
	}
	more(c, skipped, 2);
	if (v->complete.n) {
		buf_addz(&c->l.line, "complete: ");
		add_names(c, v->complete.v, v->complete.n);
		flush_line(c, 2, PLAIN, 0);
	}
	if (v->unchecked.n) {
		buf_addz(&c->l.line, "exit not checked: ");
		add_names(c, v->unchecked.v, v->unchecked.n);
		flush_line(c, 2, PLAIN, 0);
	}
}

static void
put_known(struct console *c)
{
	const struct view *v = c->v;
	size_t n = shown(c, v->known.n, LINES_SHOWN);

	if (v->known.n == 0)
		return;
	heading(c, "Known", 0);
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
		flush_line(c, 2, PLAIN, MESSAGE_COLUMNS);
		for (size_t t = 0; verbose(c) && t < k->rows.n; t++) {
			buf_add(&c->l.line, k->rows.v[t].id);
			flush_line(c, 4, PLAIN, 0);
		}
	}
	more(c, v->known.n - n, 2);
}

static void
put_fixed(struct console *c)
{
	const struct view *v = c->v;
	size_t n = shown(c, v->fixed.n, LINES_SHOWN);

	if (v->fixed.n == 0 && v->d->run->notes.n == 0)
		return;
	heading(c, "Fixed, or to put in order", v->fixed.n);
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
		flush_line(c, 2, PLAIN, NAME_COLUMNS);
	}
	more(c, v->fixed.n - n, 2);
	n = shown(c, v->d->run->notes.n, LINES_SHOWN);
	for (size_t i = 0; i < n; i++) {
		buf_add(&c->l.line, v->d->run->notes.v[i].finding->id);
		buf_addz(&c->l.line, ": ");
		buf_add(&c->l.line, v->d->run->notes.v[i].text);
		flush_line(c, 2, PLAIN, MESSAGE_COLUMNS);
	}
	more(c, v->d->run->notes.n - n, 2);
}

static void
put_flaky(struct console *c)
{
	const struct view *v = c->v;
	size_t n = shown(c, v->flaky.n, LINES_SHOWN);

	if (v->flaky.n == 0)
		return;
	heading(c, "Flaky", v->flaky.n);
	for (size_t i = 0; i < n; i++) {
		const struct view_row *r = &v->flaky.v[i];

		buf_add(&c->l.line, r->id);
		if (r->test && r->test->attempts)
			buf_addf(&c->l.line, ": passed after %u failed attempt%s",
				r->test->attempts, r->test->attempts == 1 ? "" : "s");
		flush_line(c, 2, PLAIN, NAME_COLUMNS);
	}
	more(c, v->flaky.n - n, 2);
}

static void
put_suggested(struct console *c)
{
	const struct view *v = c->v;
	size_t n = shown(c, v->suggested.n, LINES_SHOWN);

	if (v->suggested.n == 0)
		return;
	heading(c, "Suggestions", v->suggested.n);
	for (size_t i = 0; i < n; i++) {
		put_title(c, &v->suggested.v[i]);
		put_suggestions(c, v->suggested.v[i].judged, 4);
	}
	more(c, v->suggested.n - n, 2);
}

static void
put_warnings(struct console *c)
{
	const struct view *v = c->v;

	if (v->warnings.n == 0)
		return;
	if (verbose(c)) {
		for (size_t i = 0; i < v->warnings.n; i++)
			put_group(c, &v->warnings.v[i], YELLOW);
		return;
	}
	heading(c, "Warnings", 0);
	for (size_t i = 0; i < v->warnings.n; i++) {
		put_rule(c, v->warnings.v[i].rule);
		flush_line(c, 2, PLAIN, 0);
	}
}

static void
put_remarks(struct console *c)
{
	const struct decision *d = c->v->d;

	if (d->remarks.n == 0)
		return;
	heading(c, "Notes", 0);
	for (size_t i = 0; i < d->remarks.n; i++) {
		buf_add(&c->l.line, d->remarks.v[i]);
		flush_line(c, 2, PLAIN, 0);
	}
}

/* The first rows that have a command to see them with. */
static void
put_more(struct console *c)
{
	const struct view *v = c->v;
	const struct view_row *first = NULL;
	size_t n = 0;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < v->blocking.n; i++)
		for (size_t k = 0; k < v->blocking.v[i].rows.n && n < RERUNS_SHOWN; k++) {
			const struct view_row *r = &v->blocking.v[i].rows.v[k];

			first = first ? first : r;
			buf_reset(&b);
			if (r->test == NULL || !view_rerun(r->test, &b))
				continue;
			if (n++ == 0)
				heading(c, "See it here", 0);
			buf_add(&c->l.line, buf_str(&b));
			flush_line(c, 2, PLAIN, 0);
		}
	buf_reset(&b);
	if (first) {
		heading(c, "See more", 0);
		view_explain(first, &c->l.line);
		flush_line(c, 2, PLAIN, 0);
	}
	buf_release(&b);
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
			put_group(&c, &v.blocking.v[i],
				v.blocking.v[i].rule->outcome == RESULT_FAIL ? RED : YELLOW);
		buf_addc(out, '\n');
		view_counts(d, &c.l.line);
		flush_line(&c, 0, PLAIN, 0);
		put_inputs(&c);
		put_warnings(&c);
		put_known(&c);
		put_fixed(&c);
		put_flaky(&c);
		put_suggested(&c);
		put_remarks(&c);
		put_more(&c);
	}
	buf_release(&c.l.line);
	view_release(&v);
}

const struct reporter reporter_console = {
	.name = "console",
	.help = "the report for people, in a terminal or a job's log",
	.render = console_render,
};
