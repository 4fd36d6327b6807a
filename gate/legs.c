/*
 * legs.c -- see legs.h. Nothing here depends on the order in which files were read, only on
 * what stands in them and on their paths.
 */
#include "gate/legs_choose.h"

#include "gate/base/near.h"

#define MAX_NAMES 256
#define SHORT_REVISION 12

struct taking {
	struct run *run;
	const struct legs_options *opt;
	struct leg_source *v;
	size_t n;
	struct leg_entries entries;
};

static int
by_name(const void *x, const void *y)
{
	return str_cmp(((const struct producer *)x)->spec->name,
		((const struct producer *)y)->spec->name);
}

static void
add_producer(struct taking *t, struct str name)
{
	struct run *run = t->run;
	struct producer *p;
	struct producer_spec *s = arena_new(&run->mem, struct producer_spec);

	s->name = arena_dup(&run->mem, name);
	s->min_tests = 1;
	s->at = (struct pos){ .file = "a leg file" };
	p = vec_push(&run->producers);
	p->spec = s;
	p->out_of_scope = t->opt->only->n && !str_list_has(t->opt->only, s->name);
	vec_sort(&run->producers, by_name);
}

/* ---- which files there are ---- */

/* The file itself is no report: what it holds is. */
static void
drop_shell(struct run *run, const struct leg_source *s)
{
	struct producer *p = run_producer(run, s->spec->name);

	for (size_t i = 0; p && i < p->reports.n; i++) {
		if (p->reports.v[i] != s->shell)
			continue;
		memmove(p->reports.v + i, p->reports.v + i + 1,
			(p->reports.n - i - 1) * sizeof(*p->reports.v));
		p->reports.n--;
		return;
	}
}

/* A name that the policy does not declare is a misspelt one: another would stand for nothing. */
static bool
known(struct taking *t, struct leg_source *s, const struct leg_part *part)
{
	const char *names[MAX_NAMES + 1] = { NULL }, *near;

	if (run_producer(t->run, part->name))
		return true;
	if (!t->opt->declared) {
		add_producer(t, part->name);
		return true;
	}
	for (size_t i = 0; i < t->run->producers.n && i < MAX_NAMES; i++)
		names[i] = arena_z(&t->run->mem, t->run->producers.v[i].spec->name);
	near = nearest_word(part->name, names);
	report_problem(s->shell, PROBLEM_REFUSED, 0,
		"it holds a leg of '%.*s', which the policy does not declare%s%s%s",
		STR_FMT(part->name), near ? "; did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	s->shell->complete = false;
	s->shell->leg = STR_NONE;
	return false;
}

/* Two producers may list one folder of legs: each file counts once. */
static bool
listed_before(const struct taking *t, size_t at)
{
	const char *path = t->v[at].shell->open_path;

	for (size_t i = 0; i < at; i++)
		if (t->v[i].file && strcmp(t->v[i].shell->open_path, path) == 0)
			return true;
	return false;
}

static void
release_reports(struct leg_file *f)
{
	for (size_t i = 0; i < f->reports.n; i++)
		report_release(f->reports.v[i].report);
	f->reports.n = 0;
}

static bool
out_of_scope(struct run *run, struct str name)
{
	const struct producer *p = run_producer(run, name);

	return p && p->out_of_scope;
}

static void
list_entries(struct taking *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct leg_source *s = &t->v[i];

		if (s->file == NULL)
			continue;
		*vec_push(&t->run->legs) = s->file;
		if (listed_before(t, i)) {
			release_reports(s->file);
			drop_shell(t->run, s);
			continue;
		}
		s->stays = false;
		for (size_t k = 0; k < s->file->parts.n; k++) {
			struct leg_part *part = &s->file->parts.v[k];

			*vec_push(&t->entries) = (struct leg_entry){ .source = s, .part = part,
				.index = k };
			if (!known(t, s, part))
				s->stays = t->entries.v[t->entries.n - 1].out = true;
			else if (out_of_scope(t->run, part->name))
				t->entries.v[t->entries.n - 1].out = true;
		}
		if (!s->stays)
			drop_shell(t->run, s);
	}
}

static int
by_leg(const void *x, const void *y)
{
	const struct leg_entry *a = x, *b = y;
	int c = str_cmp(a->part->name, b->part->name);

	if (c == 0)
		c = str_cmp(a->part->leg, b->part->leg);
	if (c == 0)
		c = str_cmp(a->source->file->job, b->source->file->job);
	if (c == 0)
		c = str_cmp(leg_entry_path(a), leg_entry_path(b));
	return c ? c : (a->index > b->index) - (a->index < b->index);
}

/* ---- of which revision ---- */

/* What this run is of; where it does not know, the legs must agree. Empty: nobody knows. */
static bool
expected_revision(const struct taking *t, struct str *out)
{
	*out = t->opt->revision;
	for (size_t i = 0; t->opt->revision.n == 0 && i < t->entries.n; i++) {
		struct str its = t->entries.v[i].source->file->revision;

		if (out->n && its.n && !str_eq(*out, its))
			return false;
		*out = its.n ? its : *out;
	}
	return true;
}

static void
refuse_foreign(struct taking *t)
{
	struct str want;
	bool agree = expected_revision(t, &want);

	for (size_t i = 0; i < t->entries.n; i++) {
		struct leg_entry *e = &t->entries.v[i];
		struct str its = e->source->file->revision, path = leg_entry_path(e);
		struct str short_its = str_to(its, SHORT_REVISION);
		struct producer *p = run_producer(t->run, e->part->name);

		if (e->out || (agree && str_eq(its, want)))
			continue;
		if (its.n == 0) {
			if (want.n && e->index == 0)
				legs_remark(t->run, arena_printf(&t->run->mem, "%.*s does not say "
					"which revision it is of; it counts as one of this run's.",
					STR_FMT(path)));
			continue;
		}
		e->out = true;
		if (agree)
			producer_problem(t->run, p, PROBLEM_REFUSED,
				"%.*s is a leg of revision %.*s, this run is of %.*s",
				STR_FMT(path), STR_FMT(short_its),
				STR_FMT(str_to(want, SHORT_REVISION)));
		else
			producer_problem(t->run, p, PROBLEM_REFUSED,
				"%.*s is a leg of revision %.*s, others are of another, and "
				"nothing says which this run is of", STR_FMT(path),
				STR_FMT(short_its));
	}
}

/* ---- taking ---- */

/* What the runner of a leg ended in; the only file of a producer speaks for all of it. */
static const struct leg_exit *
take_exit(struct taking *t, struct producer *p, const struct leg_entry *e)
{
	struct leg_exit *x;
	size_t files = 0;

	if (e->part->exit_known == EXIT_NOT_GIVEN)
		return NULL;
	for (size_t i = 0; i < t->entries.n; i++)
		files += !t->entries.v[i].out && str_eq(t->entries.v[i].part->name, e->part->name);
	if (files == 1 && e->part->leg.n == 0) {
		p->exit_known = e->part->exit_known;
		p->exit_status = e->part->exit_status;
		return NULL;
	}
	x = arena_new(&t->run->mem, struct leg_exit);
	x->leg = e->part->leg;
	x->known = e->part->exit_known;
	x->status = e->part->exit_status;
	*vec_push(&p->exits) = x;
	return x;
}

/* A file that broke off may have held more of each of its producers. */
static void
tell_damage(struct taking *t, struct producer *p, const struct leg_entry *e)
{
	const struct report *shell = e->source->shell;

	for (size_t i = 0; i < shell->problems.n; i++) {
		if (!problem_incomplete(shell->problems.v[i].code))
			continue;
		producer_problem(t->run, p, shell->problems.v[i].code, "%.*s: %.*s",
			STR_FMT(shell->path), STR_FMT(shell->problems.v[i].message));
		return;
	}
	if (!e->source->file->whole)
		producer_problem(t->run, p, PROBLEM_TRUNCATED, "%.*s was not read to its end",
			STR_FMT(shell->path));
}

static void
take(struct taking *t, const struct leg_entry *e)
{
	struct producer *p = run_producer(t->run, e->part->name);
	const struct leg_file *f = e->source->file;
	const struct leg_exit *x = take_exit(t, p, e);

	for (size_t i = 0; i < e->part->problems.n; i++)
		producer_problem(t->run, p, e->part->problems.v[i].code, "%.*s",
			STR_FMT(e->part->problems.v[i].message));
	tell_damage(t, p, e);
	for (size_t i = 0; i < f->reports.n; i++) {
		struct report *r = f->reports.v[i].report;

		if (f->reports.v[i].part != e->index)
			continue;
		r->open_path = e->source->shell->open_path;
		r->exit = x;
		if (r->leg.n == 0)
			r->leg = t->opt->leg_of(p->spec, r->path);
		*vec_push(&p->reports) = r;
	}
}

static void
drop(const struct leg_entry *e)
{
	struct leg_file *f = e->source->file;

	for (size_t i = 0; i < f->reports.n; i++)
		if (f->reports.v[i].part == e->index)
			report_release(f->reports.v[i].report);
}

/* The command line's producer, which had nothing but legs, is none. */
static void
drop_empty(struct run *run, const struct leg_source *v, size_t n)
{
	struct producer *p = run_producer(run, STR("cli"));

	for (size_t i = 0; p && i < n; i++) {
		if (v[i].spec != p->spec || v[i].file == NULL || p->reports.n || p->problems.n)
			continue;
		vec_release(&p->reports);
		vec_release(&p->problems);
		memmove(p, p + 1, (size_t)(run->producers.v + run->producers.n - p - 1) *
			sizeof(*p));
		run->producers.n--;
		return;
	}
}

void
legs_take(struct run *run, struct leg_source *sources, size_t n, const struct legs_options *opt)
{
	struct taking t = { .run = run, .opt = opt, .v = sources, .n = n };

	list_entries(&t);
	vec_sort(&t.entries, by_leg);
	refuse_foreign(&t);
	legs_choose(run, &t.entries);
	for (size_t i = 0; i < t.entries.n; i++) {
		if (t.entries.v[i].out)
			drop(&t.entries.v[i]);
		else
			take(&t, &t.entries.v[i]);
	}
	drop_empty(run, sources, n);
	for (size_t i = 0; i < n; i++)
		if (!sources[i].stays)
			report_release(sources[i].shell);
	vec_release(&t.entries);
}
