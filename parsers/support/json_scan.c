/* json_scan.c -- see json_scan.h. Strings are looked at sixteen bytes at a time. */
#include "parsers/support/json_scan.h"

#include <stdio.h>

#include "gate/base/mem.h"
#include "gate/base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define KEYS_LINEAR 16u /* objects with more keys are checked by sorting */

/* ---- the window ---- */

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
			sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(lf,
						 _mm_loadu_si128((const __m128i *)(const void *)p)));
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

/* The same where the text must not end. */
static bool
need(struct json *j, const char **p)
{
	if (js_fill(j, p))
		return true;
	js_bad(j, *p, PROBLEM_TRUNCATED, "it ends in the middle");
	return false;
}

static inline int
peek(struct json *j, const char **p)
{
	if (**p || *p != j->end || js_fill(j, p))
		return (unsigned char)**p;
	return 0;
}

int
js_space(struct json *j, const char **p)
{
	for (;;) {
		int c = (unsigned char)**p;

		if (c > ' ')
			return c;
		if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
			(*p)++;
		else if (*p != j->end || !js_fill(j, p))
			return 0;
	}
}

/* White space inside a value: the text must not end in it. */
static inline int
space(struct json *j, const char **p)
{
	int c = (unsigned char)**p;

	if (c > ' ')
		return c;
	c = js_space(j, p);
	if (c == 0)
		js_bad(j, *p, *p == j->end ? PROBLEM_TRUNCATED : PROBLEM_MALFORMED,
			*p == j->end ? "it ends in the middle" : "a control character");
	return c;
}

/* ---- strings ---- */

/* The next quote, backslash or control character (the window's end is one). */
static inline const char *
string_stop(const char *p)
{
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
	const __m128i control = _mm_set1_epi8(0x1f);

	for (;; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash));
		unsigned mask = (unsigned)_mm_movemask_epi8(
			_mm_or_si128(hit, _mm_cmpeq_epi8(_mm_min_epu8(v, control), v)));

		if (mask)
			return p + __builtin_ctz(mask);
	}
#else
	while (*p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
		p++;
	return p;
#endif
}

static int
hex_value(int c)
{
	return is_digit((char)c) ? c - '0' : is_hex((char)c) ? (c | 0x20) - 'a' + 10 : -1;
}

/* Four digits; *unit is their value. */
static const char *
hex4(struct json *j, const char *p, unsigned *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++, p++) {
		int v;

		if (*p == '\0' && p == j->end && !need(j, &p))
			return NULL;
		v = hex_value((unsigned char)*p);
		if (v < 0)
			return js_bad(j, p, PROBLEM_MALFORMED, "\\u without four hexadecimal digits");
		*unit = *unit << 4 | (unsigned)v;
	}
	return p;
}

static void
note_lone(struct json *j, const char *p)
{
	if (j->lone++ == 0)
		j->lone_line = js_count_to(j, p) + 1;
}

/* Behind a backslash. */
static const char *
escape(struct json *j, const char *p)
{
	bool high = false;

	for (;;) {
		unsigned unit;

		if (*p == '\0' && p == j->end && !need(j, &p))
			return NULL;
		if (*p != 'u')
			break;
		if ((p = hex4(j, p + 1, &unit)) == NULL)
			return NULL;
		if ((unit & 0xfc00) == 0xdc00) {
			if (!high)
				note_lone(j, p);
			return p;
		}
		if (high)
			note_lone(j, p);
		if ((unit & 0xfc00) != 0xd800)
			return p;
		high = true;
		if (*p == '\0' && p == j->end && !need(j, &p))
			return NULL;
		if (*p != '\\') {
			note_lone(j, p);
			return p;
		}
		p++;
	}
	if (high)
		note_lone(j, p);
	if (memchr("\"\\/bfnrt", *p, 8) == NULL)
		return js_bad(j, p, PROBLEM_MALFORMED, "an escape that JSON does not have");
	return p + 1;
}

/* A line's end inside a string and nothing behind it: the text was cut there. */
static const char *
bad_in_string(struct json *j, const char *p)
{
	bool pinned = j->pin != NULL;
	const char *q = p;
	size_t at;
	bool cut;

	j->pin = pinned ? j->pin : p; /* it stays where it is while the end is looked for */
	at = (size_t)(p - j->pin);
	cut = (*p == '\n' || *p == '\r') && js_space(j, &q) == 0 && q == j->end;
	p = j->pin + at;
	j->pin = pinned ? j->pin : NULL;
	if (cut)
		return js_bad(j, p, PROBLEM_TRUNCATED, "it ends in the middle");
	return js_bad(j, p, PROBLEM_MALFORMED, "a control character in a string");
}

const char *
js_string(struct json *j, const char *p, bool *escaped)
{
	for (;;) {
		p = string_stop(p);
		if (*p == '"')
			return p + 1;
		if (*p == '\\') {
			*escaped = true;
			if ((p = escape(j, p + 1)) == NULL)
				return NULL;
		} else if (p != j->end) {
			return bad_in_string(j, p);
		} else if (!need(j, &p)) {
			return NULL;
		}
	}
}

/* ---- numbers and words ---- */

static const char *
digits(struct json *j, const char *p)
{
	if (!is_digit((char)peek(j, &p)))
		return *p ? js_bad(j, p, PROBLEM_MALFORMED, "a number that JSON does not have")
			  : js_bad(j, p, PROBLEM_TRUNCATED, "it ends in the middle");
	do {
		while (is_digit(*p))
			p++;
	} while (is_digit((char)peek(j, &p)));
	return p;
}

static const char *
number(struct json *j, const char *p)
{
	int c;

	if (*p == '-')
		p++;
	if (peek(j, &p) == '0') {
		p++;
		if (is_digit((char)peek(j, &p)))
			return js_bad(j, p, PROBLEM_MALFORMED, "a number with a zero in front");
	} else if ((p = digits(j, p)) == NULL) {
		return NULL;
	}
	if (peek(j, &p) == '.' && (p = digits(j, p + 1)) == NULL)
		return NULL;
	c = peek(j, &p);
	if (c == 'e' || c == 'E') {
		p++;
		c = peek(j, &p);
		p = digits(j, c == '+' || c == '-' ? p + 1 : p);
	}
	return p;
}

static const char *
word(struct json *j, const char *p, const char *z)
{
	for (; *z; z++, p++) {
		if (*p == '\0' && p == j->end && !need(j, &p))
			return NULL;
		if (*p != *z)
			return js_bad(j, p, PROBLEM_MALFORMED, "not a value");
	}
	return p;
}

static const char *
scalar(struct json *j, const char *p)
{
	bool escaped = false;

	switch (*p) {
	case '"':
		return js_string(j, p + 1, &escaped);
	case 't':
		return word(j, p, "true");
	case 'f':
		return word(j, p, "false");
	case 'n':
		return word(j, p, "null");
	default:
		if (*p == '-' || is_digit(*p))
			return number(j, p);
		return js_bad(j, p, PROBLEM_MALFORMED, "not a value");
	}
}

/* ---- keys ---- */

static uint32_t
key_hash(struct str s)
{
	uint64_t a = 0, b = 0;

	if (s.n >= 8) {
		memcpy(&a, s.p, 8);
		memcpy(&b, s.p + s.n - 8, 8);
	} else if (s.n) {
		memcpy(&a, s.p, s.n);
	}
	a = (a ^ (b << 7 | b >> 57) ^ s.n) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(a >> 32);
}

static struct str
key_text(const struct json *j, const struct json_key *k, struct buf *scratch)
{
	struct str raw = str_n(j->pin + k->at, k->n);

	if (!k->escaped)
		return raw;
	buf_reset(scratch);
	js_unescape(raw, scratch);
	return buf_str(scratch);
}

static bool
same_key(struct json *j, const struct json_key *a, const struct json_key *b)
{
	if (a->hash != b->hash)
		return false;
	if (!a->escaped && !b->escaped)
		return a->n == b->n && memcmp(j->pin + a->at, j->pin + b->at, a->n) == 0;
	return str_eq(key_text(j, a, &j->one), key_text(j, b, &j->two));
}

static const char *
twice(struct json *j, const struct json_key *k)
{
	struct str name = utf8_head(str_n(j->pin + k->at, k->n), 60);
	char why[128];

	snprintf(why, sizeof(why), "the key \"%.*s\" stands twice in one object", STR_FMT(name));
	return js_bad(j, name.p, PROBLEM_MALFORMED, why);
}

/* The key between quotes that ends at `end`. False: it stands in this object already. */
static bool
watch_key(struct json *j, size_t at, const char *end, bool escaped)
{
	size_t base = j->key_base[j->depth], n = j->keys.n - base;
	struct json_key *k = vec_push(&j->keys);
	uint64_t bit;

	k->at = (uint32_t)at;
	k->n = (uint32_t)((size_t)(end - j->pin) - at);
	k->escaped = escaped;
	k->hash = key_hash(key_text(j, k, &j->one));
	bit = (uint64_t)1 << (k->hash >> 26);
	if (n < KEYS_LINEAR && (j->key_mask[j->depth] & bit)) {
		for (size_t i = base; i < base + n; i++) {
			if (same_key(j, &j->keys.v[i], k)) {
				twice(j, k);
				return false;
			}
		}
	}
	j->key_mask[j->depth] |= bit;
	return true;
}

static int
key_order(const void *a, const void *b)
{
	const struct json_key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Many keys: neighbours by hash; a run of equal hashes is rare, or made on purpose. */
static bool
check_keys(struct json *j)
{
	size_t base = j->key_base[j->depth], n = j->keys.n - base;
	struct json_key *v = j->keys.v + base;
	unsigned long steps = 0;

	if (n <= KEYS_LINEAR)
		return true;
	qsort(v, n, sizeof(*v), key_order);
	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k-- > 0 && v[k].hash == v[i].hash;) {
			if (same_key(j, &v[k], &v[i])) {
				twice(j, &v[i]);
				return false;
			}
			if (++steps > 1000000) {
				js_bad(j, j->pin + v[i].at, PROBLEM_OVER_LIMIT,
					"an object whose keys are made to collide");
				return false;
			}
		}
	}
	return true;
}

/* ---- values ---- */

const char *
js_enter(struct json *j, const char *p)
{
	if (j->depth >= MAX_DEPTH)
		return js_bad(j, p, PROBLEM_OVER_LIMIT, "nested too deep");
	j->kind[++j->depth] = *p;
	if (j->dups) {
		j->key_base[j->depth] = j->keys.n;
		j->key_mask[j->depth] = 0;
	}
	return p + 1;
}

const char *
js_leave(struct json *j, const char *p)
{
	if (j->dups) {
		if (!check_keys(j))
			return NULL;
		j->keys.n = j->key_base[j->depth];
	}
	j->depth--;
	return p + 1;
}

/* At a member's key: up to the first byte of its value. *key is between the quotes. */
static inline const char *
pass_key(struct json *j, const char *p, size_t *at, size_t *n, bool *escaped)
{
	size_t from;

	*escaped = false;
	if (*p != '"')
		return js_bad(j, p, PROBLEM_MALFORMED, "not a key in quotes");
	from = j->pin ? (size_t)(p + 1 - j->pin) : 0;
	if ((p = js_string(j, p + 1, escaped)) == NULL)
		return NULL;
	if (j->pin) {
		*at = from;
		*n = (size_t)(p - 1 - j->pin) - from;
		if (j->dups && !watch_key(j, from, p - 1, *escaped))
			return NULL;
	}
	if (space(j, &p) != ':')
		return js_bad(j, p, PROBLEM_MALFORMED, "no colon behind a key");
	p++;
	return space(j, &p) ? p : NULL;
}

const char *
js_skip(struct json *j, const char *p)
{
	unsigned base = j->depth;
	size_t at, n;
	bool escaped;
	int c;

value:
	if (*p == '{' || *p == '[') {
		if ((p = js_enter(j, p)) == NULL || (c = space(j, &p)) == 0)
			return NULL;
		if (c == (j->kind[j->depth] == '{' ? '}' : ']')) {
			if ((p = js_leave(j, p)) == NULL)
				return NULL;
			goto after;
		}
		if (j->kind[j->depth] == '{')
			goto key;
		goto value;
	}
	if ((p = scalar(j, p)) == NULL)
		return NULL;
after:
	if (j->depth == base)
		return p;
	if ((c = space(j, &p)) == ',') {
		p++;
		if (space(j, &p) == 0)
			return NULL;
		if (j->kind[j->depth] == '{')
			goto key;
		goto value;
	}
	if (c != (j->kind[j->depth] == '{' ? '}' : ']'))
		return js_bad(j, p, PROBLEM_MALFORMED,
			j->kind[j->depth] == '{' ? "neither ',' nor '}' behind a member"
						 : "neither ',' nor ']' behind an element");
	if ((p = js_leave(j, p)) == NULL)
		return NULL;
	goto after;
key:
	if ((p = pass_key(j, p, &at, &n, &escaped)) == NULL)
		return NULL;
	goto value;
}

struct json_step *
js_member(struct json *j, struct json_step *s, struct str key, bool escaped)
{
	if (escaped) {
		buf_reset(&j->one);
		js_unescape(key, &j->one);
		key = buf_str(&j->one);
	}
	/* Members come in the same order in every element. */
	for (size_t i = 0, k = s->hint; i < s->n; i++, k = k + 1 == s->n ? 0 : k + 1) {
		if (str_eq(s->members[k].key, key)) {
			s->hint = k + 1 == s->n ? 0 : k + 1;
			return s->members[k].to;
		}
	}
	return s->any;
}

static struct json_step *
item_step(const struct json_step *s, size_t i)
{
	for (size_t k = 0; k < s->nitems; k++)
		if (s->items[k].at == i)
			return s->items[k].to;
	return NULL;
}

static const char *
take_inside(struct json *j, const char *p, struct json_step *step, struct json_trie *t)
{
	bool object = *p == '{', escaped;
	char close = object ? '}' : ']';
	size_t i = 0, at = 0, n = 0;
	int c;

	if ((p = js_enter(j, p)) == NULL || (c = space(j, &p)) == 0)
		return NULL;
	if (c == close)
		return js_leave(j, p);
	for (;;) {
		struct json_step *to;

		if (object) {
			if ((p = pass_key(j, p, &at, &n, &escaped)) == NULL)
				return NULL;
			to = js_member(j, step, str_n(j->pin + at, n), escaped);
		} else {
			to = item_step(step, i++);
		}
		p = to ? js_scan_take(j, p, to, t) : js_skip(j, p);
		if (p == NULL || (c = space(j, &p)) == 0)
			return NULL;
		if (c == close)
			return js_leave(j, p);
		if (c != ',')
			return js_bad(j, p, PROBLEM_MALFORMED,
				object ? "neither ',' nor '}' behind a member"
				       : "neither ',' nor ']' behind an element");
		p++;
		if (space(j, &p) == 0)
			return NULL;
	}
}

const char *
js_scan_take(struct json *j, const char *p, struct json_step *step, struct json_trie *t)
{
	size_t at = (size_t)(p - j->pin);
	bool null = *p == 'n';

	if ((*p == '{' && step->n) || (*p == '[' && step->nitems))
		p = take_inside(j, p, step, t);
	else
		p = js_skip(j, p);
	for (size_t i = 0; p && !null && i < step->nends; i++) {
		int rank = step->ends[i].rank;
		struct json_taken *k = &t->taken[step->ends[i].slot];

		if (k->rank < 0 || rank < k->rank)
			*k = (struct json_taken){ at, (size_t)(p - j->pin) - at, rank };
	}
	return p;
}
