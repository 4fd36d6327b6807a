/*
 * idtext.c -- see idtext.h.
 *
 *     # a comment
 *     tests/test_a.py::test_b
 *     file.spec.ts > shows a clock    owner=ann  #4711  2026-12-01  flaky at noon  # a comment
 *
 * An ID may hold single blanks, so columns stand apart by a tab, by '|' or by two blanks. A
 * first line of column names (`test | owner | expires`, also with commas) fixes what they
 * mean; without one a column is `name=value`, a date (expires), an issue, or else the reason.
 */
#include "parsers/registers/support/idtext.h"

#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "parsers/registers/support/entry.h"

/* "4711" is written for "#4711". */
static void
add_issue(const struct form *f, struct finding *finding, struct str issue)
{
	struct str rest = issue;

	if (str_skip_digits(&rest) && rest.n == 0)
		issue = arena_printf(&f->fs->mem, "#%.*s", STR_FMT(issue));
	str_list_add(f->fs, &finding->aliases, issue);
}

void
listed_add(const struct form *f, const struct listed *l)
{
	struct finding *finding;

	if (l->id.n == 0) {
		form_error(f, l->at, "an entry without a test");
		return;
	}
	if (glob_universal(l->id)) {
		form_error(f, l->at, "the test '%.*s' matches nearly everything",
			STR_FMT(str_to(l->id, 100)));
		return;
	}
	finding = findings_add(f->fs, f->reg, l->id, l->reason.n ? l->reason : l->id, l->at.line);
	finding->owner = form_keep(f, l->owner);
	finding->created = l->added;
	finding->expires = l->expires;
	add_issue(f, finding, l->issue);
	entry_for_test(f->fs, finding, finding->id);
}

enum column { COLUMN_ID, COLUMN_OWNER, COLUMN_REASON, COLUMN_ISSUE, COLUMN_ADDED, COLUMN_EXPIRES,
	COLUMN_NONE };

#define MAX_COLUMNS 16

struct layout {
	bool fixed;       /* the file has a line of column names */
	char separator;   /* of a fixed layout; ' ' means two blanks */
	enum column column[MAX_COLUMNS];
	size_t n;
};

static enum column
column_named(struct str name)
{
	static const struct {
		const char *name;
		enum column column;
	} names[] = {
		{ "id", COLUMN_ID },         { "test", COLUMN_ID },         { "name", COLUMN_ID },
		{ "owner", COLUMN_OWNER },   { "reason", COLUMN_REASON },
		{ "issue", COLUMN_ISSUE },   { "added", COLUMN_ADDED },
		{ "expires", COLUMN_EXPIRES },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_ieqz(name, names[i].name))
			return names[i].column;
	return COLUMN_NONE;
}

/* Where a column ends: a tab, two blanks, or a '|' behind a blank (not that of "a|b"). */
static size_t
column_end(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != '\t' &&
	       !(s.p[n] == ' ' && n + 1 < s.n && (s.p[n + 1] == ' ' || s.p[n + 1] == '|')))
		n++;
	return n;
}

/* Takes the next column from *rest. */
static struct str
take_column(struct str *rest, char separator)
{
	size_t n = separator == ' ' ? column_end(*rest) : str_chr(*rest, separator);
	struct str text = str_to(*rest, n), tail;

	if (separator == ',' && str_starts(*rest, "\"")) {
		text = str_from(*rest, 1); /* a name with a comma in it, as spreadsheets quote it */
		str_cut(&text, "\"", &tail);
		n = str_chr(tail, separator);
		n = n == STR_NPOS ? n : text.n + 2 + n;
	}
	*rest = n == STR_NPOS ? STR_NONE : str_from(*rest, n + (separator != ' '));
	while (separator == ' ' && rest->n && (is_space(rest->p[0]) || rest->p[0] == '|'))
		*rest = str_from(*rest, 1);
	return str_trim(text);
}

/* A line of nothing but column names, the first of them the test's. */
static bool
read_layout(struct str line, struct layout *out)
{
	static const char separators[] = { '\t', '|', ',', ' ' };

	for (size_t i = 0; i < sizeof(separators); i++) {
		struct layout l = { .fixed = true, .separator = separators[i] };
		struct str rest = line;
		bool ok = true;

		while (ok && rest.n && l.n < MAX_COLUMNS) {
			struct str name = take_column(&rest, l.separator);

			if (l.separator == '|' && name.n == 0 && (l.n == 0 || rest.n == 0))
				continue; /* the edge of a table */
			l.column[l.n] = column_named(name);
			ok = l.column[l.n] != COLUMN_NONE &&
				(l.n == 0) == (l.column[l.n] == COLUMN_ID);
			l.n++;
		}
		if (ok && l.n > 1 && rest.n == 0) {
			*out = l;
			return true;
		}
	}
	return false;
}

static void
set_date(const struct form *f, struct str text, struct pos at, const char *name, int64_t *out)
{
	if (!date_parse(text, out))
		diag_hint(f->d, form_error(f, at, "'%s: %.*s' is no date", name,
			STR_FMT(str_to(text, 100))), "write a day that exists, like 2026-11-30");
}

static void
set_column(const struct form *f, struct listed *l, enum column c, struct str text)
{
	if (text.n == 0 || str_eqz(text, "-"))
		return;
	switch (c) {
	case COLUMN_ID:
		l->id = text;
		break;
	case COLUMN_OWNER:
		l->owner = text;
		break;
	case COLUMN_REASON:
		l->reason = text;
		break;
	case COLUMN_ISSUE:
		l->issue = text;
		break;
	case COLUMN_ADDED:
		set_date(f, text, l->at, "added", &l->added);
		break;
	case COLUMN_EXPIRES:
		set_date(f, text, l->at, "expires", &l->expires);
		break;
	case COLUMN_NONE:
		break;
	}
}

static bool
looks_like_issue(struct str s)
{
	struct str rest = s;

	if (str_starts(s, "https://") || str_starts(s, "http://"))
		return true;
	return str_skip(&rest, "#") && str_skip_digits(&rest) && rest.n == 0;
}

/* YYYY-MM-DD in shape: one that does not exist is a mistake, not a reason. */
static bool
looks_like_date(struct str s)
{
	return s.n >= 10 && s.p[4] == '-' && s.p[7] == '-' && is_digit(s.p[0]) &&
		is_digit(s.p[5]) &&
		is_digit(s.p[8]) && is_digit(s.p[9]) && (s.n == 10 || s.p[10] == 'T');
}

static void
set_free_column(const struct form *f, struct listed *l, struct str text)
{
	struct str name = text, value;
	enum column c = str_cut(&name, "=", &value) ? column_named(str_trim(name)) : COLUMN_NONE;

	if (c == COLUMN_NONE) {
		name = text;
		c = str_cut(&name, ":", &value) ? column_named(str_trim(name)) : COLUMN_NONE;
	}
	if (c != COLUMN_NONE && c != COLUMN_ID)
		set_column(f, l, c, str_trim(value));
	else if (looks_like_date(text))
		set_column(f, l, COLUMN_EXPIRES, text);
	else if (looks_like_issue(text))
		set_column(f, l, COLUMN_ISSUE, text);
	else if (l->reason.n == 0)
		l->reason = text;
}

/* A comment behind an ID starts with "# "; "#12" may be part of a title. */
static struct str
cut_comment(struct str *line)
{
	for (size_t i = 1; i < line->n; i++) {
		if (line->p[i] == '#' && is_space(line->p[i - 1]) &&
		    (i + 1 == line->n || is_space(line->p[i + 1]))) {
			struct str comment = str_trim(str_from(*line, i + 1));

			*line = str_rtrim(str_to(*line, i));
			return comment;
		}
	}
	return STR_NONE;
}

static void
read_line(const struct form *f, struct str line, struct layout *layout, long number)
{
	struct listed l = { .added = DATE_NONE, .expires = DATE_NONE,
		.at = { arena_z(&f->fs->mem, f->reg->path), number, 1 } };
	struct str comment = cut_comment(&line), rest = line;
	size_t i = 0;

	if (layout->fixed && layout->separator == '|' && str_starts(rest, "|"))
		rest = str_from(rest, 1);
	if (!layout->fixed)
		l.id = take_column(&rest, ' ');
	while (rest.n) {
		struct str text = take_column(&rest, layout->fixed ? layout->separator : ' ');

		if (layout->fixed)
			set_column(f, &l, i < layout->n ? layout->column[i] : COLUMN_NONE, text);
		else
			set_free_column(f, &l, text);
		i++;
	}
	if (l.reason.n == 0)
		l.reason = comment;
	listed_add(f, &l);
}

/* "---|---" under a line of names. */
static bool
is_rule(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (strchr("-|=+: ", line.p[i]) == NULL)
			return false;
	return true;
}

void
idtext_read(const struct form *f)
{
	struct layout layout = { 0 };
	struct str text = f->reg->text, line;
	bool first = true;
	size_t before = f->reg->findings.n;

	for (long number = 1; str_line(&text, &line); number++) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (f->reg->findings.n - before >= MAX_FINDINGS) {
			form_error(f, (struct pos){ arena_z(&f->fs->mem, f->reg->path), number, 1 },
				"more than %d tests in one list", MAX_FINDINGS);
			return;
		}
		if (!is_rule(line) && !(first && read_layout(line, &layout)))
			read_line(f, line, &layout, number);
		first = false;
	}
}
