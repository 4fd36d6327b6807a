/* baseline_out.c -- see baseline_out.h. */
#include "gate/report/support/baseline_out.h"

#include "gate/base/utf8.h"
#include "gate/report/support/view.h"

static void
line(struct buf *out, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_addf(out, "%-9s ", name);
	utf8_plain(out, value);
	buf_addc(out, '\n');
}

static void
head(const struct snapshot *s, struct buf *out)
{
	struct buf saved = BUF_INIT;

	if (s->saved != DATE_NONE)
		date_rfc3339(&saved, s->saved);
	line(out, "name", s->name);
	line(out, "project", s->project);
	line(out, "revision", s->revision);
	line(out, "saved", buf_str(&saved));
	line(out, "by gate", s->version);
	if (s->origin != ORIGIN_SAVED)
		line(out, "read from", str_of(snapshot_origin_name(s->origin)));
	buf_release(&saved);
}

/* "unit py39", "unit", "all reports" */
static void
where(const struct snapshot_producer *p, const struct snapshot_leg *leg, struct buf *out)
{
	utf8_plain(out, p->spec.name.n ? p->spec.name : STR("all reports"));
	if (leg->report->leg.n) {
		buf_addc(out, ' ');
		utf8_plain(out, leg->report->leg);
	}
}

static void
outcomes(const struct snapshot_leg *leg, struct buf *out)
{
	const char *sep = ": ";

	for (int o = 0; o < OUTCOMES; o++) {
		if (leg->count[o] == 0)
			continue;
		buf_addf(out, "%s%ld %s", sep, leg->count[o], outcome_name((enum outcome)o));
		sep = ", ";
	}
	if (leg->excused)
		buf_addf(out, " (%ld as registers expect)", leg->excused);
	if (leg->unnamed)
		buf_addf(out, "; %ld more known by their count alone", leg->unnamed);
}

static void
levels(const struct snapshot_leg *leg, struct buf *out)
{
	const char *sep = ": ";

	for (int l = LEVELS - 1; l >= 0; l--) {
		long n = 0;

		for (size_t i = 0; i < leg->issues.n; i++)
			n += leg->issues.v[i]->level == (enum level)l;
		if (n == 0)
			continue;
		buf_addf(out, "%s%ld %s", sep, n, level_name((enum level)l));
		sep = ", ";
	}
}

static void
issue_line(const struct issue *i, struct buf *out)
{
	utf8_plain(out, i->file.n ? i->file : STR("(no file)"));
	if (i->line)
		buf_addf(out, ":%ld", i->line);
	buf_addz(out, ": ");
	utf8_plain(out, i->tool);
	if (i->rule.n) {
		buf_addc(out, ' ');
		utf8_plain(out, i->rule);
	}
	buf_addf(out, " (%s) ", level_name(i->level));
	utf8_plain(out, i->message);
	buf_addc(out, '\n');
}

static void
show_items(const struct snapshot *s, const struct snapshot_leg *leg, struct buf *out)
{
	struct snapshot_case c = { .snapshot = s, .leg = leg };
	struct buf id = BUF_INIT;

	while (snapshot_next(&c)) {
		if (c.outcome == OUT_PASSED)
			continue;
		snapshot_case_id(&c, &id);
		buf_addf(out, "  %-7s ", outcome_name(c.outcome));
		utf8_plain(out, buf_str(&id));
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < leg->issues.n; i++) {
		buf_addz(out, "  ");
		issue_line(leg->issues.v[i], out);
	}
	buf_release(&id);
	snapshot_case_release(&c);
}

static void
show_leg(const struct snapshot *s, const struct snapshot_producer *p,
	const struct snapshot_leg *leg, bool items, struct buf *out)
{
	where(p, leg, out);
	if (leg->report->tool.n || leg->report->format.n) {
		buf_addz(out, " (");
		utf8_plain(out, leg->report->tool.n ? leg->report->tool : leg->report->format);
		buf_addc(out, ')');
	}
	buf_addz(out, ": ");
	if (leg->report->kind == KIND_TESTS || leg->n) {
		buf_addf(out, "%zu test%s", leg->n, leg->n == 1 ? "" : "s");
		outcomes(leg, out);
	}
	if (leg->issues.n || leg->report->kind != KIND_TESTS) {
		buf_addf(out, "%s%zu lint or scan result%s", leg->n ? "; " : "", leg->issues.n,
			leg->issues.n == 1 ? "" : "s");
		levels(leg, out);
	}
	buf_addc(out, '\n');
	if (items)
		show_items(s, leg, out);
}

void
baseline_show_text(const struct baseline *b, bool items, struct buf *out)
{
	const struct snapshot *s = &b->snapshot;

	head(s, out);
	for (size_t i = 0; i < s->producers.n; i++)
		for (size_t k = 0; k < s->producers.v[i]->legs.n; k++)
			show_leg(s, s->producers.v[i], s->producers.v[i]->legs.v[k], items, out);
}

/* ---- diff ---- */

enum sort {
	NOW_FAILING, FIXED, NOW_SKIPPED, GONE, ADDED_FAILING, ADDED, OTHER, NEW_ISSUE,
	RESOLVED_ISSUE, SORTS
};

static enum sort
sort_of(const struct baseline_change *c)
{
	if (c->issue)
		return c->then == OUT_ABSENT ? NEW_ISSUE : RESOLVED_ISSUE;
	if (c->now == OUT_ABSENT)
		return GONE;
	if (c->then == OUT_ABSENT)
		return outcome_bad(c->now) ? ADDED_FAILING : ADDED;
	if (outcome_bad(c->now))
		return outcome_bad(c->then) ? OTHER : NOW_FAILING;
	if (outcome_bad(c->then))
		return outcome_passed(c->now) ? FIXED : NOW_SKIPPED;
	return c->now == OUT_SKIPPED ? NOW_SKIPPED : OTHER;
}

static int
by_sort_and_id(const void *x, const void *y)
{
	const struct baseline_change *a = x, *b = y;
	int c = (int)sort_of(a) - (int)sort_of(b);

	if (c == 0)
		c = str_cmp(a->where, b->where);
	if (c == 0)
		c = str_cmp(a->id, b->id);
	if (c == 0 && a->issue && b->issue)
		c = (a->issue->line > b->issue->line) - (a->issue->line < b->issue->line);
	return c;
}

static void
diff_change(const struct baseline_change *c, struct buf *out)
{
	buf_addz(out, "  ");
	if (c->issue) {
		issue_line(c->issue, out);
		return;
	}
	utf8_plain(out, c->where);
	buf_addz(out, ": ");
	utf8_plain(out, c->id);
	if (c->then != OUT_ABSENT && c->now != OUT_ABSENT)
		buf_addf(out, " (%s, was %s)", outcome_name(c->now), outcome_name(c->then));
	buf_addc(out, '\n');
}

void
baseline_diff_text(const struct baseline *a, const struct baseline *b,
	struct baseline_changes *changes, struct buf *out)
{
	static const char *const titles[SORTS] = {
		[NOW_FAILING] = "failing now", [FIXED] = "fixed", [NOW_SKIPPED] = "skipped now",
		[GONE] = "gone", [ADDED_FAILING] = "added, and failing", [ADDED] = "added",
		[OTHER] = "otherwise", [NEW_ISSUE] = "new results",
		[RESOLVED_ISSUE] = "resolved results",
	};
	size_t n;

	buf_addf(out, "%ld tests, %ld lint or scan results; then %ld and %ld\n", b->snapshot.tests,
		b->snapshot.issues, a->snapshot.tests, a->snapshot.issues);
	vec_sort(&changes->v, by_sort_and_id);
	if (changes->v.n == 0)
		buf_addz(out, "no difference\n");
	for (size_t i = 0; i < changes->v.n; i += n) {
		enum sort sort = sort_of(&changes->v.v[i]);

		for (n = 1; i + n < changes->v.n && sort_of(&changes->v.v[i + n]) == sort;)
			n++;
		buf_addf(out, "\n%s (%zu)\n", titles[sort], n);
		for (size_t k = 0; k < n; k++)
			diff_change(&changes->v.v[i + k], out);
	}
}
