/* correlate.c -- the driver: every kept result through every kind of evidence, then classes. */
#include "gate/correlate/correlate.h"

#include "gate/correlate/engine/classify.h"

/* Looks at one subject and judges it. */
static void
judge(struct subject *s, struct scratch *sc, struct offers *o, struct judged *out)
{
	o->n = 0;
	subject_scan(s, sc);
	for (size_t i = 0; evidence_rules[i]; i++)
		evidence_rules[i]->find(sc->ix, s, o);
	classify(s, o, out);
	subject_release(s);
}

static void
judge_issue(struct issue *i, struct scratch *sc, struct offers *o)
{
	struct subject s = { 0 };

	if (i->info_only) { /* a note of the tool, not a result */
		i->judged = (struct judged){ 0 };
		return;
	}
	subject_of_issue(&s, sc, i);
	judge(&s, sc, o, &i->judged);
}

void
correlate(struct run *run, const struct index *ix)
{
	struct offers offers = { 0 };
	struct scratch sc = { 0 };

	scratch_init(&sc, ix, run);
	for (size_t i = 0; i < run->tests.n; i++) {
		struct subject s = { 0 };

		subject_of_test(&s, &sc, run->tests.v[i]);
		judge(&s, &sc, &offers, &run->tests.v[i]->judged);
	}
	for (size_t i = 0; i < run->issues.n; i++)
		judge_issue(run->issues.v[i], &sc, &offers);
	for (size_t i = 0; i < run->producers.n; i++) {
		struct subject s = { 0 };

		if (run->producers.v[i].complete || run->producers.v[i].tool_only_absent)
			continue;
		subject_of_producer(&s, &sc, &run->producers.v[i]);
		judge(&s, &sc, &offers, &run->producers.v[i].judged);
	}
	note_absents(run, ix, &sc);
	note_findings(run, ix, &sc);
	vec_release(&offers);
	scratch_release(&sc);
}
