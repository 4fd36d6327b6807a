/*
 * str.h -- views of text. A `struct str` borrows its bytes; it is not NUL-terminated
 * and may hold NULs. The empty view may have p == NULL.
 *
 * All comparisons are of bytes; "i" variants fold ASCII only, so no locale changes a verdict.
 */
#ifndef GATE_BASE_STR_H
#define GATE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/banned.h"

struct str {
	const char *p;
	size_t n;
};

#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })
#define STR_FMT(s) (int)((s).n > 65536 ? 65536 : (s).n), ((s).p ? (s).p : "") /* for "%.*s" */
#define STR_NPOS ((size_t)-1)

static inline struct str
str_of(const char *z)
{
	return (struct str){ z, z ? strlen(z) : 0 };
}

static inline struct str
str_n(const char *p, size_t n)
{
	return (struct str){ p, n };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
str_eqz(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

static inline bool
str_starts(struct str s, const char *z)
{
	size_t n = strlen(z);

	return s.n >= n && memcmp(s.p, z, n) == 0;
}

static inline bool
str_ends(struct str s, const char *z)
{
	size_t n = strlen(z);

	return s.n >= n && memcmp(s.p + s.n - n, z, n) == 0;
}

static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
is_alpha(char c)
{
	return is_upper(c) || is_lower(c);
}

static inline bool
is_alnum(char c)
{
	return is_alpha(c) || is_digit(c);
}

static inline bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline char
to_lower(char c)
{
	return is_upper(c) ? (char)(c + 32) : c;
}

int str_cmp(struct str a, struct str b);           /* memcmp order, shorter first */
bool str_ieq(struct str a, struct str b);
bool str_ieqz(struct str a, const char *z);
bool str_istarts(struct str s, const char *z);
size_t str_find(struct str s, struct str what);    /* offset or STR_NPOS */
size_t str_ifind(struct str s, struct str what);
size_t str_rfind(struct str s, struct str what);
size_t str_chr(struct str s, char c);              /* offset or STR_NPOS */
size_t str_rchr(struct str s, char c);
bool str_has(struct str s, const char *z);

struct str str_trim(struct str s);                 /* ASCII white space, both ends */
struct str str_rtrim(struct str s);
struct str str_from(struct str s, size_t at);      /* s[at..], empty when at is past the end */
struct str str_to(struct str s, size_t end);       /* s[..end], whole when end is past the end */
struct str str_basename(struct str path);

/* Each takes what it names from the front of *s and says whether it was there. */
bool str_skip(struct str *s, const char *z);
bool str_iskip(struct str *s, const char *z);
size_t str_skip_digits(struct str *s);             /* how many */
/* The next line without its LF or CRLF; false at the end. */
bool str_line(struct str *in, struct str *line);
/* The next blank-separated word; false at the end. */
bool str_word(struct str *in, struct str *word);
/*
 * Splits *s at the first `sep`: *s keeps what stands before, *rest gets what stands
 * after. Without `sep` *s is unchanged, *rest is empty, and false is returned.
 */
bool str_cut(struct str *s, const char *sep, struct str *rest);

#endif
