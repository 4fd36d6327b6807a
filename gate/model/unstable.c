/*
 * unstable.c -- see unstable.h. Fewer shapes than a message's normal form knows: "5s" or "3"
 * in a name is a parameter somebody chose, and a day alone may be one too.
 */
#include "gate/model/unstable.h"

static bool
word_char(char c)
{
	return is_alnum(c) || c == '_';
}

static size_t
hex_run(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_hex(s.p[n]))
		n++;
	return n;
}

static size_t
digit_run(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

static bool
ends(struct str s, size_t n)
{
	return n >= s.n || !word_char(s.p[n]);
}

/* "0x7f3a5c2e10", "@1b6d3586" */
static size_t
address(struct str s)
{
	size_t front = s.p[0] == '@' ? 1 : str_starts(s, "0x") || str_starts(s, "0X") ? 2 : 0;
	size_t n = front ? hex_run(str_from(s, front)) : 0;

	return n >= 6 && n <= 16 && ends(s, front + n) ? front + n : 0;
}

static size_t
uuid(struct str s)
{
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	size_t at = 0;

	for (size_t i = 0; i < 5; i++) {
		if (i && (at >= s.n || s.p[at++] != '-'))
			return 0;
		if (hex_run(str_from(s, at)) != groups[i])
			return 0;
		at += groups[i];
	}
	return ends(s, at) ? at : 0;
}

/* The pattern's digits stand for digits; everything else is itself. */
static bool
shaped(struct str s, const char *pattern)
{
	size_t n = strlen(pattern);

	if (s.n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (is_digit(pattern[i]) ? !is_digit(s.p[i]) :
			pattern[i] != s.p[i] && !(pattern[i] == ' ' && s.p[i] == 'T'))
			return false;
	return true;
}

/* "2026-01-15 12:00", with what follows of it; seconds, milli-, micro-, nanoseconds since 1970. */
static size_t
instant(struct str s)
{
	size_t n = digit_run(s);

	if (n == 4 && shaped(s, "0000-00-00 00:00")) {
		n = 16;
		while (n < s.n && (is_digit(s.p[n]) || s.p[n] == ':' || s.p[n] == '.'))
			n++;
		return n < s.n && s.p[n] == 'Z' ? n + 1 : n;
	}
	return (n == 10 || n == 13 || n == 16 || n == 19) && s.p[0] == '1' && ends(s, n) ? n : 0;
}

/* The length of the part that starts here; `before` is the byte in front of it. */
static size_t
part(struct str s, char before)
{
	char c = s.p[0];
	size_t n;

	if (c == '@')
		return address(s);
	if (!is_hex(c) || word_char(before))
		return 0;
	n = c == '0' ? address(s) : 0;
	if (n == 0 && is_digit(c))
		n = instant(s);
	return n ? n : s.n >= 36 && s.p[8] == '-' ? uuid(s) : 0;
}

static size_t
find_part(struct str name, size_t from, size_t *n)
{
	for (size_t i = from; i < name.n; i++) {
		*n = part(str_from(name, i), i ? name.p[i - 1] : ' ');
		if (*n)
			return i;
	}
	return STR_NPOS;
}

bool
name_unstable(struct str name)
{
	size_t n;

	return find_part(name, 0, &n) != STR_NPOS;
}

void
name_stable_part(struct buf *out, struct str name)
{
	size_t from = 0, n, at;

	while ((at = find_part(name, from, &n)) != STR_NPOS) {
		buf_add(out, str_to(str_from(name, from), at - from));
		buf_addc(out, '*');
		from = at + n;
	}
	buf_add(out, str_from(name, from));
}
