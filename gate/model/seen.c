/*
 * seen.c -- see seen.h.
 *
 * A million cases are sixteen megabytes: a sort that copies them would double the memory of
 * the whole run, so the big step is an in-place distribution by the top bits of the hash
 * (American flag sort); what is left per bucket fits the cache and is sorted by comparison.
 */
#include "gate/model/seen.h"

#define BITS 9
#define BUCKETS (1u << BITS)
#define SMALL 24       /* up to here, insertion */
#define FLAG_MIN 4096  /* from here, distribution */

uint64_t
seen_key(struct str base_id)
{
	return hash_bytes(1, base_id.p, base_id.n);
}

uint64_t
seen_key_in_suite(uint64_t key, uint32_t suite)
{
	return hash_bytes(key, &suite, sizeof(suite));
}

uint32_t
seen_suite(struct str suite)
{
	return (uint32_t)(hash_bytes(2, suite.p, suite.n) >> 32);
}

static inline bool
less(struct seen a, struct seen b, enum seen_order order)
{
	if (a.id != b.id)
		return a.id < b.id;
	if (order == SEEN_BY_SUITE && a.suite != b.suite)
		return a.suite < b.suite;
	return SEEN_SEQ(a) < SEEN_SEQ(b);
}

static void
insertion(struct seen *v, size_t n, enum seen_order order)
{
	for (size_t i = 1; i < n; i++) {
		struct seen x = v[i];
		size_t k = i;

		for (; k > 0 && less(x, v[k - 1], order); k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

static void
sift(struct seen *v, size_t at, size_t n, enum seen_order order)
{
	struct seen x = v[at];

	for (size_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
		if (child + 1 < n && less(v[child], v[child + 1], order))
			child++;
		if (!less(x, v[child], order))
			break;
		v[at] = v[child];
		at = child;
	}
	v[at] = x;
}

/* For input that was made to defeat the pivots: slower, but never quadratic. */
static void
heap_sort(struct seen *v, size_t n, enum seen_order order)
{
	for (size_t i = n / 2; i-- > 0;)
		sift(v, i, n, order);
	for (size_t i = n; i-- > 1;) {
		struct seen top = v[0];

		v[0] = v[i];
		v[i] = top;
		sift(v, 0, i, order);
	}
}

static struct seen
middle(struct seen a, struct seen b, struct seen c, enum seen_order order)
{
	if (less(b, a, order)) {
		struct seen t = a;

		a = b;
		b = t;
	}
	if (less(b, c, order))
		return b;
	return less(a, c, order) ? c : a;
}

/* Quicksort; the larger half is looped over, so `depth` bounds both time and stack. */
static void
compare_sort(struct seen *v, size_t n, unsigned depth, enum seen_order order)
{
	while (n > SMALL) {
		struct seen pivot = middle(v[0], v[n / 2], v[n - 1], order);
		size_t i = 0, k = n - 1;

		if (depth-- == 0) {
			heap_sort(v, n, order);
			return;
		}
		for (;;) {
			struct seen t;

			while (less(v[i], pivot, order))
				i++;
			while (less(pivot, v[k], order))
				k--;
			if (i >= k)
				break;
			t = v[i];
			v[i++] = v[k];
			v[k--] = t;
		}
		/* v[..k] <= pivot <= v[k+1..]; both sides are shorter than n. */
		if (k + 1 < n - k - 1) {
			compare_sort(v, k + 1, depth, order);
			v += k + 1;
			n -= k + 1;
		} else {
			compare_sort(v + k + 1, n - k - 1, depth, order);
			n = k + 1;
		}
	}
	insertion(v, n, order);
}

static inline size_t
bucket(struct seen s)
{
	return (size_t)(s.id >> (64 - BITS));
}

static void
flag_sort(struct seen *v, size_t n, enum seen_order order)
{
	size_t at[BUCKETS] = { 0 }, end[BUCKETS], sum = 0;

	for (size_t i = 0; i < n; i++)
		at[bucket(v[i])]++;
	for (size_t b = 0; b < BUCKETS; b++) {
		size_t count = at[b];

		at[b] = sum;
		sum += count;
		end[b] = sum;
	}
	for (size_t b = 0; b < BUCKETS; b++) {
		while (at[b] < end[b]) {
			struct seen x = v[at[b]];
			size_t home = bucket(x);

			/* Carry x home, take what lay there, until one belongs here. */
			while (home != b) {
				struct seen t = v[at[home]];

				v[at[home]++] = x;
				x = t;
				home = bucket(x);
			}
			v[at[b]++] = x;
		}
	}
	for (size_t b = 0; b < BUCKETS; b++) {
		size_t start = b ? end[b - 1] : 0;

		compare_sort(v + start, end[b] - start, 64, order);
	}
}

void
seen_sort(struct seen *v, size_t n, enum seen_order order)
{
	if (n >= FLAG_MIN)
		flag_sort(v, n, order);
	else if (n > 1)
		compare_sort(v, n, 64, order);
}

size_t
seen_find(const struct seen *v, size_t n, uint64_t id)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && v[lo].id == id ? lo : n;
}

size_t
seen_run(const struct seen *v, size_t n, size_t at)
{
	size_t end = at + 1;

	while (end < n && v[end].id == v[at].id)
		end++;
	return end - at;
}
