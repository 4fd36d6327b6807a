/*
 * buf.h -- a growing byte buffer that owns its bytes.
 *
 * Invariant: p is NULL only when nothing was ever added; otherwise p[n] is NUL.
 * Life: BUF_INIT (or zeroed), buf_add..., buf_reset to reuse, buf_release.
 */
#ifndef GATE_BASE_BUF_H
#define GATE_BASE_BUF_H

#include <stdarg.h>

#include "gate/base/str.h"

struct buf {
	char *p;
	size_t n, cap;
};

#define BUF_INIT { NULL, 0, 0 }

void buf_reserve(struct buf *b, size_t more);      /* room for `more` bytes and the NUL */
void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
void buf_addn(struct buf *b, char c, size_t times);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void buf_reset(struct buf *b);                     /* empty, memory kept */
void buf_cut(struct buf *b, size_t n);             /* shorten to n bytes */
void buf_release(struct buf *b);

static inline struct str
buf_str(const struct buf *b)
{
	return str_n(b->p, b->n);
}

/* Never NULL. */
static inline const char *
buf_z(const struct buf *b)
{
	return b->p ? b->p : "";
}

#endif
