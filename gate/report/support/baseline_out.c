/* baseline_out.c -- see baseline_out.h. */
#include "gate/report/support/baseline_out.h"

#include "gate/base/utf8.h"
#include "gate/report/support/view.h"

#define RULES_SHOWN 8
#define WIDEST_LABEL 40

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

static int
by_place(const void *x, const void *y)
{
	const struct issue *a = *(struct issue *const *)x, *b = *(struct issue *const *)y;
	int c = str_cmp(a->file, b->file);

	if (c == 0)
		c = (a->line > b->line) - (a->line < b->line);
	if (c == 0)
		c = (a->column > b->column) - (a->column < b->column);
	return c ? c : str_cmp(a->id, b->id);
}

/* The rules that say most, the worst first. */
struct by_rule {
	struct str rule;
	long n;
};

static int
by_count(const void *x, const void *y)
{
	const struct by_rule *a = x, *b = y;

	return a->n != b->n ? (a->n < b->n ? 1 : -1) : str_cmp(a->rule, b->rule);
}

static int
by_name(const void *x, const void *y)
{
	return str_cmp(((const struct by_rule *)x)->rule, ((const struct by_rule *)y)->rule);
}

static void
rules(const struct snapshot_leg *leg, struct buf *out)
{
	VEC(struct by_rule) all = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < leg->issues.n; i++)
		if (leg->issues.v[i]->rule.n)
			*vec_push(&all) = (struct by_rule){ leg->issues.v[i]->rule, 1 };
	vec_sort(&all, by_name);
	for (size_t i = 0; i < all.n; i++) {
		if (n && str_eq(all.v[n - 1].rule, all.v[i].rule))
			all.v[n - 1].n++;
		else
			all.v[n++] = all.v[i];
	}
	all.n = n;
	vec_sort(&all, by_count);
	for (size_t i = 0; i < n && i < RULES_SHOWN; i++) {
		buf_addz(out, i ? ", " : "  by rule: ");
		utf8_plain(out, all.v[i].rule);
		buf_addf(out, " %ld", all.v[i].n);
	}
	if (n > RULES_SHOWN)
		buf_addf(out, ", and %zu more rules", n - RULES_SHOWN);
	if (n)
		buf_addc(out, '\n');
	vec_release(&all);
}

static void
show_items(const struct snapshot *s, const struct snapshot_leg *leg, struct buf *out)
{
	struct snapshot_case c = { .snapshot = s, .leg = leg };
	VEC(const struct issue *) issues = { 0 };
	struct buf id = BUF_INIT;

	while (snapshot_next(&c)) {
		if (c.outcome == OUT_PASSED)
			continue;
		snapshot_case_id(&c, &id);
		buf_addf(out, "  %-7s ", outcome_name(c.outcome));
		utf8_plain(out, buf_str(&id));
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < leg->issues.n; i++)
		*vec_push(&issues) = leg->issues.v[i];
	vec_sort(&issues, by_place);
	for (size_t i = 0; i < issues.n; i++) {
		buf_addz(out, "  ");
		issue_line(issues.v[i], out);
	}
	vec_release(&issues);
	buf_release(&id);
	snapshot_case_release(&c);
}

/* "unit py39 (junit)", "lint (ruff 0.4.2)" */
static void
leg_label(const struct snapshot_producer *p, const struct snapshot_leg *leg, struct buf *out)
{
	where(p, leg, out);
	if (leg->tools.n || leg->report->tool.n || leg->report->format.n) {
		buf_addz(out, " (");
		if (leg->tools.n)
			versions_text(&leg->tools, out);
		else
			utf8_plain(out, leg->report->tool.n ? leg->report->tool :
				leg->report->format);
		buf_addc(out, ')');
	}
}

static void
show_leg(const struct snapshot *s, const struct snapshot_producer *p,
	const struct snapshot_leg *leg, size_t width, bool items, struct buf *out)
{
	size_t from = out->n;

	leg_label(p, leg, out);
	buf_addc(out, ':');
	if (out->n - from < width + 2)
		buf_addn(out, ' ', width + 2 - (out->n - from));
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
	rules(leg, out);
	if (items)
		show_items(s, leg, out);
}

void
baseline_show_text(const struct baseline *b, bool items, struct buf *out)
{
	const struct snapshot *s = &b->snapshot;
	struct buf label = BUF_INIT;
	size_t width = 0;

	head(s, out);
	if (out->n)
		buf_addc(out, '\n');
	for (int pass = 0; pass < 2; pass++) /* the widest label first */
		for (size_t i = 0; i < s->producers.n; i++)
			for (size_t k = 0; k < s->producers.v[i]->legs.n; k++) {
				const struct snapshot_producer *p = s->producers.v[i];

				buf_reset(&label);
				leg_label(p, p->legs.v[k], &label);
				if (pass)
					show_leg(s, p, p->legs.v[k], width, items, out);
				else if (label.n > width && label.n <= WIDEST_LABEL)
					width = label.n;
			}
	buf_release(&label);
}

/* ---- diff ---- */

enum sort {
	NOW_FAILING, FIXED, NOW_SKIPPED, NOW_RUNNING, NOW_FLAKY, NOT_FLAKY, OTHERWISE, GONE,
	ADDED_FAILING, ADDED, NEW_ISSUE, RESOLVED_ISSUE, SORTS
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
		return outcome_bad(c->then) ? OTHERWISE : NOW_FAILING;
	if (c->now == OUT_SKIPPED)
		return NOW_SKIPPED;
	if (outcome_bad(c->then))
		return FIXED;
	if (c->then == OUT_SKIPPED)
		return NOW_RUNNING;
	return c->now == OUT_FLAKY ? NOW_FLAKY : NOT_FLAKY;
}

static int
by_sort_and_id(const void *x, const void *y)
{
	const struct baseline_change *a = x, *b = y;
	int c = (int)sort_of(a) - (int)sort_of(b);

	if (c == 0)
		c = str_cmp(a->where, b->where);
	if (c == 0 && a->issue && b->issue)
		c = by_place(&a->issue, &b->issue);
	if (c == 0)
		c = str_cmp(a->id, b->id);
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

/* One side's numbers: a row below their names. */
static void
diff_side(const struct baseline *b, const char *side, struct buf *out)
{
	const struct snapshot *s = &b->snapshot;
	long failing = 0, skipped = 0;
	struct buf saved = BUF_INIT;

	for (size_t i = 0; i < s->producers.n; i++)
		for (size_t k = 0; k < s->producers.v[i]->legs.n; k++) {
			const long *count = s->producers.v[i]->legs.v[k]->count;

			failing += count[OUT_FAILED] + count[OUT_ERROR];
			skipped += count[OUT_SKIPPED];
		}
	buf_addf(out, "%-4s %9ld %9ld %9ld %9ld   ", side, s->tests, failing, skipped, s->issues);
	utf8_plain(out, b->path);
	if (s->saved != DATE_NONE) {
		date_rfc3339(&saved, s->saved);
		buf_addf(out, ", %s", buf_z(&saved));
	}
	if (s->revision.n) {
		buf_addz(out, ", ");
		utf8_plain(out, str_to(s->revision, 10));
	}
	buf_addc(out, '\n');
	buf_release(&saved);
}

void
baseline_diff_text(const struct baseline *a, const struct baseline *b,
	struct baseline_changes *changes, struct buf *out)
{
	static const char *const titles[SORTS] = {
		[NOW_FAILING] = "failing now", [FIXED] = "fixed", [NOW_SKIPPED] = "skipped now",
		[NOW_RUNNING] = "running again", [NOW_FLAKY] = "flaky now",
		[NOT_FLAKY] = "not flaky any more", [OTHERWISE] = "failing otherwise",
		[GONE] = "gone", [ADDED_FAILING] = "added, and failing", [ADDED] = "added",
		[NEW_ISSUE] = "new results", [RESOLVED_ISSUE] = "resolved results",
	};
	struct str left, line;
	size_t n;

	buf_addf(out, "%-4s %9s %9s %9s %9s\n", "", "tests", "failing", "skipped", "results");
	diff_side(a, "then", out);
	diff_side(b, "now", out);
	vec_sort(&changes->v, by_sort_and_id);
	if (changes->tools.n) {
		left = buf_str(&changes->tools);
		buf_addz(out, "\nother versions\n");
		while (str_line(&left, &line))
			buf_addf(out, "  %.*s\n", STR_FMT(line));
	}
	if (changes->v.n == 0)
		buf_addz(out, "\nno difference\n");
	for (size_t i = 0; i < changes->v.n; i += n) {
		enum sort sort = sort_of(&changes->v.v[i]);

		for (n = 1; i + n < changes->v.n && sort_of(&changes->v.v[i + n]) == sort;)
			n++;
		buf_addf(out, "\n%s (%zu)\n", titles[sort], n);
		for (size_t k = 0; k < n; k++)
			diff_change(&changes->v.v[i + k], out);
	}
}
