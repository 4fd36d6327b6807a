/* timing.c -- see timing.h. */
#include "gate/model/timing.h"

/* Hostile numbers end somewhere; sums of whole microseconds are the same on every machine. */
static uint64_t
microseconds(double seconds)
{
	return seconds >= 4e6 ? (uint64_t)4000000000000 : (uint64_t)(seconds * 1e6 + 0.5);
}

void
timing_add(struct timings *t, uint64_t key, uint32_t suite, uint32_t seq, double seconds,
	struct str name)
{
	uint64_t us;
	struct timed *x;

	if (!(seconds >= 0))
		return;
	us = microseconds(seconds);
	t->total_us += us;
	t->cases++;
	if (us < TIMED_MS * 1000u || t->names.n > UINT32_MAX - name.n - 1)
		return;
	x = vec_push(&t->v);
	*x = (struct timed){ .key = key, .suite = suite, .ms = (uint32_t)(us / 1000), .seq = seq,
		.at = (uint32_t)t->names.n };
	buf_add(&t->names, name);
	buf_addc(&t->names, '\0');
}

struct str
timing_name(const struct timings *t, const struct timed *x)
{
	return str_of(t->names.p + x->at);
}

uint32_t
timing_of(const struct timings *t, uint32_t seq)
{
	size_t lo = 0, hi = t->v.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->v.v[mid].seq < seq)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->v.n && t->v.v[lo].seq == seq ? t->v.v[lo].ms : 0;
}

void
timings_release(struct timings *t)
{
	vec_release(&t->v);
	buf_release(&t->names);
}
