/* decode.c -- see decode.h. */
#include "gate/input/decode.h"

#include <errno.h>
#include <iconv.h>

#include "gate/base/mem.h"
#include "gate/base/utf8.h"

#define CARRY 8 /* the longest front of a character in any encoding we read */

struct decoder {
	enum encoding encoding;
	iconv_t cd;
	char carry[CARRY];
	size_t ncarry;
	unsigned long bad;
	size_t bad_at; /* where the first one went */
};

/* Names as they are registered, and as people write them. Stateful encodings are left out. */
static const struct {
	const char *name;
	enum encoding encoding;
} names[] = {
	{ "utf-8", ENC_UTF8 },
	{ "utf8", ENC_UTF8 },
	{ "us-ascii", ENC_UTF8 },
	{ "ascii", ENC_UTF8 },
	{ "utf-16", ENC_UTF16LE },
	{ "utf-16le", ENC_UTF16LE },
	{ "utf-16be", ENC_UTF16BE },
	{ "utf16", ENC_UTF16LE },
	{ "unicode", ENC_UTF16LE },
	{ "ucs-2", ENC_UTF16LE },
	{ "iso-10646-ucs-2", ENC_UTF16LE },
	{ "iso-8859-1", ENC_LATIN1 },
	{ "iso8859-1", ENC_LATIN1 },
	{ "latin1", ENC_LATIN1 },
	{ "latin-1", ENC_LATIN1 },
	{ "windows-1252", ENC_LATIN1 },
	{ "cp1252", ENC_LATIN1 },
	{ "iso-8859-15", ENC_LATIN9 },
	{ "iso8859-15", ENC_LATIN9 },
	{ "latin-9", ENC_LATIN9 },
	{ "windows-1250", ENC_OTHER },
	{ "windows-1251", ENC_OTHER },
	{ "windows-1253", ENC_OTHER },
	{ "windows-1254", ENC_OTHER },
	{ "windows-1255", ENC_OTHER },
	{ "windows-1256", ENC_OTHER },
	{ "windows-1257", ENC_OTHER },
	{ "windows-1258", ENC_OTHER },
	{ "iso-8859-2", ENC_OTHER },
	{ "iso-8859-3", ENC_OTHER },
	{ "iso-8859-4", ENC_OTHER },
	{ "iso-8859-5", ENC_OTHER },
	{ "iso-8859-6", ENC_OTHER },
	{ "iso-8859-7", ENC_OTHER },
	{ "iso-8859-8", ENC_OTHER },
	{ "iso-8859-9", ENC_OTHER },
	{ "iso-8859-10", ENC_OTHER },
	{ "iso-8859-13", ENC_OTHER },
	{ "iso-8859-14", ENC_OTHER },
	{ "iso-8859-16", ENC_OTHER },
	{ "koi8-r", ENC_OTHER },
	{ "koi8-u", ENC_OTHER },
	{ "cp437", ENC_OTHER },
	{ "cp850", ENC_OTHER },
	{ "cp866", ENC_OTHER },
	{ "shift_jis", ENC_OTHER },
	{ "euc-jp", ENC_OTHER },
	{ "euc-kr", ENC_OTHER },
	{ "gb2312", ENC_OTHER },
	{ "gbk", ENC_OTHER },
	{ "gb18030", ENC_OTHER },
	{ "big5", ENC_OTHER },
};

/* windows-1252 from 0x80 to 0x9f; 0 is unassigned. */
static const uint16_t cp1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static enum encoding
encoding_of(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].encoding;
	return ENC_UNKNOWN;
}

bool
declared_encoding(struct str text, char name[32], enum encoding *out)
{
	struct str rest, value;
	size_t n = 0;
	char quote;

	if (!str_starts(text, "<?xml") || text.n < 6 || !is_space(text.p[5]))
		return false;
	text = str_to(text, 512); /* a declaration is short, or it is none */
	if (!str_cut(&text, "?>", &rest) || !str_cut(&text, "encoding", &value))
		return false;
	value = str_trim(value);
	if (!str_skip(&value, "="))
		return false;
	value = str_trim(value);
	if (value.n == 0 || (value.p[0] != '"' && value.p[0] != '\''))
		return false;
	quote = value.p[0];
	value = str_from(value, 1);
	value = str_trim(str_to(value, str_chr(value, quote)));
	while (n < value.n && n < 31) {
		name[n] = to_lower(value.p[n]);
		n++;
	}
	name[n] = '\0';
	*out = n < value.n ? ENC_UNKNOWN : encoding_of(name);
	return n != 0;
}

/* UTF-16 without a mark: of what is mostly ASCII every second byte is zero. */
static enum encoding
guess_by_zeros(struct str head)
{
	size_t zero[2] = { 0, 0 }, pairs;

	head = str_to(head, 512);
	pairs = head.n / 2;
	if (pairs < 2)
		return ENC_UTF8;
	for (size_t i = 0; i < pairs * 2; i++)
		zero[i & 1] += head.p[i] == 0;
	if (zero[1] * 10 >= pairs * 7 && zero[0] * 10 <= pairs)
		return ENC_UTF16LE;
	if (zero[0] * 10 >= pairs * 7 && zero[1] * 10 <= pairs)
		return ENC_UTF16BE;
	return ENC_UTF8;
}

void
guess_encoding(struct str head, struct guess *g)
{
	memset(g, 0, sizeof(*g));
	if (str_starts(head, "\xef\xbb\xbf")) {
		g->mark = 3;
	} else if (str_starts(head, "\xff\xfe")) {
		g->mark = 2;
		g->encoding = ENC_UTF16LE;
	} else if (str_starts(head, "\xfe\xff")) {
		g->mark = 2;
		g->encoding = ENC_UTF16BE;
	} else {
		g->encoding = guess_by_zeros(head);
	}
	if (g->encoding == ENC_UTF8)
		g->declares = declared_encoding(str_from(head, g->mark), g->name, &g->declared);
}

struct decoder *
decoder_new(enum encoding encoding, const char *name)
{
	struct decoder *d = xcalloc(1, sizeof(*d));

	d->encoding = encoding;
	if (encoding == ENC_OTHER) {
		d->cd = iconv_open("UTF-8", name);
		if (d->cd == (iconv_t)-1) {
			free(d);
			return NULL;
		}
	}
	return d;
}

static void
put_bad(struct decoder *d, struct buf *out)
{
	if (d->bad++ == 0)
		d->bad_at = out->n;
	utf8_put(out, 0xfffd);
}

static void
decode_byte(struct decoder *d, unsigned char c, struct buf *out)
{
	static const struct {
		unsigned char byte;
		uint16_t cp;
	} latin9[] = {
		{ 0xa4, 0x20ac }, { 0xa6, 0x160 }, { 0xa8, 0x161 }, { 0xb4, 0x17d },
		{ 0xb8, 0x17e }, { 0xbc, 0x152 }, { 0xbd, 0x153 }, { 0xbe, 0x178 },
	};

	if (c < 0x80) {
		buf_addc(out, (char)c);
		return;
	}
	if (c < 0xa0 && cp1252[c - 0x80] == 0) {
		put_bad(d, out);
		return;
	}
	for (size_t i = 0; d->encoding == ENC_LATIN9 && i < sizeof(latin9) / sizeof(latin9[0]);
		i++) {
		if (latin9[i].byte == c) {
			utf8_put(out, latin9[i].cp);
			return;
		}
	}
	utf8_put(out, c < 0xa0 ? cp1252[c - 0x80] : c);
}

/* Returns the bytes used: 0 when the end of a character is not there. */
static size_t
decode_utf16(struct decoder *d, struct str s, struct buf *out)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned hi = d->encoding == ENC_UTF16BE ? 0 : 1;
	uint32_t a, b;

	if (s.n < 2)
		return 0;
	a = (uint32_t)p[hi] << 8 | p[1 - hi];
	if (a < 0xd800 || a > 0xdfff) {
		utf8_put(out, a);
		return 2;
	}
	if (a < 0xdc00 && s.n < 4)
		return 0;
	b = a < 0xdc00 ? (uint32_t)p[2 + hi] << 8 | p[3 - hi] : 0;
	if (b < 0xdc00 || b > 0xdfff) {
		put_bad(d, out); /* half of a pair */
		return 2;
	}
	utf8_put(out, 0x10000 + ((a - 0xd800) << 10) + (b - 0xdc00));
	return 4;
}

static size_t
decode_iconv(struct decoder *d, struct str s, struct buf *out)
{
	size_t left = s.n, room = s.n * 4 + 16, rc;
	char *from = (char *)(uintptr_t)s.p, *to;
	bool bad;

	buf_reserve(out, room);
	to = out->p + out->n;
	rc = iconv(d->cd, &from, &left, &to, &room);
	bad = rc == (size_t)-1 && errno == EILSEQ;
	out->n = (size_t)(to - out->p);
	out->p[out->n] = '\0';
	if (bad && left) {
		put_bad(d, out);
		left--;
	}
	return s.n - left;
}

static size_t
decode_some(struct decoder *d, struct str s, struct buf *out)
{
	switch (d->encoding) {
	case ENC_UTF16LE:
	case ENC_UTF16BE:
		return decode_utf16(d, s, out);
	case ENC_OTHER:
		return decode_iconv(d, s, out);
	default:
		decode_byte(d, (unsigned char)s.p[0], out);
		return 1;
	}
}

/* Decodes until the rest is the front of a character; returns that rest. */
static struct str
decode_all(struct decoder *d, struct str in, struct buf *out)
{
	size_t used;

	while (in.n) {
		used = decode_some(d, in, out);
		if (used == 0)
			break;
		in = str_from(in, used);
	}
	return in;
}

void
decode(struct decoder *d, struct str in, bool final, struct buf *out)
{
	struct str rest;

	/* Finish the character whose front the last call left, byte by byte. */
	while (d->ncarry && in.n) {
		d->carry[d->ncarry++] = in.p[0];
		in = str_from(in, 1);
		rest = decode_all(d, str_n(d->carry, d->ncarry), out);
		memmove(d->carry, rest.p, rest.n);
		d->ncarry = rest.n;
		if (d->ncarry == CARRY) {
			put_bad(d, out);
			d->ncarry = 0;
		}
	}
	rest = decode_all(d, in, out);
	if (rest.n > CARRY - 1) { /* no encoding has such characters */
		put_bad(d, out);
		rest.n = 0;
	}
	if (rest.n) {
		memcpy(d->carry, rest.p, rest.n);
		d->ncarry = rest.n;
	}
	if (final && d->ncarry) {
		put_bad(d, out);
		d->ncarry = 0;
	}
}

unsigned long
decoder_bad(const struct decoder *d)
{
	return d->bad;
}

size_t
decoder_bad_at(const struct decoder *d)
{
	return d->bad_at;
}

void
decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	if (d->encoding == ENC_OTHER)
		iconv_close(d->cd);
	free(d);
}
