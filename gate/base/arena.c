/* arena.c -- see arena.h. */
#include "gate/base/arena.h"

#include <stdarg.h>
#include <stddef.h>

#include "gate/base/buf.h"
#include "gate/base/mem.h"

#define BLOCK_MIN (4u << 10) /* a run may read thousands of small reports, each with its own */
#define BLOCK_MAX (1u << 20)

struct arena_block {
	struct arena_block *next;
	max_align_t data[];
};

static void
add_block(struct arena *a, size_t want)
{
	struct arena_block *b;
	size_t size = a->size ? a->size * 2 : BLOCK_MIN;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < want)
		size = want;
	b = xcalloc(1, sizeof(*b) + size);
	b->next = a->head;
	a->head = b;
	a->used = 0;
	a->size = size;
	a->total += size;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	const size_t align = _Alignof(max_align_t);
	void *p;

	if (n > SIZE_MAX / 2)
		mem_die("arena size");
	n = (n + align - 1) / align * align;
	if (a->head == NULL || a->size - a->used < n)
		add_block(a, n);
	p = (char *)a->head->data + a->used;
	a->used += n;
	return p;
}

struct str
arena_dup(struct arena *a, struct str s)
{
	return str_n(arena_z(a, s), s.n);
}

char *
arena_z(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct str
arena_printf(struct arena *a, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	s = arena_dup(a, buf_str(&b));
	buf_release(&b);
	return s;
}

void
arena_release(struct arena *a)
{
	struct arena_block *b, *next;

	for (b = a->head; b; b = next) {
		next = b->next;
		free(b);
	}
	*a = (struct arena){ 0 };
}
