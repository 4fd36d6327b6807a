/* json_window.c -- the window of the JSON reader over its source; see json_scan.h. */
#include <stdio.h>

#include "gate/base/mem.h"
#include "parsers/support/json_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static long
count_newlines(const char *p, const char *end)
{
	long n = 0;

#ifdef __SSE2__
	const __m128i lf = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();

	while (end - p >= 16) {
		/* A byte of the counter holds at most 255 blocks. */
		const char *stop = end - p > 255 * 16 ? p + 255 * 16 : end;
		__m128i sum = zero;

		for (; stop - p >= 16; p += 16)
			sum = _mm_sub_epi8(sum,
				_mm_cmpeq_epi8(lf, _mm_loadu_si128((const void *)p)));
		sum = _mm_sad_epu8(sum, zero);
		n += _mm_cvtsi128_si32(sum) + _mm_extract_epi16(sum, 4);
	}
#endif
	for (; p < end; p++)
		n += *p == '\n';
	return n;
}

/* Counts on up to p; returns the newlines before it. */
long
js_count_to(struct json *j, const char *p)
{
	long n;

	if (p < j->counted)
		return j->newlines - count_newlines(p, j->counted);
	n = count_newlines(j->counted, p);
	if (n) {
		const char *last = p;

		while (last[-1] != '\n')
			last--;
		j->line_at = j->win_at + (uint64_t)(last - j->win);
		j->newlines += n;
	}
	j->counted = p;
	return j->newlines;
}

const char *
js_bad(struct json *j, const char *p, enum problem_code code, const char *why)
{
	if (j->failed)
		return NULL;
	j->failed = true;
	j->code = code;
	snprintf(j->why, sizeof(j->why), "%s", why);
	if (p >= j->counted) {
		j->bad_line = js_count_to(j, p) + 1;
		j->bad_column = (long)(j->win_at + (uint64_t)(p - j->win) - j->line_at) + 1;
	} else {
		const char *from = p;

		j->bad_line = js_count_to(j, p) + 1;
		while (from > j->win && from[-1] != '\n')
			from--;
		j->bad_column = p - from + 1;
	}
	return NULL;
}

/*
 * Reads more of the text; *p and what is pinned move with the window. False at the end of
 * the text, or at a limit, which is an error.
 */
bool
js_fill(struct json *j, const char **p)
{
	const char *keep = j->pin ? j->pin : *p;
	size_t held = (size_t)(j->end - keep), at = (size_t)(*p - keep), got;

	if (j->eof || j->failed)
		return false;
	if (held > MAX_JSON_ELEMENT) {
		js_bad(j, *p, PROBLEM_OVER_LIMIT, "one value of it is larger than 64 MiB");
		return false;
	}
	js_count_to(j, j->counted > keep ? j->counted : keep);
	if (keep > j->win) {
		size_t gone = (size_t)(keep - j->win);

		memmove(j->win, keep, held);
		j->win_at += gone;
		j->counted -= gone;
		if (j->now)
			j->now -= gone;
	}
	if (j->cap - held < READ_CHUNK || (j->cap > JSON_WINDOW && held < JSON_WINDOW / 2)) {
		size_t cap = JSON_WINDOW, counted = (size_t)(j->counted - j->win);
		size_t now = j->now ? (size_t)(j->now - j->win) : 0;

		while (cap < held + READ_CHUNK)
			cap *= 2;
		j->win = xrealloc(j->win, cap + JSON_PAD);
		j->cap = cap;
		j->counted = j->win + counted;
		j->now = j->now ? j->win + now : NULL;
	}
	got = source_read(j->in, j->win + held, j->cap - held);
	j->end = j->win + held + got;
	memset(j->end, 0, JSON_PAD);
	j->pin = j->pin ? j->win : NULL;
	*p = j->win + at;
	j->eof = got == 0;
	return got != 0;
}
