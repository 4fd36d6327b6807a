/*
 * map.h -- hash map from byte strings to pointers, insertion-ordered.
 *
 * Keys are borrowed: they must outlive the map. Iterate over map.v[0..n), which is in the
 * order of insertion, so no hash seed can leak into an output.
 */
#ifndef GATE_BASE_MAP_H
#define GATE_BASE_MAP_H

#include "gate/base/str.h"

struct map_entry {
	struct str key;
	uint64_t hash;
	void *value;
};

struct map {
	struct map_entry *v;
	size_t n, cap;
	uint32_t *slots; /* index + 1 into v; 0 is free */
	size_t nslots;
};

void *map_get(const struct map *m, struct str key);             /* NULL when not there */
/* The place of the value for `key`, made NULL when it is new. Valid until the next map_at. */
void **map_at(struct map *m, struct str key);
void map_release(struct map *m);

#endif
