/* mapped.c -- see mapped.h. */
#include "gate/report/support/mapped.h"

static int
by_name(const void *x, const void *y)
{
	const struct finding *a = ((const struct mapped_finding *)x)->finding;
	const struct finding *b = ((const struct mapped_finding *)y)->finding;
	int c = str_cmp(a->qualified, b->qualified);

	return c ? c : a->order < b->order ? -1 : a->order > b->order;
}

/* Finding to its place in m->v: `order` is unique over all registers. */
struct place {
	long order;
	size_t i;
};

static int
by_order(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	return a->order < b->order ? -1 : a->order > b->order;
}

static struct mapped_finding *
find(struct mapped *m, const struct place *places, const struct finding *f)
{
	struct place key, *p;

	if (f == NULL || m->n == 0)
		return NULL;
	key = (struct place){ f->order, 0 };
	p = bsearch(&key, places, m->n, sizeof(*places), by_order);
	return p && m->v[p->i].finding == f ? &m->v[p->i] : NULL;
}

static void
note_waiver(struct mapped_finding *mf, enum class c)
{
	mf->waived |= c == CLASS_WAIVED;
	mf->expired |= c == CLASS_WAIVER_EXPIRED;
}

void
mapped_init(struct mapped *m, const struct decision *d)
{
	struct place *places;

	memset(m, 0, sizeof(*m));
	for (size_t i = 0; i < d->findings->all.n; i++)
		if (finding_listed(d->findings->all.v[i]))
			vec_push(m)->finding = d->findings->all.v[i];
	if (m->n > 1)
		qsort(m->v, m->n, sizeof(*m->v), by_name);
	places = xcalloc(m->n + 1, sizeof(*places));
	for (size_t i = 0; i < m->n; i++)
		places[i] = (struct place){ m->v[i].finding->order, i };
	qsort(places, m->n, sizeof(*places), by_order);
	for (size_t i = 0; i < d->run->tests.n; i++) {
		const struct test *t = d->run->tests.v[i];
		struct mapped_finding *mf = find(m, places, t->judged.finding);

		if (mf == NULL || t->judged.cls == CLASS_PASSED || t->judged.cls == CLASS_SKIPPED)
			continue;
		*vec_push(&mf->tests) = t;
		note_waiver(mf, t->judged.cls);
	}
	for (size_t i = 0; i < d->run->issues.n; i++) {
		const struct issue *is = d->run->issues.v[i];
		struct mapped_finding *mf = find(m, places, is->judged.finding);

		if (mf == NULL)
			continue;
		*vec_push(&mf->issues) = is;
		note_waiver(mf, is->judged.cls);
	}
	free(places);
}

enum state
mapped_state(const struct mapped_finding *m, int64_t now)
{
	const struct finding *f = m->finding;

	if (f->state == STATE_DONE || f->state == STATE_REJECTED || f->state == STATE_DUPLICATE)
		return f->state;
	if (m->expired)
		return STATE_EXPIRED;
	if (m->waived)
		return STATE_WAIVED;
	if (f->entry == NULL || !f->entry->has_waiver)
		return f->state;
	return f->entry->waiver_expires != DATE_NONE && f->entry->waiver_expires < now ?
		STATE_EXPIRED : STATE_WAIVED;
}

void
mapped_release(struct mapped *m)
{
	for (size_t i = 0; i < m->n; i++) {
		vec_release(&m->v[i].tests);
		vec_release(&m->v[i].issues);
	}
	vec_release(m);
}
