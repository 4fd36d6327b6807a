/*
 * floor_judge.c -- reports that a floor requires, by what was really delivered: what a policy
 * declares, and how it forgives that it is not there, does not matter.
 */
#include "policies/engine/count.h"
#include "policies/engine/floor.h"

#include "gate/base/glob.h"
#include "gate/input/tree.h"
#include "gate/model/change.h"

/*
 * Delivered whole, by a producer that did; an empty file only where the floor takes one, and
 * never a scanner that says that it looked at nothing.
 */
static bool
is_delivered(const struct requirement *q, const struct producer *p, const struct report *r)
{
	return p->complete && r->complete && !r->absent &&
		(q->empty_clean || !r->empty) &&
		(r->kind == KIND_TESTS || !report_has(r, PROBLEM_NOTHING_RAN));
}

static bool
is_asked_for(const struct requirement *q, const struct report *r)
{
	/* A result that knows nothing but its report: what such selectors look at. */
	struct issue probe = { .report = (struct report *)r };
	struct item item = { .kind = ITEM_ISSUE, .issue = &probe };

	return selectors_match(&q->where, &item);
}

struct delivered {
	long reports, of_tests, incomplete, tests;
};

static struct delivered
look(const struct run *run, const struct requirement *q)
{
	struct delivered d = { 0 };

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];

		for (size_t k = 0; k < p->reports.n; k++) {
			const struct report *r = p->reports.v[k];

			if (!is_asked_for(q, r))
				continue;
			if (!is_delivered(q, p, r)) {
				d.incomplete++;
				continue;
			}
			d.reports++;
			d.of_tests += r->kind == KIND_TESTS;
			d.tests += r->total - r->count[OUT_SKIPPED];
		}
	}
	return d;
}

static bool
touches(const struct change_file *f, const struct str_list *patterns)
{
	for (size_t i = 0; i < patterns->n; i++)
		if ((f->path.n && glob_match(patterns->v[i], f->path)) ||
		    (f->old_path.n && glob_match(patterns->v[i], f->old_path)))
			return true;
	return f->path.n == 0 && f->old_path.n == 0;
}

/* As a producer's `when-changed`: due where it can't be told. */
static bool
is_due(const struct run *run, const struct requirement *q)
{
	if (run->change == NULL || q->when_changed.n == 0)
		return true;
	for (size_t i = 0; i < run->change->files.n; i++)
		if (touches(&run->change->files.v[i], &q->when_changed))
			return true;
	return false;
}

static void
judge_one(const struct run *run, const struct requirement *q, struct decision *d)
{
	struct delivered got = look(run, q);
	/* Reports of tests in which none ran are none, whatever the policy makes of them. */
	long least = q->min_tests || got.of_tests < got.reports ? q->min_tests : 1;
	struct rule_result *r;
	struct buf what = BUF_INIT;

	if (!is_due(run, q) || (got.reports && got.tests >= least))
		return;
	selectors_describe(&q->where, &what);
	r = vec_push(&d->rules);
	r->rule = STR("incomplete-input");
	r->level = RULE_FAIL;
	r->outcome = RESULT_INCONCLUSIVE;
	r->at = q->at;
	r->observed = 1;
	r->limit.kind = LIMIT_NUMBER;
	if (got.reports)
		r->message = arena_printf(&d->mem, "the floor requires %ld test%s of %s, and %ld "
			"ran", least, least == 1 ? "" : "s", buf_z(&what), got.tests);
	else
		r->message = arena_printf(&d->mem, "the floor requires a report of %s, and %s",
			buf_z(&what), got.incomplete ? "none was delivered whole" :
			"none was delivered");
	buf_release(&what);
}

static bool
is_required(const struct policy *p, const struct producer *producer)
{
	for (size_t i = 0; i < p->must.n; i++)
		for (size_t k = 0; k < producer->reports.n; k++)
			if (is_asked_for(p->must.v[i], producer->reports.v[k]))
				return true;
	return false;
}

static void
list(struct decision *d, const struct producer_spec *s, const char *what, const char *value,
	const char *floor)
{
	struct below_floor *b = vec_push(&d->below);

	b->parameter = arena_printf(&d->mem, "reports.%.*s.%s", STR_FMT(s->name), what);
	b->policy = str_of(value);
	b->floor = str_of(floor);
	b->at = s->at;
}

/* What a policy forgives of a report that the floor requires, the floor does not. */
static void
list_forgiven(const struct policy *p, const struct run *run, struct decision *d)
{
	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer_spec *s = run->producers.v[i].spec;

		if (!is_required(p, &run->producers.v[i]))
			continue;
		if (s->optional)
			list(d, s, "optional", "true", "require-reports");
		if (s->empty_clean)
			list(d, s, "empty", "clean", "require-reports");
		if (s->when_changed.n)
			list(d, s, "when-changed", "given", "require-reports");
	}
}

/* What a tool's words mean in its format's table, no policy talks down. */
static void
list_words(const struct policy *p, const struct run *run, struct decision *d)
{
	const struct node *at = node_get(p->root, "severities");
	struct below_floor *b;
	long held = 0;

	for (size_t i = 0; i < run->producers.n; i++)
		for (size_t k = 0; k < run->producers.v[i].reports.n; k++)
			held += run->producers.v[i].reports.v[k]->levels_held;
	if (held == 0)
		return;
	b = vec_push(&d->below);
	*b = (struct below_floor){ .parameter = STR("severities"),
		.policy = arena_printf(&d->mem, "lower than its format's level for %ld result%s",
		held, held == 1 ? "" : "s"), .floor = STR("format's level") };
	if (at)
		b->at = at->at;
}

static void
remark(struct decision *d, const struct below_floor *b)
{
	struct buf text = BUF_INIT;

	buf_addz(&text, "below-floor: ");
	below_describe(b, &text);
	buf_addc(&text, '.');
	*vec_push(&d->remarks) = arena_dup(&d->mem, buf_str(&text));
	buf_release(&text);
}

void
floor_judge(const struct policy *p, const struct run *run, struct decision *d)
{
	if (p->floor == NULL)
		return;
	d->floor_path = p->floor->path;
	memcpy(d->floor_sha256, p->floor->sha256, sizeof(d->floor_sha256));
	for (size_t i = 0; i < p->must.n; i++)
		judge_one(run, p->must.v[i], d);
	for (size_t i = 0; i < p->below.n; i++)
		*vec_push(&d->below) = p->below.v[i];
	list_forgiven(p, run, d);
	list_words(p, run, d);
	for (size_t i = 0; i < d->below.n; i++)
		remark(d, &d->below.v[i]);
	for (size_t i = 0; i < p->floor_notes.n; i++)
		*vec_push(&d->remarks) = p->floor_notes.v[i];
}
