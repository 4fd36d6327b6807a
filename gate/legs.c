/*
 * legs.c -- see legs.h. Nothing here depends on the order in which files were read, only on
 * what stands in them and on their paths.
 */
#include "gate/legs.h"

#include "gate/base/near.h"

#define MAX_NAMES 256
#define SHORT_REVISION 12

/* One leg in one file. */
struct leg_entry {
	struct leg_source *source;
	struct leg_part *part;
	size_t index;         /* of the part */
	bool out;             /* it does not count */
};

struct taking {
	struct run *run;
	const struct legs_options *opt;
	struct leg_source *v;
	size_t n;
	struct { struct leg_entry *v; size_t n, cap; } entries;
};

static struct producer *
find(struct run *run, struct str name)
{
	for (size_t i = 0; i < run->producers.n; i++)
		if (str_eq(run->producers.v[i].spec->name, name))
			return &run->producers.v[i];
	return NULL;
}

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

static void
remark(struct run *run, struct str text)
{
	*vec_push(&run->remarks) = text;
}

static struct str
path_of(const struct leg_entry *e)
{
	return e->source->shell->path;
}

static struct str
leg_words(struct run *run, const struct leg_part *p)
{
	return p->leg.n ? arena_printf(&run->mem, "%.*s/%.*s", STR_FMT(p->name), STR_FMT(p->leg))
			: p->name;
}

/* ---- which files there are ---- */

/* The file itself is no report: what it holds is. */
static void
drop_shell(struct run *run, const struct leg_source *s)
{
	struct producer *p = find(run, s->spec->name);

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

	if (find(t->run, part->name))
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
	const struct producer *p = find(run, name);

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
		c = str_cmp(path_of(a), path_of(b));
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
		struct str its = e->source->file->revision;

		if (!e->out && its.n == 0 && e->index == 0 && want.n)
			remark(t->run, arena_printf(&t->run->mem, "%.*s does not say which revision "
				"it is of; it counts as one of this run's.", STR_FMT(path_of(e))));
		if (e->out || its.n == 0 || (agree && str_eq(its, want)))
			continue;
		e->out = true;
		if (agree)
			producer_problem(t->run, find(t->run, e->part->name), PROBLEM_REFUSED,
				"%.*s is a leg of revision %.*s, this run is of %.*s",
				STR_FMT(path_of(e)), STR_FMT(str_to(its, SHORT_REVISION)),
				STR_FMT(str_to(want, SHORT_REVISION)));
		else
			producer_problem(t->run, find(t->run, e->part->name), PROBLEM_REFUSED,
				"%.*s is a leg of revision %.*s, others are of another, and "
				"nothing says which this run is of", STR_FMT(path_of(e)),
				STR_FMT(str_to(its, SHORT_REVISION)));
	}
}

/* ---- which attempt ---- */

static const struct report *
nth_report(const struct leg_entry *e, size_t n)
{
	const struct leg_file *f = e->source->file;

	for (size_t i = 0; i < f->reports.n; i++)
		if (f->reports.v[i].part == e->index && n-- == 0)
			return f->reports.v[i].report;
	return NULL;
}

/* The same reports and the same exit status: one leg that was copied. */
static bool
same_content(const struct leg_entry *a, const struct leg_entry *b)
{
	const struct report *x, *y;

	if (a->part->exit_known != b->part->exit_known ||
	    a->part->exit_status != b->part->exit_status ||
	    a->part->problems.n != b->part->problems.n ||
	    a->source->file->whole != b->source->file->whole)
		return false;
	for (size_t i = 0;; i++) {
		x = nth_report(a, i);
		y = nth_report(b, i);
		if (x == NULL || y == NULL)
			return x == y;
		if (!str_eq(x->path, y->path) || !str_eq(x->format, y->format) ||
		    strcmp(x->sha256, y->sha256) != 0 || x->total != y->total ||
		    memcmp(x->count, y->count, sizeof(x->count)) != 0 ||
		    x->issue_total != y->issue_total || x->complete != y->complete)
			return false;
	}
}

static void
contradiction(struct taking *t, const struct leg_entry *a, const struct leg_entry *b,
	const char *what)
{
	producer_problem(t->run, find(t->run, a->part->name), PROBLEM_REFUSED,
		"%.*s and %.*s are both of %.*s, %s", STR_FMT(path_of(a)), STR_FMT(path_of(b)),
		STR_FMT(leg_words(t->run, a->part)), what);
}

static void
counts_once(struct taking *t, struct leg_entry *copy, const struct leg_entry *of)
{
	copy->out = true;
	remark(t->run, arena_printf(&t->run->mem, "%.*s holds the same as %.*s; it counts once.",
		STR_FMT(path_of(copy)), STR_FMT(path_of(of))));
}

/* Two jobs of a pipeline; a retried one keeps its name. */
static bool
same_job(const struct leg_entry *a, const struct leg_entry *b)
{
	return str_eq(a->source->file->job, b->source->file->job);
}

/* v[0..n) bear one name: the newest attempt of the job that made them replaces the others. */
static void
choose_newest(struct taking *t, struct leg_entry *v, size_t n)
{
	struct leg_entry *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (!v[i].out && (best == NULL ||
		    v[i].source->file->attempt > best->source->file->attempt))
			best = &v[i];
	for (size_t i = 0; i < n; i++) {
		const struct leg_file *f = v[i].source->file;

		if (v[i].out || &v[i] == best)
			continue;
		if (same_content(&v[i], best)) {
			counts_once(t, &v[i], best);
		} else if (!str_eq(f->run, best->source->file->run)) {
			contradiction(t, best, &v[i], "made by different pipelines");
		} else if (!same_job(&v[i], best)) {
			contradiction(t, best, &v[i], "made by different jobs: each needs a name "
				"of its own");
		} else if (f->attempt == best->source->file->attempt) {
			contradiction(t, best, &v[i], "of the same attempt, and differ");
		} else {
			v[i].out = true;
			remark(t->run, arena_printf(&t->run->mem, "%.*s: attempt %ld counts "
				"(%.*s), attempt %ld does not (%.*s).",
				STR_FMT(leg_words(t->run, v[i].part)),
				best->source->file->attempt, STR_FMT(path_of(best)), f->attempt,
				STR_FMT(path_of(&v[i]))));
		}
	}
}

/*
 * v[0..n) bear no name, in order of their jobs: shards, which stand beside each other. One of
 * another attempt may replace one of them or be one more: dropping either could hide a failure.
 */
static void
keep_shards(struct taking *t, struct leg_entry *v, size_t n)
{
	const struct leg_entry *first = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct leg_entry *other = NULL;
		const struct leg_file *f = v[i].source->file;

		for (size_t k = i; !v[i].out && k-- > 0 && same_job(&v[k], &v[i]);) {
			if (v[k].out)
				continue;
			other = &v[k];
			if (same_content(&v[i], other))
				counts_once(t, &v[i], other);
		}
		if (v[i].out)
			continue;
		if (first && !str_eq(f->run, first->source->file->run))
			contradiction(t, first, &v[i], "made by different pipelines");
		else if (other && f->attempt != other->source->file->attempt)
			contradiction(t, other, &v[i], "of different attempts, and without a name "
				"nothing says which replaces which: write NAME/LEG=");
		first = first ? first : &v[i];
	}
}

static void
choose_attempts(struct taking *t)
{
	for (size_t i = 0, n; i < t->entries.n; i += n) {
		const struct leg_part *p = t->entries.v[i].part;

		for (n = 1; i + n < t->entries.n; n++) {
			const struct leg_part *q = t->entries.v[i + n].part;

			if (!str_eq(p->name, q->name) || !str_eq(p->leg, q->leg))
				break;
		}
		if (n > 1 && p->leg.n)
			choose_newest(t, t->entries.v + i, n);
		else if (n > 1)
			keep_shards(t, t->entries.v + i, n);
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
	struct producer *p = find(t->run, e->part->name);
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
	struct producer *p = find(run, STR("cli"));

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
	choose_attempts(&t);
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
