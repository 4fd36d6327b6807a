/* str.c -- see str.h. */
#define _GNU_SOURCE /* memmem, memrchr */
#include "gate/base/str.h"

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int r = n ? memcmp(a.p, b.p, n) : 0;

	return r ? r : (a.n > b.n) - (a.n < b.n);
}

bool
str_ieq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (to_lower(a.p[i]) != to_lower(b.p[i]))
			return false;
	return true;
}

bool
str_ieqz(struct str a, const char *z)
{
	return str_ieq(a, str_of(z));
}

bool
str_istarts(struct str s, const char *z)
{
	return str_ieq(str_to(s, strlen(z)), str_of(z));
}

size_t
str_find(struct str s, struct str what)
{
	const char *p;

	if (what.n == 0)
		return 0;
	if (s.n < what.n)
		return STR_NPOS;
	p = memmem(s.p, s.n, what.p, what.n);
	return p ? (size_t)(p - s.p) : STR_NPOS;
}

size_t
str_ifind(struct str s, struct str what)
{
	if (what.n == 0)
		return 0;
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (to_lower(s.p[i]) == to_lower(what.p[0]) &&
			str_ieq(str_n(s.p + i, what.n), what))
			return i;
	return STR_NPOS;
}

size_t
str_rfind(struct str s, struct str what)
{
	if (what.n > s.n)
		return STR_NPOS;
	for (size_t i = s.n - what.n + 1; i-- > 0;)
		if (what.n == 0 || memcmp(s.p + i, what.p, what.n) == 0)
			return i;
	return STR_NPOS;
}

size_t
str_chr(struct str s, char c)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;

	return p ? (size_t)(p - s.p) : STR_NPOS;
}

size_t
str_rchr(struct str s, char c)
{
	const char *p = s.n ? memrchr(s.p, c, s.n) : NULL;

	return p ? (size_t)(p - s.p) : STR_NPOS;
}

bool
str_has(struct str s, const char *z)
{
	return str_find(s, str_of(z)) != STR_NPOS;
}

struct str
str_rtrim(struct str s)
{
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str
str_trim(struct str s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	return str_rtrim(s);
}

struct str
str_from(struct str s, size_t at)
{
	return at < s.n ? str_n(s.p + at, s.n - at) : STR_NONE;
}

struct str
str_to(struct str s, size_t end)
{
	return end < s.n ? str_n(s.p, end) : s;
}

struct str
str_basename(struct str path)
{
	size_t at = str_rchr(path, '/');

	return at == STR_NPOS ? path : str_from(path, at + 1);
}

bool
str_skip(struct str *s, const char *z)
{
	if (!str_starts(*s, z))
		return false;
	*s = str_from(*s, strlen(z));
	return true;
}

bool
str_iskip(struct str *s, const char *z)
{
	if (!str_istarts(*s, z))
		return false;
	*s = str_from(*s, strlen(z));
	return true;
}

size_t
str_skip_digits(struct str *s)
{
	size_t n = 0;

	while (n < s->n && is_digit(s->p[n]))
		n++;
	*s = str_from(*s, n);
	return n;
}

bool
str_line(struct str *in, struct str *line)
{
	size_t at;

	if (in->n == 0)
		return false;
	at = str_chr(*in, '\n');
	*line = str_to(*in, at);
	*in = at == STR_NPOS ? STR_NONE : str_from(*in, at + 1);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool
str_word(struct str *in, struct str *word)
{
	size_t n = 0;

	*in = str_trim(*in);
	while (n < in->n && !is_space(in->p[n]))
		n++;
	*word = str_to(*in, n);
	*in = str_from(*in, n);
	return n != 0;
}

bool
str_cut(struct str *s, const char *sep, struct str *rest)
{
	size_t at = str_find(*s, str_of(sep));

	if (at == STR_NPOS) {
		*rest = STR_NONE;
		return false;
	}
	*rest = str_from(*s, at + strlen(sep));
	*s = str_to(*s, at);
	return true;
}
