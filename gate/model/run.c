/*
 * run.c -- all reports together: final names, issue identities, what each producer delivered.
 * See run.h.
 */
#include "gate/model/run.h"

#include <stdarg.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "gate/base/normal.h"
#include "gate/model/delivered.h"
#include "gate/model/seen.h"

struct producer *
run_producer(const struct run *run, struct str name)
{
	for (size_t i = 0; i < run->producers.n; i++)
		if (str_eq(run->producers.v[i].spec->name, name))
			return &run->producers.v[i];
	return NULL;
}

void
producer_problem(struct run *run, struct producer *p, enum problem_code code, const char *fmt, ...)
{
	struct problem *pr = vec_push(&p->problems);
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	pr->code = code;
	pr->message = arena_dup(&run->mem, buf_str(&b));
	buf_release(&b);
}

static int
by_leg_and_path(const void *x, const void *y)
{
	const struct report *a = *(struct report *const *)x, *b = *(struct report *const *)y;
	int c = str_cmp(a->leg, b->leg);

	if (c == 0)
		c = str_cmp(a->path, b->path);
	return c ? c : strcmp(a->sha256, b->sha256); /* shards without a name */
}

/* ---- cases ---- */

/*
 * Small blocks that were freed between others stay with the process; thousands of reports
 * leave megabytes of them while the same cases are gathered in one array.
 */
static void
give_back(size_t *freed, size_t bytes)
{
	*freed += bytes;
	if (*freed < 1u << 20)
		return;
	*freed = 0;
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

/* Moves the cases of reports[0..n) into one array, in the reports' order. */
static void
gather_cases(struct leg_cases *leg, struct report **reports, size_t n)
{
	size_t total = 0, freed = 0;
	uint32_t base = 0;

	for (size_t i = 0; i < n; i++)
		total += reports[i]->seen.n;
	for (size_t i = 0; i < n; i++) {
		struct report *r = reports[i];
		uint32_t count = (uint32_t)r->seen.n;

		for (size_t k = 0; base && k < r->seen.n; k++)
			r->seen.v[k].seq += base;
		for (size_t k = 0; base && k < r->tests.n; k++)
			r->tests.v[k].seq += base;
		if (i == 0 && total == count) {
			leg->v = r->seen.v;
			leg->n = total;
			r->seen.v = NULL;
			r->seen.n = r->seen.cap = 0;
			return;
		}
		if (leg->v == NULL && count) {
			/* The first block grows where it stands: nothing large is copied. */
			leg->v = xreallocarray(r->seen.v, total, sizeof(*leg->v));
			leg->n = count;
			r->seen.v = NULL;
		} else if (count) {
			memcpy(leg->v + leg->n, r->seen.v, count * sizeof(*leg->v));
			leg->n += count;
		}
		vec_release(&r->seen);
		give_back(&freed, count * sizeof(*leg->v));
		base += count;
	}
	seen_sort(leg->v, leg->n, SEEN_BY_ORDER);
}

static struct str
numbered(struct arena *mem, struct str id, size_t nth)
{
	return nth == 0 ? id : arena_printf(mem, "%.*s (%zu)", STR_FMT(id), nth + 1);
}

/* " (2)" behind the second case of a name in this leg, in path and file order. */
static void
number_cases(struct arena *mem, const struct leg_cases *leg, struct report **reports, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < reports[i]->tests.n; k++) {
			struct test *t = &reports[i]->tests.v[k];
			size_t at = t->synthetic ? leg->n : seen_find(leg->v, leg->n, t->key);
			size_t nth = 0;

			while (at + nth < leg->n && SEEN_SEQ(leg->v[at + nth]) < t->seq)
				nth++;
			if (at < leg->n)
				t->id = numbered(mem, t->id, nth);
		}
	}
}

/* Notes the names that several reports of one leg hold; inside a report it is noted already. */
static void
note_shared_names(struct run *run, struct producer *p, const struct leg_cases *leg,
	long noted)
{
	long alike = 0;

	for (size_t i = 0, n; i < leg->n; i += n) {
		n = seen_run(leg->v, leg->n, i);
		alike += (long)n - 1;
	}
	if (alike > noted)
		producer_problem(run, p, PROBLEM_DUPLICATE_CASE,
			"%ld case%s a name that another report holds too; told apart as (2) ...",
			alike - noted, alike - noted == 1 ? " bears" : "s bear");
}

/* "PRODUCER::[suite] NAME::[error]", numbered like cases. */
static void
name_synthetic(struct run *run, const struct producer *p, struct report **reports, size_t n)
{
	struct map count = { 0 };

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < reports[i]->tests.n; k++) {
			struct test *t = &reports[i]->tests.v[k];
			void **seen;

			if (!t->synthetic)
				continue;
			if (p->spec && p->spec->name.n)
				t->id = t->base_id = arena_printf(&run->mem, "%.*s::%.*s",
					STR_FMT(p->spec->name), STR_FMT(t->base_id));
			seen = map_at(&count, t->base_id);
			t->id = numbered(&run->mem, t->base_id, (size_t)(uintptr_t)*seen);
			*seen = (void *)((uintptr_t)*seen + 1);
		}
	}
	map_release(&count);
}

/* ---- issues ---- */

uint64_t
issue_message_hash(struct issue *i)
{
	struct buf normal = BUF_INIT;

	if (i->hashed)
		return i->message_hash;
	normal_add(&normal, i->message);
	i->message_hash = hash_str(buf_str(&normal));
	i->hashed = true;
	buf_release(&normal);
	return i->message_hash;
}

static void
issue_identity(struct buf *out, struct issue *i)
{
	buf_reset(out);
	buf_add(out, i->tool);
	buf_addc(out, ':');
	if (i->fingerprint.n) {
		buf_add(out, i->fingerprint);
		return;
	}
	buf_add(out, i->rule);
	buf_addc(out, ':');
	buf_add(out, i->file);
	buf_addf(out, ":%016llx", (unsigned long long)issue_message_hash(i));
}

static void
name_issues(struct run *run, struct report **reports, size_t n)
{
	struct map count = { 0 };
	struct buf id = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < reports[i]->issues.n; k++) {
			struct issue *is = &reports[i]->issues.v[k];
			struct str base;
			void **seen;

			issue_identity(&id, is);
			base = arena_dup(&run->mem, buf_str(&id));
			seen = map_at(&count, base);
			is->id = numbered(&run->mem, base, (size_t)(uintptr_t)*seen);
			*seen = (void *)((uintptr_t)*seen + 1);
		}
	}
	map_release(&count);
	buf_release(&id);
}

/* ---- everything ---- */

static void
finish_leg(struct run *run, struct producer *p, struct report **reports, size_t n)
{
	struct leg_cases *leg = vec_push(&p->legs);
	long noted = 0;

	leg->leg = reports[0]->leg;
	for (size_t i = 0; i < n; i++) {
		const struct report *r = reports[i];

		for (size_t k = 0, run_n; k < r->seen.n; k += run_n) {
			run_n = seen_run(r->seen.v, r->seen.n, k);
			noted += (long)run_n - 1;
		}
	}
	gather_cases(leg, reports, n);
	number_cases(&run->mem, leg, reports, n);
	name_synthetic(run, p, reports, n);
	name_issues(run, reports, n);
	if (n > 1)
		note_shared_names(run, p, leg, noted);
}

static int
by_leg_and_id(struct str leg_a, struct str leg_b, struct str id_a, struct str id_b)
{
	int c = str_cmp(leg_a, leg_b);

	return c ? c : str_cmp(id_a, id_b);
}

static int
by_test(const void *x, const void *y)
{
	const struct test *a = *(struct test *const *)x, *b = *(struct test *const *)y;
	int c = by_leg_and_id(a->report->leg, b->report->leg, a->id, b->id);

	return c ? c : (a->seq > b->seq) - (a->seq < b->seq);
}

static int
by_issue(const void *x, const void *y)
{
	const struct issue *a = *(struct issue *const *)x, *b = *(struct issue *const *)y;
	int c = by_leg_and_id(a->report->leg, b->report->leg, a->id, b->id);

	return c ? c : (a->line > b->line) - (a->line < b->line);
}

/* Lists the kept tests and issues of one producer behind those of the earlier ones. */
static void
list_kept(struct run *run, const struct producer *p)
{
	size_t tests = run->tests.n, issues = run->issues.n;

	for (size_t i = 0; i < p->reports.n; i++) {
		struct report *r = p->reports.v[i];

		for (size_t k = 0; k < r->tests.n; k++)
			*vec_push(&run->tests) = &r->tests.v[k];
		for (size_t k = 0; k < r->issues.n; k++)
			*vec_push(&run->issues) = &r->issues.v[k];
	}
	if (run->tests.n > tests)
		qsort(run->tests.v + tests, run->tests.n - tests, sizeof(*run->tests.v), by_test);
	if (run->issues.n > issues)
		qsort(run->issues.v + issues, run->issues.n - issues, sizeof(*run->issues.v),
			by_issue);
}

void
run_finish(struct run *run)
{
	for (size_t i = 0; i < run->producers.n; i++) {
		struct producer *p = &run->producers.v[i];
		size_t n;

		if (p->reports.n > 1)
			qsort(p->reports.v, p->reports.n, sizeof(*p->reports.v), by_leg_and_path);
		for (size_t k = 0; k < p->reports.n; k += n) {
			for (n = 1; k + n < p->reports.n; n++)
				if (!str_eq(p->reports.v[k]->leg, p->reports.v[k + n]->leg))
					break;
			finish_leg(run, p, p->reports.v + k, n);
		}
		producer_judge(run, p);
		list_kept(run, p);
	}
}

void
run_release(struct run *run)
{
	for (size_t i = 0; i < run->producers.n; i++) {
		struct producer *p = &run->producers.v[i];

		for (size_t k = 0; k < p->reports.n; k++)
			report_release(p->reports.v[k]);
		for (size_t k = 0; k < p->legs.n; k++)
			free(p->legs.v[k].v);
		vec_release(&p->legs);
		vec_release(&p->exits);
		vec_release(&p->reports);
		vec_release(&p->problems);
	}
	vec_release(&run->producers);
	vec_release(&run->tests);
	vec_release(&run->issues);
	vec_release(&run->absents);
	vec_release(&run->notes);
	for (size_t i = 0; i < run->legs.n; i++)
		leg_file_free(run->legs.v[i]);
	vec_release(&run->legs);
	vec_release(&run->remarks);
	arena_release(&run->mem);
}
