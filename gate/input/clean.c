/* clean.c -- see clean.h. */
#include "gate/input/clean.h"

#include "gate/base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define MAX_CSI 64    /* longer ones are no terminal sequences */
#define MAX_OSC 4096  /* a link's target is inside */
#define NEED_MORE ((size_t)-1)

static bool
is_plain(unsigned char c)
{
	return (c >= 0x20 && c < 0x80) || c == '\n' || c == '\t' || c == '\r';
}

#ifdef __SSE2__
/* Whole blocks of 16 bytes that are plain; *newlines gets their LFs. */
static size_t
plain_blocks(const char *p, size_t n, long *newlines)
{
	const __m128i least = _mm_set1_epi8(0x20), lf = _mm_set1_epi8('\n');
	const __m128i tab = _mm_set1_epi8('\t'), cr = _mm_set1_epi8('\r');
	const __m128i zero = _mm_setzero_si128();
	size_t i = 0;

	while (n - i >= 16) {
		/* A byte of the counter holds at most 255 blocks. */
		size_t stop = n - i > 255 * 16 ? i + 255 * 16 : n;
		__m128i count = zero, sums;
		bool bad = false;

		for (; stop - i >= 16; i += 16) {
			__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
			__m128i is_lf = _mm_cmpeq_epi8(v, lf);
			__m128i white = _mm_or_si128(is_lf,
				_mm_or_si128(_mm_cmpeq_epi8(v, tab), _mm_cmpeq_epi8(v, cr)));

			/* As signed bytes both controls and non-ASCII are less than a blank. */
			bad = _mm_movemask_epi8(
				      _mm_andnot_si128(white, _mm_cmplt_epi8(v, least))) != 0;
			if (bad)
				break;
			count = _mm_sub_epi8(count, is_lf);
		}
		sums = _mm_sad_epu8(count, zero);
		*newlines += _mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4);
		if (bad)
			break;
	}
	return i;
}
#else
static size_t
plain_blocks(const char *p, size_t n, long *newlines)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	size_t i = 0;
	uint64_t v;

	for (; n - i >= 8; i += 8) {
		memcpy(&v, p + i, 8);
		/* Any top bit, or any byte below a blank: then byte by byte, white space too. */
		if ((v | (v - ones * 0x20)) & tops) {
			size_t k = 0;

			while (k < 8 && is_plain((unsigned char)p[i + k]))
				k++;
			if (k < 8)
				break;
			for (k = 0; k < 8; k++)
				*newlines += p[i + k] == '\n';
		}
	}
	return i;
}
#endif

size_t
clean_plain(struct str s, long *newlines)
{
	size_t i = plain_blocks(s.p, s.n, newlines);

	for (; i < s.n && is_plain((unsigned char)s.p[i]); i++)
		*newlines += s.p[i] == '\n';
	return i;
}

/* The bytes at hand may be the front of a longer character. */
static bool
may_continue(struct str s)
{
	static const char tail[3] = { '\x80', '\x80', '\x80' };
	unsigned char c = (unsigned char)s.p[0];
	size_t want = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	char full[4];
	uint32_t cp;

	if (s.n >= want || c < 0xc2 || c > 0xf4)
		return false;
	memcpy(full, s.p, s.n);
	memcpy(full + s.n, tail, want - s.n);
	if (utf8_char(str_n(full, want), &cp))
		return true;
	/* The lowest continuation is not always allowed: e0 needs a0, f0 needs 90. */
	memset(full + s.n, 0xbf, want - s.n);
	return utf8_char(str_n(full, want), &cp) != 0;
}

int
clean_looks_utf8(struct str s)
{
	bool seen = false;
	uint32_t cp;
	size_t n;

	while (s.n) {
		if ((unsigned char)s.p[0] < 0x80) {
			s = str_from(s, 1);
			continue;
		}
		n = utf8_char(s, &cp);
		if (n == 0)
			return may_continue(s) ? (seen ? 1 : -1) : 0;
		seen = true;
		s = str_from(s, n);
	}
	return seen ? 1 : -1;
}

/* ESC and what belongs to it; 0: no sequence that is known; NEED_MORE: its end is not there. */
static size_t
escape_length(struct str s)
{
	size_t i = 2;

	if (s.n < 2)
		return NEED_MORE;
	if (s.p[1] == '[') {
		while (i < s.n && i < MAX_CSI && s.p[i] >= 0x20 && s.p[i] < 0x40)
			i++;
		if (i == s.n)
			return i < MAX_CSI ? NEED_MORE : 0;
		return s.p[i] >= 0x40 && s.p[i] < 0x7f ? i + 1 : 0;
	}
	if (s.p[1] == ']') {
		for (; i < s.n && i < MAX_OSC; i++) {
			if (s.p[i] == '\a')
				return i + 1;
			if (s.p[i] == '\n')
				return 0;
			if (s.p[i] == '\033' && i + 1 < s.n)
				return s.p[i + 1] == '\\' ? i + 2 : 0;
		}
		return i < MAX_OSC ? NEED_MORE : 0;
	}
	if (s.p[1] == '(' || s.p[1] == ')') /* a character set */
		return s.n < 3 ? NEED_MORE : is_alnum(s.p[2]) ? 3 : 0;
	return s.p[1] == '=' || s.p[1] == '>' || s.p[1] == '7' || s.p[1] == '8' ? 2 : 0;
}

static void
note_replaced(struct cleaner *c)
{
	if (c->replaced++ == 0)
		c->replaced_line = c->newlines + 1;
}

/*
 * One thing that is not plain, at s: *keep bytes of it are written to `to` (which may be s.p).
 * Returns the bytes used, or NEED_MORE.
 */
static size_t
odd_one(struct cleaner *c, struct str s, bool final, char *to, size_t *keep)
{
	uint32_t cp = 0;
	size_t n;

	if ((unsigned char)s.p[0] < 0x80) {
		if (s.p[0] == '\033' && c->strip_escapes) {
			n = escape_length(s);
			if (n == NEED_MORE && !final)
				return NEED_MORE;
			if (n && n != NEED_MORE) {
				*keep = 0;
				return n;
			}
		}
		*to = '?';
		*keep = 1;
		note_replaced(c);
		return 1;
	}
	n = utf8_char(s, &cp);
	if (n == 0 && !final && may_continue(s))
		return NEED_MORE;
	if (n == 0 || cp == 0xfffe || cp == 0xffff) {
		note_replaced(c);
		if (n) { /* as long as U+FFFD is */
			memcpy(to, "\xef\xbf\xbd", 3);
		} else {
			*to = '?';
			n = 1;
		}
	} else {
		c->non_ascii = true;
		memmove(to, s.p, n);
	}
	*keep = n;
	return n;
}

size_t
clean(struct cleaner *c, char *p, size_t n, bool final, size_t *left)
{
	size_t from = 0, to = 0, run, used, keep;

	*left = 0;
	while (from < n) {
		run = clean_plain(str_n(p + from, n - from), &c->newlines);
		if (to != from && run)
			memmove(p + to, p + from, run);
		from += run;
		to += run;
		/* Text beyond ASCII comes in runs: stay here while it lasts. */
		while (from < n && !is_plain((unsigned char)p[from])) {
			used = odd_one(c, str_n(p + from, n - from), final, p + to, &keep);
			if (used == NEED_MORE) {
				*left = n - from;
				memmove(p + to, p + from, *left);
				return to;
			}
			from += used;
			to += keep;
		}
	}
	return to;
}
