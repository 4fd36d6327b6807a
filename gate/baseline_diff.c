/* baseline_diff.c -- see baseline_diff.h. */
#include "gate/baseline_diff.h"

#include "gate/correlate/baseline.h"
#include "gate/model/seen.h"

static const struct snapshot_producer *
find_producer(const struct snapshot *s, struct str name)
{
	for (size_t i = 0; i < s->producers.n; i++)
		if (str_eq(s->producers.v[i]->spec.name, name))
			return s->producers.v[i];
	return NULL;
}

static const struct snapshot_leg *
find_leg(const struct snapshot_producer *p, struct str leg)
{
	for (size_t i = 0; p && i < p->legs.n; i++)
		if (str_eq(p->legs.v[i]->report->leg, leg))
			return p->legs.v[i];
	return NULL;
}

static struct str
where(struct baseline_changes *c, const struct snapshot_leg *leg)
{
	struct str name = leg->report->producer->spec->name;

	return arena_printf(&c->mem, "%.*s%s%.*s", STR_FMT(name.n ? name : STR("all reports")),
		leg->report->leg.n ? " " : "", STR_FMT(leg->report->leg));
}

/* By place among the lines of `leg`: the outcome in `other`, OUT_ABSENT where it is not. */
static unsigned char *
outcomes_in(const struct snapshot_leg *leg, const struct snapshot_leg *other)
{
	unsigned char *out = xcalloc(leg->n + 1, 1);

	for (size_t i = 0, n; i < leg->n; i += n) {
		size_t at = other ? seen_find(other->v, other->n, leg->v[i].id) : 0;
		size_t there = other && at < other->n ? seen_run(other->v, other->n, at) : 0;

		n = seen_run(leg->v, leg->n, i);
		for (size_t k = 0; k < n; k++)
			out[SEEN_SEQ(leg->v[i + k])] = k < there ?
				(unsigned char)SEEN_OUTCOME(other->v[at + k]) : OUT_ABSENT;
	}
	return out;
}

static void
add_case(struct baseline_changes *c, const struct snapshot_leg *leg, struct str id,
	enum outcome then, enum outcome now)
{
	struct baseline_change *change = vec_push(&c->v);

	change->id = arena_dup(&c->mem, id);
	change->where = where(c, leg);
	change->then = then;
	change->now = now;
}

/* The cases of one leg against the same of the other side; `only`: those not there at all. */
static void
diff_leg(const struct snapshot *s, const struct snapshot_leg *leg,
	const struct snapshot_leg *other, bool only, struct baseline_changes *c)
{
	struct snapshot_case at = { .snapshot = s, .leg = leg };
	unsigned char *there = outcomes_in(leg, other);
	struct buf id = BUF_INIT;

	while (snapshot_next(&at)) {
		enum outcome o = (enum outcome)there[at.at];

		if (o == at.outcome || only != (o == OUT_ABSENT) || (only && at.synthetic))
			continue;
		snapshot_case_id(&at, &id);
		if (only)
			add_case(c, leg, buf_str(&id), at.outcome, OUT_ABSENT);
		else
			add_case(c, leg, buf_str(&id), o, at.outcome);
	}
	buf_release(&id);
	free(there);
	snapshot_case_release(&at);
}

static void
diff_cases(const struct snapshot *a, const struct snapshot *b, struct baseline_changes *c)
{
	size_t from;

	for (size_t i = 0; i < b->producers.n; i++) {
		const struct snapshot_producer *p = b->producers.v[i];

		for (size_t k = 0; k < p->legs.n; k++) {
			const struct snapshot_leg *leg = p->legs.v[k], *then =
				find_leg(find_producer(a, p->spec.name), leg->report->leg);

			diff_leg(b, leg, then, false, c);
			from = c->v.n;
			diff_leg(b, leg, then, true, c);
			for (; from < c->v.n; from++) { /* it is then that it was absent */
				c->v.v[from].now = c->v.v[from].then;
				c->v.v[from].then = OUT_ABSENT;
			}
		}
	}
	for (size_t i = 0; i < a->producers.n; i++) {
		const struct snapshot_producer *p = a->producers.v[i];

		for (size_t k = 0; k < p->legs.n; k++)
			diff_leg(a, p->legs.v[k], find_leg(find_producer(b, p->spec.name),
				p->legs.v[k]->report->leg), true, c);
	}
}

static void
add_issues(struct issue_match *m, const struct snapshot_producer *p, bool then)
{
	for (size_t i = 0; p && i < p->legs.n; i++)
		for (size_t k = 0; k < p->legs.v[i]->issues.n; k++) {
			if (then)
				*vec_push(&m->then) = p->legs.v[i]->issues.v[k];
			else
				*vec_push(&m->now) = p->legs.v[i]->issues.v[k];
		}
}

static void
add_issue(struct baseline_changes *c, const struct issue *i, enum outcome then, enum outcome now)
{
	struct baseline_change *change = vec_push(&c->v);

	change->id = i->id;
	change->issue = i;
	change->then = then;
	change->now = now;
}

static void
diff_issues(const struct snapshot_producer *a, const struct snapshot_producer *b,
	struct baseline_changes *c)
{
	struct issue_match m = { 0 };

	add_issues(&m, a, true);
	add_issues(&m, b, false);
	issues_match(&m);
	for (size_t i = 0; i < m.then.n; i++)
		if (m.pair_of_then[i] == NULL)
			add_issue(c, m.then.v[i], OUT_FAILED, OUT_ABSENT);
	for (size_t i = 0; i < m.now.n; i++)
		if (m.pair_of_now[i] == NULL)
			add_issue(c, m.now.v[i], OUT_ABSENT, OUT_FAILED);
	issue_match_release(&m);
}

static void
diff_versions(const struct snapshot_producer *a, const struct snapshot_producer *b,
	struct baseline_changes *c)
{
	struct versions then = { 0 }, now = { 0 };

	if (a)
		snapshot_versions(a, &then);
	snapshot_versions(b, &now);
	versions_changed(&now, &then, b->spec.name, &c->tools);
	vec_release(&then);
	vec_release(&now);
}

void
baseline_changes(const struct baseline *a, const struct baseline *b, struct baseline_changes *c)
{
	for (size_t i = 0; i < b->snapshot.producers.n; i++)
		diff_versions(find_producer(&a->snapshot, b->snapshot.producers.v[i]->spec.name),
			b->snapshot.producers.v[i], c);
	diff_cases(&a->snapshot, &b->snapshot, c);
	for (size_t i = 0; i < a->snapshot.producers.n; i++)
		diff_issues(a->snapshot.producers.v[i],
			find_producer(&b->snapshot, a->snapshot.producers.v[i]->spec.name), c);
	for (size_t i = 0; i < b->snapshot.producers.n; i++)
		if (find_producer(&a->snapshot, b->snapshot.producers.v[i]->spec.name) == NULL)
			diff_issues(NULL, b->snapshot.producers.v[i], c);
}
