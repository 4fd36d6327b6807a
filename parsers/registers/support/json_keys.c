/* json_keys.c -- see json_keys.h. One pass, no memory, no grammar: the reader decides later. */
#include "parsers/registers/support/json_keys.h"

/* Takes the string at the front (its opening quote included). */
static struct str
take_string(struct str *s)
{
	size_t n = 1;
	struct str text;

	while (n < s->n && s->p[n] != '"')
		n += s->p[n] == '\\' ? 2 : 1;
	n = n < s->n ? n : s->n;
	text = str_n(s->p + 1, n - 1);
	*s = str_from(*s, n + 1);
	return text;
}

static struct str
skip_blanks(struct str s)
{
	while (s.n && is_space(s.p[0]))
		s = str_from(s, 1);
	return s;
}

static bool
find_key(struct str s, const char *key, bool string_only)
{
	int depth = 0;
	bool expect_key = false;

	s = skip_blanks(s);
	if (str_skip(&s, "["))
		s = skip_blanks(s);
	if (!str_starts(s, "{"))
		return false;
	while (s.n) {
		char c = s.p[0];

		if (c == '"') {
			struct str text = take_string(&s);

			if (depth == 1 && expect_key && str_eqz(text, key)) {
				s = skip_blanks(s);
				return str_skip(&s, ":") &&
					(!string_only || str_starts(skip_blanks(s), "\""));
			}
			expect_key = false;
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		expect_key = depth == 1 && (c == '{' || c == ',' || (expect_key && is_space(c)));
		if (depth == 0)
			return false;
		s = str_from(s, 1);
	}
	return false;
}

bool
json_has_key(struct str text, const char *key)
{
	return find_key(text, key, false);
}

bool
json_has_string(struct str text, const char *key)
{
	return find_key(text, key, true);
}
