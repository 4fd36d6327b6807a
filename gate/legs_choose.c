/* legs_choose.c -- see legs_choose.h. */
#include "gate/legs_choose.h"

void
legs_remark(struct run *run, struct str text)
{
	*vec_push(&run->remarks) = text;
}

struct str
leg_entry_path(const struct leg_entry *e)
{
	return e->source->shell->path;
}

static struct str
leg_words(struct run *run, const struct leg_part *p)
{
	return p->leg.n ? arena_printf(&run->mem, "%.*s/%.*s", STR_FMT(p->name), STR_FMT(p->leg))
			: p->name;
}

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
contradiction(struct run *run, const struct leg_entry *a, const struct leg_entry *b,
	const char *what)
{
	producer_problem(run, run_producer(run, a->part->name), PROBLEM_REFUSED,
		"%.*s and %.*s are both of %.*s, %s", STR_FMT(leg_entry_path(a)),
		STR_FMT(leg_entry_path(b)), STR_FMT(leg_words(run, a->part)), what);
}

static void
counts_once(struct run *run, struct leg_entry *copy, const struct leg_entry *of)
{
	copy->out = true;
	legs_remark(run, arena_printf(&run->mem, "%.*s holds the same as %.*s; it counts once.",
		STR_FMT(leg_entry_path(copy)), STR_FMT(leg_entry_path(of))));
}

/* Two jobs of a pipeline; a retried one keeps its name. */
static bool
same_job(const struct leg_entry *a, const struct leg_entry *b)
{
	return str_eq(a->source->file->job, b->source->file->job);
}

/* v[0..n) bear one name: the newest attempt of the job that made them replaces the others. */
static void
choose_newest(struct run *run, struct leg_entry *v, size_t n)
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
			counts_once(run, &v[i], best);
		} else if (!str_eq(f->run, best->source->file->run)) {
			contradiction(run, best, &v[i], "made by different pipelines");
		} else if (!same_job(&v[i], best)) {
			contradiction(run, best, &v[i], "made by different jobs: each needs a name "
				"of its own");
		} else if (f->attempt == best->source->file->attempt) {
			contradiction(run, best, &v[i], "of the same attempt, and differ");
		} else {
			v[i].out = true;
			legs_remark(run, arena_printf(&run->mem, "%.*s: attempt %ld counts "
				"(%.*s), attempt %ld does not (%.*s).",
				STR_FMT(leg_words(run, v[i].part)),
				best->source->file->attempt, STR_FMT(leg_entry_path(best)),
				f->attempt, STR_FMT(leg_entry_path(&v[i]))));
		}
	}
}

/*
 * v[0..n) bear no name, in order of their jobs: shards, which stand beside each other. One of
 * another attempt may replace one of them or be one more: dropping either could hide a failure.
 */
static void
keep_shards(struct run *run, struct leg_entry *v, size_t n)
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
				counts_once(run, &v[i], other);
		}
		if (v[i].out)
			continue;
		if (first && !str_eq(f->run, first->source->file->run))
			contradiction(run, first, &v[i], "made by different pipelines");
		else if (other && f->attempt != other->source->file->attempt)
			contradiction(run, other, &v[i], "of different attempts, and without a "
				"name nothing says which replaces which: write NAME/LEG=");
		first = first ? first : &v[i];
	}
}

void
legs_choose(struct run *run, struct leg_entries *entries)
{
	for (size_t i = 0, n; i < entries->n; i += n) {
		const struct leg_part *p = entries->v[i].part;

		for (n = 1; i + n < entries->n; n++) {
			const struct leg_part *q = entries->v[i + n].part;

			if (!str_eq(p->name, q->name) || !str_eq(p->leg, q->leg))
				break;
		}
		if (n > 1 && p->leg.n)
			choose_newest(run, entries->v + i, n);
		else if (n > 1)
			keep_shards(run, entries->v + i, n);
	}
}
