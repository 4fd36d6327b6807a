/* baseline.c -- the comparison of a run with its baseline as a whole; see ../baseline.h. */
#include "gate/correlate/engine/baseline.h"

struct producer *
same_producer(const struct run *run, const struct snapshot_producer *then)
{
	return run_producer(run, then->spec.name);
}

bool
proves_absence(const struct comparison *c, const struct producer *p)
{
	/* A decision or a list spells names its own way: not found is not gone. */
	return !c->opt->partial && c->b->snapshot.origin < ORIGIN_DECISION && p->complete &&
	       !p->tool_only_absent && p->unnamed == 0;
}

/* Reports of the target branch stand for every producer: their tools for all of the run's. */
static void
compare_versions(struct comparison *c, const struct snapshot_producer *then)
{
	struct str name = then->spec.name, line, left;
	struct versions now = { 0 }, was = { 0 };
	struct buf text = BUF_INIT;

	snapshot_versions(then, &was);
	for (size_t i = 0; i < c->run->producers.n; i++)
		if (name.n == 0 || str_eq(c->run->producers.v[i].spec->name, name))
			versions_of(c->run->producers.v[i].reports.v,
				c->run->producers.v[i].reports.n, &now);
	versions_changed(&now, &was, name, &text);
	left = buf_str(&text);
	while (str_line(&left, &line))
		baseline_remark(c->b, "%.*s in the baseline: what is new may be new to the tool "
			"only.", STR_FMT(line));
	vec_release(&now);
	vec_release(&was);
	buf_release(&text);
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
	for (size_t i = 0; i < b->snapshot.producers.n; i++)
		compare_versions(c, b->snapshot.producers.v[i]);
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

/* By producer, leg and ID, as run_finish sorts them. */
static int
by_identity(const void *x, const void *y)
{
	const struct issue *a = *(struct issue *const *)x, *b = *(struct issue *const *)y;
	int c = str_cmp(a->report->producer->spec->name, b->report->producer->spec->name);

	if (c == 0)
		c = str_cmp(a->report->leg, b->report->leg);
	if (c == 0)
		c = str_cmp(a->id, b->id);
	return c ? c : (a->line > b->line) - (a->line < b->line);
}

/* One of several that are alike is resolved: it gets the next number, as a repeat would. */
static void
number_resolved(struct comparison *c)
{
	struct run *run = c->run;
	struct map ids = { 0 };

	for (size_t i = 0; i < run->issues.n; i++)
		*map_at(&ids, run->issues.v[i]->id) = run;
	for (size_t i = 0; i < c->resolved.n; i++) {
		struct issue *is = c->resolved.v[i];
		struct str base = is->id;

		for (int n = 2; map_get(&ids, is->id); n++)
			is->id = arena_printf(&run->mem, "%.*s (%d)", STR_FMT(base), n);
		*map_at(&ids, is->id) = run;
	}
	map_release(&ids);
}

static void
add_resolved(struct comparison *c)
{
	struct run *run = c->run;

	if (c->resolved.n == 0)
		return;
	number_resolved(c);
	for (size_t i = 0; i < c->resolved.n; i++) {
		c->resolved.v[i]->judged.cls = CLASS_RESOLVED;
		*vec_push(&run->issues) = c->resolved.v[i];
	}
	vec_sort(&run->issues, by_identity);
}

bool
comparison_wants_definitions(const struct comparison *c)
{
	for (size_t i = 0; c && i < c->gone.n; i++)
		if (!c->gone.v[i].removed)
			return true;
	return false;
}

void
compare_absent(struct comparison *c)
{
	if (c == NULL)
		return;
	if (c->run->facts)
		compare_deleted(c);
	suggest_renames(c);
	vec_sort(&c->gone, by_id);
	for (size_t i = 0; i < c->gone.n; i++) {
		struct absent *a = vec_push(&c->run->absents);

		a->ref = c->gone.v[i].id;
		a->report = c->gone.v[i].report;
		a->judged.cls = c->gone.v[i].removed ? CLASS_REMOVED : CLASS_MISSING;
		a->judged.note = c->gone.v[i].note;
	}
	add_resolved(c);
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
