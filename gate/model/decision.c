/* decision.c -- see decision.h. */
#include "gate/model/decision.h"

/*
 * A finding is suggested once, by its best evidence: the first, since evidence is ranked. One
 * that has better evidence than a suggestion's is no suggestion.
 */
static bool
seen_before(const struct judged *j, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (j->evidence[k].finding == j->evidence[i].finding)
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
		if (e->finding == j->finding || seen_before(j, i))
			continue;
		out[n++] = e;
	}
	return n;
}

struct str
decision_shown(const struct decision *d, struct str path)
{
	struct str base = d->policy_base;

	/* Below the working folder it is where the forge has it, too. */
	if (base.n == 0 || !(base.p[0] == '/' || str_starts(base, "..")))
		return path;
	if (path.n > base.n + 1 && path.p[base.n] == '/' && str_eq(str_to(path, base.n), base))
		return str_from(path, base.n + 1);
	return path;
}

void
decision_release(struct decision *d)
{
	for (size_t i = 0; i < d->rules.n; i++)
		vec_release(&d->rules.v[i].items);
	vec_release(&d->rules);
	vec_release(&d->remarks);
	vec_release(&d->pending);
	vec_release(&d->below);
	arena_release(&d->mem);
}
