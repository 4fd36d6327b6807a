/* markdown_next.c -- what the change itself loosens, and the ways out, as Markdown. */
#include "gate/report/support/escape.h"
#include "gate/report/support/markdown_parts.h"
#include "gate/report/support/rerun.h"
#include "gate/report/support/ways.h"

/* Never folded: who approves must see it. */
void
md_pending(struct md *m)
{
	const struct decision *d = m->v->d;
	size_t n = md_capped(m, d->pending.n);

	if (d->pending.n == 0)
		return;
	md_raw(m, "\n#### Pending until the change is merged, not counted\n\n");
	for (size_t i = 0; i < n; i++) {
		md_raw(m, "- ");
		md_text(m, d->pending.v[i].edit);
		if (d->pending.v[i].at.n) {
			md_raw(m, " at ");
			md_code(m, d->pending.v[i].at);
		}
		md_raw(m, "\n");
	}
	if (d->has_if_merged)
		buf_addf(m->out, "- the verdict with them: %s\n", verdict_name(d->if_merged));
	buf_addf(m->out, "- to count exactly these: `gate run --approve-pending %s`\n",
		d->pending_digest);
	md_more(m, d->pending.n - n);
}

/* A command is never cut: half of it would do something else. */
static void
put_reruns(struct md *m)
{
	struct reruns all = { 0 };
	struct buf b = BUF_INIT;
	size_t n;

	reruns_of_view(&all, m->v);
	n = md_capped(m, all.v.n);
	if (n)
		md_fold_open(m, "Run just these on your machine", 0);
	for (size_t i = 0; i < n; i++) {
		buf_reset(&b);
		rerun_command(&all.v.v[i], &b);
		md_raw(m, "- ");
		escape_markdown_code(m->out, buf_str(&b));
		md_raw(m, "\n");
	}
	md_more(m, all.v.n - n);
	if (n)
		md_fold_close(m);
	buf_release(&b);
	reruns_release(&all);
}

static void
put_entry(struct md *m)
{
	struct str reg = view_entry_register(m->v->d);
	struct pastes p = { 0 };
	struct buf yaml = BUF_INIT;

	view_pastes(m->v, &p);
	if (p.n == 0)
		return;
	for (size_t i = 0; i < p.n; i++)
		paste_lines(&p, i, m->v->d->now, m->v->d->waiver_days, &yaml);
	md_fold_open(m, "If it must wait: a waiver to paste", 0);
	md_raw(m, "Into ");
	if (reg.n) {
		md_code(m, reg);
		md_raw(m, ", under <code>findings:</code>");
	} else {
		md_raw(m, "a file that the policy names under <code>registers:</code>, behind "
			"the lines <code>version: 1</code> and <code>findings:</code>");
	}
	md_raw(m, ". What a change adds itself is pending until it "
		"is merged.\n\n");
	escape_markdown_block(m->out, buf_str(&yaml));
	if (p.left)
		buf_addf(m->out, "\n+%zu more would need entries of their own\n", p.left);
	md_fold_close(m);
	buf_release(&yaml);
}

void
md_next(struct md *m)
{
	put_reruns(m);
	put_entry(m);
}
