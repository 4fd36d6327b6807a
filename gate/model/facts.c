/* facts.c -- see facts.h. */
#include "gate/model/facts.h"

static int
by_from(const void *x, const void *y)
{
	const struct fact_move *a = x, *b = y;
	int c = str_cmp(a->from, b->from);

	return c ? c : str_cmp(a->to, b->to);
}

/* Sorts and leaves each element once. */
#define SORT_ONCE(vec, compare) \
	do { \
		size_t kept_ = 0; \
		vec_sort(vec, compare); \
		for (size_t i_ = 0; i_ < (vec)->n; i_++) \
			if (i_ == 0 || compare(&(vec)->v[kept_ - 1], &(vec)->v[i_]) != 0) \
				(vec)->v[kept_++] = (vec)->v[i_]; \
		(vec)->n = kept_; \
	} while (0)

void
facts_sort(struct facts *f)
{
	SORT_ONCE(&f->moves, by_from);
}

struct str
facts_moved_to(const struct facts *f, struct str path)
{
	size_t lo = 0, hi = f ? f->moves.n : 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(f->moves.v[mid].from, path);

		if (c == 0)
			return f->moves.v[mid].to;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return path;
}

void
facts_release(struct facts *f)
{
	vec_release(&f->moves);
	arena_release(&f->mem);
}
