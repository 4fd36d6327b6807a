/*
 * arena.h -- memory that lives as long as a run, freed at once.
 *
 * Zero-initialise, use, arena_release. Everything returned is aligned for any type
 * and zeroed. Arenas never move what they gave.
 */
#ifndef GATE_BASE_ARENA_H
#define GATE_BASE_ARENA_H

#include "gate/base/str.h"

struct arena {
	struct arena_block *head;
	size_t used, size; /* of the head block */
	size_t total;      /* bytes ever taken from the system */
};

void *arena_alloc(struct arena *a, size_t n);
#define arena_new(a, T) ((T *)arena_alloc((a), sizeof(T)))
/* A NUL-terminated copy (the NUL is not counted). The empty view stays empty, with p set. */
struct str arena_dup(struct arena *a, struct str s);
char *arena_z(struct arena *a, struct str s);      /* the same as a C string */
struct str arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void arena_release(struct arena *a);

#endif
