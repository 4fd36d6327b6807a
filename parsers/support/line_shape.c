/* line_shape.c -- see line_shape.h. */
#include "parsers/support/line_shape.h"

#include "gate/base/limits.h"
#include "gate/base/num.h"

#define TRIES 4 /* places that are tried for a message's end, and for what follows a file */

static const struct {
	const char *name;
	enum line_field field;
} fields[] = {
	{ "file", FIELD_FILE },
	{ "message", FIELD_MESSAGE },
	{ "any", FIELD_ANY },
	{ "rule", FIELD_RULE },
	{ "code", FIELD_CODE },
	{ "severity", FIELD_SEVERITY },
	{ "line", FIELD_LINE },
	{ "column", FIELD_COLUMN },
	{ "end_line", FIELD_END_LINE },
	{ "end_column", FIELD_END_COLUMN },
	{ "total", FIELD_TOTAL },
	{ "n", FIELD_N },
};

/* ---- reading a shape ---- */

static bool
add(struct line_shape *s, struct shape_token t)
{
	if (s->n == SHAPE_TOKENS - 1)
		return false;
	s->v[s->n++] = t;
	return true;
}

/* "{rule:-W}" from behind its brace. */
static bool
add_field(struct line_shape *s, struct str *text)
{
	struct shape_token t = { .kind = TOKEN_FIELD };
	struct str name = *text;

	if (!str_cut(&name, "}", text))
		return false;
	str_cut(&name, ":", &t.text);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!str_eqz(name, fields[i].name))
			continue;
		t.field = fields[i].field;
		return add(s, t);
	}
	return false;
}

static size_t
blanks(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

/* Plain text up to what means something. */
static size_t
plain(struct str s, bool inside)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != '{' && !(inside && s.p[n] == '}') &&
		!str_starts(str_from(s, n), "  "))
		n++;
	return n;
}

bool
line_shape_init(struct line_shape *s, struct str text)
{
	size_t open = 0;
	bool inside = false, ok = true;

	s->n = 0;
	s->place = 0;
	while (text.n && ok) {
		if (str_skip(&text, "{{")) {
			ok = add(s, (struct shape_token){ .kind = TOKEN_TEXT, .text = STR("{") });
		} else if (str_starts(text, "{?")) {
			text = str_from(text, 2);
			open = s->n;
			ok = !inside && add(s, (struct shape_token){ .kind = TOKEN_MAYBE });
			inside = true;
		} else if (str_skip(&text, "{")) {
			ok = add_field(s, &text);
		} else if (inside && str_skip(&text, "}")) {
			s->v[open].skip = s->n;
			inside = false;
		} else if (str_starts(text, "  ")) {
			text = str_from(text, blanks(text));
			ok = add(s, (struct shape_token){ .kind = TOKEN_BLANKS });
		} else {
			size_t n = plain(text, inside);

			ok = n && add(s, (struct shape_token){ .kind = TOKEN_TEXT,
						 .text = str_to(text, n) });
			text = str_from(text, n);
		}
	}
	s->v[s->n] = (struct shape_token){ .kind = TOKEN_END };
	if (s->n > 2 && s->v[0].kind == TOKEN_FIELD && s->v[0].field == FIELD_FILE &&
		s->v[1].kind == TOKEN_TEXT && s->v[1].text.n == 1 && s->v[2].kind == TOKEN_FIELD &&
		s->v[2].field >= FIELD_LINE)
		s->place = s->v[1].text.p[0];
	return ok && !inside && s->n;
}

/* ---- fitting a line ---- */

struct fit {
	const struct line_shape *s;
	struct line_match *m;
	int tries; /* of a message's tail, in all */
};

static bool fit(struct fit *f, size_t i, struct str rest);

size_t
line_place(struct str line, char byte)
{
	const char *p = line.p, *end = line.p + line.n;

	while (end - p > 1 && (p = memchr(p, byte, (size_t)(end - p - 1))) != NULL) {
		if (is_digit(p[1]))
			return (size_t)(p - line.p);
		p++;
	}
	return STR_NPOS;
}

static bool
take_number(struct fit *f, enum line_field field, struct str *rest)
{
	struct str digits = *rest;

	digits.n = str_skip_digits(rest);
	if (!num_long(digits, 0, 1000000000, &f->m->number[field]))
		return false;
	f->m->has_total = f->m->has_total || field == FIELD_TOTAL;
	return true;
}

/* The longest of the words that stands here. */
static bool
take_word(struct fit *f, struct str *rest)
{
	const char *const *words = f->m->words;
	size_t best = 0;

	for (size_t i = 0; words && words[i]; i++) {
		if (rest->n == 0 || words[i][0] != rest->p[0] || !str_starts(*rest, words[i]) ||
			strlen(words[i]) <= best)
			continue;
		best = strlen(words[i]);
		f->m->word = i;
	}
	f->m->text[FIELD_SEVERITY] = str_to(*rest, best);
	*rest = str_from(*rest, best);
	return best != 0;
}

static bool
take_code(struct fit *f, struct str *rest)
{
	size_t n = 0, letters;

	while (n < rest->n && is_upper(rest->p[n]))
		n++;
	letters = n;
	while (n < rest->n && is_digit(rest->p[n]))
		n++;
	if (letters == 0 || letters > 8 || n == letters || n - letters > 6)
		return false;
	if (n < rest->n && (is_alnum(rest->p[n]) || rest->p[n] == '_' || rest->p[n] == '-'))
		return false;
	f->m->text[FIELD_RULE] = str_to(*rest, n);
	*rest = str_from(*rest, n);
	return true;
}

/* One word; where its start is given, up to what closes it. */
static bool
take_rule(struct fit *f, const struct shape_token *t, struct str *rest)
{
	char close = t[1].kind == TOKEN_TEXT ? t[1].text.p[0] : ' ';
	size_t n = 0;

	if (t->text.n && !(rest->n > t->text.n && memcmp(rest->p, t->text.p, t->text.n) == 0))
		return false;
	while (n < rest->n && rest->p[n] != close &&
		((t->text.n && close != ' ') || !is_space(rest->p[n])))
		n++;
	if (n == 0 || n > MAX_NAME_KEPT)
		return false;
	f->m->text[FIELD_RULE] = str_to(*rest, n);
	*rest = str_from(*rest, n);
	return true;
}

/* What must stand behind a text field for it to end at `at`. */
static bool
follows(const struct shape_token *t, struct str s)
{
	if (t->kind == TOKEN_TEXT)
		return s.n >= t->text.n && s.p[0] == t->text.p[0] &&
			memcmp(s.p, t->text.p, t->text.n) == 0;
	return t->kind == TOKEN_BLANKS ? blanks(s) >= 2 : t->kind == TOKEN_END && s.n == 0;
}

static inline struct str
behind(struct str s, size_t at)
{
	return str_n(s.p + at, s.n - at);
}

/* What was taken on the way through an optional part that then did not fit. */
static void
forget(struct fit *f, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		enum line_field field = f->s->v[i].field;

		if (f->s->v[i].kind != TOKEN_FIELD)
			continue;
		if (field >= FIELD_LINE)
			f->m->number[field] = 0;
		else
			f->m->text[field == FIELD_CODE ? FIELD_RULE : field] = STR_NONE;
	}
}

/* ": " stands in it; most files have no colon at all. */
static bool
holds_sentence(struct str s)
{
	return memchr(s.p, ':', s.n) && str_find(s, STR(": ")) != STR_NPOS;
}

/* A file, or any text: as short as it can be. A file's name holds no ": ". */
static bool
fit_shortest(struct fit *f, size_t i, struct str rest)
{
	const struct shape_token *t = &f->s->v[i], *next = t + 1, *second = t + 1;
	bool file = t->field == FIELD_FILE;
	size_t most = rest.n < MAX_NAME_KEPT ? rest.n : MAX_NAME_KEPT, start = file;

	if (file && (rest.n == 0 || is_space(rest.p[0])))
		return false;
	f->m->text[t->field] = rest;
	if (next->kind == TOKEN_END)
		return !file || rest.n <= MAX_NAME_KEPT;
	if (next->kind == TOKEN_MAYBE) {
		second = &f->s->v[next->skip];
		next++; /* the optional part's first, or what stands behind it */
	}
	if (i == 0 && f->s->place) {
		start = line_place(rest, f->s->place);
		if (start == 0 || start > most || holds_sentence(str_to(rest, start)))
			return false;
	}
	for (size_t at = start; at <= most; at++) {
		if (follows(next, behind(rest, at)) ||
			(second != next && follows(second, behind(rest, at)))) {
			f->m->text[t->field] = str_to(rest, at);
			if (fit(f, i + 1, str_from(rest, at)))
				return true;
			if (f->tries < 0)
				return false;
		}
		if (file && at + 1 < rest.n && rest.p[at] == ':' && rest.p[at + 1] == ' ')
			return false;
	}
	return false;
}

/* A message: up to the last place where what follows it fits, else the whole. */
static bool
fit_longest(struct fit *f, size_t i, struct str rest)
{
	const struct shape_token *next = &f->s->v[i + 1];
	bool maybe = next->kind == TOKEN_MAYBE;
	size_t end = rest.n;

	f->m->text[FIELD_MESSAGE] = str_trim(rest);
	if (f->m->text[FIELD_MESSAGE].n == 0 || --f->tries < 0)
		return false;
	if (next->kind == TOKEN_END)
		return true;
	if (maybe && f->s->v[next->skip].kind != TOKEN_END)
		return false; /* only a tail may be missing */
	next += maybe;
	for (int tries = 0; tries < TRIES && end > 1;) {
		end--;
		if (!follows(next, behind(rest, end)))
			continue;
		while (next->kind == TOKEN_BLANKS && end && rest.p[end - 1] == ' ')
			end--;
		tries++;
		if (end == 0 || --f->tries < 0)
			break;
		if (!fit(f, i + 1 + maybe, str_from(rest, end)))
			continue;
		f->m->text[FIELD_MESSAGE] = str_trim(str_to(rest, end));
		return true;
	}
	if (maybe) {
		forget(f, i + 1, next[-1].skip);
		f->m->text[FIELD_MESSAGE] = str_trim(rest);
	}
	return maybe;
}

static bool
take_field(struct fit *f, const struct shape_token *t, struct str *rest)
{
	if (t->field >= FIELD_LINE)
		return take_number(f, t->field, rest);
	if (t->field == FIELD_SEVERITY)
		return take_word(f, rest);
	return t->field == FIELD_CODE ? take_code(f, rest) : take_rule(f, t, rest);
}

/* Recursion is as deep as the shape has text fields and optional parts. */
static bool
fit(struct fit *f, size_t i, struct str rest)
{
	for (;; i++) {
		const struct shape_token *t = &f->s->v[i];

		switch (t->kind) {
		case TOKEN_END:
			return rest.n == 0;
		case TOKEN_TEXT:
			if (!follows(t, rest))
				return false;
			rest = str_from(rest, t->text.n);
			break;
		case TOKEN_BLANKS:
			if (blanks(rest) < 2)
				return false;
			rest = str_from(rest, blanks(rest));
			break;
		case TOKEN_MAYBE:
			if (fit(f, i + 1, rest))
				return true;
			forget(f, i + 1, t->skip);
			i = t->skip - 1;
			break;
		case TOKEN_FIELD:
			if (t->field == FIELD_FILE || t->field == FIELD_ANY)
				return fit_shortest(f, i, rest);
			if (t->field == FIELD_MESSAGE)
				return fit_longest(f, i, rest);
			if (!take_field(f, t, &rest))
				return false;
			break;
		}
	}
}

bool
line_shape_match(const struct line_shape *s, struct str line, struct line_match *m)
{
	const char *const *words = m->words;
	struct fit f = { .s = s, .m = m, .tries = 4 * TRIES };

	/* Most lines differ from most shapes in the first byte. */
	if (s->v[0].kind == TOKEN_TEXT && (line.n == 0 || line.p[0] != s->v[0].text.p[0]))
		return false;
	memset(m, 0, sizeof(*m));
	m->words = words;
	return fit(&f, 0, line);
}
