/* near.c -- see near.h: Damerau's edit distance over three rows. */
#include "gate/base/near.h"

#define LONGEST 64

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t
distance(struct str a, struct str b)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2], *swap;

	for (size_t j = 0; j <= b.n; j++)
		last[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			char x = to_lower(a.p[i - 1]), y = to_lower(b.p[j - 1]);

			row[j] = least(least(row[j - 1], last[j]) + 1, last[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == to_lower(b.p[j - 2]) &&
				y == to_lower(a.p[i - 2]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		swap = before;
		before = last;
		last = row;
		row = swap;
	}
	return last[b.n];
}

bool
near_word(struct str a, struct str b)
{
	size_t longest = a.n > b.n ? a.n : b.n;

	return longest <= LONGEST && distance(a, b) <= longest / 3;
}

const char *
nearest_word(struct str word, const char *const known[])
{
	const char *best = NULL;
	size_t best_distance = word.n / 3 + 1;

	if (word.n == 0 || word.n > LONGEST)
		return NULL;
	for (size_t i = 0; known[i]; i++) {
		struct str k = str_of(known[i]);
		size_t d;

		if (k.n > LONGEST)
			continue;
		d = distance(word, k);
		if (d < best_distance) {
			best_distance = d;
			best = known[i];
		}
	}
	return best;
}
