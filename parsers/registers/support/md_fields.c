/* md_fields.c -- see md_fields.h. The words are those that people use, German ones too. */
#include "parsers/registers/support/md_fields.h"

#define NAME_MAX_BYTES 48

static const struct {
	const char *name;
	enum field_kind kind;
} names[] = {
	{ "severity", FIELD_SEVERITY },
	{ "sev", FIELD_SEVERITY },
	{ "schweregrad", FIELD_SEVERITY },
	{ "priority", FIELD_PRIORITY },
	{ "prio", FIELD_PRIORITY },
	{ "priorität", FIELD_PRIORITY },
	{ "status", FIELD_STATUS },
	{ "state", FIELD_STATUS },
	{ "current status", FIELD_STATUS },
	{ "zustand", FIELD_STATUS },
	{ "owner", FIELD_OWNER },
	{ "assignee", FIELD_OWNER },
	{ "assigned to", FIELD_OWNER },
	{ "verantwortlich", FIELD_OWNER },
	{ "zuständig", FIELD_OWNER },
	{ "created", FIELD_CREATED },
	{ "created at", FIELD_CREATED },
	{ "opened", FIELD_CREATED },
	{ "reported", FIELD_CREATED },
	{ "date", FIELD_CREATED },
	{ "datum", FIELD_CREATED },
	{ "updated", FIELD_UPDATED },
	{ "updated at", FIELD_UPDATED },
	{ "last updated", FIELD_UPDATED },
	{ "last update", FIELD_UPDATED },
	{ "stand", FIELD_UPDATED },
	{ "aktualisiert", FIELD_UPDATED },
	{ "expires", FIELD_EXPIRES },
	{ "expiry", FIELD_EXPIRES },
	{ "dependencies", FIELD_DEPENDS },
	{ "depends on", FIELD_DEPENDS },
	{ "depends", FIELD_DEPENDS },
	{ "blocked by", FIELD_DEPENDS },
	{ "duplicate of", FIELD_DUPLICATES },
	{ "duplicates", FIELD_DUPLICATES },
	{ "regression of", FIELD_REGRESSION },
	{ "issue", FIELD_ALIAS },
	{ "issues", FIELD_ALIAS },
	{ "github issue", FIELD_ALIAS },
	{ "gitlab issue", FIELD_ALIAS },
	{ "tracking issue", FIELD_ALIAS },
	{ "ticket", FIELD_ALIAS },
	{ "filed as", FIELD_ALIAS },
	{ "tracked as", FIELD_ALIAS },
	{ "alias", FIELD_ALIAS },
	{ "aliases", FIELD_ALIAS },
};

static const struct {
	const char *name;
	enum field_kind kind;
} columns[] = {
	{ "id", FIELD_ID },        { "#", FIELD_ID },       { "nr", FIELD_ID },
	{ "nr.", FIELD_ID },       { "no.", FIELD_ID },     { "key", FIELD_ID },
	{ "title", FIELD_TITLE },  { "summary", FIELD_TITLE }, { "finding", FIELD_TITLE },
	{ "description", FIELD_TITLE }, { "titel", FIELD_TITLE }, { "beschreibung", FIELD_TITLE },
	{ "fix", FIELD_TITLE },    { "problem", FIELD_TITLE }, { "bug", FIELD_TITLE },
	{ "count", FIELD_COUNT },  { "total", FIELD_COUNT }, { "anzahl", FIELD_COUNT },
	{ "number", FIELD_COUNT }, { "findings", FIELD_COUNT }, { "new findings", FIELD_COUNT },
};

/* "Created_at (UTC)" is "created at". */
static struct str
plain_name(struct str name, char out[NAME_MAX_BYTES])
{
	size_t n = 0;
	size_t group = str_chr(name, '(');

	name = str_trim(str_to(name, group));
	while (name.n && (name.p[name.n - 1] == ':' || is_space(name.p[name.n - 1])))
		name.n--;
	for (size_t i = 0; i < name.n && n < NAME_MAX_BYTES; i++)
		out[n++] = name.p[i] == '_' || name.p[i] == '\n' ? ' ' : to_lower(name.p[i]);
	return str_n(out, n);
}

static bool
has_word(struct str s, const char *const *words)
{
	struct str word;

	while (str_word(&s, &word))
		for (size_t i = 0; words[i]; i++)
			if (str_eqz(word, words[i]))
				return true;
	return false;
}

static size_t
count_words(struct str s)
{
	struct str word;
	size_t n = 0;

	while (str_word(&s, &word))
		n++;
	return n;
}

/* "Files checked", "Affected files", "Changed File": a noun and at most one such word. */
static bool
is_location(struct str s)
{
	static const char *const nouns[] = { "location", "locations", "file", "files",
		"file/line", "path", "paths", "where", "datei", "dateien", "fundort", "ort",
		"pfad", "stelle", "location(s)", "file(s)", NULL };
	static const char *const sides[] = { "checked", "affected", "changed", "modified",
		"source", "relevant", "impacted", "involved", "betroffene", "code", NULL };
	size_t n = count_words(s);

	return has_word(s, nouns) && (n == 1 || (n == 2 && has_word(s, sides)));
}

static bool
is_tests(struct str s)
{
	static const char *const words[] = { "test", "tests", "testfall", "testfälle",
		"testcase", "testcases", NULL };

	return has_word(s, words) && count_words(s) <= 3;
}

enum field_kind
md_field_kind(struct str name)
{
	char lower[NAME_MAX_BYTES];
	struct str s = plain_name(name, lower);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eqz(s, names[i].name))
			return names[i].kind;
	if (is_tests(s))
		return FIELD_TESTS;
	if (is_location(s))
		return FIELD_LOCATION;
	return FIELD_PROSE;
}

enum field_kind
md_column_kind(struct str head)
{
	char lower[NAME_MAX_BYTES];
	struct str s = plain_name(head, lower);

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (str_eqz(s, columns[i].name))
			return columns[i].kind;
	if (str_ends(s, " id"))
		return FIELD_ID;
	if (str_ends(s, " issue"))
		return FIELD_ALIAS;
	return md_field_kind(head);
}

/* "**Status**: x", "**Status:** x" and "**Status: x**". */
static bool
bold_field(const struct md_text *t, size_t at, struct md_field *f)
{
	const struct md_span *b = md_span_at(t, at, MD_STRONG);
	struct str inside, rest;
	size_t colon;

	if (b == NULL)
		b = md_span_at(t, at, MD_EMPHASIS);
	if (b == NULL || b->from == b->to)
		return false;
	inside = str_n(t->s.p + b->from, b->to - b->from);
	rest = str_from(t->s, b->to);
	colon = str_chr(inside, ':');
	f->at = at;
	f->to = t->s.n;
	if (inside.p[inside.n - 1] == ':' && inside.n <= 80) {
		f->name = str_to(inside, inside.n - 1);
		f->from = b->to;
	} else if (rest.n && rest.p[0] == ':' && inside.n <= 80) {
		f->name = inside;
		f->from = b->to + 1;
	} else if (colon != STR_NPOS && md_field_kind(str_to(inside, colon)) != FIELD_PROSE) {
		f->name = str_to(inside, colon);
		f->from = b->from + colon + 1;
	} else {
		return false;
	}
	f->kind = md_field_kind(f->name);
	return true;
}

/* "Status: x" without markup, when the name is one that is known. */
static bool
plain_field(const struct md_text *t, size_t at, struct md_field *f)
{
	struct str line = str_from(t->s, at);
	size_t colon;

	line = str_to(line, NAME_MAX_BYTES);
	line = str_to(line, str_chr(line, '\n'));
	colon = str_chr(line, ':');
	if (colon == STR_NPOS || colon == 0)
		return false;
	f->kind = md_field_kind(str_to(line, colon));
	if (f->kind == FIELD_PROSE || (colon + 1 < line.n && !is_space(line.p[colon + 1]) &&
		line.p[colon + 1] != '`'))
		return false;
	f->name = str_to(line, colon);
	f->at = at;
	f->from = at + colon + 1;
	f->to = t->s.n;
	return true;
}

/* Where the next field may start behind `at`: on a new line, or behind " · ", " | ", " • ". */
static size_t
next_start(struct str s, size_t at)
{
	for (size_t i = at; i < s.n; i++) {
		struct str rest = str_from(s, i);

		if (s.p[i] == '\n' || str_starts(rest, "\xC2\xB7 ") ||
			str_starts(rest, "| ") || str_starts(rest, "\xE2\x80\xA2 ")) {
			i += s.p[i] == '\n' || s.p[i] == '|' ? 1 : s.p[i] == '\xC2' ? 2 : 3;
			while (i < s.n && s.p[i] == ' ')
				i++;
			return i;
		}
	}
	return s.n;
}

/* The value ends where the separator before the next field begins. */
static size_t
value_end(struct str s, size_t next)
{
	while (next > 0 && (is_space(s.p[next - 1]) || s.p[next - 1] == '|'))
		next--;
	if (next >= 2 && s.p[next - 1] == '\xB7' && s.p[next - 2] == '\xC2')
		next -= 2;
	if (next >= 3 && str_ends(str_to(s, next), "\xE2\x80\xA2"))
		next -= 3;
	return next;
}

size_t
md_fields(const struct md_text *t, size_t from, struct md_field out[MD_FIELDS])
{
	size_t n = 0;

	for (size_t at = from; at < t->s.n && n < MD_FIELDS; at = next_start(t->s, at)) {
		struct md_field f = { .kind = FIELD_PROSE };

		if (!bold_field(t, at, &f) && !plain_field(t, at, &f))
			continue;
		if (n)
			out[n - 1].to = value_end(t->s, at);
		if (n && out[n - 1].to < out[n - 1].from)
			out[n - 1].to = out[n - 1].from;
		out[n++] = f;
	}
	return n;
}
