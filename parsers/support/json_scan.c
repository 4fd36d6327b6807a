/* json_scan.c -- see json_scan.h. Strings are looked at sixteen bytes at a time. */
#include "parsers/support/json_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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
			return js_bad(j, p, PROBLEM_MALFORMED,
				"\\u without four hexadecimal digits");
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
		if (!json_check_keys(j))
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
		if (j->dups && !json_watch_key(j, from, p - 1, *escaped))
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
