/*
 * own_errorformat.c -- a pattern of vim's 'errorformat' as a regular expression:
 * https://vimhelp.org/quickfix.txt.html#errorformat
 */
#include "parsers/support/own_parts.h"

static const struct {
	char letter;
	const char *group; /* NULL: not kept */
	const char *pattern;
} items[] = {
	{ 'f', "file", "(?:[A-Za-z]:)?[^:\\s][^:]*?" },
	{ 'l', "line", "\\d+" },
	{ 'e', "end_line", "\\d+" },
	{ 'c', "column", "\\d+" },
	{ 'v', "column", "\\d+" },
	{ 'k', NULL, "\\d+" },
	{ 'n', "rule", "\\d+" },
	{ 't', "severity", "\\w" },
	{ 'm', "message", ".+?" },
	{ 'o', "class", ".+?" },
	{ 'r', NULL, ".*" },
	{ 's', NULL, ".+?" },
	{ 'p', NULL, "[- .^~]*" },
	{ '.', NULL, "." },
	{ '#', NULL, "*" },
	{ '%', NULL, "%" },
};

static const struct {
	char letter;
	enum own_what what;
	const char *word;
} prefixes[] = {
	{ 'E', OWN_ISSUE, "error" }, { 'W', OWN_ISSUE, "warning" }, { 'I', OWN_ISSUE, "info" },
	{ 'N', OWN_ISSUE, "note" }, { 'A', OWN_ISSUE, NULL }, { 'C', OWN_MORE, NULL },
	{ 'Z', OWN_MORE, NULL }, { 'G', OWN_IGNORE, NULL }, { 'P', OWN_HEADING, NULL },
	{ 'O', OWN_HEADING, NULL }, { 'Q', OWN_IGNORE, NULL }, { 'D', OWN_IGNORE, NULL },
	{ 'X', OWN_IGNORE, NULL },
};

/* "%E", "%-G", "%+C" at the front. */
static void
take_prefix(struct str *s, enum own_what *what, const char **word, bool *whole)
{
	struct str rest = *s;
	bool ignored;

	str_skip(&rest, "%>");
	if (!str_skip(&rest, "%"))
		return;
	ignored = str_skip(&rest, "-");
	*whole = !ignored && str_skip(&rest, "+");
	for (size_t i = 0; rest.n && i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (rest.p[0] != prefixes[i].letter)
			continue;
		*what = ignored ? OWN_IGNORE : prefixes[i].what;
		if (prefixes[i].word)
			*word = prefixes[i].word;
		*s = str_from(rest, 1);
		return;
	}
	*whole = false;
}

static void
add_literal(struct buf *out, char c)
{
	if (!is_alnum(c) && (unsigned char)c < 0x80)
		buf_addc(out, '\\');
	buf_addc(out, c);
}

/* "[...]" from the front of *s, as it is. */
static bool
add_set(struct buf *out, struct str *s)
{
	size_t end = 1;

	if (end < s->n && s->p[end] == '^')
		end++;
	if (end < s->n && s->p[end] == ']')
		end++;
	while (end < s->n && s->p[end] != ']')
		end++;
	if (end >= s->n)
		return false;
	buf_add(out, str_to(*s, end + 1));
	*s = str_from(*s, end + 1);
	return true;
}

/* What stands behind a '%', with the '%' gone. */
static bool
add_item(struct buf *out, struct str *s, unsigned *used, const char **why)
{
	if (str_skip(s, "*")) { /* scanf's: matched, not kept */
		*why = "`%*` wants [...] or a backslash and a letter";
		if (str_starts(*s, "[")) {
			if (!add_set(out, s))
				return false;
		} else if (s->n > 1 && s->p[0] == '\\') {
			buf_add(out, str_to(*s, 2));
			*s = str_from(*s, 2);
		} else {
			return false;
		}
		buf_addc(out, '+');
		return true;
	}
	if (str_starts(*s, "[")) {
		*why = "`[` without `]`";
		return add_set(out, s);
	}
	if (str_skip(s, "\\") && s->n) { /* vim's own: \d is \d, \( is ( */
		if (strchr("dDsSwW", s->p[0]))
			buf_addc(out, '\\');
		buf_addc(out, s->p[0]);
		*s = str_from(*s, 1);
		return true;
	}
	for (size_t i = 0; s->n && i < sizeof(items) / sizeof(items[0]); i++) {
		bool named;

		if (s->p[0] != items[i].letter)
			continue;
		named = items[i].group && !(*used & 1u << i);
		*used |= 1u << i;
		if (named)
			buf_addf(out, "(?<%s>%s)", items[i].group, items[i].pattern);
		else
			buf_addz(out, items[i].pattern);
		*s = str_from(*s, 1);
		return true;
	}
	*why = "an item behind `%` that is not known: f l e c v k n t m o r s p . # % * [";
	return false;
}

bool
own_errorformat(struct str s, struct buf *out, enum own_what *what, const char **word,
	const char **why)
{
	unsigned used = 0;
	bool whole = false;

	take_prefix(&s, what, word, &whole);
	buf_addz(out, whole ? "^(?<message>" : "^");
	while (s.n) {
		if (str_skip(&s, "%")) {
			if (whole && str_starts(s, "m")) { /* the whole line is the message */
				buf_addz(out, ".+?");
				s = str_from(s, 1);
			} else if (!add_item(out, &s, &used, why)) {
				return false;
			}
			continue;
		}
		if (s.p[0] == '\\' && s.n > 1)
			s = str_from(s, 1);
		add_literal(out, s.p[0]);
		s = str_from(s, 1);
	}
	buf_addz(out, whole ? ")$" : "$");
	return true;
}
