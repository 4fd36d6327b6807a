/* snapshot_read.c -- from the text of a snapshot to one that can be asked. See snapshot.h. */
#include <limits.h>

#include "gate/base/num.h"
#include "gate/model/seen.h"
#include "gate/model/snapshot_text.h"
#include "gate/model/unstable.h"

struct reading {
	struct snapshot *s;
	struct snapshot_producer *p;
	struct snapshot_leg *leg;
	struct snapshot_case c;
	struct buf field;
	struct pos at;
	struct err *err;
	struct str text; /* what is left */
	size_t start;    /* of the line at hand */
	bool in_cases, ended;
	long tests, issues; /* as the end says */
};

static int
broken(struct reading *r, const char *what)
{
	err_set(r->err, r->at, "a broken baseline: %s", what);
	return err_hint(r->err, "`gate baseline save` writes a new one");
}

static struct str
field(struct reading *r, struct str s)
{
	snapshot_unescape(&r->field, s);
	return arena_dup(&r->s->mem, buf_str(&r->field));
}

static int
take_producer(struct reading *r, struct str rest)
{
	struct snapshot_producer *p = arena_new(&r->s->mem, struct snapshot_producer);

	p->spec.name = field(r, rest);
	p->producer.spec = &p->spec;
	p->producer.complete = true;
	if (r->s->producers.n &&
	    str_cmp(r->s->producers.v[r->s->producers.n - 1]->spec.name, p->spec.name) >= 0)
		return broken(r, "its producers are not in order");
	*vec_push(&r->s->producers) = p;
	r->p = p;
	r->leg = NULL;
	return 0;
}

static int
take_leg(struct reading *r, struct str rest)
{
	struct snapshot_leg *leg;
	struct report *rep;

	if (r->p == NULL)
		return broken(r, "a leg without a producer");
	leg = arena_new(&r->s->mem, struct snapshot_leg);
	rep = arena_new(&r->s->mem, struct report);
	rep->leg = field(r, rest);
	rep->producer = &r->p->producer;
	rep->complete = true;
	leg->report = rep;
	*vec_push(&r->p->producer.reports) = rep;
	*vec_push(&r->p->legs) = leg;
	r->leg = leg;
	r->in_cases = false;
	return 0;
}

static int
take_reports(struct reading *r, struct str rest)
{
	struct str format, tool;

	if (r->leg == NULL)
		return broken(r, "reports without a leg");
	str_cut(&rest, "\t", &format);
	str_cut(&format, "\t", &tool);
	for (int k = KIND_NONE; k <= KIND_SECURITY; k++)
		if (str_eqz(rest, report_kind_name((enum report_kind)k)))
			r->leg->report->kind = (enum report_kind)k;
	r->leg->report->format = field(r, format);
	r->leg->report->tool = field(r, tool);
	return 0;
}

static int
take_tool(struct reading *r, struct str rest)
{
	struct str version;

	if (r->leg == NULL || !str_cut(&rest, "\t", &version) || rest.n == 0 || version.n == 0)
		return broken(r, "a tool that can't be read");
	rest = field(r, rest);
	*vec_push(&r->leg->tools) = (struct tool_version){ rest, field(r, version) };
	return 0;
}

static int
take_issue(struct reading *r, struct str rest)
{
	struct str f[9];
	struct issue *i;

	if (r->leg == NULL)
		return broken(r, "an issue without a leg");
	for (int k = 0; k < 9; k++) {
		f[k] = rest;
		if (!str_cut(&f[k], "\t", &rest) && k < 8)
			return broken(r, "an issue with too few fields");
	}
	i = arena_new(&r->s->mem, struct issue);
	i->report = r->leg->report;
	i->tool = field(r, f[1]);
	i->rule = field(r, f[2]);
	i->file = field(r, f[3]);
	i->fingerprint = field(r, f[5]);
	i->message = field(r, f[8]);
	if (!level_parse(f[0], &i->level) || !num_long(f[4], 0, 1L << 40, &i->line) ||
	    !snapshot_hex(f[6], &i->message_hash) || !snapshot_hex(f[7], &i->context))
		return broken(r, "an issue that can't be read");
	i->hashed = true;
	if (i->fingerprint.n)
		i->id = arena_printf(&r->s->mem, "%.*s:%.*s", STR_FMT(i->tool),
			STR_FMT(i->fingerprint));
	else
		i->id = arena_printf(&r->s->mem, "%.*s:%.*s:%.*s:%016llx", STR_FMT(i->tool),
			STR_FMT(i->rule), STR_FMT(i->file), (unsigned long long)i->message_hash);
	*vec_push(&r->leg->issues) = i;
	r->s->issues++;
	return 0;
}

static int
take_saved(struct reading *r, struct str rest)
{
	return date_parse_instant(rest, &r->s->saved) ? 0 : broken(r, "a bad date");
}

static int
take_origin(struct reading *r, struct str rest)
{
	for (int o = 0; o < ORIGINS; o++) {
		if (str_eqz(rest, snapshot_origin_name((enum snapshot_origin)o))) {
			r->s->origin = (enum snapshot_origin)o;
			return 0;
		}
	}
	return broken(r, "an unknown origin");
}

/* Behind the line of its case; who asks for times walks the cases. */
static int
take_took(struct reading *r, struct str rest)
{
	long ms;

	if (!r->in_cases || r->leg->n == 0 || !num_long(rest, 0, UINT32_MAX, &ms))
		return broken(r, "a time that can't be read");
	r->leg->to = (size_t)(r->text.p - r->s->text.p);
	return 0;
}

static int
take_time(struct reading *r, struct str rest)
{
	struct str cases;
	long ms;

	str_cut(&rest, " ", &cases);
	if (r->leg == NULL || !num_long(rest, 0, LONG_MAX / 1000, &ms) ||
	    !num_long(cases, 0, MAX_CASES, &r->leg->timed))
		return broken(r, "a time that can't be read");
	r->leg->has_times = true;
	return 0;
}

static int
take_end(struct reading *r, struct str rest)
{
	struct str issues;

	str_cut(&rest, "\t", &issues);
	if (!num_long(rest, 0, MAX_CASES, &r->tests) ||
	    !num_long(issues, 0, MAX_CASES, &r->issues) || r->text.n)
		return broken(r, "its end can't be read");
	r->ended = true;
	return 0;
}

static int
take_word(struct reading *r, struct str line)
{
	struct str word = line, rest;

	str_cut(&word, " ", &rest);
	if (str_eqz(word, "@producer"))
		return take_producer(r, rest);
	if (str_eqz(word, "@leg"))
		return take_leg(r, rest);
	if (str_eqz(word, "@reports"))
		return take_reports(r, rest);
	if (str_eqz(word, "@tool"))
		return take_tool(r, rest);
	if (str_eqz(word, "@took"))
		return take_took(r, rest);
	if (str_eqz(word, "@time"))
		return take_time(r, rest);
	if (str_eqz(word, "@issue"))
		return take_issue(r, rest);
	if (str_eqz(word, "@saved"))
		return take_saved(r, rest);
	if (str_eqz(word, "@origin"))
		return take_origin(r, rest);
	if (str_eqz(word, "@end"))
		return take_end(r, rest);
	if (str_eqz(word, "@unnamed"))
		return r->leg && num_long(rest, 0, MAX_CASES, &r->leg->unnamed) ? 0 :
			broken(r, "a count that can't be read");
	if (str_eqz(word, "@gate"))
		r->s->version = field(r, rest);
	else if (str_eqz(word, "@name"))
		r->s->name = field(r, rest);
	else if (str_eqz(word, "@project"))
		r->s->project = field(r, rest);
	else if (str_eqz(word, "@revision"))
		r->s->revision = field(r, rest);
	else
		return broken(r, "a line that says nothing known");
	return 0;
}

/* A case costs sixteen bytes; its line stays where it is in the text. */
static int
take_case(struct reading *r, struct str line)
{
	struct snapshot_leg *leg = r->leg;
	struct seen *s;

	if (!snapshot_case_line(&r->c, line))
		return broken(r, "a case that can't be read");
	if (leg->n >= 0x1fffffff)
		return broken(r, "too many cases");
	s = vec_push(leg);
	s->id = snapshot_case_key(&r->c);
	s->suite = r->c.suite_hash;
	s->seq = (uint32_t)(leg->n - 1) | (uint32_t)r->c.outcome << 29;
	leg->count[r->c.outcome]++;
	leg->excused += r->c.excused;
	r->s->tests += !r->c.synthetic;
	r->s->unstable += name_unstable(r->c.name);
	if (outcome_bad(r->c.outcome))
		*vec_push(&r->s->bad) = r->c.key;
	return 0;
}

static int
take_line(struct reading *r, struct str line)
{
	bool suite = str_starts(line, "@suite");

	if (line.n && line.p[0] == '@' && !suite)
		return take_word(r, line);
	if (r->leg == NULL || r->leg->issues.n)
		return broken(r, "a case without a leg");
	if (!r->in_cases) {
		r->leg->from = r->start;
		r->in_cases = true;
		buf_reset(&r->c.coded);
		if (!suite)
			return broken(r, "a case without a suite");
	}
	r->leg->to = (size_t)(r->text.p - r->s->text.p);
	if (suite)
		return snapshot_suite_line(&r->c, line) ? 0 : broken(r, "a bad suite");
	return take_case(r, line);
}

static int
read_head(struct reading *r)
{
	struct str line, number;
	long version;

	if (!str_line(&r->text, &line) || !snapshot_magic(line)) {
		err_set(r->err, r->at, "this is no baseline");
		return -1;
	}
	number = str_from(line, strlen(SNAPSHOT_SCHEMA));
	if (!num_long(number, 1, 1000000, &version))
		return broken(r, "its schema's version can't be read");
	if (version > SNAPSHOT_VERSION) {
		err_set(r->err, r->at, "a baseline of schema %ld, written by a newer gate; this "
			"one reads schema %d", version, SNAPSHOT_VERSION);
		return err_hint(r->err, "use the same gate that saved it, or save a new baseline");
	}
	return 0;
}

static int
by_key(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static int
read_lines(struct reading *r)
{
	struct str line;

	if (read_head(r) < 0)
		return -1;
	for (r->at.line = 2; !r->ended; r->at.line++) {
		r->start = (size_t)(r->text.p - r->s->text.p);
		if (r->text.n == 0 || str_chr(r->text, '\n') == STR_NPOS) {
			err_set(r->err, r->at, "a baseline that was cut: its end is missing");
			return err_hint(r->err, "`gate baseline save` writes a new one");
		}
		str_line(&r->text, &line);
		if (take_line(r, line) < 0)
			return -1;
	}
	if (r->tests != r->s->tests || r->issues != r->s->issues)
		return broken(r, "it does not hold what its end says");
	return 0;
}

int
snapshot_parse(struct snapshot *s, struct buf *text, const char *file, struct err *err)
{
	struct reading r = { .s = s, .err = err, .at = { .file = file, .line = 1 } };
	int rc;

	*s = (struct snapshot){ .text = *text, .saved = DATE_NONE };
	*text = (struct buf){ 0 };
	r.text = buf_str(&s->text);
	rc = read_lines(&r);
	for (size_t i = 0; i < s->producers.n; i++)
		for (size_t k = 0; k < s->producers.v[i]->legs.n; k++)
			seen_sort(s->producers.v[i]->legs.v[k]->v, s->producers.v[i]->legs.v[k]->n,
				SEEN_BY_ORDER);
	vec_sort(&s->bad, by_key);
	snapshot_case_release(&r.c);
	buf_release(&r.field);
	return rc;
}
