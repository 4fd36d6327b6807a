/* decision.c -- see decision.h. */
#include "gate/model/decision.h"

/*
 * The level whose limit holds for `level`: itself, or the nearest named one below. Contract:
 * one above the highest named takes its limit, one below the lowest is unlimited.
 */
static enum level
governed_by(const struct limit *l, enum level level)
{
	while (level > LEVEL_UNKNOWN && !l->named[level])
		level--;
	return level;
}

bool
limit_level_exceeded(const struct limit *l, const long by_level[LEVELS], enum level level)
{
	long n = by_level[level];
	enum level by;

	if (l->kind != LIMIT_BY_LEVEL)
		return false;
	if (level == LEVEL_UNKNOWN) {
		if (!l->named[level]) /* counted with high */
			return n > 0 && limit_level_exceeded(l, by_level, LEVEL_HIGH);
		return !l->level_baseline[level] && n > l->level[level];
	}
	if (level == LEVEL_HIGH && !l->named[LEVEL_UNKNOWN])
		n += by_level[LEVEL_UNKNOWN];
	by = governed_by(l, level);
	return by != LEVEL_UNKNOWN && !l->level_baseline[by] && n > l->level[by];
}

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
