/* baseline.c -- the comparison of a run with its baseline as a whole; see ../baseline.h. */
#include "gate/correlate/engine/baseline.h"

struct producer *
same_producer(const struct run *run, const struct snapshot_producer *then)
{
	for (size_t i = 0; i < run->producers.n; i++)
		if (str_eq(run->producers.v[i].spec->name, then->spec.name))
			return &run->producers.v[i];
	return NULL;
}

bool
proves_absence(const struct comparison *c, const struct producer *p)
{
	/* A decision or a list spells names its own way: not found is not gone. */
	return !c->opt->partial && c->b->snapshot.origin < ORIGIN_DECISION && p->complete &&
	       !p->tool_only_absent && p->unnamed == 0;
}

struct comparison *
compare_baseline(struct run *run, const struct findings *fs, struct baseline *b,
	const struct comparison_options *opt)
{
	struct comparison *c;

	if (b->state != BASELINE_THERE)
		return NULL;
	c = xcalloc(1, sizeof(*c));
	c->run = run;
	c->b = b;
	c->opt = opt;
	departures_read(&c->departures, fs);
	compare_tests(c);
	compare_issues(c);
	return c;
}

static int
by_id(const void *x, const void *y)
{
	const struct gone *a = x, *b = y;
	int c = str_cmp(a->id, b->id);

	if (c == 0)
		c = str_cmp(a->report->producer->spec->name, b->report->producer->spec->name);
	return c ? c : str_cmp(a->report->leg, b->report->leg);
}

void
compare_absent(struct comparison *c)
{
	if (c == NULL)
		return;
	vec_sort(&c->gone, by_id);
	for (size_t i = 0; i < c->gone.n; i++) {
		struct absent *a = vec_push(&c->run->absents);

		a->ref = c->gone.v[i].id;
		a->report = c->gone.v[i].report;
		a->judged.cls = c->gone.v[i].removed ? CLASS_REMOVED : CLASS_MISSING;
		a->judged.note = c->gone.v[i].note;
	}
	for (size_t i = 0; i < c->resolved.n; i++) {
		c->resolved.v[i]->judged.cls = CLASS_RESOLVED;
		*vec_push(&c->run->issues) = c->resolved.v[i];
	}
}

void
comparison_free(struct comparison *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->legs.n; i++)
		free(c->legs.v[i].says);
	vec_release(&c->legs);
	vec_release(&c->gone);
	vec_release(&c->resolved);
	departures_release(&c->departures);
	map_release(&c->kept);
	arena_release(&c->mem);
	buf_release(&c->key);
	free(c);
}
