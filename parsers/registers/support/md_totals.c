/*
 * md_totals.c -- what a document says it holds ("| HIGH | 3 |", "P0: 3, P1: 8", "Bugs found: 18")
 * against what was counted. A difference is a note: people forget to update one of the two.
 */
#include "gate/base/num.h"
#include "parsers/registers/support/md_parts.h"

#define TOTALS_KEPT 200

struct declared {
	bool all;          /* of every level */
	enum level level;
	long number, line;
};

struct totals_seen {
	struct { struct declared *v; size_t n, cap; } list;
};

static void
declare(struct md *md, bool all, enum level level, long number, long line)
{
	struct declared *d;

	if (md->totals == NULL)
		md->totals = xcalloc(1, sizeof(*md->totals));
	if (md->totals->list.n >= TOTALS_KEPT)
		return;
	d = vec_push(&md->totals->list);
	d->all = all;
	d->level = level;
	d->number = number;
	d->line = line;
}

/* The number at the front of s, if a word or the end follows it. */
static bool
number_at(struct str s, long *out)
{
	size_t n = 0;

	s = str_trim(s);
	while (n < s.n && is_digit(s.p[n]))
		n++;
	if (n == 0 || n > 6 || (n < s.n && (is_alnum(s.p[n]) || strchr("%./-:", s.p[n]))))
		return false;
	return num_long(str_to(s, n), 0, 999999, out);
}

static size_t
word_run(struct str s)
{
	size_t n = 0;

	while (n < s.n && (is_alnum(s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

/* Behind a severity word: " (Critical)", then ":" and a number. */
static bool
count_behind(struct str s, long *out)
{
	struct str inside;
	size_t end;

	if (s.n > 1 && s.p[0] == ' ' && md_group(s, 1, &inside, &end))
		s = str_from(s, end);
	return str_skip(&s, ":") && number_at(s, out);
}

/* "7 critical flows" counts flows: punctuation or a word for findings must follow. */
static bool
ends_count(struct str s)
{
	static const char *const nouns[] = { "bug", "issue", "finding", "defect", "problem",
		NULL };

	while (s.n && (s.p[0] == ' ' || s.p[0] == '*'))
		s = str_from(s, 1);
	for (size_t i = 0; nouns[i]; i++)
		if (str_istarts(s, nouns[i]))
			return true;
	return s.n == 0 || !is_alnum(s.p[0]);
}

/* "P0: 3, P1: 8" anywhere; "6 CRITICAL, 15 HIGH" only where several stand together. */
static void
scan_levels(struct md *md, const struct md_text *t)
{
	struct declared found[8];
	size_t nfound = 0;
	long line = t->line, before = -1, number;

	for (size_t at = 0; at < t->s.n;) {
		struct str s = str_from(t->s, at);
		size_t n = word_run(s);
		enum level level;

		line += s.p[0] == '\n';
		if (n == 0) {
			before = is_space(s.p[0]) || s.p[0] == '*' ? before : -1;
			at++;
			continue;
		}
		level = level_of_word(str_to(s, n));
		if (level != LEVEL_UNKNOWN && count_behind(str_from(s, n), &number)) {
			declare(md, false, level, number, line);
		} else if (level != LEVEL_UNKNOWN && before >= 0 && nfound < 8 &&
			ends_count(str_from(s, n))) {
			found[nfound++] = (struct declared){ false, level, before, line };
		}
		if (!num_long(str_to(s, n), 0, 999999, &before))
			before = -1;
		at += n;
	}
	for (size_t i = 0; i < nfound && nfound > 1; i++)
		declare(md, false, found[i].level, found[i].number, found[i].line);
}

static bool
is_total(struct str name)
{
	static const char *const names[] = { "total", "total findings", "total issues",
		"total bugs", "findings", "bugs found", "issues found", "findings found",
		"bugs", "total defects", "total bugs found", "gesamt", NULL };

	name = str_trim(name);
	for (size_t i = 0; names[i]; i++)
		if (str_ieqz(name, names[i]))
			return true;
	return false;
}

void
md_totals_text(struct md *md, const struct md_text *t)
{
	struct md_field fields[MD_FIELDS];
	size_t n = md_fields(t, 0, fields);
	long number;

	for (size_t i = 0; i < n; i++)
		if (is_total(fields[i].name) &&
			number_at(str_n(t->s.p + fields[i].from, fields[i].to - fields[i].from),
			&number))
			declare(md, true, LEVEL_UNKNOWN, number, md_line(t, fields[i].at));
	scan_levels(md, t);
}

void
md_totals_row(struct md *md, const struct md_block *row, size_t count_column)
{
	enum level level;
	long number;

	if (row->ncells <= count_column || !number_at(row->cells[count_column].s, &number))
		return;
	level = words_level(&md->reg->severities, row->cells[0].s);
	if (level != LEVEL_UNKNOWN)
		declare(md, false, level, number, row->line);
	else if (is_total(row->cells[0].s))
		declare(md, true, LEVEL_UNKNOWN, number, row->line);
}

struct counts {
	long level[LEVELS], all;
};

/* One that the document only repeats from elsewhere: "Existing: #12", or an issue's number. */
static bool
is_repeated(const struct finding *f)
{
	struct str status = f->status_raw;

	if (f->id.p[0] == '#')
		return true;
	while (status.n && !is_alnum(status.p[0]))
		status = str_from(status, 1);
	return str_istarts(status, "existing");
}

static void
count(struct md *md, struct counts *all, struct counts *own)
{
	for (size_t i = 0; i < md->reg->findings.n; i++) {
		const struct finding *f = md->reg->findings.v[i];

		if (f->statement)
			continue;
		all->level[f->level]++;
		all->all++;
		if (is_repeated(f))
			continue;
		own->level[f->level]++;
		own->all++;
	}
}

/* A total may or may not hold what is only repeated: either is right. */
void
md_totals_check(struct md *md)
{
	struct counts all = { .all = 0 }, own = { .all = 0 };

	count(md, &all, &own);
	for (size_t i = 0; all.all && md->totals && i < md->totals->list.n; i++) {
		const struct declared *d = &md->totals->list.v[i];
		long have = d->all ? all.all : all.level[d->level];

		if (have != d->number && (d->all ? own.all : own.level[d->level]) != d->number)
			findings_note(md->fs, REGP_TOTALS_MISMATCH, md->reg, d->line,
				"%ld %s%sfindings are declared here, %ld are in the document",
				d->number,
				d->all ? "" : level_name(d->level), d->all ? "" : " ", have);
	}
}

void
md_totals_release(struct md *md)
{
	if (md->totals)
		vec_release(&md->totals->list);
	free(md->totals);
	md->totals = NULL;
}
