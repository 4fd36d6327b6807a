/* jsonmap.c -- see jsonmap.h. */
#include "parsers/support/jsonmap.h"

#include "gate/base/mem.h"
#include "parsers/support/jsonmap_plan.h"
#include "parsers/support/lines.h"

#define SCORE 70
#define SCORE_TERM 3
#define SCORE_MOST 98

int
jsonmap_sniff(const struct jsonmap *map, struct str head)
{
	struct str all = str_of(map->sniff), rest;
	int best = 0;

	while (all.n) {
		char terms[256];
		int n, score;

		rest = STR_NONE;
		str_cut(&all, "|", &rest);
		all = str_to(all, sizeof(terms) - 1);
		memcpy(terms, all.p, all.n);
		terms[all.n] = '\0';
		n = js_has(head, terms);
		score = (map->score ? map->score : SCORE) + (n - 1) * SCORE_TERM;
		if (n && score > best)
			best = score;
		all = rest;
	}
	return best > SCORE_MOST ? SCORE_MOST : best;
}

/* ---- records ---- */

static void
set_ref(struct map_ref *r, struct str raw)
{
	r->raw = raw;
	r->value = js_text(raw, &r->scratch);
}

static void
set_level(struct jsonmap_place *p, size_t at, const struct str *field)
{
	const struct jsonmap_level *l = &p->level[at];

	for (size_t i = 0; i < l->refs.n; i++)
		set_ref(&p->map.ref[l->refs.v[i]], field[l->slots.v[i]]);
}

static void
set_key(struct jsonmap_place *p, size_t at, struct str key)
{
	for (size_t i = 0; i < p->map.nrefs; i++)
		if (p->map.ref[i].key && p->nlevels - 1 - p->map.ref[i].up == at)
			set_ref(&p->map.ref[i], key);
}

/* A description that is not trusted yet must show the records' own place. */
static bool
shows(const struct jsonmap_place *p, size_t level)
{
	return p->hold->run->map->missed == NULL || level == p->nlevels - 1;
}

/*
 * On the way to level `l` from `value`: neither it nor what `next` of it holds may be something
 * that no result can stand in.
 */
static void
tell_strange(struct json *j, const struct jsonmap_level *l, struct str value, struct str next)
{
	if (l->inside.n && !js_is_object(value))
		js_strange(j, value);
	else if (l->many && !js_is_object(next) && !js_is_array(next))
		js_strange(j, next);
}

/*
 * The fields of level `at` are set: sends the record, or goes to the level below. `next` is
 * the container of that level.
 */
static int
send_level(struct jsonmap_place *p, struct json *j, size_t at, struct str value, struct str next)
{
	struct jsonmap_run *run = p->hold->run;
	struct jsonmap_level *l = &p->level[at + 1];
	struct json_cursor c;

	if (at == p->nlevels - 1) {
		run->looked = run->looked || jsonmap_is_record(p);
		return mapping_send(&p->map, run->out, j, run->own, js_line_of(j, value));
	}
	if (jsonmap_is_vital(p))
		tell_strange(j, l, value, next);
	if (jsonmap_is_record(p) && next.p && shows(p, at + 1))
		run->there = true;
	if (!l->many) {
		if (next.p == NULL)
			return 0;
		js_take(j, next, l->take);
		set_level(p, at + 1, l->take->field);
		return send_level(p, j, at + 1, next,
			at + 2 < p->nlevels ? l->take->field[l->next_slot] : STR_NONE);
	}
	c = js_cursor(next);
	while (js_next(j, &c, l->take)) {
		run->looked = run->looked || (jsonmap_is_record(p) && shows(p, at + 1));
		set_level(p, at + 1, l->take->field);
		set_key(p, at + 1, c.key);
		if (send_level(p, j, at + 1, c.value,
			    at + 2 < p->nlevels ? l->take->field[l->next_slot] : STR_NONE) < 0)
			return -1;
	}
	return 0;
}

/* Whether the step to the level below fits the value: a list for `[]`, else an object. */
static bool
leads_on(const struct jsonmap_place *p, struct str value)
{
	const struct jsonmap_level *l = &p->level[p->held + 1];
	bool list = l->inside.n == 0 && str_ends(l->step, "[]");

	return list ? js_is_array(value) : js_is_object(value);
}

/* Of an entry's ways (`[].a[]|a[]`) one that fits the value is enough. */
static bool
other_way(const struct jsonmap_place *p, struct str value)
{
	if (p->held == p->nlevels - 1 || leads_on(p, value))
		return false;
	for (size_t i = 0; i < p->hold->places.n; i++) {
		const struct jsonmap_place *q = p->hold->places.v[i];

		if (q->map.f == p->map.f && q->held < q->nlevels - 1 && leads_on(q, value))
			return true;
	}
	return false;
}

int
jsonmap_send(struct jsonmap_place *p, struct json *j, const struct json_value *v)
{
	const struct jsonmap_level *l = &p->level[p->held];

	if (other_way(p, v->text))
		return 0;
	if (l->many && jsonmap_is_record(p) && shows(p, p->held))
		p->hold->run->looked = true;
	set_level(p, p->held, v->field);
	set_key(p, p->held, v->key);
	return send_level(p, j, p->held, v->text,
		p->held < p->nlevels - 1 ? v->field[l->next_slot] : STR_NONE);
}

/* ---- a report ---- */

static bool
found_any(const struct jsonmap_run *run)
{
	for (size_t i = 0; i < run->places.n; i++)
		if (run->places.v[i]->map.sent)
			return true;
	return false;
}

/* Lines that are no JSON: what the shell around the tool has to say, or its own end. */
static int
on_noise(void *ctx, struct json *j, struct str line)
{
	struct jsonmap_run *run = ctx;
	struct lines l = { .out = run->out, .line = line, .number = js_line(j),
		.cried = run->said };

	if (run->map->noise)
		return run->map->noise(run->own, run->out, line, l.number);
	if (!found_any(run) || !lines_npm(line))
		run->said = lines_cry(&l) || run->said;
	return 0;
}

/* Without a finding: whether the report says that there is none. */
static int
tell_clean(struct jsonmap_run *run)
{
	long sent = 0, failed = 0;
	bool issues = false; /* that no test ran is never clean, and said by whoever counts them */

	for (size_t i = 0; i < run->places.n; i++) {
		issues = issues || run->places.v[i]->map.f->kind == MAP_ISSUE;
		sent += run->places.v[i]->map.sent;
		failed += run->places.v[i]->map.failed + run->places.v[i]->map.nothing;
	}
	if (sent || failed)
		return 0;
	if (!run->there && !run->looked && !run->ran && run->map->missed) {
		for (size_t i = 0; i < run->places.n; i++)
			if (jsonmap_is_record(run->places.v[i]))
				run->map->missed(run->map->missed_ctx, run->places.v[i]->map.f,
					"each", true);
		return -1;
	}
	if (!run->there && !run->looked && !run->ran) {
		run->out->problem(run->out->ctx, PROBLEM_NOT_RECOGNISED, 0,
			STR("JSON, but nothing of what such a report holds is in it"));
		return -1;
	}
	if (!run->looked && (run->map->empty_is_nothing ||
				(run->map->absent_is_nothing && !run->there)))
		run->out->problem(run->out->ctx, PROBLEM_NOTHING_RAN, 0,
			STR("it says that nothing was looked at"));
	else if (issues)
		run->out->clean(run->out->ctx);
	return 0;
}

int
jsonmap_read(const struct jsonmap *map, struct source *in, const struct sink *out)
{
	struct jsonmap_run run = { .out = out };
	struct json_plan plan = { .ctx = &run, .lines = map->lines, .noise = on_noise };
	const char *why = "", *field = "";
	size_t entry;
	int rc;

	run.own = xcalloc(1, map->own_size ? map->own_size : 1);
	if (jsonmap_plan(&run, map, &why, &field, &entry) < 0) {
		out->problem(out->ctx, PROBLEM_NOT_RECOGNISED, 0, str_of(why));
		rc = -1;
	} else {
		plan.wants = run.wants.v;
		plan.n = run.wants.n;
		rc = js_read(in, out, &plan);
	}
	if (map->end && map->end(run.own, out) < 0)
		rc = -1;
	if (rc == 0)
		rc = tell_clean(&run);
	for (size_t i = 0; map->missed && i < run.places.n; i++)
		mapping_missed(&run.places.v[i]->map, map->missed, map->missed_ctx);
	jsonmap_unplan(&run);
	free(run.own);
	return rc;
}

int
jsonmap_check(const struct jsonmap *map, const char **why, const char **field, size_t *entry)
{
	struct jsonmap_run run = { 0 };
	int rc = jsonmap_plan(&run, map, why, field, entry);

	jsonmap_unplan(&run);
	return rc;
}
