/* decision.c -- see decision.h. */
#include "gate/model/decision.h"

/* One finding is suggested once, by its best evidence: the first, since evidence is ranked. */
static bool
was_suggested(const struct evidence *const out[], size_t n, const struct finding *f)
{
	for (size_t i = 0; i < n; i++)
		if (out[i]->finding == f)
			return true;
	return false;
}

size_t
decision_suggestions(const struct decision *d, const struct judged *j,
	const struct evidence *out[], size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < j->nevidence && n < max; i++) {
		const struct evidence *e = &j->evidence[i];

		if (e->strength < d->suggest_at || e->strength >= d->excuse_at)
			continue;
		if (e->finding == j->finding || was_suggested(out, n, e->finding))
			continue;
		out[n++] = e;
	}
	return n;
}

void
decision_release(struct decision *d)
{
	for (size_t i = 0; i < d->rules.n; i++)
		vec_release(&d->rules.v[i].items);
	vec_release(&d->rules);
	vec_release(&d->remarks);
	arena_release(&d->mem);
}
