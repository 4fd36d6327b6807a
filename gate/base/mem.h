/*
 * mem.h -- allocation that does not fail, and the vector macros.
 *
 * Out of memory ends the program with status 3 (inconclusive) in one place, mem_die():
 * it writes one line to standard error and calls _exit. Nothing partial is published,
 * since outputs are renamed into place only when they are whole.
 */
#ifndef GATE_BASE_MEM_H
#define GATE_BASE_MEM_H

#include <stddef.h>
#include <stdlib.h>

_Noreturn void mem_die(const char *what);

void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);      /* zeroed; the product is checked */
void *xrealloc(void *p, size_t n);
void *xreallocarray(void *p, size_t n, size_t size);
/*
 * Makes `p` fail on its Nth allocation from now (tests only, through GATE_FAIL_ALLOC=N).
 * 0 switches it off.
 */
void mem_fail_at(unsigned long n);

/* Room for one more element; returns the new array. Doubles; used by vec_push only. */
void *vec_grow(void *v, size_t n, size_t *cap, size_t size);

/*
 * A vector is any struct with members `T *v; size_t n, cap;`, zero-initialised.
 * vec_push gives a pointer to a new zeroed element; it invalidates older pointers.
 */
#define VEC(T) \
	struct { \
		T *v; \
		size_t n, cap; \
	}
#define vec_push(vec) \
	((vec)->v = vec_grow((vec)->v, (vec)->n, &(vec)->cap, sizeof(*(vec)->v)), \
		&(vec)->v[(vec)->n++])
/* qsort(3) may not be given NULL, which an empty vector holds. */
#define vec_sort(vec, compare) \
	((vec)->n > 1 ? qsort((vec)->v, (vec)->n, sizeof(*(vec)->v), (compare)) : (void)0)
#define vec_release(vec) (free((vec)->v), (vec)->v = NULL, (vec)->n = (vec)->cap = 0)

#endif
