/*
 * json_head.c -- the outline of the head of a JSON text, for sniffers; see json.h.
 *
 * Every sniffer asks about the same head, so that its outline is made once: the hashes of the
 * paths in it ("runs[].tool") and of short values ("runs[].version=2.1.0"). It is kept for
 * each thread and found again by the hash of the head, so that the answer depends on nothing
 * else.
 */
#include "gate/base/hash.h"
#include "gate/base/limits.h"
#include "parsers/support/json.h"

#define OUTLINE_SLOTS 4096u
#define OUTLINE_FULL 3000u
#define OUTLINE_DEPTH 12u
#define VALUE_BYTES 64u
#define PATH_BYTES 512u

struct outline {
	uint64_t of;    /* hash of the head */
	bool json;
	unsigned n;
	uint64_t slot[OUTLINE_SLOTS]; /* hashes of paths; 0 is free */
};

struct scan {
	struct outline *o;
	const char *p, *end;
	char path[PATH_BYTES];
	size_t n;
};

static void
put(struct outline *o, uint64_t h)
{
	h = h ? h : 1;
	for (size_t i = h % OUTLINE_SLOTS;; i = (i + 1) % OUTLINE_SLOTS) {
		if (o->slot[i] == h)
			return;
		if (o->slot[i] == 0) {
			if (o->n < OUTLINE_FULL) {
				o->slot[i] = h;
				o->n++;
			}
			return;
		}
	}
}

static bool
has(const struct outline *o, struct str term)
{
	uint64_t h = hash_str(term);

	h = h ? h : 1;
	for (size_t i = h % OUTLINE_SLOTS; o->slot[i]; i = (i + 1) % OUTLINE_SLOTS)
		if (o->slot[i] == h)
			return true;
	return false;
}

static bool
step(struct scan *s, struct str what)
{
	if (s->n + what.n + 1 > PATH_BYTES)
		return false;
	memcpy(s->path + s->n, what.p, what.n);
	s->n += what.n;
	return true;
}

static void
space(struct scan *s)
{
	while (s->p < s->end && is_space(*s->p))
		s->p++;
}

/* At a quote; false: the head ends inside. *in is what stands between the quotes, as written. */
static bool
string(struct scan *s, struct str *in)
{
	const char *from = ++s->p;

	for (; s->p < s->end && *s->p != '"'; s->p++)
		if (*s->p == '\\')
			s->p++;
	if (s->p >= s->end)
		return false;
	*in = str_n(from, (size_t)(s->p++ - from));
	return true;
}

static void
put_value(struct scan *s, struct str v)
{
	size_t n = s->n;

	if (v.n <= VALUE_BYTES && step(s, STR("=")) && step(s, v))
		put(s->o, hash_bytes(0, s->path, s->n));
	s->n = n;
}

static bool value(struct scan *s, unsigned depth);

/* At a bracket. False: the head ends inside, or it is no JSON. */
static bool
container(struct scan *s, unsigned depth)
{
	bool object = *s->p++ == '{';
	char close = object ? '}' : ']';
	size_t n = s->n;
	struct str key;

	for (;;) {
		bool named = true;

		space(s);
		if (s->p < s->end && *s->p == close) {
			s->p++;
			return true;
		}
		if (s->p >= s->end || (object && (*s->p != '"' || !string(s, &key))))
			return false;
		if (object) {
			space(s);
			if (s->p >= s->end || *s->p++ != ':')
				return false;
			named = (n == 0 || step(s, STR("."))) && step(s, key);
		} else {
			named = step(s, STR("[]"));
		}
		/* Below a path that is too long nothing is asked about. */
		if (!value(s, named ? depth + 1 : OUTLINE_DEPTH))
			return false;
		s->n = n;
		space(s);
		if (s->p < s->end && *s->p == ',')
			s->p++;
		else if (s->p >= s->end || *s->p != close)
			return false;
	}
}

/* Steps over a container too deep to be asked about. */
static bool
pass(struct scan *s)
{
	unsigned open = 0;
	struct str in;

	while (s->p < s->end) {
		char c = *s->p;

		if (c == '"') {
			if (!string(s, &in))
				return false;
			continue;
		}
		s->p++;
		if (c == '{' || c == '[')
			open++;
		else if ((c == '}' || c == ']') && --open == 0)
			return true;
	}
	return false;
}

static bool
value(struct scan *s, unsigned depth)
{
	const char *from;
	struct str in;

	space(s);
	if (s->p >= s->end)
		return false;
	if (depth < OUTLINE_DEPTH && s->n)
		put(s->o, hash_bytes(0, s->path, s->n));
	if (*s->p == '{' || *s->p == '[')
		return depth < OUTLINE_DEPTH ? container(s, depth) : pass(s);
	if (*s->p == '"') {
		if (!string(s, &in))
			return false;
		put_value(s, in);
		return true;
	}
	from = s->p;
	while (s->p < s->end && (is_alnum(*s->p) || *s->p == '-' || *s->p == '+' || *s->p == '.'))
		s->p++;
	in = str_n(from, (size_t)(s->p - from));
	if (s->p == from || s->p == s->end)
		return false;
	if (is_alpha(*from) && !str_eqz(in, "true") && !str_eqz(in, "false") &&
		!str_eqz(in, "null"))
		return false;
	put_value(s, in);
	return true;
}

/* The first lines of a tool's runner ("> app@1.0 lint") may stand before JSON Lines. */
static void
make(struct outline *o, struct str head)
{
	struct scan s = { .o = o, .p = head.p, .end = head.p + head.n };

	memset(o->slot, 0, sizeof(o->slot));
	o->n = 0;
	o->json = false;
	while (s.p < s.end) {
		space(&s);
		if (s.p < s.end && *s.p != '{' && *s.p != '[')
			return;
		s.n = 0;
		if (s.p >= s.end)
			return;
		if (s.p + 1 < s.end)
			o->json = true;
		if (!value(&s, 0))
			return;
	}
}

int
js_has(struct str head, const char *terms)
{
	static _Thread_local struct outline cache;
	struct str rest = str_trim(head), all = str_of(terms), term;
	uint64_t h;
	int n = 0;

	if (rest.n == 0 || (rest.p[0] != '{' && rest.p[0] != '['))
		return 0;
	h = hash_str(rest);
	if (cache.of != h || h == 0) {
		make(&cache, rest);
		cache.of = h;
	}
	if (!cache.json)
		return 0;
	while (str_word(&all, &term)) {
		bool not = str_skip(&term, "!");

		if (has(&cache, term) == not)
			return 0;
		n++;
	}
	return n;
}
