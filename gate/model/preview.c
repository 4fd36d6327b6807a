/* preview.c -- see preview.h. */
#include "gate/model/preview.h"

struct str
preview_id(const struct preview_hit *h)
{
	return h->test ? h->test->id : h->issue->id;
}

const char *
preview_outcome(const struct preview_hit *h)
{
	return outcome_name(h->test ? h->test->outcome : OUT_FAILED);
}

static int
compare_findings(const struct finding *x, const struct finding *y)
{
	int c = str_cmp(x->qualified, y->qualified);

	return c ? c : (x->order > y->order) - (x->order < y->order);
}

static const struct report *
report_of(const struct preview_hit *h)
{
	return h->test ? h->test->report : h->issue->report;
}

/* By finding; the strongest kind first; then the results by name and report. */
static int
by_finding(const void *a, const void *b)
{
	const struct preview_hit *x = a, *y = b;
	const struct report *rx = report_of(x), *ry = report_of(y);
	int c = compare_findings(x->finding, y->finding);

	if (c == 0)
		c = (x->strength < y->strength) - (x->strength > y->strength);
	if (c == 0)
		c = (x->kind > y->kind) - (x->kind < y->kind);
	if (c == 0)
		c = (x->test == NULL) - (y->test == NULL);
	if (c == 0)
		c = str_cmp(preview_id(x), preview_id(y));
	return c || rx == NULL || ry == NULL ? c : str_cmp(rx->path, ry->path);
}

static int
by_qualified(const void *a, const void *b)
{
	return compare_findings(((const struct preview_finding *)a)->finding,
		((const struct preview_finding *)b)->finding);
}

static int
by_pointer(const void *a, const void *b)
{
	const struct test *x = *(const struct test *const *)a, *y = *(const struct test *const *)b;

	return (x > y) - (x < y);
}

/* Each test once, however many kinds of evidence it has. */
static size_t
count_taken(const struct preview *p, const struct preview_finding *f)
{
	const struct test **v = xcalloc(f->n + 1, sizeof(*v));
	size_t n = 0, distinct = 0;

	for (size_t i = f->from; i < f->from + f->n; i++)
		if (p->hits.v[i].test && p->hits.v[i].strength >= p->excuse_at)
			v[n++] = p->hits.v[i].test;
	qsort(v, n, sizeof(*v), by_pointer);
	for (size_t i = 0; i < n; i++)
		distinct += i == 0 || v[i] != v[i - 1];
	free(v);
	return distinct;
}

void
preview_finish(struct preview *p, const struct findings *fs)
{
	size_t at = 0;

	vec_sort(&p->hits, by_finding);
	for (size_t i = 0; i < fs->all.n; i++)
		if (finding_listed(fs->all.v[i]))
			vec_push(&p->findings)->finding = fs->all.v[i];
	vec_sort(&p->findings, by_qualified);
	for (size_t i = 0; i < p->findings.n; i++) {
		struct preview_finding *f = &p->findings.v[i];

		while (at < p->hits.n && compare_findings(p->hits.v[at].finding, f->finding) < 0)
			at++;
		f->from = at;
		while (at < p->hits.n && p->hits.v[at].finding == f->finding)
			at++;
		f->n = at - f->from;
		f->taken = count_taken(p, f);
		f->broad = f->taken > PREVIEW_BROAD;
	}
}

void
preview_release(struct preview *p)
{
	vec_release(&p->hits);
	vec_release(&p->findings);
}
