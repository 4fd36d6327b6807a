/* gather.c -- see gather.h. The order of what is read never depends on the threads. */
#include "gate/gather.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/base/tape.h"
#include "gate/input/files.h"
#include "gate/input/tree.h"
#include "gate/legs.h"
#include "parsers/parser.h"

#define MAX_JOBS 8

/* One file to read; made in order before any thread starts. */
struct task {
	struct report *report;
	const struct producer_spec *spec;
	struct str format;
	struct collect_options collect;
	struct leg_file *leg; /* what it is, if it is one */
};

struct work {
	struct {
		struct task *v;
		size_t n, cap;
	} tasks;
	uint64_t terms;
	struct map files; /* of the producer whose reports are listed: each is read once */
	struct str_list by_leg; /* producers that leg files on the command line deliver */
	atomic_size_t next, done;
	bool progress;
	struct timespec start;
	pthread_mutex_t line; /* guards the progress line */
};

/* `leg` stands in the path as a word of its own: reports/py39/junit.xml is of py39, not of py3. */
static bool
path_has_word(struct str path, struct str word)
{
	size_t at = 0, hit;

	while ((hit = str_find(str_from(path, at), word)) != STR_NPOS) {
		size_t from = at + hit, to = from + word.n;

		if ((from == 0 || !is_alnum(path.p[from - 1])) &&
		    (to == path.n || !is_alnum(path.p[to])))
			return true;
		at = from + 1;
	}
	return false;
}

struct str
gather_leg_of_path(const struct producer_spec *spec, struct str path)
{
	struct str leg = STR_NONE;

	for (size_t i = 0; i < spec->legs.n; i++) {
		if (!path_has_word(path, spec->legs.v[i]))
			continue;
		if (leg.n)
			return STR_NONE;
		leg = spec->legs.v[i];
	}
	return leg;
}

struct str
gather_shown_path(struct str path, struct str base)
{
	struct str s = path;

	if (base.n && s.n > base.n + 1 && str_eq(str_to(s, base.n), base) && s.p[base.n] == '/')
		s = str_from(s, base.n + 1);
	return s;
}

/* A case that did not fail is kept when a finding or the baseline has something to say of it. */
static bool
watch(const void *ctx, const struct test_event *ev, struct str id)
{
	const struct gather_options *opt = ctx;

	if (opt->baseline && opt->baseline->state == BASELINE_THERE &&
	    snapshot_watch(&opt->baseline->snapshot, ev, id))
		return true;
	if (opt->history && history_watch(opt->history, ev, id))
		return true;
	return index_watch(opt->index, ev, id);
}

/* Perhaps it is one that is missing, under a new name. */
static bool
fresh(const void *ctx, const struct test_event *ev, struct str id)
{
	const struct gather_options *opt = ctx;

	return opt->baseline && opt->baseline->state == BASELINE_THERE &&
		snapshot_lacks(&opt->baseline->snapshot, ev, id);
}

static struct str
leg_root(const void *ctx, struct str producer)
{
	const struct policy *policy = ((const struct gather_options *)ctx)->policy;

	for (size_t i = 0; i < policy->producers.n; i++)
		if (str_eq(policy->producers.v[i].name, producer))
			return policy->producers.v[i].root;
	return STR_NONE;
}

/* The tree's reader caps its depth. */
static uint64_t
hash_node(uint64_t h, const struct node *n)
{
	h = hash_bytes(h, n->key.p, n->key.n);
	h = hash_bytes(h, n->text.p, n->text.n);
	for (const struct node *child = n->first; child; child = child->next)
		h = hash_node(h + 1, child);
	return h;
}

/* Two policies that say the same of these read a report alike, but for its producer's terms. */
static uint64_t
reading_terms(const struct policy *policy)
{
	const struct node *const parts[] = { node_get(policy->root, "formats"),
		node_get(policy->root, "severities"),
		node_get(node_get(policy->root, "match"), "strip") };
	uint64_t h = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		h = parts[i] ? hash_node(h + i + 1, parts[i]) : h;
	return h;
}

static bool
stands_in(const struct producer_spec *spec)
{
	return tape_playing() && tape_admits(TAPE_PRODUCER, spec->name);
}

static void
add_report(struct run *run, struct work *w, struct producer *p, const char *path, struct str leg,
	struct str format, const struct gather_options *opt)
{
	const struct producer_spec *spec = p->spec;
	struct report *r;
	struct task *t;
	void **at = map_at(&w->files, str_of(path));

	if (*at)
		return;
	*at = p;
	r = arena_new(&run->mem, struct report);
	r->open_path = arena_z(&run->mem, str_of(path));
	r->path = arena_dup(&run->mem, gather_shown_path(str_of(path), spec->base));
	r->leg = leg.n ? leg : gather_leg_of_path(spec, r->path);
	*vec_push(&p->reports) = r;
	t = vec_push(&w->tasks);
	t->report = r;
	t->spec = spec;
	t->format = str_eqz(format, "auto") ? STR_NONE : format;
	t->collect = (struct collect_options){
		.watch = watch,
		.fresh = fresh,
		.watch_ctx = opt,
		.leg_root = leg_root,
		.terms = w->terms,
		.names = opt->names,
		.times = opt->times,
		.as_recorded = opt->as_recorded,
		.from_disk = stands_in(spec),
		.formats = &opt->policy->formats,
		.severities = &opt->policy->severities,
		.only_raise = opt->policy->floor != NULL,
		.redactor = opt->policy->redactor,
		.root = spec->root,
		.strip = opt->policy->strip.v,
		.nstrip = opt->policy->strip.n,
	};
}

static void
add_pattern(struct run *run, struct work *w, struct producer *p, const char *root,
	struct str pattern, struct str leg, struct str format, const struct gather_options *opt)
{
	struct found found = { 0 };
	size_t before = w->tasks.n;

	if (stands_in(p->spec))
		discover(&run->mem, root, pattern, &found);
	else
		files_discover(NULL, &run->mem, root, pattern, &found);
	if (found.n == 0)
		producer_problem(run, p, PROBLEM_MISSING, "no file matches '%.*s'",
			STR_FMT(pattern));
	if (found.over_limit)
		producer_problem(run, p, PROBLEM_OVER_LIMIT, "'%.*s' matches more than %d files",
			STR_FMT(pattern), MAX_FILES);
	for (size_t i = 0; i < found.n; i++)
		add_report(run, w, p, found.v[i], leg, format, opt);
	/* Who names one file means it, whoever wrote it. */
	for (size_t i = before; i < w->tasks.n; i++)
		w->tasks.v[i].collect.refuse_ours = !str_ends(pattern,
			str_basename(w->tasks.v[i].report->path).p);
	found_release(&found);
}

static int
by_leg_then_path(const void *x, const void *y)
{
	const struct report *a = *(struct report *const *)x, *b = *(struct report *const *)y;
	int c = str_cmp(a->leg, b->leg);

	return c ? c : str_cmp(a->path, b->path);
}

static void
add_producer(struct run *run, struct work *w, struct producer *p, const struct gather_options *opt)
{
	const struct producer_spec *spec = p->spec;

	if (p->out_of_scope)
		return;
	if (spec->given_paths.n) {
		for (size_t i = 0; i < spec->given_paths.n; i++) {
			struct str format = spec->given_formats.v[i];

			add_pattern(run, w, p, "", spec->given_paths.v[i], spec->given_legs.v[i],
				format.n ? format : spec->format, opt);
		}
	} else if (!str_list_has(&w->by_leg, spec->name)) {
		const char *base = arena_z(&run->mem, spec->base);

		for (size_t i = 0; i < spec->paths.n; i++)
			add_pattern(run, w, p, base, spec->paths.v[i], STR_NONE, spec->format, opt);
	}
	map_release(&w->files);
	vec_sort(&p->reports, by_leg_then_path);
}

static void
show_progress(struct work *w)
{
	struct timespec now;
	size_t done = atomic_fetch_add(&w->done, 1) + 1;

	if (!w->progress)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((now.tv_sec - w->start.tv_sec) * 1000 + (now.tv_nsec - w->start.tv_nsec) / 1000000 <
		500)
		return;
	pthread_mutex_lock(&w->line);
	fprintf(stderr, "\rgate: read %zu of %zu reports%s", done, w->tasks.n,
		done == w->tasks.n ? "\n" : "");
	pthread_mutex_unlock(&w->line);
}

static void *
worker(void *ctx)
{
	struct work *w = ctx;

	for (;;) {
		size_t i = atomic_fetch_add(&w->next, 1);
		struct task *t;

		if (i >= w->tasks.n)
			return NULL;
		t = &w->tasks.v[i];
		t->collect.leg = &t->leg;
		report_read(t->report, t->format, &t->collect);
		show_progress(w);
	}
}

static unsigned
job_count(unsigned wanted, size_t tasks)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned n = wanted ? wanted : cpus > 0 ? (unsigned)cpus : 1;

	if (n > MAX_JOBS && wanted == 0)
		n = MAX_JOBS;
	return n > tasks ? (unsigned)tasks : n;
}

/* The calling thread works too, so a single file never costs a thread. */
static void
read_all(struct work *w, unsigned jobs)
{
	struct {
		pthread_t *v;
		size_t n, cap;
	} threads = { 0 };

	for (unsigned i = 1; i < jobs; i++) {
		pthread_t id;

		if (pthread_create(&id, NULL, worker, w) != 0)
			break; /* fewer threads read the same files */
		*vec_push(&threads) = id;
	}
	worker(w);
	for (size_t i = 0; i < threads.n; i++)
		pthread_join(threads.v[i], NULL);
	vec_release(&threads);
}

/* Legs on the command line deliver in the place of the paths that the policy has. */
static void
look_for_legs(struct run *run, struct work *w, const struct policy *policy)
{
	for (size_t i = 0; i < policy->producers.n; i++) {
		const struct str_list *given = &policy->producers.v[i].given_paths;

		for (size_t k = 0; k < given->n; k++) {
			bool here = stands_in(&policy->producers.v[i]);
			struct found found = { 0 };

			if (here)
				discover(&run->mem, "", given->v[k], &found);
			else
				files_discover(NULL, &run->mem, "", given->v[k], &found);
			for (size_t f = 0; f < found.n; f++)
				if (strcmp(found.v[f], "-") != 0)
					legs_names(&run->mem, found.v[f], here, &w->by_leg);
			found_release(&found);
		}
	}
}

static bool
declares_producers(const struct policy *policy)
{
	for (size_t i = 0; i < policy->producers.n; i++)
		if (!policy->producers.v[i].on_command_line)
			return true;
	return false;
}

static void
take_legs(struct run *run, struct work *w, const struct gather_options *opt)
{
	VEC(struct leg_source) sources = { 0 };
	const struct legs_options o = { .revision = opt->revision, .leg_of = gather_leg_of_path,
		.declared = declares_producers(opt->policy), .only = &opt->only };

	for (size_t i = 0; i < w->tasks.n; i++)
		if (w->tasks.v[i].leg)
			*vec_push(&sources) = (struct leg_source){ w->tasks.v[i].report,
				w->tasks.v[i].spec, w->tasks.v[i].leg, false };
	legs_take(run, sources.v, sources.n, &o);
	vec_release(&sources);
}

/* What stands on the command line by itself is always meant; legs in it may not be. */
static void
leave_out(struct run *run, const struct gather_options *opt)
{
	for (size_t i = 0; opt->only.n && i < run->producers.n; i++) {
		struct producer *p = &run->producers.v[i];

		p->out_of_scope = !str_list_has(&opt->only, p->spec->name) &&
			!(p->spec->on_command_line && str_eqz(p->spec->name, "cli"));
	}
}

void
gather(struct run *run, const struct gather_options *opt)
{
	struct work w = { .progress = opt->progress, .line = PTHREAD_MUTEX_INITIALIZER };
	const struct policy *policy = opt->policy;

	clock_gettime(CLOCK_MONOTONIC, &w.start);
	w.terms = reading_terms(policy);
	for (size_t i = 0; i < policy->producers.n; i++)
		vec_push(&run->producers)->spec = &policy->producers.v[i];
	look_for_legs(run, &w, policy);
	leave_out(run, opt);
	for (size_t i = 0; i < run->producers.n; i++)
		add_producer(run, &w, &run->producers.v[i], opt);
	read_all(&w, job_count(opt->jobs, w.tasks.n));
	take_legs(run, &w, opt);
	for (size_t i = 0; i < run->producers.n; i++)
		for (size_t k = 0; k < run->producers.v[i].reports.n; k++)
			run->producers.v[i].reports.v[k]->producer = &run->producers.v[i];
	vec_release(&w.tasks);
	vec_release(&w.by_leg);
	pthread_mutex_destroy(&w.line);
}
