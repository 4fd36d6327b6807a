/* preview.c -- every result as if it failed, through every kind of evidence. */
#include "gate/correlate/engine/offers.h"
#include "gate/correlate/engine/stance.h"

static void
keep(struct preview *p, struct subject *s, const struct evidence *e)
{
	struct preview_hit *h = vec_push(&p->hits);
	struct stance stance;

	h->finding = e->finding;
	h->test = s->test;
	h->issue = s->issue;
	h->kind = e->kind;
	h->strength = e->strength;
	h->detail = arena_dup(s->scratch->mem, e->detail);
	stance_of(e->finding, s, e->kind == EV_ENTRY, &s->scratch->ix->opt, &stance);
	h->needs_message = stance.mismatch;
}

static void
look_at(struct preview *p, struct subject *s, struct scratch *sc, struct offers *offers)
{
	offers->n = 0;
	s->failing = true;
	subject_scan(s, sc);
	for (size_t i = 0; evidence_rules[i]; i++)
		evidence_rules[i]->find(sc->ix, s, offers);
	offers_gather(offers);
	offers_rank(offers);
	for (size_t i = 0; i < offers->n; i++)
		keep(p, s, &offers->v[i]);
	subject_release(s);
}

void
correlate_preview(struct run *run, const struct index *ix, struct preview *p)
{
	struct offers offers = { 0 };
	struct scratch sc = { 0 };

	scratch_init(&sc, ix, run);
	p->excuse_at = ix->opt.excuse_at;
	for (size_t i = 0; i < run->tests.n; i++) {
		struct subject s = { 0 };

		subject_of_test(&s, &sc, run->tests.v[i]);
		look_at(p, &s, &sc, &offers);
		p->tests++;
	}
	for (size_t i = 0; i < run->issues.n; i++) {
		struct subject s = { 0 };

		if (run->issues.v[i]->info_only)
			continue;
		subject_of_issue(&s, &sc, run->issues.v[i]);
		look_at(p, &s, &sc, &offers);
		p->issues++;
	}
	vec_release(&offers);
	scratch_release(&sc);
	preview_finish(p, ix->fs);
}
