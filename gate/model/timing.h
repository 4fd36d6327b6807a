/*
 * timing.h -- how long passing cases took, where somebody asks: the rule `duration`, or a
 * baseline that is saved. Only cases of a tenth of a second and more are kept one by one: what
 * shorter ones differ by is noise, and a million of them shall cost nothing.
 */
#ifndef GATE_MODEL_TIMING_H
#define GATE_MODEL_TIMING_H

#include <stdint.h>

#include "gate/base/buf.h"
#include "gate/base/mem.h"

#define TIMED_MS 100 /* kept from here on */

struct timed {
	uint64_t key;       /* struct seen's, of the name without a suite */
	uint32_t suite;     /* hash */
	uint32_t ms;
	uint32_t seq;       /* order in the report */
	uint32_t at;        /* its name in `names`, ended by NUL */
};

/* Zero-initialise; timings_release. */
struct timings {
	struct { struct timed *v; size_t n, cap; } v; /* in the order of the report */
	struct buf names;
	uint64_t total_us;  /* of all passing cases that have a time */
	long cases;         /* how many those are */
};

/* A passing case. `name` is redacted already; negative seconds: not known. */
void timing_add(struct timings *t, uint64_t key, uint32_t suite, uint32_t seq, double seconds,
	struct str name);
struct str timing_name(const struct timings *t, const struct timed *x);
/* The time of the case with this place in the report; 0: short, or not known. */
uint32_t timing_of(const struct timings *t, uint32_t seq);
void timings_release(struct timings *t);

#endif
