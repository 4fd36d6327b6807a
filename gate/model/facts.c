/* facts.c -- see facts.h. */
#include "gate/model/facts.h"

static int
by_from(const void *x, const void *y)
{
	const struct fact_move *a = x, *b = y;
	int c = str_cmp(a->from, b->from);

	return c ? c : str_cmp(a->to, b->to);
}

static int
by_definition(const void *x, const void *y)
{
	const struct definition *a = x, *b = y;
	int c = str_cmp(a->file, b->file);

	if (c == 0)
		c = (a->line > b->line) - (a->line < b->line);
	if (c == 0)
		c = str_cmp(a->scope, b->scope);
	return c ? c : str_cmp(a->name, b->name);
}

static int
by_path(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
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
	SORT_ONCE(&f->gone, by_definition);
	SORT_ONCE(&f->added, by_definition);
	SORT_ONCE(&f->gone_files, by_path);
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
	vec_release(&f->gone);
	vec_release(&f->added);
	vec_release(&f->gone_files);
	arena_release(&f->mem);
}
