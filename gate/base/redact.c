/*
 * redact.c -- see redact.h. The shapes are those that the services publish for secret
 * scanners; a table of byte pairs keeps clean text cheap: one look-up for each byte.
 */
#include "gate/base/redact.h"

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/base/regex.h"

#define MARK "[redacted]"
#define MARK_OF_PATTERN "a-redacted-pattern" /* plain YAML; a pattern that no text matches */

struct span {
	size_t from, to;
};
struct spans {
	struct span *v;
	size_t n, cap;
};

struct redactor {
	uint8_t pairs[65536 / 8]; /* which two bytes may begin a secret */
	struct { struct regex **v; size_t n, cap; } patterns;
	struct arena mem;
	struct { struct str *v; size_t n, cap; } values;
	struct { struct str *v; size_t n, cap; } own; /* patterns that match themselves, as spelt */
};

enum chars { ALNUM, UPPER_DIGIT, TOKEN, LONG_TOKEN }; /* TOKEN: alnum _ -; LONG_TOKEN: . too */

enum { EXACT = 1, ALONE = 2, DIGIT = 4 }; /* ALONE: no letter or digit in front; DIGIT: holds one */

/* A prefix, then at least `least` characters of a kind (EXACT: that many). */
static const struct shape {
	const char *prefix;
	enum chars chars;
	size_t least;
	unsigned demands;
} shapes[] = {
	{ "ghp_", ALNUM, 20, 0 },
	{ "gho_", ALNUM, 20, 0 },
	{ "ghu_", ALNUM, 20, 0 },
	{ "ghs_", ALNUM, 20, 0 },
	{ "ghr_", ALNUM, 20, 0 },
	{ "github_pat_", TOKEN, 20, 0 },
	{ "glpat-", TOKEN, 16, 0 },
	{ "gldt-", TOKEN, 16, DIGIT },
	{ "glrt-", TOKEN, 16, DIGIT },
	{ "glcbt-", TOKEN, 16, DIGIT },
	{ "glptt-", TOKEN, 16, DIGIT },
	{ "glagent-", TOKEN, 20, DIGIT },
	{ "xoxa-", TOKEN, 10, 0 },
	{ "xoxb-", TOKEN, 10, 0 },
	{ "xoxe-", TOKEN, 10, 0 },
	{ "xoxe.xox", LONG_TOKEN, 10, 0 },
	{ "xoxo-", TOKEN, 10, 0 },
	{ "xoxp-", TOKEN, 10, 0 },
	{ "xoxr-", TOKEN, 10, 0 },
	{ "xoxs-", TOKEN, 10, 0 },
	{ "xapp-", TOKEN, 20, DIGIT },
	{ "AKIA", UPPER_DIGIT, 16, EXACT | ALONE },
	{ "ASIA", UPPER_DIGIT, 16, EXACT | ALONE },
	{ "AIza", TOKEN, 35, ALONE },
	{ "npm_", ALNUM, 30, 0 },
	{ "pypi-Ag", TOKEN, 14, 0 },
	{ "sk_live_", ALNUM, 10, 0 },
	{ "sk_test_", ALNUM, 10, 0 },
	{ "rk_live_", ALNUM, 10, 0 },
	{ "sk-", TOKEN, 20, ALONE | DIGIT },
};

static bool
of_kind(char c, enum chars kind)
{
	switch (kind) {
	case ALNUM:
		return is_alnum(c);
	case UPPER_DIGIT:
		return is_upper(c) || is_digit(c);
	case TOKEN:
		return is_alnum(c) || c == '_' || c == '-';
	case LONG_TOKEN:
		return is_alnum(c) || c == '_' || c == '-' || c == '.';
	}
	return false;
}

static size_t
run(struct str s, size_t at, enum chars kind, bool *digit)
{
	size_t n = 0;

	while (at + n < s.n && of_kind(s.p[at + n], kind)) {
		*digit |= is_digit(s.p[at + n]);
		n++;
	}
	return n;
}

/*
 * Where the built-in shapes are looked for. A run that was read to its end in vain is not
 * read again from within, or "sk-sk-sk-..." would cost the square of its length.
 */
struct search {
	struct str text;
	struct spans *out;
	size_t no_digit; /* no digit up to here */
	size_t no_jwt;   /* no web token begins before here */
};

/* The length of the shaped token at `at`, or 0. */
static size_t
shaped(struct search *f, size_t at)
{
	struct str s = f->text;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		const struct shape *sh = &shapes[i];
		size_t lead = strlen(sh->prefix), n;
		bool digit = false;

		if (s.p[at] != sh->prefix[0] || !str_starts(str_from(s, at), sh->prefix))
			continue;
		if ((sh->demands & ALONE) && at > 0 && is_alnum(s.p[at - 1]))
			continue;
		if ((sh->demands & DIGIT) && at < f->no_digit)
			continue;
		n = run(s, at + lead, sh->chars, &digit);
		if ((sh->demands & DIGIT) && !digit) {
			f->no_digit = at + lead + n;
			continue;
		}
		if (n < sh->least || ((sh->demands & EXACT) && n != sh->least))
			continue;
		if ((sh->demands & EXACT) && at + lead + n < s.n && is_alnum(s.p[at + lead + n]))
			continue;
		return lead + n;
	}
	return 0;
}

/* JSON Web Token: three parts of base64url, the first an object's. */
static size_t
web_token(struct search *f, size_t at)
{
	struct str s = f->text;
	bool digit = false;
	size_t n = at, part;

	if (at < f->no_jwt || !str_starts(str_from(s, at), "eyJ"))
		return 0;
	for (int i = 0; i < 3; i++) {
		part = run(s, n, TOKEN, &digit);
		if (i == 0)
			f->no_jwt = n + part;
		if (part < (i < 2 ? 8u : 0u))
			return 0;
		n += part;
		if (i == 2)
			break;
		if (n >= s.n || s.p[n] != '.')
			return 0;
		n++;
	}
	return n - at;
}

static void
add(struct spans *out, size_t from, size_t to)
{
	struct span *sp = vec_push(out);

	*sp = (struct span){ from, to };
}

/* Characters of a header's value: anything but blanks, quotes and what closes a literal. */
static size_t
value_run(struct str s, size_t at, bool *digit)
{
	size_t n = at;

	while (n < s.n && !is_space(s.p[n]) && s.p[n] && strchr("\"'`,;<>{}()\\", s.p[n]) == NULL) {
		*digit |= is_digit(s.p[n]);
		n++;
	}
	return n - at;
}

static size_t
skip_of(struct str s, size_t at, const char *set)
{
	while (at < s.n && s.p[at] && strchr(set, s.p[at]))
		at++;
	return at;
}

/* "Bearer abc123...": prose like "bearer authentication" stays. */
static size_t
bearer(struct str s, size_t at, struct spans *out)
{
	size_t from, n;
	bool digit = false;

	if (!str_istarts(str_from(s, at), "bearer ") || (at > 0 && is_alnum(s.p[at - 1])))
		return 0;
	from = skip_of(s, at + 6, " \t");
	n = value_run(s, from, &digit);
	if (n < 8 || (!digit && n < 20))
		return 0;
	add(out, from, from + n);
	return from + n - at;
}

/* "Authorization: Basic dXNlcg==": the scheme stays, the value goes. */
static size_t
authorization(struct str s, size_t at, struct spans *out)
{
	static const char *const schemes[] = { "basic", "bearer", "token", "digest", "apikey",
		"negotiate",
		"aws4-hmac-sha256", NULL };
	struct str rest = str_from(s, at);
	size_t from, n;
	bool digit = false, scheme = false;

	if (!str_iskip(&rest, "authorization"))
		return 0;
	from = skip_of(s, at + 13, "\"'\\");
	if (from >= s.n || (s.p[from] != ':' && s.p[from] != '='))
		return 0;
	from = skip_of(s, from + 1, " \t\"'\\");
	for (size_t i = 0; schemes[i] && !scheme; i++) {
		n = strlen(schemes[i]);
		scheme = str_istarts(str_from(s, from), schemes[i]) && from + n < s.n &&
			s.p[from + n] == ' ';
		if (scheme)
			from = skip_of(s, from + n, " \t");
	}
	n = value_run(s, from, &digit);
	if (n == 0 || (!scheme && !digit && n < 16))
		return 0;
	add(out, from, from + n);
	return from + n - at;
}

/* A PEM block up to its end line, or to the end of the text where that was cut off. */
static size_t
private_key(struct str s, size_t at, struct spans *out)
{
	struct str rest = str_from(s, at), head = rest, more;
	size_t end, close;

	if (!str_starts(rest, "-----BEGIN "))
		return 0;
	head = str_to(str_from(rest, 11), 64);
	if (!str_cut(&head, "-----", &more) || !str_ends(head, "PRIVATE KEY"))
		return 0;
	end = str_find(str_from(rest, 11), STR("-----END "));
	if (end == STR_NPOS) {
		end = rest.n;
	} else {
		end += 11 + 9;
		close = str_find(str_to(str_from(rest, end), 64), STR("-----"));
		end = close == STR_NPOS ? end : end + close + 5;
	}
	add(out, at, at + end);
	return end;
}

/* scheme://user:password@host: the password goes. */
static size_t
url_password(struct str s, size_t at, struct spans *out)
{
	size_t colon = 0, sign = 0, i;

	if (!str_starts(str_from(s, at), "://"))
		return 0;
	for (i = at + 3; i < s.n && i < at + 1024; i++) {
		char c = s.p[i];

		if (is_space(c) || c == '\0' || strchr("/?#\"'`<>", c))
			break;
		if (c == ':' && colon == 0)
			colon = i;
		if (c == '@')
			sign = i;
	}
	if (colon == 0 || sign <= colon + 1)
		return 0;
	add(out, colon + 1, sign);
	return sign - at;
}

static const char *const starts[] = {
	"gh", "gi", "gl", "xo", "xa", "AK", "AS", "AI", "np", "py", "sk", "rk", "ey", "be", "Be",
	"BE",
	"au", "Au", "AU", "--", ":/", NULL,
};

struct redactor *
redactor_new(void)
{
	struct redactor *r = xcalloc(1, sizeof(*r));

	for (size_t i = 0; starts[i]; i++) {
		const unsigned char *z = (const unsigned char *)starts[i];
		unsigned pair = (unsigned)z[0] << 8 | z[1];

		r->pairs[pair >> 3] |= (uint8_t)(1u << (pair & 7));
	}
	return r;
}

int
redactor_pattern(struct redactor *r, struct str pattern, struct pos at, struct err *err)
{
	struct regex *re = regex_new(pattern, 0, at, err);

	if (re == NULL)
		return -1;
	if (regex_universal(re)) {
		regex_free(re);
		return err_set(err, at, "'%.*s' would redact everyday words", STR_FMT(pattern));
	}
	*vec_push(&r->patterns) = re;
	if (regex_find(re, pattern, NULL, 0) != REGEX_NO)
		*vec_push(&r->own) = arena_dup(&r->mem, pattern);
	return 0;
}

void
redactor_value(struct redactor *r, struct str value)
{
	if (value.n >= 4)
		*vec_push(&r->values) = arena_dup(&r->mem, value);
}

static size_t
built_in(struct search *f, size_t at)
{
	size_t n = shaped(f, at);

	if (n == 0)
		n = web_token(f, at);
	if (n) {
		add(f->out, at, at + n);
		return n;
	}
	n = bearer(f->text, at, f->out);
	if (n == 0)
		n = authorization(f->text, at, f->out);
	if (n == 0)
		n = private_key(f->text, at, f->out);
	return n ? n : url_password(f->text, at, f->out);
}

static void
find_built_in(const struct redactor *r, struct str s, struct spans *out)
{
	const unsigned char *p = (const unsigned char *)s.p;
	struct search f = { .text = s, .out = out };

	for (size_t i = 0; i + 1 < s.n; i++) {
		unsigned pair = (unsigned)p[i] << 8 | p[i + 1];
		size_t n;

		if (!(r->pairs[pair >> 3] >> (pair & 7) & 1))
			continue;
		n = built_in(&f, i);
		i += n ? n - 1 : 0;
	}
}

static void
find_value(struct str value, struct str s, struct spans *out)
{
	size_t from = 0, at;

	while ((at = str_find(str_from(s, from), value)) != STR_NPOS) {
		add(out, from + at, from + at + value.n);
		from += at + value.n;
	}
}

/* A pattern that gives up on a line hides the whole line: better dark than leaked. */
static void
find_in_line(const struct regex *re, struct str s, struct str line, struct spans *out)
{
	size_t start = (size_t)(line.p - s.p), end = start + line.n;
	struct str m;

	while (line.n) {
		enum regex_result res = regex_find(re, line, &m, 1);

		if (res == REGEX_NO)
			return;
		if (res == REGEX_GAVE_UP) {
			add(out, start, end);
			return;
		}
		if (m.n)
			add(out, (size_t)(m.p - s.p), (size_t)(m.p - s.p) + m.n);
		line = str_from(line, (size_t)(m.p - line.p) + (m.n ? m.n : 1));
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->from != y->from ? (x->from > y->from) - (x->from < y->from) :
		(x->to < y->to) - (x->to > y->to);
}

/* False: there are none. */
static bool
write_out(struct str s, struct spans *sp, const char *mark, struct buf *out)
{
	size_t done = 0;

	if (sp->n == 0)
		return false;
	qsort(sp->v, sp->n, sizeof(*sp->v), by_place);
	for (size_t i = 0; i < sp->n; i++) {
		size_t to = sp->v[i].to;

		if (sp->v[i].from < done && to <= done)
			continue;
		if (sp->v[i].from >= done) {
			buf_add(out, str_n(s.p + done, sp->v[i].from - done));
			buf_addz(out, mark);
			done = sp->v[i].from;
		}
		for (; done < to; done++)
			if (s.p[done] == '\n')
				buf_addc(out, '\n');
	}
	buf_add(out, str_from(s, done));
	vec_release(sp);
	return true;
}

bool
redact(const struct redactor *r, struct str text, struct buf *out)
{
	struct spans sp = { 0 };

	if (r == NULL || text.n == 0)
		return false;
	find_built_in(r, text, &sp);
	for (size_t i = 0; i < r->values.n; i++)
		find_value(r->values.v[i], text, &sp);
	for (size_t i = 0; i < r->patterns.n; i++) {
		struct str in = text, line;

		while (str_line(&in, &line))
			find_in_line(r->patterns.v[i], text, line, &sp);
	}
	return write_out(text, &sp, MARK, out);
}

/* As it is, and as it stands between double quotes. */
bool
redact_own_patterns(const struct redactor *r, struct str text, struct buf *out)
{
	struct spans sp = { 0 };
	struct buf quoted = BUF_INIT;

	for (size_t i = 0; r && i < r->own.n; i++) {
		struct str own = r->own.v[i];

		buf_reset(&quoted);
		for (size_t k = 0; k < own.n; k++)
			buf_addf(&quoted, "%s%c", strchr("\\\"", own.p[k]) ? "\\" : "", own.p[k]);
		find_value(own, text, &sp);
		find_value(buf_str(&quoted), text, &sp);
	}
	buf_release(&quoted);
	return write_out(text, &sp, MARK_OF_PATTERN, out);
}

void
redactor_free(struct redactor *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->patterns.n; i++)
		regex_free(r->patterns.v[i]);
	vec_release(&r->patterns);
	vec_release(&r->values);
	vec_release(&r->own);
	arena_release(&r->mem);
	free(r);
}
