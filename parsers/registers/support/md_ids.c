/* md_ids.c -- see md_ids.h. */
#include "parsers/registers/support/md_ids.h"

#include "gate/base/num.h"
#include "gate/base/utf8.h"

/* Names that everybody writes like IDs. A register that needs one of them is unheard of. */
static const char *const standards[] = {
	"UTF-8", "UTF-16", "UTF-32", "UTF8", "UTF16", "SHA-1", "SHA-224", "SHA-256", "SHA-384",
	"SHA-512", "SHA1", "SHA256", "SHA512", "MD5", "ISO-8601", "ISO-8859-1", "AES-128",
	"AES-256", "BASE64", "HTTP2", "HTTP3", "IPV4", "IPV6", "MP3", "MP4", "H264", "H265", "S3",
	"EC2", "K8S", "X86", "ES5", "ES6", "OAUTH2", NULL,
};

static bool
is_id_char(char c)
{
	return is_upper(c) || is_digit(c) || c == '-';
}

static bool
is_standard(struct str id)
{
	for (size_t i = 0; standards[i]; i++)
		if (str_eqz(id, standards[i]))
			return true;
	return false;
}

static bool
is_severity(const struct words *severities, struct str id)
{
	if (level_of_word(id) != LEVEL_UNKNOWN)
		return true;
	if (id.n == 2 && id.p[0] == 'P' && is_digit(id.p[1]))
		return true;
	for (size_t i = 0; severities && i < severities->n; i++)
		if (str_ieq(severities->v[i].text, id))
			return true;
	return false;
}

/* Whether a token may end before s: "V1.2", "F1a" and "A1_x" go on. */
static bool
ends_token(struct str s)
{
	uint32_t cp;

	if (s.n == 0)
		return true;
	if (is_alnum(s.p[0]) || s.p[0] == '_' || s.p[0] == '-')
		return false;
	if (s.p[0] == '.' && s.n > 1)
		return !is_alnum(s.p[1]);
	/* A letter of another script; dashes, quotes and emoji end a token. */
	return !(utf8_char(s, &cp) && cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 && cp != 0xF7);
}

size_t
md_id_len(const struct words *severities, struct str s)
{
	size_t n = 0;
	bool digit = false;

	if (s.n && s.p[0] == '#') {
		for (n = 1; n < s.n && is_digit(s.p[n]); n++)
			;
		return n > 1 && n <= 12 && ends_token(str_from(s, n)) ? n : 0;
	}
	if (s.n == 0 || !is_upper(s.p[0]))
		return 0;
	while (n < s.n && is_id_char(s.p[n])) {
		digit |= is_digit(s.p[n]);
		n++;
	}
	if (!digit || s.p[n - 1] == '-' || n > 64 || !ends_token(str_from(s, n)))
		return 0;
	if (is_severity(severities, str_to(s, n)) || is_standard(str_to(s, n)))
		return 0;
	return n;
}

/* The last part of an ID, behind its last hyphen: "A10" of "BUG-A10". */
static struct str
last_part(struct str id)
{
	size_t at = str_rchr(id, '-');

	return at == STR_NPOS ? id : str_from(id, at + 1);
}

static size_t
letters(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_upper(s.p[n]))
		n++;
	return n;
}

/*
 * What the token at the front of s means behind `before`: a whole ID, or the tail of one
 * ("A13" behind "BUG-A10" is BUG-A13, "02" behind "TD4-01" is TD4-02). *n is its length.
 */
static struct str
next_id(struct arena *mem, const struct words *severities, struct str before, struct str s,
	bool range, size_t *n)
{
	struct str tail = last_part(before), stem, id;
	size_t digits = range ? 6 : tail.n;

	*n = md_id_len(severities, s);
	id = str_to(s, *n);
	if (*n == 0) {
		for (*n = 0; *n < s.n && is_digit(s.p[*n]); (*n)++)
			;
		id = str_to(s, *n);
		if (*n == 0 || *n > digits || !ends_token(str_from(s, *n)))
			return STR_NONE;
	}
	if (before.p[0] == '#' || tail.n == before.n || id.p[0] == '#' ||
		str_chr(id, '-') != STR_NPOS)
		return is_digit(id.p[0]) ? STR_NONE : id;
	if (letters(id) != letters(tail) || memcmp(id.p, tail.p, letters(id)) != 0)
		return is_digit(id.p[0]) ? STR_NONE : id;
	stem = str_to(before, before.n - tail.n);
	return arena_printf(mem, "%.*s%.*s", STR_FMT(stem), STR_FMT(id));
}

static void
add_id(struct md_head *h, struct str id)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->ids[i], id))
			return;
	if (h->n < MD_HEAD_IDS)
		h->ids[h->n++] = id;
}

/* "TD8-02..05": every ID between the two, when they differ in the number at their end only. */
static void
add_range(struct arena *mem, struct md_head *h, struct str first, struct str last)
{
	size_t n = first.n;
	long from, to;

	while (n > 0 && is_digit(first.p[n - 1]))
		n--;
	if (last.n < n || !str_eq(str_to(first, n), str_to(last, n)) ||
		!num_long(str_from(first, n), 0, 999999, &from) ||
		!num_long(str_from(last, n), 0, 999999, &to)) {
		add_id(h, last);
		return;
	}
	for (long i = from + 1; i <= to && h->n < MD_HEAD_IDS; i++)
		add_id(h, arena_printf(mem, "%.*s%0*ld", STR_FMT(str_to(first, n)),
			(int)(first.n - n), i));
}

static size_t
blanks(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t' || s.p[n] == '\n'))
		n++;
	return n;
}

/* What joins IDs: its length at the front of s, blanks included; *range for ".." and an en dash. */
static size_t
joiner(struct str s, bool *range)
{
	size_t lead = blanks(s);
	struct str at = str_from(s, lead);

	*range = false;
	if (lead == 0 && (str_starts(at, "..") || str_starts(at, "\xE2\x80\x93"))) {
		*range = true;
		return str_starts(at, "...") || at.p[0] != '.' ? 3 : 2;
	}
	if (at.n && (at.p[0] == '+' || at.p[0] == '/' || at.p[0] == '&' || at.p[0] == ','))
		return lead + 1 + blanks(str_from(at, 1));
	if (lead && (str_starts(at, "and ") || str_starts(at, "und ")))
		return lead + 4;
	return 0;
}

/* "docs/audit/F1": the ID of another register's finding, with that register's name before it. */
static size_t
qualified_len(const struct words *severities, struct str s)
{
	size_t n = 0, slash, id;

	while (n < s.n && (is_alnum(s.p[n]) || strchr("._-/", s.p[n])) && s.p[n] != '\0')
		n++;
	slash = str_rchr(str_to(s, n), '/');
	if (slash == STR_NPOS || slash == 0 || n > 300)
		return 0;
	id = md_id_len(severities, str_from(s, slash + 1));
	return id ? slash + 1 + id : 0;
}

/* Reads IDs from the front of s; returns how far they reach, 0 when none is there. */
static size_t
read_ids(struct arena *mem, const struct words *severities, struct str s, struct md_head *h)
{
	size_t at = md_id_len(severities, s), n, join;
	struct str last = str_to(s, at), id;
	bool range;

	if (at == 0) {
		/* A range runs on without a break: "TD8-02..05". */
		for (n = 0; n < s.n && is_id_char(s.p[n]); n++)
			;
		if (!str_starts(str_from(s, n), "..") ||
			md_id_len(severities, str_to(s, n)) != n || !n)
			return 0;
		at = n;
		last = str_to(s, n);
	}
	add_id(h, last);
	while ((join = joiner(str_from(s, at), &range)) != 0) {
		id = next_id(mem, severities, last, str_from(s, at + join), range, &n);
		if (id.n == 0)
			break;
		/* A comma joins only what is of one family: "F1, S3 is slow" names F1. */
		if (s.p[at] == ',' && (letters(id) != letters(last) ||
			memcmp(id.p, last.p, letters(id)) != 0))
			break;
		if (range)
			add_range(mem, h, last, id);
		else
			add_id(h, id);
		last = id;
		at += join + n;
	}
	return at;
}

bool
md_only_ids(struct arena *mem, const struct words *severities, struct str inside,
	struct md_head *out)
{
	inside = str_trim(inside);
	*out = (struct md_head){ .n = 0 };
	return inside.n && read_ids(mem, severities, inside, out) == inside.n;
}

bool
md_group(struct str s, size_t at, struct str *inside, size_t *end)
{
	char open = at < s.n ? s.p[at] : '\0', close = open == '(' ? ')' : ']';
	size_t depth = 0;

	if (open != '(' && open != '[')
		return false;
	for (size_t i = at; i < s.n && i < at + 400; i++) {
		depth += s.p[i] == open;
		if (s.p[i] == close && --depth == 0) {
			*inside = str_n(s.p + at + 1, i - at - 1);
			*end = i + 1;
			return true;
		}
	}
	return false;
}

static bool
is_tick(uint32_t cp)
{
	return cp == 0x2705 || cp == 0x2714 || cp == 0x2611 || cp == 0x2713;
}

/* Passes one mark that may stand before an ID: blank, emoji, strike-through, bracket. */
static size_t
skip_mark(struct str s, struct md_head *h)
{
	uint32_t cp;
	size_t n = utf8_char(s, &cp);

	if (n == 0)
		return 0;
	if (is_tick(cp))
		h->ticked = true;
	if (is_space(s.p[0]) || s.p[0] == '[' || s.p[0] == '(')
		return 1;
	if (str_starts(s, "~~")) {
		h->struck = true;
		return 2;
	}
	/* Symbols and pictures; dashes and quotation marks (U+2010 to U+2027) are text. */
	return cp >= 0x2030 && !(cp >= 0x3040 && cp < 0xE000) ? n : 0;
}

/* "3." or "3.2)" before the ID of a heading. */
static size_t
skip_ordinal(struct str s)
{
	size_t n = 0;

	while (n < s.n && (is_digit(s.p[n]) || (n && s.p[n] == '.')))
		n++;
	if (n && n < s.n && s.p[n] == ')')
		n++;
	return n && n < s.n && s.p[n] == ' ' && !is_digit(s.p[n - 1]) ? n + 1 : 0;
}

/* "Finding F1", "Bug #12": a word that only says what follows. */
static size_t
skip_label(struct str s)
{
	static const char *const labels[] = { "Finding", "Issue", "Bug", "Ticket", "Defect",
		"Task" };

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t n = strlen(labels[i]);

		if (str_istarts(s, labels[i]) && n < s.n && s.p[n] == ' ')
			return n + 1;
		if (str_istarts(s, labels[i]) && n + 1 < s.n && s.p[n] == ':' && s.p[n + 1] == ' ')
			return n + 2;
	}
	return 0;
}

/* A severity in brackets before the ID: "[P1] F1". */
static size_t
skip_severity(const struct words *severities, struct str s, struct md_head *h)
{
	struct str inside;
	size_t end;

	if (!md_group(s, 0, &inside, &end) || words_level(severities, inside) == LEVEL_UNKNOWN ||
		inside.n > 24)
		return 0;
	h->severity = inside;
	return end;
}

static size_t
skip_lead(const struct words *severities, struct str s, enum md_head_where where,
	struct md_head *h)
{
	size_t at = 0, n;

	do {
		struct str rest = str_from(s, at);

		n = skip_severity(severities, rest, h);
		if (n == 0)
			n = skip_mark(rest, h);
		if (n == 0 && where == MD_HEAD_HEADING)
			n = skip_ordinal(rest);
		if (n == 0 && where == MD_HEAD_HEADING)
			n = skip_label(rest);
		at += n;
	} while (n != 0);
	return at;
}

/* Behind the IDs: closing brackets, a severity in brackets, then ":" or a dash. */
static size_t
skip_tail(const struct words *severities, struct str s, size_t at, struct md_head *h)
{
	struct str inside;
	size_t end, n;

	while (at < s.n && (s.p[at] == ']' || s.p[at] == ')' ||
		str_starts(str_from(s, at), "~~"))) {
		at += s.p[at] == '~' ? 2 : 1;
		h->set_off = true;
	}
	n = blanks(str_from(s, at));
	if (md_group(s, at + n, &inside, &end) && inside.n <= 40) {
		size_t word = 0;

		h->set_off = true;
		while (word < inside.n && (is_alnum(inside.p[word]) || inside.p[word] == '-'))
			word++;
		if (words_level(severities, str_to(inside, word)) != LEVEL_UNKNOWN) {
			h->severity = inside;
			at = end;
		}
	}
	for (;;) {
		struct str rest = str_from(s, at);

		n = blanks(rest);
		rest = str_from(rest, n);
		if (rest.n == 0)
			h->set_off = true;
		if (rest.n && (rest.p[0] == ':' || rest.p[0] == '.' || rest.p[0] == '|'))
			n += 1;
		else if (str_starts(rest, "\xE2\x80\x93") || str_starts(rest, "\xE2\x80\x94"))
			n += 3;
		else if (str_starts(rest, "- ") || str_starts(rest, "-- "))
			n += 2;
		else
			return at + n;
		h->set_off = true;
		at += n;
	}
}

bool
md_head(struct arena *mem, const struct words *severities, struct str text, size_t from,
	enum md_head_where where, struct md_head *out)
{
	struct str s = str_from(text, from);
	size_t lead, n;

	*out = (struct md_head){ .n = 0 };
	lead = skip_lead(severities, s, where, out);
	n = read_ids(mem, severities, str_from(s, lead), out);
	if (n == 0 && where != MD_HEAD_HEADING) {
		n = qualified_len(severities, str_from(s, lead));
		add_id(out, str_to(str_from(s, lead), n));
	}
	if (n == 0)
		return false;
	out->rest = from + skip_tail(severities, s, lead + n, out);
	return true;
}
