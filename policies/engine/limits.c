/* limits.c -- how many are allowed, and whether there are more. */
#include "policies/engine/judge.h"

bool
limit_exceeded(const struct limit *l, const long by_level[LEVELS], long total)
{
	if (l->kind == LIMIT_NUMBER)
		return total > l->number;
	for (int i = 0; i < LEVELS; i++)
		if (limit_level_exceeded(l, by_level, (enum level)i))
			return true;
	return false;
}

bool
limit_needs_baseline(const struct limit *l)
{
	if (l->kind == LIMIT_BASELINE)
		return true;
	for (int i = 0; l->kind == LIMIT_BY_LEVEL && i < LEVELS; i++)
		if (l->named[i] && l->level_baseline[i])
			return true;
	return false;
}

void
limit_describe(const struct limit *l, struct buf *out)
{
	const char *sep = "";

	switch (l->kind) {
	case LIMIT_NONE:
		buf_addz(out, "unlimited");
		return;
	case LIMIT_NUMBER:
		buf_addf(out, "%ld", l->number);
		return;
	case LIMIT_BASELINE:
		buf_addz(out, "baseline");
		return;
	case LIMIT_BY_LEVEL:
		break;
	}
	for (int i = LEVELS - 1; i >= 0; i--) {
		if (!l->named[i])
			continue;
		buf_addf(out, "%s%s ", sep, level_name((enum level)i));
		if (l->level_baseline[i])
			buf_addz(out, "baseline");
		else
			buf_addf(out, "%ld", l->level[i]);
		sep = ", ";
	}
}
