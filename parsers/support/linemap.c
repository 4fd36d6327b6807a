/* linemap.c -- see linemap.h. */
#include "parsers/support/linemap.h"

#include "gate/base/limits.h"
#include "parsers/support/cry.h"
#include "parsers/support/lines.h"

#define SNIFF_LINES 1500

/* The table, made ready once for each text. */
struct ready {
	const struct linemap *map;
	size_t n;
	struct line_shape shape[LINE_ROWS];
	const char *words[LINE_WORDS + 1];
	/* A bit for each row: those that a line with this first byte may be, places apart. */
	uint64_t starts[256];
	uint64_t placed;         /* those that begin with a place */
	char places[4];          /* the bytes of places */
};

_Static_assert(LINE_ROWS <= 64, "a bit for each row");

static void
add_start(struct ready *r, const struct line_shape *s)
{
	const struct line_word *w = r->map->words;
	uint64_t bit = UINT64_C(1) << r->n;
	int first = 0, last = 255;

	if (s->place) {
		r->placed |= bit;
		if (strlen(r->places) < sizeof(r->places) - 1 && !strchr(r->places, s->place))
			r->places[strlen(r->places)] = s->place;
		return;
	}
	if (s->v[0].kind == TOKEN_FIELD && s->v[0].field == FIELD_SEVERITY) {
		for (; w && w->word; w++)
			r->starts[(unsigned char)w->word[0]] |= bit;
		return;
	}
	if (s->v[0].kind == TOKEN_TEXT) {
		first = last = (unsigned char)s->v[0].text.p[0];
	} else if (s->v[0].kind == TOKEN_FIELD && s->v[0].field >= FIELD_LINE) {
		first = '0';
		last = '9';
	}
	for (int c = first; c <= last; c++)
		r->starts[c] |= bit;
}

/* Rows that only tell whose text it is mean nothing once that is known. */
static size_t
count_rows(const struct linemap *map, bool sniffs)
{
	size_t n = 0;

	while (n < LINE_ROWS && map->rows[n].shape)
		n++;
	while (!sniffs && map->quiet && n && map->rows[n - 1].what == LINE_SKIP)
		n--;
	return n;
}

static void
make_ready(struct ready *r, const struct linemap *map, bool sniffs)
{
	size_t words = 0, rows = count_rows(map, sniffs);

	r->map = map;
	r->n = 0;
	r->placed = 0;
	memset(r->starts, 0, sizeof(r->starts));
	memset(r->places, 0, sizeof(r->places));
	for (; map->words && map->words[words].word && words < LINE_WORDS; words++)
		r->words[words] = map->words[words].word;
	r->words[words] = NULL;
	for (; r->n < rows; r->n++) {
		line_shape_init(&r->shape[r->n], str_of(map->rows[r->n].shape));
		add_start(r, &r->shape[r->n]);
	}
}

/* The row that the line fits, or NULL. */
static const struct line_row *
find_row(const struct ready *r, struct str line, struct line_match *m)
{
	bool place = false;
	uint64_t rows;

	if (r->map->trim)
		line = str_trim(line);
	if (line.n == 0)
		return NULL;
	rows = r->starts[(unsigned char)line.p[0]];
	for (const char *p = r->places; *p && !place; p++)
		place = line_place(line, *p) != STR_NPOS;
	if (place)
		rows |= r->placed;
	m->words = r->words;
	for (; rows; rows &= rows - 1) {
		size_t i = (size_t)__builtin_ctzll(rows);

		if (line_shape_match(&r->shape[i], line, m) &&
			(!r->map->rows[i].test || r->map->rows[i].test(m)))
			return &r->map->rows[i];
	}
	return NULL;
}

static bool
is_markup(struct str head)
{
	head = str_trim(head);
	return str_starts(head, "<?xml") || str_starts(head, "<testsuite") ||
		str_starts(head, "{") || str_starts(head, "[{") || str_starts(head, "[\n");
}

bool
linemap_is_path(struct line_match *m)
{
	struct str path = m->text[FIELD_FILE];
	size_t dot = str_rchr(path, '.'), n;

	if (str_eqz(path, "<input>") || str_eqz(path, "<text>") || str_eqz(path, "stdin"))
		return true;
	if (dot == STR_NPOS || str_has(path, ": "))
		return false;
	for (n = dot + 1; n < path.n && is_alnum(path.p[n]); n++)
		;
	return n == path.n && n - dot > 1 && n - dot < 12;
}

int
linemap_sniff(const struct linemap *map, struct str head)
{
	struct ready r;
	struct line_match m = { 0 };
	const struct line_row *row;
	struct str line;
	int most = 0, n = 0;

	/* Looking at the lines of a small XML or JSON report would cost more than reading it. */
	if (is_markup(head))
		return 0;
	make_ready(&r, map, true);
	while (n++ < SNIFF_LINES && str_line(&head, &line)) {
		row = find_row(&r, str_rtrim(line), &m);
		if (row && row->sniff > most)
			most = row->sniff;
	}
	return most;
}

/* ---- reading ---- */

struct linemap_run {
	struct lines l;
	struct ready r;
	struct buf heading;
	long heading_line;     /* in that file; 0: the records say it */
	/* The record that waits for what belongs to it. */
	bool waits, touches;   /* touches: nothing came in between */
	bool keeps;            /* this format has such lines */
	struct issue_event ev;
	struct buf file, rule, severity, message, scratch;
	long found;            /* records since the last end */
	long by_word[LINE_WORDS]; /* the same, by severity */
	bool repeats;
	long all, counted;     /* in the whole text: records, and what LINE_COUNT says */
	bool any, high;        /* a record at all; one of level high */
	bool ended, clean;
	bool broken_off;       /* the last line has no end, and says nothing */
	bool headed, opened;   /* a heading waits for its records; a run for its end */
	long stopped_at;
	struct buf stopped, last; /* last: of a build's log, when no row knows it */
};

static int
flush(struct linemap_run *p)
{
	if (!p->waits)
		return 0;
	p->waits = false;
	p->ev.file = buf_str(&p->file);
	p->ev.rule = buf_str(&p->rule);
	p->ev.severity = buf_str(&p->severity);
	p->ev.message = buf_str(&p->message);
	return p->l.out->issue(p->l.out->ctx, &p->ev);
}

static void
keep(struct buf *b, struct str s)
{
	buf_reset(b);
	buf_add(b, s);
}

static void
add_more(struct linemap_run *p, const char *before, struct str text)
{
	if (!p->waits || p->message.n + text.n > MAX_TEXT_KEPT)
		return;
	buf_addz(&p->message, before);
	buf_add(&p->message, text);
}

static struct str
or(struct str s, const char *z)
{
	return s.n ? s : str_of(z);
}

static int
take_record(struct linemap_run *p, const struct line_row *row, const struct line_match *m)
{
	const struct linemap *map = p->r.map;
	struct issue_event ev = {
		.file = or(m->text[FIELD_FILE], NULL),
		.rule = or(m->text[FIELD_RULE], row->rule),
		.severity = or(m->text[FIELD_SEVERITY], row->severity),
		.message = or(m->text[FIELD_MESSAGE], row->message),
		.line = m->number[FIELD_LINE],
		.column = m->number[FIELD_COLUMN],
		.end_line = m->number[FIELD_END_LINE],
		.at = p->l.number,
		.level = map->level,
	};

	if (p->repeats)
		return 0;
	if (flush(p) < 0)
		return -1;
	if (ev.file.n == 0) {
		ev.file = buf_str(&p->heading);
		ev.line = ev.line ? ev.line : p->heading_line;
	}
	for (size_t i = 0; ev.severity.n && map->words && map->words[i].word; i++) {
		if (!str_eqz(ev.severity, map->words[i].word))
			continue;
		ev.level = map->words[i].level;
		ev.info_only = map->words[i].info_only;
		p->by_word[i]++;
	}
	if (map->adjust) {
		buf_reset(&p->scratch);
		map->adjust(&ev, m, &p->scratch);
	}
	p->found++;
	p->all++;
	p->any = true;
	p->headed = false;
	p->high = p->high || ev.level >= LEVEL_HIGH;
	if (!p->keeps)
		return p->l.out->issue(p->l.out->ctx, &ev);
	keep(&p->file, ev.file);
	keep(&p->rule, ev.rule);
	keep(&p->severity, ev.severity);
	keep(&p->message, ev.message);
	p->ev = ev;
	p->waits = p->touches = true;
	return 0;
}

/* The records that a total counts: all, or those of one word; they are then done with. */
static long
take_found(struct linemap_run *p, const struct line_row *row)
{
	const struct line_word *words = p->r.map->words;
	long n = p->found;

	for (size_t i = 0; row->severity && words && words[i].word; i++) {
		if (strcmp(words[i].word, row->severity) != 0)
			continue;
		n = p->by_word[i];
		p->by_word[i] = 0;
		p->found -= n;
		return n;
	}
	memset(p->by_word, 0, sizeof(p->by_word));
	p->found = 0;
	return n;
}

static void
hold_total(struct linemap_run *p, long n, long here, const char *what)
{
	if (n > here)
		lines_problem(&p->l, PROBLEM_TRUNCATED,
			"it counts %ld (%s), and %ld of them are here", n, what, here);
	else if (n < here)
		lines_problem(&p->l, PROBLEM_DECLARED_MISMATCH,
			"it counts %ld (%s), and %ld are here", n, what, here);
}

static void
take_total(struct linemap_run *p, const struct line_row *row, const struct line_match *m)
{
	long here = take_found(p, row);

	if (m->has_total)
		hold_total(p, m->number[FIELD_TOTAL], here,
			row->severity ? row->severity : "results");
}

static void
take_problem(struct linemap_run *p, const struct line_row *row, const struct line_match *m)
{
	struct str text = m->text[FIELD_MESSAGE].n ? m->text[FIELD_MESSAGE] : p->l.line;
	enum problem_code code =
		row->what == LINE_NOTHING ? PROBLEM_NOTHING_RAN : PROBLEM_TOOL_FAILED;

	if (row->what == LINE_STOPPED) {
		if (p->stopped.n)
			return;
		p->stopped_at = p->l.number;
		buf_addf(&p->stopped, "%s: %.*s", row->problem, STR_FMT(str_to(text, 300)));
	} else if (row->what == LINE_NOTHING) {
		lines_problem(&p->l, code, "%.*s", STR_FMT(str_to(text, 300)));
	} else if (!p->l.cried) {
		lines_problem(&p->l, code, "%s: %.*s", row->problem, STR_FMT(str_to(text, 300)));
		p->l.cried = true;
	}
}

static int
end_run(struct linemap_run *p, bool clean)
{
	p->ended = true;
	p->headed = false;
	p->clean = p->clean || clean;
	p->repeats = false;
	buf_reset(&p->heading);
	return flush(p);
}

static int
take_row(struct linemap_run *p, const struct line_row *row, const struct line_match *m)
{
	bool touches = p->touches;

	p->touches = false;
	if (row->what == LINE_OPENS || row->what == LINE_END || row->what == LINE_COUNT)
		p->opened = row->what == LINE_OPENS;
	switch (row->what) {
	case LINE_RECORD:
		return take_record(p, row, m);
	case LINE_HEADING:
		keep(&p->heading, m->text[FIELD_FILE]);
		p->heading_line = m->number[FIELD_LINE];
		p->headed = !p->ended; /* behind an end it is what a runner says */
		return flush(p);
	case LINE_NOTE:
		add_more(p, "\nnote: ", m->text[FIELD_MESSAGE]);
		return 0;
	case LINE_MORE:
		if (touches)
			add_more(p, "\n", m->text[FIELD_MESSAGE]);
		p->touches = touches;
		return 0;
	case LINE_TOTAL:
		take_total(p, row, m);
		return end_run(p, m->has_total && m->number[FIELD_TOTAL] == 0);
	case LINE_COUNT:
		p->counted += m->number[FIELD_TOTAL];
		p->clean = p->clean || p->counted == 0;
		return 0;
	case LINE_CLEAN:
		take_total(p, row, m);
		return end_run(p, true);
	case LINE_END:
		return end_run(p, take_found(p, row) == 0 && p->r.map->clean_end);
	case LINE_REPEATS:
		p->repeats = true;
		return 0;
	case LINE_FAILED:
	case LINE_STOPPED:
	case LINE_NOTHING:
		take_problem(p, row, m);
		return 0;
	case LINE_OPENS:
	case LINE_PASS:
	case LINE_SKIP:
		return 0;
	}
	return 0;
}

/*
 * What cries behind results does so because of them. That a command was not found never is:
 * it is another tool's, whose results should be here too.
 */
static bool
is_explained(const struct linemap_run *p)
{
	struct cry cry;

	if (!p->any)
		return false;
	if (lines_npm(p->l.line))
		return true;
	return p->ended && p->found == 0 &&
		!(cry_line(p->l.line, &cry) && cry.code == PROBLEM_TOOL_NOT_FOUND);
}

static int
take_line(struct linemap_run *p)
{
	struct line_match m = { 0 };
	const struct line_row *row = find_row(&p->r, p->l.line, &m);
	bool indented;

	if (row) {
		buf_reset(&p->last);
		return take_row(p, row, &m);
	}
	if (p->l.line.n == 0) {
		p->touches = false;
		return 0;
	}
	p->broken_off = !source_line_ended(p->l.in);
	indented = is_space(p->l.line.p[0]);
	if (p->r.map->indented_more && p->touches && indented)
		add_more(p, "\n", str_trim(p->l.line));
	else
		p->touches = false;
	if (p->r.map->quiet)
		keep(&p->last, str_to(p->l.line, MAX_NAME_KEPT));
	else if (!indented && !is_explained(p))
		lines_cry(&p->l);
	return 0;
}

/* How a whole text ends, and what it says. */
static void
finish(struct linemap_run *p)
{
	const struct linemap *map = p->r.map;

	if (p->stopped.n && !p->high)
		p->l.out->problem(p->l.out->ctx, PROBLEM_TOOL_FAILED, p->stopped_at,
			buf_str(&p->stopped));
	if (p->last.n) { /* a build says much that sounds like a cry: its last word counts */
		p->l.line = buf_str(&p->last);
		if (!is_explained(p))
			lines_cry(&p->l);
	}
	if (p->counted > p->all)
		hold_total(p, p->counted, p->all, "results");
	if (map->ends && (p->found || (!p->ended && (map->always_ends || p->any))))
		lines_problem(&p->l, PROBLEM_TRUNCATED, "%s", map->ends);
	else if (p->opened && !p->l.cried)
		lines_problem(&p->l, PROBLEM_TRUNCATED, "it ends before it says that it is done");
	else if (p->broken_off)
		lines_problem(&p->l, PROBLEM_TRUNCATED, "it ends in the middle of a line");
	else if (p->headed && !p->l.cried)
		lines_problem(&p->l, PROBLEM_TRUNCATED, "it ends behind a heading without results");
	else if (map->clean_end && !p->any && !p->ended && !p->l.cried && !p->stopped.n)
		lines_problem(&p->l, PROBLEM_TRUNCATED,
			"it ends without results and without an end");
	else if (p->clean && !p->any)
		p->l.out->clean(p->l.out->ctx);
}

static bool
keeps_records(const struct linemap *map)
{
	for (const struct line_row *row = map->rows; row->shape; row++)
		if (row->what == LINE_NOTE || row->what == LINE_MORE)
			return true;
	return map->indented_more;
}

int
linemap_parse(const struct linemap *map, struct source *in, const struct sink *out)
{
	struct linemap_run p = { .l = { .in = in, .out = out } };
	const char *tool = map->tool ? map->tool(source_head(in)) : NULL;
	int rc = 0;

	make_ready(&p.r, map, false);
	p.keeps = keeps_records(map);
	if (tool && *tool)
		out->tool(out->ctx, str_of(tool), STR_NONE);
	while (rc == 0 && lines_next(&p.l))
		rc = take_line(&p);
	if (rc == 0)
		rc = flush(&p);
	if (rc == 0)
		finish(&p);
	buf_release(&p.heading);
	buf_release(&p.file);
	buf_release(&p.rule);
	buf_release(&p.severity);
	buf_release(&p.message);
	buf_release(&p.scratch);
	buf_release(&p.stopped);
	buf_release(&p.last);
	return rc;
}
