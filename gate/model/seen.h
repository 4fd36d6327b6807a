/*
 * seen.h -- the sixteen bytes that each case costs: sorting them in place, and finding
 * cases that bear one name.
 */
#ifndef GATE_MODEL_SEEN_H
#define GATE_MODEL_SEEN_H

#include "gate/model/report.h"

/* The id of a case whose suite stays away, as struct seen holds it. */
uint64_t seen_key(struct str base_id);
/* The id of a case whose suite goes in front. */
uint64_t seen_key_in_suite(uint64_t key, uint32_t suite);
uint32_t seen_suite(struct str suite);

enum seen_order {
	SEEN_BY_SUITE, /* id, suite, order in the report */
	SEEN_BY_ORDER, /* id, order in the report */
};
/* Sorts in place, without scratch memory; recursion is bounded. */
void seen_sort(struct seen *v, size_t n, enum seen_order order);
/* The first with this id in a sorted array, or n. */
size_t seen_find(const struct seen *v, size_t n, uint64_t id);
/* How many from v[at] on bear the id of v[at]. */
size_t seen_run(const struct seen *v, size_t n, size_t at);

#endif
