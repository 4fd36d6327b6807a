/* utf8.c -- see utf8.h. */
#include "gate/base/utf8.h"

size_t
utf8_char(struct str s, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t c, least;
	size_t n;

	if (s.n == 0)
		return 0;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		n = 2, c = p[0] & 0x1fu, least = 0x80;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		n = 3, c = p[0] & 0x0fu, least = 0x800;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		n = 4, c = p[0] & 0x07u, least = 0x10000;
	else
		return 0;
	if (s.n < n)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fu);
	}
	if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*cp = c;
	return n;
}

bool
utf8_valid(struct str s)
{
	uint32_t cp;
	size_t n;

	while (s.n) {
		n = utf8_char(s, &cp);
		if (n == 0)
			return false;
		s = str_from(s, n);
	}
	return true;
}

void
utf8_put(struct buf *b, uint32_t cp)
{
	if (cp < 0x80) {
		buf_addc(b, (char)cp);
	} else if (cp < 0x800) {
		buf_addc(b, (char)(0xc0 | cp >> 6));
		buf_addc(b, (char)(0x80 | (cp & 0x3f)));
	} else if (cp < 0x10000) {
		buf_addc(b, (char)(0xe0 | cp >> 12));
		buf_addc(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_addc(b, (char)(0x80 | (cp & 0x3f)));
	} else {
		buf_addc(b, (char)(0xf0 | cp >> 18));
		buf_addc(b, (char)(0x80 | (cp >> 12 & 0x3f)));
		buf_addc(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_addc(b, (char)(0x80 | (cp & 0x3f)));
	}
}

size_t
utf8_repair(struct buf *b, struct str s)
{
	size_t bad = 0, n;
	uint32_t cp;

	while (s.n) {
		n = utf8_char(s, &cp);
		if (n == 0) {
			utf8_put(b, 0xfffd);
			bad++;
			n = 1;
		} else {
			buf_add(b, str_to(s, n));
		}
		s = str_from(s, n);
	}
	return bad;
}

struct str
utf8_head(struct str s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_to(s, n);
}

/* Combining marks and joiners take no column of their own. */
static bool
is_zero_width(uint32_t cp)
{
	return (cp >= 0x300 && cp <= 0x36f) || (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0xfe00 && cp <= 0xfe0f) || cp == 0x2060 || cp == 0xfeff;
}

static bool
is_wide(uint32_t cp)
{
	return (cp >= 0x1100 && cp <= 0x115f) || (cp >= 0x2e80 && cp <= 0xa4cf) ||
	       (cp >= 0xac00 && cp <= 0xd7a3) || (cp >= 0xf900 && cp <= 0xfaff) ||
	       (cp >= 0xfe30 && cp <= 0xfe6f) || (cp >= 0xff00 && cp <= 0xff60) ||
	       (cp >= 0xffe0 && cp <= 0xffe6) || (cp >= 0x1f300 && cp <= 0x1faff) ||
	       (cp >= 0x20000 && cp <= 0x3fffd);
}

size_t
utf8_width(struct str s)
{
	size_t width = 0, n;
	uint32_t cp;

	while (s.n) {
		n = utf8_char(s, &cp);
		if (n == 0)
			n = 1, width++;
		else
			width += is_zero_width(cp) ? 0 : is_wide(cp) ? 2 : 1;
		s = str_from(s, n);
	}
	return width;
}

/* Invisible characters that could reorder or hide what a person reads. */
static bool
is_deceiving(uint32_t cp)
{
	return (cp >= 0x80 && cp <= 0x9f) || cp == 0xad || (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	       (cp >= 0xfff9 && cp <= 0xfffb) || (cp >= 0xe0000 && cp <= 0xe007f);
}

void
utf8_plain(struct buf *b, struct str s)
{
	uint32_t cp;
	size_t n;

	while (s.n) {
		n = utf8_char(s, &cp);
		if (n == 0) {
			buf_addf(b, "\\x%02x", (unsigned char)s.p[0]);
			n = 1;
		} else if (cp == '\n') {
			buf_addz(b, "\\n");
		} else if (cp == '\t') {
			buf_addc(b, ' ');
		} else if (cp < 0x20 || cp == 0x7f) {
			buf_addf(b, "\\x%02x", (unsigned)cp);
		} else if (is_deceiving(cp)) {
			buf_addf(b, "\\u{%04x}", (unsigned)cp);
		} else {
			buf_add(b, str_to(s, n));
		}
		s = str_from(s, n);
	}
}

bool
utf8_is_plain(struct str s)
{
	struct buf plain = BUF_INIT;
	bool same;

	utf8_plain(&plain, s);
	same = str_eq(buf_str(&plain), s);
	buf_release(&plain);
	return same;
}

/*
 * "::" starts a command as the first word of a line only, but runners take off every kind of
 * blank that Unicode has, and wrapping breaks lines at blanks; "##[" does anywhere.
 */
bool
utf8_commands(struct str s, size_t i)
{
	struct str rest = str_from(s, i);

	if (str_starts(rest, "##["))
		return true;
	return str_starts(rest, "::") &&
		(i == 0 || s.p[i - 1] == ' ' || (unsigned char)s.p[i - 1] >= 0x80);
}

void
utf8_log(struct buf *b, struct str s)
{
	struct buf plain = BUF_INIT;

	utf8_plain(&plain, s);
	for (size_t i = 0; i < plain.n; i++) {
		if (utf8_commands(buf_str(&plain), i))
			buf_addf(b, "\\x%02x", (unsigned)plain.p[i]);
		else
			buf_addc(b, plain.p[i]);
	}
	buf_release(&plain);
}
