/* pytest_lines.c -- see pytest_lines.h. */
#include "parsers/support/pytest_lines.h"

#include "gate/base/buf.h"
#include "gate/base/num.h"

bool
pytest_banner(struct str line, char fill, struct str *title)
{
	size_t left = 0, right = 0;

	line = str_rtrim(line);
	while (left < line.n && line.p[left] == fill)
		left++;
	while (right < line.n && line.p[line.n - 1 - right] == fill)
		right++;
	if (left == 0 || right == 0 || left + right + 3 > line.n)
		return false;
	if (line.p[left] != ' ' || line.p[line.n - right - 1] != ' ')
		return false;
	*title = str_n(line.p + left + 1, line.n - left - right - 2);
	/* "_ _ _ _" separates the entries of one traceback. */
	return title->n != 0 && title->p[0] != fill && title->p[0] != ' ';
}

static bool
take_number(struct str *s, long *n)
{
	struct str rest = *s, digits = *s;

	digits.n = str_skip_digits(&rest);
	if (digits.n == 0 || !num_long(digits, 0, 1000000000, n))
		return false;
	*s = rest;
	return true;
}

/* "0.12s", "273.61s (0:04:33)", "1.2 seconds" of old versions */
static bool
is_duration(struct str s)
{
	struct str clock;
	long n;

	if (str_cut(&s, " (", &clock)) {
		if (!str_ends(clock, ")"))
			return false;
		for (size_t i = 0; i + 1 < clock.n; i++)
			if (!is_digit(clock.p[i]) && clock.p[i] != ':' && !str_has(clock, "day"))
				return false;
	}
	if (!take_number(&s, &n))
		return false;
	if (str_skip(&s, ".") && str_skip_digits(&s) == 0)
		return false;
	return str_eqz(s, "s") || str_eqz(s, " seconds") || str_eqz(s, " second");
}

static bool
add_count(struct str word, long n, struct pytest_counts *c)
{
	struct {
		const char *word;
		long *to;
	} const table[] = {
		{ "failed", &c->failed },
		{ "passed", &c->passed },
		{ "skipped", &c->skipped },
		{ "deselected", &c->deselected },
		{ "xfailed", &c->xfailed },
		{ "xpassed", &c->xpassed },
		{ "error", &c->errors },
		{ "errors", &c->errors },
		{ "rerun", &c->reruns },
		{ "reruns", &c->reruns },
		{ "subtests failed", &c->failed },
	};
	static const char *const others[] = {
		"warning", "warnings", "subtests passed", "subtests skipped", "subtests xfailed",
		"subtests xpassed", "snapshot passed", "snapshots passed",
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (str_eqz(word, table[i].word)) {
			*table[i].to += n;
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_eqz(word, others[i]))
			return true;
	return false;
}

bool
pytest_final(struct str line, struct pytest_counts *counts)
{
	struct str body = str_trim(line), part, rest;
	struct pytest_counts c = { 0 };
	size_t in;
	long n;

	if (line.n > 400)
		return false;
	pytest_banner(line, '=', &body);
	in = str_rfind(body, STR(" in "));
	if (in == STR_NPOS || !is_duration(str_from(body, in + 4)))
		return false;
	body = str_to(body, in);
	if (str_eqz(body, "no tests ran") || str_eqz(body, "no tests collected") ||
	    str_ends(body, " tests collected") || str_ends(body, " test collected") ||
	    str_has(body, " tests collected") || str_starts(body, "no tests collected")) {
		c.nothing = true;
		*counts = c;
		return true;
	}
	for (rest = body; rest.n;) {
		part = rest;
		str_cut(&part, ", ", &rest);
		if (!take_number(&part, &n) || !str_skip(&part, " ") || !add_count(part, n, &c))
			return false;
	}
	*counts = c;
	return true;
}

bool
pytest_collected(struct str line, long *cases)
{
	struct str rest, part;
	long n, errors = 0, skipped = 0, selected = -1, items;

	line = str_trim(line);
	if (str_ends(line, " items]")) { /* xdist: "4 workers [16 items]" */
		struct str count;

		rest = line;
		if (!take_number(&rest, &n) || !str_cut(&rest, " workers [", &count) || rest.n)
			return false;
		return take_number(&count, cases);
	}
	if (str_starts(line, "collecting ... "))
		line = str_from(line, strlen("collecting ... "));
	if (!str_skip(&line, "collected ") || !take_number(&line, &items))
		return false;
	if (!str_skip(&line, " items") && !str_skip(&line, " item"))
		return false;
	for (rest = line; rest.n;) {
		part = rest;
		str_cut(&part, " / ", &rest);
		part = str_trim(part);
		if (!take_number(&part, &n))
			continue;
		if (str_starts(part, " error"))
			errors = n;
		else if (str_starts(part, " skipped"))
			skipped = n;
		else if (str_starts(part, " selected"))
			selected = n;
	}
	*cases = (selected >= 0 ? selected : items) + errors + skipped;
	return true;
}

static const struct {
	const char *text;
	enum pytest_word word;
} words[] = {
	{ "PASSED", PYTEST_PASSED }, { "FAILED", PYTEST_FAILED }, { "ERROR", PYTEST_ERROR },
	{ "SKIPPED", PYTEST_SKIPPED }, { "XFAIL", PYTEST_XFAIL }, { "XPASS", PYTEST_XPASS },
	{ "RERUN", PYTEST_RERUN }, { "SUBFAIL", PYTEST_SUBFAIL }, { "SUBFAILED", PYTEST_SUBFAIL },
	{ "SUBPASS", PYTEST_OTHER }, { "SUBPASSED", PYTEST_OTHER }, { "SUBSKIP", PYTEST_OTHER },
	{ "SUBSKIPPED", PYTEST_OTHER }, { "SUBXFAIL", PYTEST_OTHER },
};

/* A whole word, behind which a blank, '(' or '[' or nothing follows. */
static bool
take_word(struct str *s, enum pytest_word *word)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct str rest = *s;

		if (!str_skip(&rest, words[i].text))
			continue;
		if (rest.n && rest.p[0] != ' ' && rest.p[0] != '(' && rest.p[0] != '[' &&
			rest.p[0] != ',')
			continue;
		*word = words[i].word;
		*s = rest;
		return true;
	}
	return false;
}

/*
 * Where the node ID ends: at the first `sep` that is not inside the brackets of a parameter.
 * Parameters may hold anything, unbalanced brackets too: then the first `sep` behind a ']',
 * else the first one.
 */
static size_t
id_end(struct str s, const char *sep)
{
	size_t first = STR_NPOS, bracket = STR_NPOS;
	long depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '[') {
			depth++;
		} else if (s.p[i] == ']') {
			depth -= depth > 0;
		} else if (s.p[i] == sep[0] && str_starts(str_from(s, i), sep)) {
			if (depth == 0)
				return i;
			if (first == STR_NPOS)
				first = i;
			if (bracket == STR_NPOS && i && s.p[i - 1] == ']')
				bracket = i;
		}
	}
	return bracket != STR_NPOS ? bracket : first;
}

static bool
is_node(struct str id)
{
	return str_has(id, "::") || str_has(id, ".py") || str_has(id, "/") ||
		str_ends(id, ".txt") || str_ends(id, ".rst") || str_ends(id, ".md") ||
		str_ends(id, ".ipynb");
}

/* "[1] tests/a.py:42: reason" */
static bool
folded_skip(struct str rest, struct pytest_case *c)
{
	size_t colon;
	long n;

	if (!str_skip(&rest, "[") || !take_number(&rest, &c->times) || !str_skip(&rest, "] "))
		return false;
	colon = str_find(rest, STR(": "));
	c->detail = colon == STR_NPOS ? STR_NONE : str_from(rest, colon + 2);
	c->id = str_to(rest, colon);
	colon = str_rchr(c->id, ':');
	if (colon != STR_NPOS && num_long(str_from(c->id, colon + 1), 1, 1000000000, &n)) {
		c->line = n;
		c->id = str_to(c->id, colon);
	}
	return true;
}

bool
pytest_summary(struct str line, struct pytest_case *c)
{
	struct str rest = line;
	size_t end, old;

	memset(c, 0, sizeof(*c));
	c->times = 1;
	if (!take_word(&rest, &c->word))
		return false;
	if (c->word == PYTEST_SUBFAIL || c->word == PYTEST_OTHER) {
		/* "[description] (i=1) " stands before the ID. */
		end = str_find(rest, STR("::"));
		if (end == STR_NPOS)
			return false;
		end = str_rchr(str_to(rest, end), ' ');
		if (end == STR_NPOS)
			return false;
		rest = str_from(rest, end);
	}
	if (!str_skip(&rest, " "))
		return false;
	if (c->word == PYTEST_SKIPPED && folded_skip(rest, c))
		return true;
	end = id_end(rest, " - ");
	old = c->word == PYTEST_XPASS || c->word == PYTEST_XFAIL ? str_find(rest, STR("::"))
								 : STR_NPOS;
	if (end == STR_NPOS && old != STR_NPOS) { /* "XPASS id reason" of pytest 7 */
		end = id_end(str_from(rest, old), " ");
		if (end != STR_NPOS) {
			c->id = str_to(rest, old + end);
			c->detail = str_trim(str_from(rest, old + end));
			return true;
		}
	}
	c->id = str_trim(str_to(rest, end));
	c->detail = end == STR_NPOS ? STR_NONE : str_trim(str_from(rest, end + 3));
	return is_node(c->id);
}

/* Takes "[ 50%]" from the end, and the blanks before it. */
static bool
drop_percent(struct str *s)
{
	struct str t = str_rtrim(*s);
	size_t open = str_rchr(t, '[');

	if (!str_ends(t, "%]") || open == STR_NPOS)
		return false;
	for (size_t i = open + 1; i + 2 < t.n; i++)
		if (t.p[i] != ' ' && !is_digit(t.p[i]))
			return false;
	*s = str_rtrim(str_to(t, open));
	return true;
}

bool
pytest_verbose(struct str line, struct pytest_case *c)
{
	struct str rest = line, tail;
	size_t end, colons;

	memset(c, 0, sizeof(*c));
	c->times = 1;
	if (str_skip(&rest, "[gw")) { /* xdist */
		if (str_skip_digits(&rest) == 0 || !str_skip(&rest, "] "))
			return false;
		if (str_starts(rest, "[")) {
			end = str_find(rest, STR("%] "));
			if (end == STR_NPOS || end > 6)
				return false;
			rest = str_from(rest, end + 3);
		}
		if (!take_word(&rest, &c->word) || !str_skip(&rest, " "))
			return false;
		c->id = str_trim(rest);
		return str_has(c->id, "::");
	}
	colons = str_find(rest, STR("::"));
	if (colons == STR_NPOS || is_space(rest.p[0]))
		return false;
	drop_percent(&rest);
	/* The last word of outcome that stands behind a blank, outside brackets. */
	end = id_end(str_from(rest, colons), " ");
	if (end == STR_NPOS)
		return false;
	end += colons;
	tail = str_from(rest, end + 1);
	c->id = str_to(rest, end);
	if (str_skip(&tail, "<- ")) { /* the file where an inherited test is written */
		end = str_chr(tail, ' ');
		tail = end == STR_NPOS ? STR_NONE : str_from(tail, end + 1);
	}
	if (!take_word(&tail, &c->word))
		return false;
	c->detail = str_trim(tail);
	if (c->detail.n && c->detail.p[0] == '(')
		c->detail =
			str_n(c->detail.p + 1, c->detail.n - (str_ends(c->detail, ")") ? 2 : 1));
	else if (c->detail.n)
		return false;
	return true;
}

bool
pytest_progress(struct str line, struct str *letters)
{
	struct str rest = line;
	size_t blank;
	bool sure = drop_percent(&rest);

	rest = str_rtrim(rest);
	blank = str_rchr(rest, ' ');
	if (blank != STR_NPOS) {
		struct str file = str_to(rest, blank);

		if (!str_ends(file, ".py") && !str_ends(file, ".rst") && !str_ends(file, ".txt") &&
		    !str_ends(file, ".md"))
			return false;
		rest = str_from(rest, blank + 1);
		sure = true;
	}
	if (rest.n == 0)
		return false;
	for (size_t i = 0; i < rest.n; i++)
		if (memchr(".FEsxXRu,-", rest.p[i], 10) == NULL)
			return false;
	*letters = rest;
	return sure || rest.n >= 1;
}

void
pytest_heading(struct buf *out, struct str id)
{
	struct str rest;
	size_t bracket;

	if (!str_cut(&id, "::", &rest)) {
		buf_add(out, id);
		return;
	}
	/* Class::name becomes Class.name, but a parameter is left as it is. */
	bracket = str_chr(rest, '[');
	for (size_t i = 0; i < rest.n; i++) {
		if (i < bracket && rest.p[i] == ':' && i + 1 < rest.n && rest.p[i + 1] == ':') {
			buf_addc(out, '.');
			i++;
		} else {
			buf_addc(out, rest.p[i]);
		}
	}
}
