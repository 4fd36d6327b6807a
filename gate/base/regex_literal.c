/*
 * regex_literal.c -- see regex_literal.h. Reads the outermost sequence of a pattern: groups and
 * classes end a run, an alternative or anything unusual ends the search.
 */
#include "gate/base/regex_literal.h"

struct reading {
	struct str rest;
	struct buf run, best;
	bool icase; /* some letters then match letters outside ASCII */
	bool unsure;
};

static void
end_run(struct reading *r)
{
	if (r->run.n > r->best.n) {
		buf_reset(&r->best);
		buf_add(&r->best, buf_str(&r->run));
	}
	buf_reset(&r->run);
}

/* The character before may be missing, or there are more of it. */
static void
drop_last(struct reading *r)
{
	size_t n = r->run.n;

	while (n > 0 && ((unsigned char)r->run.p[n - 1] & 0xc0) == 0x80)
		n--;
	if (n > 0)
		n--;
	buf_cut(&r->run, n);
}

static void
skip(struct reading *r, size_t n)
{
	r->rest = str_from(r->rest, n);
}

/* "[^]a\]b[:alpha:]]", its first bracket included. */
static void
skip_class(struct reading *r)
{
	skip(r, 1);
	str_skip(&r->rest, "^");
	str_skip(&r->rest, "]");
	while (r->rest.n && r->rest.p[0] != ']') {
		if (str_starts(r->rest, "[:")) {
			size_t end = str_find(r->rest, STR(":]"));

			skip(r, end == STR_NPOS ? 1 : end + 1);
		} else if (str_starts(r->rest, "\\Q")) {
			r->unsure = true;
		} else if (r->rest.p[0] == '\\') {
			skip(r, 1);
		}
		skip(r, 1);
	}
	skip(r, 1);
}

/* Flags in front of a group: "(?i)" is welcome, "(?x)" changes what is literal. */
static void
look_at_flags(struct reading *r)
{
	for (size_t i = 2; i < r->rest.n; i++) {
		char c = r->rest.p[i];

		if (!is_alpha(c) && c != '-' && c != '^')
			break;
		r->icase = r->icase || c == 'i';
		r->unsure = r->unsure || c == 'x';
	}
}

/* A whole group, whatever is in it. */
static void
skip_group(struct reading *r)
{
	size_t depth = 0;

	do {
		char c = r->rest.p[0];

		if (c == '(') {
			depth++;
			if (str_starts(r->rest, "(*") || str_starts(r->rest, "(?#"))
				r->unsure = true;
			else if (str_starts(r->rest, "(?"))
				look_at_flags(r);
		}
		if (c == '[') {
			skip_class(r);
			continue;
		}
		if (str_starts(r->rest, "\\Q"))
			r->unsure = true;
		depth -= c == ')';
		skip(r, c == '\\' ? 2 : 1);
	} while (depth > 0 && r->rest.n);
}

static void
take_escape(struct reading *r)
{
	char c = r->rest.n > 1 ? r->rest.p[1] : '\0';

	if (c != '\0' && strchr("dDwWsSbBAzZGnrtfeahHvVRX", c)) {
		end_run(r);
	} else if (is_alnum(c) || c == '\0') {
		r->unsure = true; /* what follows belongs to it: \x41, \p{L}, \1, \Q */
	} else {
		buf_addc(&r->run, c);
	}
	skip(r, 2);
}

/* "*", "?", "+", "{2,3}" and what makes them lazy or possessive; false: a plain brace. */
static bool
take_quantifier(struct reading *r)
{
	char c = r->rest.p[0];
	size_t end = 1;

	if (c == '{') {
		size_t close = str_chr(r->rest, '}');

		if (close == STR_NPOS || !(is_digit(r->rest.p[1]) || r->rest.p[1] == ','))
			return false;
		end = close + 1;
	}
	if (c != '+')
		drop_last(r);
	end_run(r);
	skip(r, end);
	if (r->rest.n && (r->rest.p[0] == '?' || r->rest.p[0] == '+'))
		skip(r, 1);
	return true;
}

static void
take(struct reading *r)
{
	char c = r->rest.p[0];

	switch (c) {
	case '|':
		r->unsure = true;
		return;
	case '(':
		end_run(r);
		skip_group(r);
		return;
	case '[':
		end_run(r);
		skip_class(r);
		return;
	case '\\':
		take_escape(r);
		return;
	case '.':
	case '^':
	case '$':
		end_run(r);
		break;
	case '*':
	case '?':
	case '+':
	case '{':
		if (take_quantifier(r))
			return;
		buf_addc(&r->run, c);
		break;
	default:
		buf_addc(&r->run, c);
	}
	skip(r, 1);
}

/* Without case, "k" and "s" match the Kelvin sign and the long s too. */
static struct str
certain_part(struct str s)
{
	struct str best = STR_NONE;
	size_t start = 0;

	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && to_lower(s.p[i]) != 'k' && to_lower(s.p[i]) != 's' &&
			(unsigned char)s.p[i] < 0x80)
			continue;
		if (i - start > best.n)
			best = str_n(s.p + start, i - start);
		start = i + 1;
	}
	return best;
}

void
regex_literal(struct buf *out, struct str pattern, bool icase)
{
	struct reading r = { .rest = pattern, .icase = icase };

	while (r.rest.n && !r.unsure)
		take(&r);
	end_run(&r);
	if (!r.unsure)
		buf_add(out, r.icase ? certain_part(buf_str(&r.best)) : buf_str(&r.best));
	buf_release(&r.run);
	buf_release(&r.best);
}
