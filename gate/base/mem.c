/* mem.c -- see mem.h. */
#include "gate/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long fail_at;

void
mem_die(const char *what)
{
	static const char lead[] = "gate: error: out of memory: ";
	ssize_t r;

	/* write(2) only: nothing that could allocate again. A failed write changes nothing. */
	r = write(2, lead, sizeof(lead) - 1);
	r = r < 0 ? r : write(2, what, strlen(what));
	r = r < 0 ? r : write(2, "\n", 1);
	(void)r;
	_exit(3);
}

void
mem_fail_at(unsigned long n)
{
	fail_at = n;
}

static void
count(size_t n)
{
	(void)n;
	if (fail_at != 0 && --fail_at == 0)
		mem_die("injected");
}

void *
xmalloc(size_t n)
{
	void *p;

	count(n);
	p = malloc(n ? n : 1);
	if (p == NULL)
		mem_die("malloc");
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p;

	count(n);
	p = calloc(n ? n : 1, size ? size : 1);
	if (p == NULL)
		mem_die("calloc");
	return p;
}

void *
xrealloc(void *p, size_t n)
{
	count(n);
	p = realloc(p, n ? n : 1);
	if (p == NULL)
		mem_die("realloc");
	return p;
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		mem_die("array size");
	return xrealloc(p, n * size);
}

void *
vec_grow(void *v, size_t n, size_t *cap, size_t size)
{
	if (n == *cap) {
		if (*cap > SIZE_MAX / 2)
			mem_die("vector size");
		*cap = *cap ? *cap * 2 : size > 128 ? 2 : 8;
		v = xreallocarray(v, *cap, size);
	}
	memset((char *)v + n * size, 0, size);
	return v;
}
