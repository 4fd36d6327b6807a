/*
 * markdown.c -- the report as GitHub-flavoured Markdown, for a file, a job's summary, a comment:
 * the same content as the console's, in tables, with what does not block folded away.
 * https://github.github.com/gfm/ ; GitLab reads the same.
 *
 * Whatever a stranger wrote goes through text() or code(), never raw (escape.h).
 */
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/layout.h"
#include "gate/report/support/view.h"

#define ROWS_SHOWN 50
#define WARNED_SHOWN 3 /* of what one rule warns of */
#define CELL_COLUMNS 300

struct md {
	const struct view *v;
	struct buf *out;
	struct buf words; /* scratch: raw words */
	bool all;         /* verbose: nothing is capped */
};

/* One line of the raw words, at most CELL_COLUMNS of it, taken from m->words or s. */
static void
escape_cut(struct md *m, struct str s, void (*escape)(struct buf *, struct str))
{
	struct buf cut = BUF_INIT;

	if (m->all)
		buf_add(&cut, s);
	else
		layout_cut(&cut, s, CELL_COLUMNS);
	escape(m->out, buf_str(&cut));
	buf_release(&cut);
}

static void
text(struct md *m, struct str s)
{
	escape_cut(m, s, escape_markdown);
}

static void
code(struct md *m, struct str s)
{
	if (s.n)
		escape_cut(m, s, escape_markdown_code);
}

static void
words(struct md *m)
{
	text(m, buf_str(&m->words));
	buf_reset(&m->words);
}

static void
raw(struct md *m, const char *z)
{
	buf_addz(m->out, z);
}

static size_t
capped(const struct md *m, size_t n)
{
	return m->all || n <= ROWS_SHOWN + 1 ? n : ROWS_SHOWN;
}

static void
more(struct md *m, size_t left)
{
	if (left)
		buf_addf(m->out, "\n+%zu more: `gate run --out json=decision.json`\n", left);
}

static void
fold_open(struct md *m, const char *title, size_t n)
{
	buf_addf(m->out, "\n<details><summary>%s", title);
	if (n)
		buf_addf(m->out, " (%zu)", n);
	raw(m, "</summary>\n\n");
}

static void
fold_close(struct md *m)
{
	raw(m, "\n</details>\n");
}

static void
cell_name(struct md *m, const struct view_row *r)
{
	view_title(r, &m->words);
	code(m, buf_str(&m->words));
	buf_reset(&m->words);
	if (r->legs.n > 0 || (r->test && r->test->report && r->test->report->leg.n)) {
		raw(m, "<br>in ");
		view_where(r, &m->words);
		words(m);
	}
}

static void
cell_break(struct md *m, size_t *n)
{
	raw(m, (*n)++ ? "<br>" : "");
}

static void
cell_finding(struct md *m, const struct view_row *r)
{
	const struct evidence *best = view_best(r), *maybe[3];
	size_t n = view_suggestions(m->v->d, r, maybe), parts = 0;

	view_finding(r, 1, &m->words);
	if (m->words.n)
		cell_break(m, &parts);
	words(m);
	if (r->judged && r->judged->note.n) {
		cell_break(m, &parts);
		text(m, r->judged->note);
	}
	if (best) {
		cell_break(m, &parts);
		view_evidence(best, &m->words);
		words(m);
	}
	for (size_t i = 0; i < n; i++) {
		cell_break(m, &parts);
		raw(m, "perhaps ");
		buf_add(&m->words, maybe[i]->finding->id);
		buf_addz(&m->words, " (");
		view_evidence(maybe[i], &m->words);
		buf_addc(&m->words, ')');
		words(m);
	}
}

static void
cell_message(struct md *m, const struct view_row *r)
{
	size_t n = 0;

	code(m, view_message(r));
	if (r->text.n && !view_lists_problems(r)) {
		raw(m, view_message(r).n ? "<br>" : "");
		text(m, r->text);
	}
	for (size_t i = 0; view_lists_problems(r) && i < m->v->inputs.n; i++) {
		if (m->v->inputs.v[i].producer != r->producer)
			continue;
		raw(m, n++ ? "<br>" : "");
		view_problem(&m->v->inputs.v[i], &m->words);
		code(m, buf_str(&m->words));
		buf_reset(&m->words);
	}
}

static void
put_row(struct md *m, const struct view_row *r)
{
	raw(m, "| ");
	cell_name(m, r);
	raw(m, " | ");
	cell_finding(m, r);
	raw(m, " | ");
	view_place(r, &m->words);
	code(m, buf_str(&m->words));
	buf_reset(&m->words);
	raw(m, " | ");
	cell_message(m, r);
	raw(m, " |\n");
}

static void
put_rule(struct md *m, const struct rule_result *r)
{
	code(m, r->rule);
	if (r->selected.n) {
		raw(m, " (");
		text(m, r->selected);
		raw(m, ")");
	}
	raw(m, ": ");
	text(m, r->message);
	if (r->outcome == RESULT_INCONCLUSIVE)
		raw(m, " (inconclusive)");
}

static void
put_group(struct md *m, const struct view_group *g)
{
	size_t n = capped(m, g->rows.n);

	raw(m, "\n#### ");
	put_rule(m, g->rule);
	raw(m, "\n");
	if (n)
		raw(m, "\n| what | finding | where | message |\n|---|---|---|---|\n");
	for (size_t i = 0; i < n; i++)
		put_row(m, &g->rows.v[i]);
	more(m, g->rows.n - n);
	if (g->elsewhere)
		buf_addf(m->out, "\n%zu of them shown above\n", g->elsewhere);
	if (g->tolerated)
		buf_addf(m->out, "\n%zu of lower levels are within their limits\n", g->tolerated);
}

static void
names(struct md *m, const char *title, const struct producer *const *v, size_t n)
{
	size_t most = capped(m, n);

	if (n == 0)
		return;
	buf_addf(m->out, "- %s: ", title);
	for (size_t i = 0; i < most; i++) {
		raw(m, i ? ", " : "");
		code(m, v[i]->spec->name);
	}
	if (most < n)
		buf_addf(m->out, " and %zu more", n - most);
	raw(m, "\n");
}

/* Never folded: what is wrong with an input is part of the verdict. */
static void
put_inputs(struct md *m)
{
	const struct view *v = m->v;
	size_t notes = 0, skipped = 0;

	if (!view_says_of_inputs(v))
		return;
	raw(m, "\n#### Inputs\n\n");
	for (size_t i = 0; i < v->inputs.n; i++) {
		const struct view_input *in = &v->inputs.v[i];

		if (view_blocks(v, in->producer))
			continue;
		if (!in->incomplete && notes++ >= ROWS_SHOWN && !m->all) {
			skipped++;
			continue;
		}
		raw(m, in->incomplete ? "- **incomplete** " : "- ");
		buf_add(&m->words, in->producer->spec->name);
		buf_addz(&m->words, ": ");
		view_problem(in, &m->words);
		code(m, buf_str(&m->words));
		buf_reset(&m->words);
		raw(m, "\n");
	}
	names(m, "complete", v->complete.v, v->complete.n);
	names(m, "not due (nothing of theirs changed)", v->not_due.v, v->not_due.n);
	names(m, "exit not checked", v->unchecked.v, v->unchecked.n);
	more(m, skipped);
}

static void
put_known(struct md *m)
{
	const struct view *v = m->v;
	size_t n = capped(m, v->known.n), total = 0;

	if (v->known.n == 0)
		return;
	for (size_t i = 0; i < v->known.n; i++)
		total += v->known.v[i].rows.n;
	fold_open(m, "Known", total);
	raw(m, "| finding | level | results | title |\n|---|---|---|---|\n");
	for (size_t i = 0; i < n; i++) {
		const struct view_known *k = &v->known.v[i];

		raw(m, "| ");
		code(m, k->finding ? k->finding->id : STR_NONE);
		buf_addf(m->out, " | %s | %zu %s | ",
			k->finding ? level_name(k->finding->level) : "", k->rows.n,
			class_words(k->cls, (long)k->rows.n));
		text(m, k->finding ? k->finding->title : STR_NONE);
		raw(m, " |\n");
	}
	more(m, v->known.n - n);
	fold_close(m);
}

static void
put_list(struct md *m, const char *title, const struct view_rows *rows)
{
	size_t n = capped(m, rows->n);

	if (rows->n == 0)
		return;
	fold_open(m, title, rows->n);
	for (size_t i = 0; i < n; i++) {
		const struct view_row *r = &rows->v[i];

		raw(m, "- ");
		code(m, r->id);
		buf_addf(m->out, ": %s", class_words(r->judged->cls, 1));
		view_todo(r, &m->words);
		raw(m, m->words.n ? "; " : "");
		words(m);
		raw(m, "\n");
	}
	more(m, rows->n - n);
	fold_close(m);
}

static void
put_suggested(struct md *m)
{
	const struct view *v = m->v;
	size_t n = capped(m, v->hints.n), total = 0;

	if (v->hints.n == 0)
		return;
	for (size_t i = 0; i < v->hints.n; i++)
		total += v->hints.v[i].rows.n;
	fold_open(m, "Suggestions", total);
	for (size_t i = 0; i < n; i++) {
		const struct view_hint *h = &v->hints.v[i];
		size_t most = m->all || h->rows.n <= WARNED_SHOWN + 1 ? h->rows.n : WARNED_SHOWN;

		raw(m, "- ");
		view_hint(h, &m->words);
		words(m);
		for (size_t k = 0; k < most; k++) {
			raw(m, k ? ", " : ": ");
			view_name(&h->rows.v[k], &m->words);
			code(m, buf_str(&m->words));
			buf_reset(&m->words);
		}
		if (most < h->rows.n)
			buf_addf(m->out, " and %zu more", h->rows.n - most);
		raw(m, "\n");
	}
	more(m, v->hints.n - n);
	fold_close(m);
}

/* A few of what a rule warns of, where no other section lists them. */
static void
put_warned(struct md *m, const struct view_rows *rows)
{
	size_t n = m->all || rows->n <= WARNED_SHOWN + 1 ? rows->n : WARNED_SHOWN, said = 0;

	for (size_t i = 0; i < n; i++) {
		if (view_sectioned(rows->v[i].judged))
			continue;
		raw(m, said++ ? ", " : ": ");
		view_name(&rows->v[i], &m->words);
		code(m, buf_str(&m->words));
		buf_reset(&m->words);
	}
	if (said && n < rows->n)
		buf_addf(m->out, " and %zu more", rows->n - n);
}

static void
put_warnings(struct md *m)
{
	const struct view *v = m->v;

	if (v->warnings.n == 0)
		return;
	raw(m, "\n#### Warnings\n\n");
	for (size_t i = 0; i < v->warnings.n; i++) {
		raw(m, "- ");
		put_rule(m, v->warnings.v[i].rule);
		put_warned(m, &v->warnings.v[i].rows);
		raw(m, "\n");
	}
}

static void
put_notes(struct md *m)
{
	const struct decision *d = m->v->d;
	size_t n = capped(m, d->run->notes.n);

	if (d->remarks.n == 0 && d->run->notes.n == 0)
		return;
	raw(m, "\n#### Notes\n\n");
	for (size_t i = 0; i < d->remarks.n; i++) {
		raw(m, "- ");
		text(m, d->remarks.v[i]);
		raw(m, "\n");
	}
	for (size_t i = 0; i < n; i++) {
		raw(m, "- ");
		code(m, d->run->notes.v[i].finding->id);
		raw(m, ": ");
		text(m, d->run->notes.v[i].text);
		raw(m, "\n");
	}
	more(m, d->run->notes.n - n);
}

/* All that blocks and can be run alone, to paste at once. */
static void
put_reruns(struct md *m)
{
	const struct view *v = m->v;
	struct buf b = BUF_INIT;
	size_t n = 0, left = 0;

	for (size_t i = 0; i < v->blocking.n; i++)
		for (size_t k = 0; k < v->blocking.v[i].rows.n; k++) {
			const struct view_row *r = &v->blocking.v[i].rows.v[k];

			buf_reset(&b);
			if (r->test == NULL || !view_rerun(r->test, &b))
				continue;
			if (n >= 10 && !m->all) {
				left++;
				continue;
			}
			if (n++ == 0)
				fold_open(m, "See it on your machine", 0);
			raw(m, "- ");
			escape_markdown_code(m->out, buf_str(&b));
			raw(m, "\n");
		}
	more(m, left);
	if (n)
		fold_close(m);
	buf_release(&b);
}

static void
markdown_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct view v;
	struct md m = { .v = &v, .out = out, .words = BUF_INIT, .all = opt->verbosity > 0 };

	view_init(&v, d);
	raw(&m, "### ");
	text(&m, d->sentence);
	raw(&m, "\n");
	if (opt->verbosity >= 0) {
		for (size_t i = 0; i < v.blocking.n; i++)
			put_group(&m, &v.blocking.v[i]);
		raw(&m, "\n");
		view_counts(d, &m.words);
		words(&m);
		raw(&m, "\n");
		put_inputs(&m);
		put_warnings(&m);
		put_known(&m);
		put_list(&m, "Fixed, or to put in order", &v.fixed);
		put_list(&m, "Flaky", &v.flaky);
		put_suggested(&m);
		put_notes(&m);
		put_reruns(&m);
	}
	buf_release(&m.words);
	view_release(&v);
}

const struct reporter reporter_markdown = {
	.name = "markdown",
	.help = "the report as GitHub-flavoured Markdown, for files, summaries and comments",
	.render = markdown_render,
};
