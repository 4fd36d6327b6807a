/* offers.c -- see offers.h; and the registry of the kinds of evidence. */
#include "gate/correlate/engine/offers.h"

#include "gate/base/utf8.h"
#include "gate/correlate/engine/index.h"

#define MAX_DETAIL 200

#define EVIDENCE(name) extern const struct evidence_rule evidence_##name;
#include "gate/correlate/list.h"
#undef EVIDENCE

const struct evidence_rule *const evidence_rules[] = {
#define EVIDENCE(name) &evidence_##name,
#include "gate/correlate/list.h"
#undef EVIDENCE
	NULL,
};

void
offer(struct offers *out, enum evidence_kind kind, enum strength strength, int specificity,
	const struct ref *at, struct str detail)
{
	struct evidence *e;

	/* The same thing said twice in a row is common: a shared text, a repeated frame. */
	if (out->n) {
		const struct evidence *last = &out->v[out->n - 1];

		if (last->finding == at->finding && last->kind == kind &&
			last->strength >= strength && last->specificity >= specificity)
			return;
	}
	e = vec_push(out);
	e->kind = kind;
	e->strength = strength;
	e->specificity = specificity;
	e->finding = at->finding;
	e->detail = utf8_head(detail, MAX_DETAIL);
	e->at_path = at->reg ? at->reg->shown : STR_NONE;
	e->at_line = at->line;
}

static int
sign(long a, long b)
{
	return (a > b) - (a < b);
}

static int
finding_compare(const struct finding *a, const struct finding *b)
{
	size_t x = a->reg ? a->reg->order : 0, y = b->reg ? b->reg->order : 0;
	int r = (x > y) - (x < y);

	if (r == 0)
		r = str_cmp(a->id, b->id);
	return r ? r : sign(a->order, b->order);
}

int
evidence_compare(const struct evidence *a, const struct evidence *b)
{
	int r = sign(b->strength, a->strength);

	if (r == 0)
		r = sign(b->specificity, a->specificity);
	if (r == 0 && a->finding != b->finding)
		r = finding_compare(a->finding, b->finding);
	return r ? r : sign(a->kind, b->kind);
}

static int
by_rank(const void *a, const void *b)
{
	return evidence_compare(a, b);
}

/* By finding and kind; of one kind the best first, then the first in the register. */
static int
by_kind(const void *a, const void *b)
{
	const struct evidence *x = a, *y = b;
	int r = x->finding == y->finding ? 0 : finding_compare(x->finding, y->finding);

	if (r == 0)
		r = sign(x->kind, y->kind);
	if (r == 0)
		r = evidence_compare(x, y);
	if (r == 0)
		r = str_cmp(x->at_path, y->at_path);
	if (r == 0)
		r = sign(x->at_line, y->at_line);
	return r ? r : str_cmp(x->detail, y->detail);
}

void
offers_gather(struct offers *o)
{
	size_t n = 0;

	if (o->n == 0)
		return;
	qsort(o->v, o->n, sizeof(*o->v), by_kind);
	for (size_t i = 0; i < o->n; i++)
		if (n == 0 || o->v[n - 1].finding != o->v[i].finding ||
			o->v[n - 1].kind != o->v[i].kind)
			o->v[n++] = o->v[i];
	o->n = n;
}

void
offers_rank(struct offers *o)
{
	if (o->n)
		qsort(o->v, o->n, sizeof(*o->v), by_rank);
}
