/*
 * report_restore.c -- a report from what was written down of it. The text may be a stranger's:
 * every number has its bounds, every line its fields. See report_tape.h.
 */
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "gate/model/collector.h"
#include "gate/model/report_tape.h"
#include "gate/model/seen.h"
#include "gate/model/snapshot_text.h"

#define MAX_NUMBER 1000000000000000L
#define CASE_FIELDS 8

struct restoring {
	struct report *r;
	const struct collect_options *opt;
	bool exact, bad, ended;
	struct buf plain;
	struct buf last[CASE_FIELDS];
	struct str kept[CASE_FIELDS]; /* the report's copies of `last`; empty: none yet */
	struct prop props[MAX_PROPS_KEPT];
};

static struct str
next_raw(struct restoring *s, struct str *line)
{
	size_t end = str_chr(*line, '\t');
	struct str field = str_to(*line, end);

	s->bad = s->bad || line->p == NULL; /* behind the last one: an empty one has a place */
	*line = end == STR_NPOS ? STR_NONE : str_n(line->p + end + 1, line->n - end - 1);
	return field;
}

static long
next_number(struct restoring *s, struct str *line, long min, long max)
{
	long n = min;

	if (!num_long(next_raw(s, line), min, max, &n))
		s->bad = true;
	return n;
}

/* Kept by the report. */
static struct str
next_text(struct restoring *s, struct str *line)
{
	buf_reset(&s->plain);
	snapshot_unescape(&s->plain, next_raw(s, line));
	return s->plain.n ? arena_dup(&s->r->mem, buf_str(&s->plain)) : STR_NONE;
}

static void
next_shared(struct restoring *s, struct str *line, size_t field)
{
	struct str raw = next_raw(s, line);

	if (str_eqz(raw, "="))
		return;
	snapshot_unescape(&s->last[field], raw);
	s->kept[field] = STR_NONE;
}

/* A copy that cases which share it share. */
static struct str
keep(struct restoring *s, size_t field)
{
	if (s->kept[field].n == 0 && s->last[field].n)
		s->kept[field] = arena_dup(&s->r->mem, buf_str(&s->last[field]));
	return s->kept[field];
}

static void
take_props(struct restoring *s, struct str *line, struct test_event *ev)
{
	while (line->p && ev->nprops < MAX_PROPS_KEPT) {
		struct prop *p = &s->props[ev->nprops++];

		p->name = next_text(s, line);
		p->value = next_text(s, line);
	}
	s->bad = s->bad || line->p;
	ev->props = s->props;
}

static void
keep_test(struct restoring *s, const struct test_event *ev, struct test *t)
{
	struct report *r = s->r;

	if (r->tests.n >= MAX_KEPT) {
		s->bad = true;
		return;
	}
	*vec_push(&r->tests) = *t;
	t = &r->tests.v[r->tests.n - 1];
	t->report = r;
	t->id = t->base_id = keep(s, 0);
	t->suite = keep(s, 1);
	t->class = keep(s, 2);
	t->name = keep(s, 3);
	t->file = keep(s, 4);
	t->type = keep(s, 5);
	t->message = keep(s, 6);
	t->text = str_eq(buf_str(&s->last[6]), buf_str(&s->last[7])) ? t->message : keep(s, 7);
	t->nprops = ev->nprops;
	if (t->nprops) {
		t->props = arena_alloc(&r->mem, t->nprops * sizeof(*t->props));
		memcpy(t->props, ev->props, t->nprops * sizeof(*t->props));
	}
}

/* A key, where it is not that of the text: a secret was taken out, or it was cut. */
static bool
next_key(struct restoring *s, struct str *line, uint64_t *out)
{
	struct str hex = next_raw(s, line);

	s->bad = s->bad || (hex.n && !snapshot_hex(hex, out));
	return hex.n > 0;
}

static void
take_case(struct restoring *s, struct str line)
{
	struct test t = { 0 };
	struct test_event ev = { 0 };
	struct seen *seen;
	uint64_t suite = 0;
	bool kept = next_number(s, &line, 0, 1) != 0, own_key, own_suite;

	ev.outcome = t.outcome = (enum outcome)next_number(s, &line, 0, OUT_SKIPPED);
	ev.dialect = t.dialect = (enum dialect)next_number(s, &line, 0, DIALECT_READY);
	t.line = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	t.at = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	s->bad = s->bad || !num_double(next_raw(s, &line), &t.seconds);
	t.attempts = (unsigned)next_number(s, &line, 0, UINT32_MAX);
	t.seq = (uint32_t)next_number(s, &line, 0, 0x1fffffff);
	own_key = next_key(s, &line, &t.key);
	own_suite = next_key(s, &line, &suite);
	for (size_t i = 0; i < CASE_FIELDS; i++)
		next_shared(s, &line, i);
	take_props(s, &line, &ev);
	if (s->bad)
		return;
	if (!own_key)
		t.key = seen_key(buf_str(&s->last[0]));
	t.suite_key = own_suite ? (uint32_t)suite : seen_suite(buf_str(&s->last[1]));
	seen = vec_push(&s->r->seen);
	*seen = (struct seen){ t.key, t.suite_key, t.seq | (uint32_t)t.outcome << 29 };
	ev.suite = buf_str(&s->last[1]);
	ev.class = buf_str(&s->last[2]);
	ev.name = buf_str(&s->last[3]);
	ev.file = buf_str(&s->last[4]);
	ev.seconds = t.seconds;
	if (s->opt->names || s->opt->times)
		report_time(s->r, &ev, buf_str(&s->last[0]), seen);
	if (!kept && !s->exact)
		kept = report_worth_keeping(s->r, &ev, buf_str(&s->last[0]));
	if (kept)
		keep_test(s, &ev, &t);
}

static void
take_synthetic(struct restoring *s, struct str line)
{
	struct report *r = s->r;
	struct test *t = vec_push(&r->tests);

	t->report = r;
	t->at = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	t->suite = next_text(s, &line);
	t->message = t->text = next_text(s, &line);
	report_make_synthetic(r, t);
}

static void
take_issue(struct restoring *s, struct str line)
{
	struct report *r = s->r;
	struct issue *i;

	if (r->issues.n >= MAX_KEPT) {
		s->bad = true;
		return;
	}
	i = vec_push(&r->issues);
	i->report = r;
	i->level = (enum level)next_number(s, &line, 0, LEVELS - 1);
	i->line = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	i->end_line = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	i->column = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	i->at = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	i->suppressed = next_number(s, &line, 0, 1) != 0;
	i->info_only = next_number(s, &line, 0, 1) != 0;
	i->tool = next_text(s, &line);
	i->rule = next_text(s, &line);
	i->severity = next_text(s, &line);
	i->message = next_text(s, &line);
	i->file = next_text(s, &line);
	i->fingerprint = next_text(s, &line);
}

static void
take_problem(struct restoring *s, struct str line)
{
	struct problem *p;

	if (s->r->problems.n >= MAX_PROBLEMS) {
		s->bad = true;
		return;
	}
	p = vec_push(&s->r->problems);
	p->code = (enum problem_code)next_number(s, &line, 0, PROBLEMS - 1);
	p->line = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	p->message = next_text(s, &line);
	s->r->broken = s->r->broken || problem_incomplete(p->code);
}

static void
take_numbers(struct restoring *s, struct str line)
{
	long numbers[REPORT_NUMBERS];

	for (size_t i = 0; i < REPORT_NUMBERS; i++)
		numbers[i] = next_number(s, &line, -MAX_NUMBER, MAX_NUMBER);
	if (!s->bad && !report_set_numbers(s->r, numbers))
		s->bad = true;
}

static void
take_read(struct restoring *s, struct str line)
{
	struct str sha;

	s->r->format = next_text(s, &line);
	s->r->tool = next_text(s, &line);
	s->r->tool_version = next_text(s, &line);
	sha = next_raw(s, &line);
	if (sha.n == SHA256_HEX - 1)
		memcpy(s->r->sha256, sha.p, sha.n);
	else if (sha.n)
		s->bad = true;
}

static void
take_line(struct restoring *s, struct str line)
{
	struct str sort = line, rest;

	if (str_eqz(line, "end")) {
		s->ended = true;
		return;
	}
	if (s->ended || !str_cut(&sort, "\t", &rest))
		s->bad = true;
	else if (str_eqz(sort, "t"))
		take_case(s, rest);
	else if (str_eqz(sort, "s"))
		take_synthetic(s, rest);
	else if (str_eqz(sort, "i"))
		take_issue(s, rest);
	else if (str_eqz(sort, "p"))
		take_problem(s, rest);
	else if (str_eqz(sort, "n"))
		take_numbers(s, rest);
	else if (str_eqz(sort, "r"))
		take_read(s, rest);
	else
		s->bad = true;
}

bool
report_restore(struct report *r, struct str text, const struct collect_options *opt, bool exact)
{
	struct restoring s = { .r = r, .opt = opt, .exact = exact };
	struct str rest = text, line;

	if (!str_line(&rest, &line) || !str_eqz(line, "regression-gate/report@1"))
		s.bad = true;
	while (!s.bad && str_line(&rest, &line))
		take_line(&s, line);
	buf_release(&s.plain);
	for (size_t i = 0; i < CASE_FIELDS; i++)
		buf_release(&s.last[i]);
	return !s.bad && s.ended;
}
