/*
 * baseline_reports.c -- reports of the target branch as a baseline. Whose they are is known of
 * leg files alone; of others a path may tell the leg.
 */
#include "gate/baseline_forms.h"
#include "gate/gather.h"
#include "parsers/parser.h"

/* The first incomplete report says why the whole is no baseline. */
static bool
all_complete(struct baseline *b, const struct run *run)
{
	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];

		for (size_t k = 0; k < p->reports.n; k++) {
			const struct report *r = p->reports.v[k];

			if (r->complete)
				continue;
			b->why = arena_printf(&b->mem, "%.*s: %s: %.*s", STR_FMT(r->path),
				r->problems.n ? problem_name(r->problems.v[0].code) : "incomplete",
				STR_FMT(r->problems.n ? r->problems.v[0].message : STR_NONE));
			return false;
		}
	}
	return true;
}

static struct producer *
producer_named(struct run *run, struct str name)
{
	struct producer *p = run_producer(run, name);
	struct producer_spec *spec;

	if (p)
		return p;
	spec = arena_new(&run->mem, struct producer_spec);
	spec->name = arena_dup(&run->mem, name);
	spec->min_tests_set = true;
	p = vec_push(&run->producers);
	p->spec = spec;
	return p;
}

/* The leg that a path names, as the run's reports would get it; producers that differ: none. */
static struct str
leg_by_path(const struct policy *policy, struct str path)
{
	struct str leg = STR_NONE;

	for (size_t i = 0; i < policy->producers.n; i++) {
		struct str its = gather_leg_of_path(&policy->producers.v[i], path);

		if (leg.n && its.n && !str_eq(leg, its))
			return STR_NONE;
		leg = its.n ? its : leg;
	}
	return leg;
}

static bool
declared(const struct policy *policy, struct str name)
{
	for (size_t i = 0; i < policy->producers.n; i++)
		if (str_eq(policy->producers.v[i].name, name))
			return true;
	return false;
}

/*
 * A leg file says whose reports it holds. Of others, and where the policy knows no such
 * producer, nobody knows: the producer "" stands for every one.
 */
static void
add_report(struct run *run, const struct policy *policy, const char *path,
	const struct collect_options *opt)
{
	struct collect_options collect = *opt;
	struct report *r = arena_new(&run->mem, struct report);
	struct reports all = { 0 };
	struct leg_file *leg = NULL;

	r->open_path = path;
	r->path = str_of(path);
	r->leg = leg_by_path(policy, r->path);
	collect.leg = &leg;
	report_read(r, STR_NONE, &collect);
	leg_unpack(leg, r, &all);
	for (size_t i = 0; i < all.n; i++) {
		struct str name = leg && i < leg->reports.n ?
			leg->parts.v[leg->reports.v[i].part].name : STR_NONE;

		if (!declared(policy, name))
			name = STR_NONE;
		*vec_push(&producer_named(run, name)->reports) = all.v[i];
	}
	if (leg)
		*vec_push(&run->legs) = leg;
	vec_release(&all);
}

static int
by_name(const void *x, const void *y)
{
	return str_cmp(((const struct producer *)x)->spec->name,
		((const struct producer *)y)->spec->name);
}

int
baseline_of_reports(struct baseline *b, const struct found *files, const struct policy *policy,
	struct buf *out)
{
	struct snapshot_about about = { .origin = ORIGIN_REPORTS, .saved = DATE_NONE };
	struct collect_options collect = {
		.names = true,
		.redactor = policy->redactor,
		.root = policy->producers.n == 1 ? policy->producers.v[0].root : STR_NONE,
		.strip = policy->strip.v,
		.nstrip = policy->strip.n,
	};
	struct run run = { 0 };
	bool whole;

	for (size_t i = 0; i < files->n; i++)
		add_report(&run, policy, files->v[i], &collect);
	vec_sort(&run.producers, by_name);
	for (size_t i = 0; i < run.producers.n; i++)
		for (size_t k = 0; k < run.producers.v[i].reports.n; k++)
			run.producers.v[i].reports.v[k]->producer = &run.producers.v[i];
	run_finish(&run);
	whole = all_complete(b, &run);
	if (whole)
		snapshot_write(&run, &about, out);
	run_release(&run);
	return whole ? 0 : -1;
}
