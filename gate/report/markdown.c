/*
 * markdown.c -- the report as GitHub-flavoured Markdown, for a file, a job's summary, a comment:
 * the same content as the console's, in tables, with what does not block folded away.
 * https://github.github.com/gfm/ ; GitLab reads the same.
 *
 * Whatever a stranger wrote goes through md_text() or md_code(), never raw (escape.h).
 */
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/layout.h"
#include "gate/report/support/markdown_parts.h"

#define ROWS_SHOWN 50
#define WARNED_SHOWN 3 /* of what one rule warns of */
#define CELL_COLUMNS 300

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

void
md_text(struct md *m, struct str s)
{
	escape_cut(m, s, escape_markdown);
}

void
md_code(struct md *m, struct str s)
{
	if (s.n)
		escape_cut(m, s, escape_markdown_code);
}

static void
words(struct md *m)
{
	md_text(m, buf_str(&m->words));
	buf_reset(&m->words);
}

void
md_raw(struct md *m, const char *z)
{
	buf_addz(m->out, z);
}

size_t
md_capped(const struct md *m, size_t n)
{
	return m->all || n <= ROWS_SHOWN + 1 ? n : ROWS_SHOWN;
}

void
md_more(struct md *m, size_t left)
{
	if (left)
		buf_addf(m->out, "\n+%zu more: `gate run --out json=decision.json`\n", left);
}

void
md_fold_open(struct md *m, const char *title, size_t n)
{
	buf_addf(m->out, "\n<details><summary>%s", title);
	if (n)
		buf_addf(m->out, " (%zu)", n);
	md_raw(m, "</summary>\n\n");
}

void
md_fold_close(struct md *m)
{
	md_raw(m, "\n</details>\n");
}

static void
cell_name(struct md *m, const struct view_row *r)
{
	view_title(r, &m->words);
	md_code(m, buf_str(&m->words));
	buf_reset(&m->words);
	if (r->legs.n > 0 || (r->test && r->test->report && r->test->report->leg.n)) {
		md_raw(m, "<br>in ");
		view_where(r, &m->words);
		words(m);
	}
}

static void
cell_break(struct md *m, size_t *n)
{
	md_raw(m, (*n)++ ? "<br>" : "");
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
		md_text(m, r->judged->note);
	}
	if (best) {
		cell_break(m, &parts);
		view_evidence(best, &m->words);
		words(m);
	}
	for (size_t i = 0; i < n; i++) {
		cell_break(m, &parts);
		md_raw(m, "perhaps ");
		buf_add(&m->words, maybe[i]->finding->id);
		buf_addz(&m->words, " (");
		view_evidence(maybe[i], &m->words);
		buf_addc(&m->words, ')');
		words(m);
	}
	if (r->rule && r->rule->outcome != RESULT_WARN) {
		view_way(r, 1, &m->words);
		if (m->words.n) {
			cell_break(m, &parts);
			md_raw(m, "way out: ");
			words(m);
		}
	}
}

static void
cell_message(struct md *m, const struct view_row *r)
{
	size_t n = 0;

	md_code(m, view_message(r));
	if (r->text.n && !view_lists_problems(r)) {
		md_raw(m, view_message(r).n ? "<br>" : "");
		md_text(m, r->text);
	}
	for (size_t i = 0; view_lists_problems(r) && i < m->v->inputs.n; i++) {
		if (m->v->inputs.v[i].producer != r->producer)
			continue;
		md_raw(m, n++ ? "<br>" : "");
		view_problem(&m->v->inputs.v[i], &m->words);
		md_code(m, buf_str(&m->words));
		buf_reset(&m->words);
	}
}

static void
put_row(struct md *m, const struct view_row *r)
{
	md_raw(m, "| ");
	cell_name(m, r);
	md_raw(m, " | ");
	cell_finding(m, r);
	md_raw(m, " | ");
	view_place(r, &m->words);
	md_code(m, buf_str(&m->words));
	buf_reset(&m->words);
	md_raw(m, " | ");
	cell_message(m, r);
	md_raw(m, " |\n");
}

static void
put_rule(struct md *m, const struct rule_result *r)
{
	md_code(m, r->rule);
	if (r->selected.n) {
		md_raw(m, " (");
		md_text(m, r->selected);
		md_raw(m, ")");
	}
	md_raw(m, ": ");
	md_text(m, r->message);
	if (r->outcome == RESULT_INCONCLUSIVE)
		md_raw(m, " (inconclusive)");
}

static void
put_group(struct md *m, const struct view_group *g)
{
	size_t n = md_capped(m, g->rows.n);

	md_raw(m, "\n#### ");
	put_rule(m, g->rule);
	md_raw(m, "\n");
	if (n)
		md_raw(m, "\n| what | finding | where | message |\n|---|---|---|---|\n");
	for (size_t i = 0; i < n; i++)
		put_row(m, &g->rows.v[i]);
	md_more(m, g->rows.n - n);
	if (g->elsewhere)
		buf_addf(m->out, "\n%zu of them shown above\n", g->elsewhere);
	if (g->tolerated)
		buf_addf(m->out, "\n%zu of lower levels are within their limits\n", g->tolerated);
}

static void
names(struct md *m, const char *title, const struct producer *const *v, size_t n)
{
	size_t most = md_capped(m, n);

	if (n == 0)
		return;
	buf_addf(m->out, "- %s: ", title);
	for (size_t i = 0; i < most; i++) {
		md_raw(m, i ? ", " : "");
		md_code(m, v[i]->spec->name);
	}
	if (most < n)
		buf_addf(m->out, " and %zu more", n - most);
	md_raw(m, "\n");
}

/* Never folded: what is wrong with an input is part of the verdict. */
static void
put_inputs(struct md *m)
{
	const struct view *v = m->v;
	size_t notes = 0, skipped = 0;

	if (!view_says_of_inputs(v))
		return;
	md_raw(m, "\n#### Inputs\n\n");
	for (size_t i = 0; i < v->inputs.n; i++) {
		const struct view_input *in = &v->inputs.v[i];

		if (view_blocks(v, in->producer))
			continue;
		if (!in->incomplete && notes++ >= ROWS_SHOWN && !m->all) {
			skipped++;
			continue;
		}
		md_raw(m, in->incomplete ? "- **incomplete** " : "- ");
		buf_add(&m->words, in->producer->spec->name);
		buf_addz(&m->words, ": ");
		view_problem(in, &m->words);
		md_code(m, buf_str(&m->words));
		buf_reset(&m->words);
		md_raw(m, "\n");
	}
	names(m, "complete", v->complete.v, v->complete.n);
	names(m, "not due (nothing of theirs changed)", v->not_due.v, v->not_due.n);
	names(m, "exit not checked", v->unchecked.v, v->unchecked.n);
	md_more(m, skipped);
}

static void
put_known(struct md *m)
{
	const struct view *v = m->v;
	size_t n = md_capped(m, v->known.n), total = 0;

	if (v->known.n == 0)
		return;
	for (size_t i = 0; i < v->known.n; i++)
		total += v->known.v[i].rows.n;
	md_fold_open(m, "Known", total);
	md_raw(m, "| finding | level | results | title |\n|---|---|---|---|\n");
	for (size_t i = 0; i < n; i++) {
		const struct view_known *k = &v->known.v[i];

		md_raw(m, "| ");
		md_code(m, k->finding ? k->finding->id : STR_NONE);
		buf_addf(m->out, " | %s | %zu %s | ",
			k->finding ? level_name(k->finding->level) : "", k->rows.n,
			class_words(k->cls, (long)k->rows.n));
		md_text(m, k->finding ? k->finding->title : STR_NONE);
		md_raw(m, " |\n");
	}
	md_more(m, v->known.n - n);
	md_fold_close(m);
}

static void
put_list(struct md *m, const char *title, const struct view_rows *rows)
{
	size_t n = md_capped(m, rows->n);

	if (rows->n == 0)
		return;
	md_fold_open(m, title, rows->n);
	for (size_t i = 0; i < n; i++) {
		const struct view_row *r = &rows->v[i];

		md_raw(m, "- ");
		md_code(m, r->id);
		buf_addf(m->out, ": %s", class_words(r->judged->cls, 1));
		view_todo(r, &m->words);
		md_raw(m, m->words.n ? "; " : "");
		words(m);
		md_raw(m, "\n");
	}
	md_more(m, rows->n - n);
	md_fold_close(m);
}

static void
put_suggested(struct md *m)
{
	const struct view *v = m->v;
	size_t n = md_capped(m, v->hints.n), total = 0;

	if (v->hints.n == 0)
		return;
	for (size_t i = 0; i < v->hints.n; i++)
		total += v->hints.v[i].rows.n;
	md_fold_open(m, "Suggestions", total);
	for (size_t i = 0; i < n; i++) {
		const struct view_hint *h = &v->hints.v[i];
		size_t most = m->all || h->rows.n <= WARNED_SHOWN + 1 ? h->rows.n : WARNED_SHOWN;

		md_raw(m, "- ");
		view_hint(h, &m->words);
		words(m);
		for (size_t k = 0; k < most; k++) {
			md_raw(m, k ? ", " : ": ");
			view_name(&h->rows.v[k], &m->words);
			md_code(m, buf_str(&m->words));
			buf_reset(&m->words);
		}
		if (most < h->rows.n)
			buf_addf(m->out, " and %zu more", h->rows.n - most);
		md_raw(m, "\n");
	}
	md_more(m, v->hints.n - n);
	md_fold_close(m);
}

/* A few of what a rule warns of, where no other section lists them. */
static void
put_warned(struct md *m, const struct view_rows *rows)
{
	size_t n = m->all || rows->n <= WARNED_SHOWN + 1 ? rows->n : WARNED_SHOWN, said = 0;

	for (size_t i = 0; i < n; i++) {
		if (view_sectioned(rows->v[i].judged))
			continue;
		md_raw(m, said++ ? ", " : ": ");
		view_name(&rows->v[i], &m->words);
		md_code(m, buf_str(&m->words));
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
	md_raw(m, "\n#### Warnings\n\n");
	for (size_t i = 0; i < v->warnings.n; i++) {
		md_raw(m, "- ");
		put_rule(m, v->warnings.v[i].rule);
		put_warned(m, &v->warnings.v[i].rows);
		md_raw(m, "\n");
	}
}

static void
put_notes(struct md *m)
{
	const struct decision *d = m->v->d;
	size_t n = md_capped(m, d->run->notes.n);

	if (d->remarks.n == 0 && d->run->notes.n == 0)
		return;
	md_raw(m, "\n#### Notes\n\n");
	for (size_t i = 0; i < d->remarks.n; i++) {
		md_raw(m, "- ");
		md_text(m, d->remarks.v[i]);
		md_raw(m, "\n");
	}
	for (size_t i = 0; i < n; i++) {
		md_raw(m, "- ");
		md_code(m, d->run->notes.v[i].finding->id);
		md_raw(m, ": ");
		md_text(m, d->run->notes.v[i].text);
		md_raw(m, "\n");
	}
	md_more(m, d->run->notes.n - n);
}

static void
markdown_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct view v;
	struct md m = { .v = &v, .out = out, .words = BUF_INIT, .all = opt->verbosity > 0 };

	view_init(&v, d);
	md_raw(&m, "### ");
	md_text(&m, d->sentence);
	md_raw(&m, "\n");
	if (opt->verbosity >= 0) {
		for (size_t i = 0; i < v.blocking.n; i++)
			put_group(&m, &v.blocking.v[i]);
		md_raw(&m, "\n");
		view_counts(d, &m.words);
		words(&m);
		md_raw(&m, "\n");
		put_inputs(&m);
		md_pending(&m);
		put_warnings(&m);
		put_known(&m);
		put_list(&m, "Fixed, or to put in order", &v.fixed);
		put_list(&m, "Flaky", &v.flaky);
		put_suggested(&m);
		put_notes(&m);
		md_next(&m);
	}
	buf_release(&m.words);
	view_release(&v);
}

const struct reporter reporter_markdown = {
	.name = "markdown",
	.help = "the report as GitHub-flavoured Markdown, for files, summaries and comments",
	.render = markdown_render,
};
