/*
 * gate_leg.c -- one leg of a matrix, as `gate collect` reduced it; the format is described in
 * gate/model/leg.h.
 *
 * Its reports become reports of the run again, event by event, and are held to all that a
 * report is held to. Such files travel as artifacts, so nothing in them is believed: a member
 * of a wrong type, an unknown word or a line out of order refuses what follows.
 */
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "gate/model/leg.h"
#include "parsers/parser.h"
#include "parsers/support/leg_reading.h"

static const char *const members[] = {
	[SCHEMA] = "schema", [REPORT] = "report", [CASE] = "case", [ISSUE] = "issue",
	[AMEND] = "amend", [UNNAMED] = "unnamed", [SUITE_ERROR] = "suite_error",
	[SURPLUS] = "surplus", [PROBLEM] = "problem", [FORGET] = "forget", [CLEAN] = "clean",
	[DECLARED] = "declared", [ELEMENTS] = "elements", [DONE] = "done", [END] = "end",
	[TOOL] = "tool", [REVISION] = "revision", [RUN] = "run", [JOB] = "job",
	[ATTEMPT] = "attempt",
	[STRIP] = "strip", [PRODUCERS] = "producers", [PRODUCER] = "producer",
	[FORMAT] = "format", [KIND] = "kind", [OUTCOME] = "outcome", [SUITE] = "suite",
	[CLASS] = "class", [FILE_NAME] = "file", [DIALECT] = "dialect", [SECONDS] = "seconds",
	[DOWN] = "down", [LINE] = "line", [TYPE] = "type", [MESSAGE] = "message",
	[TEXT] = "text", [PLACE] = "place", [PLACE_LINE] = "place_line", [PROPS] = "props",
	[ATTEMPTS] = "attempts", [ID] = "id", [KEY] = "key", [SUITE_KEY] = "suite_key",
	[SEVERITY] = "severity", [FINGERPRINT] = "fingerprint", [IDENTIFIERS] = "identifiers",
	[END_LINE] = "end_line",
	[COLUMN] = "column", [AT] = "at", [LEVEL] = "level", [SUPPRESSED] = "suppressed",
	[INFO] = "info", [WAS] = "was", [N] = "n", [ABSENT] = "absent",
	[CONTEXTS] = "contexts", [GATE] = "gate", [VERSION] = "version",
	[MEMBERS] = NULL,
};

enum { PART_NAME, PART_LEG, PART_EXIT, PART_PROBLEMS };
static const char *const part_members[] = { "name", "leg", "exit", "problems", NULL };

enum { WHY_CODE, WHY_MESSAGE };
static const char *const why_members[] = { "code", "message", NULL };

/* ---- the head ---- */

static bool
take_part(struct leg_reading *l, struct json *j, struct str v)
{
	struct str *f = l->part->field, exit, problems;
	struct leg_part *p;
	struct json_cursor c;
	struct buf one = BUF_INIT, two = BUF_INIT;
	bool ok;

	js_take(j, v, l->part);
	exit = f[PART_EXIT];
	problems = f[PART_PROBLEMS];
	ok = js_is_string(f[PART_NAME]) && !js_empty(f[PART_NAME]) &&
		(f[PART_LEG].p == NULL || js_is_string(f[PART_LEG])) &&
		(problems.p == NULL || js_is_array(problems)) &&
		l->file->parts.n < MAX_LEG_PARTS;
	if (!ok)
		return false;
	p = leg_part_add(l->file, js_text(f[PART_NAME], &one),
		f[PART_LEG].p ? js_text(f[PART_LEG], &two) : STR_NONE);
	if (exit.p && js_is(exit, "unreadable"))
		p->exit_known = EXIT_BAD;
	else if (exit.p && (ok = num_long(exit, 0, 255, &p->exit_status)))
		p->exit_known = EXIT_GIVEN;
	c = js_cursor(problems);
	while (ok && js_next(j, &c, l->why)) {
		enum problem_code code;

		ok = js_is_string(l->why->field[WHY_CODE]) && p->problems.n < 100 &&
			js_is_string(l->why->field[WHY_MESSAGE]) &&
			leg_problem_word(js_text(l->why->field[WHY_CODE], &one), &code);
		if (ok)
			leg_part_problem(l->file, p, code,
				js_text(l->why->field[WHY_MESSAGE], &two));
	}
	buf_release(&one);
	buf_release(&two);
	return ok;
}

static int
check_schema(struct leg_reading *l, struct json *j)
{
	struct str schema = STR_NONE;
	struct buf b = BUF_INIT;
	long version;

	if (!leg_text(l, SCHEMA, &schema) || !str_skip(&schema, LEG_SCHEMA) ||
	    !num_long(schema, 1, 1000000, &version))
		return leg_refuse(l, j, "its schema can't be read");
	if (version <= LEG_VERSION)
		return 0;
	buf_addf(&b, "a leg file of schema %ld, written by a newer gate; this one reads schema %d; "
		"use the same gate for all legs", version, LEG_VERSION);
	l->out->problem(l->out->ctx, PROBLEM_REFUSED, js_line(j), buf_str(&b));
	buf_release(&b);
	l->refused = true;
	return -1;
}

static int
take_head(struct leg_reading *l, struct json *j)
{
	struct str revision = STR_NONE, run = STR_NONE, job = STR_NONE, gate = STR_NONE;
	struct str strip = l->line->field[STRIP], parts = l->line->field[PRODUCERS];
	struct json_cursor c;
	struct leg_file *f;
	bool ok = true;

	if (check_schema(l, j) < 0)
		return -1;
	f = l->file = l->out->leg ? l->out->leg(l->out->ctx) : NULL;
	if (f == NULL)
		return leg_refuse(l, j, "a leg can't stand here");
	if (!leg_text(l, REVISION, &revision) || !leg_text(l, RUN, &run) ||
	    !leg_text(l, JOB, &job) || !leg_text(l, GATE, &gate) ||
	    !leg_number(l, ATTEMPT, 0, MAX_LEG_N, &f->attempt) || !js_is_array(parts) ||
	    (strip.p && !js_is_array(strip)))
		return leg_refuse(l, j, "its head can't be read");
	f->revision = arena_dup(&f->mem, revision);
	f->run = arena_dup(&f->mem, run);
	f->job = arena_dup(&f->mem, job);
	c = js_cursor(strip);
	while (ok && js_next(j, &c, NULL)) {
		ok = js_is_string(c.value) && f->strip.n < 1000;
		if (ok)
			*vec_push(&f->strip) = arena_dup(&f->mem,
				js_text(c.value, &l->text[STRIP]));
	}
	c = js_cursor(parts);
	while (ok && js_next(j, &c, NULL))
		ok = take_part(l, j, c.value);
	if (!ok || f->parts.n == 0)
		return leg_refuse(l, j, "its producers can't be read");
	leg_file_ready(f);
	return 0;
}

/* One of ours, or one that the policy describes: its name, and no text that would be shown. */
static bool
format_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_' && s.p[i] != '.')
			return false;
	return s.n <= 64;
}

static int
take_report(struct leg_reading *l, struct json *j)
{
	struct str path = STR_NONE, format = STR_NONE, kind = STR_NONE, tool = STR_NONE;
	struct report *r;
	long part = -1;

	if (l->now)
		return leg_refuse(l, j, "a report begins inside of another");
	if (!leg_text(l, REPORT, &path) || !leg_text(l, FORMAT, &format) ||
	    !leg_text(l, KIND, &kind) ||
	    !leg_text(l, TOOL, &tool) || path.n == 0 ||
	    !leg_number(l, PRODUCER, 0, (long)l->file->parts.n - 1, &part) || part < 0 ||
	    l->file->reports.n >= MAX_FILES)
		return leg_refuse(l, j, "a report that can't be read");
	r = leg_report_add(l->file, (size_t)part, path);
	l->now = &l->file->reports.v[l->file->reports.n - 1];
	l->sink = report_sink(r, &l->file->parts.v[part].opt);
	r->format = arena_dup(&r->mem, format);
	for (int k = KIND_TESTS; k <= KIND_SECURITY; k++)
		if (str_eqz(kind, report_kind_name((enum report_kind)k)))
			r->kind = (enum report_kind)k;
	if (!format_word(format) || (kind.n && r->kind == KIND_NONE))
		return leg_refuse(l, j, "a report of a format that is not known");
	r->tool = arena_dup(&r->mem, tool);
	for (size_t i = 0; i < sizeof(l->shared) / sizeof(l->shared[0]); i++)
		buf_reset(&l->shared[i]);
	l->dialect = DIALECT_NONE;
	l->at = 0;
	return 0;
}

static int
on_line(void *ctx, struct json *j, const struct json_value *v)
{
	struct leg_reading *l = ctx;
	const struct str *f = l->line->field;
	long lines = -1;

	if (l->ended || !js_is_object(v->text))
		return leg_refuse(l, j, l->ended ? "more stands behind its end" :
			"a line that is no object");
	if (l->file == NULL)
		return take_head(l, j);
	l->lines++;
	if (f[REPORT].p)
		return take_report(l, j);
	if (f[END].p) {
		/* The head is a line too, and this one is none of those before. */
		if (l->now || !leg_number(l, END, 1, MAX_LEG_N, &lines) || lines != l->lines)
			return leg_refuse(l, j, "it does not hold what its end says");
		l->ended = l->file->whole = true;
		return 0;
	}
	return l->now ? leg_take_event(l, j) : leg_refuse(l, j, "a line outside of any report");
}

static int
on_noise(void *ctx, struct json *j, struct str line)
{
	(void)line;
	return leg_refuse(ctx, j, "a line that is no object");
}

static int
gate_leg_parse(struct source *in, const struct sink *out)
{
	struct leg_reading l = { .out = out };
	const char *why;
	int rc;

	l.line = js_paths_new(members, &why);
	l.part = js_paths_new(part_members, &why);
	l.why = js_paths_new(why_members, &why);
	{
		const struct json_want wants[] = {
			{ .path = "", .take = l.line, .value = on_line },
		};
		const struct json_plan plan = { .wants = wants, .n = 1, .ctx = &l, .lines = true,
			.noise = on_noise };

		rc = js_read(in, out, &plan);
	}
	if (l.now)
		report_problem(l.now->report, PROBLEM_TRUNCATED, 0,
			"the leg file ends, or breaks off, before the end of this report");
	leg_finish(&l);
	if (l.file && (rc < 0 || l.refused))
		l.file->whole = false;
	if (rc == 0 && !l.ended) {
		out->problem(out->ctx, PROBLEM_TRUNCATED, 0, STR("a leg file without its end"));
		rc = -1;
	}
	js_paths_free(l.line);
	js_paths_free(l.part);
	js_paths_free(l.why);
	for (size_t i = 0; i < MEMBERS; i++)
		buf_release(&l.text[i]);
	for (size_t i = 0; i < sizeof(l.shared) / sizeof(l.shared[0]); i++)
		buf_release(&l.shared[i]);
	for (size_t i = 0; i < l.prop_texts.n; i++)
		buf_release(&l.prop_texts.v[i]);
	vec_release(&l.prop_texts);
	vec_release(&l.props);
	return rc;
}

static int
gate_leg_sniff(struct str head)
{
	return str_starts(head, "{\"schema\":\"" LEG_SCHEMA) ? 100 : 0;
}

const struct parser parser_gate_leg = {
	.name = "gate-leg",
	.help = "one leg of a matrix, as `gate collect` writes it",
	.kind = KIND_NONE,
	.spec = "gate/model/leg.h",
	.sniff = gate_leg_sniff,
	.parse = gate_leg_parse,
};
