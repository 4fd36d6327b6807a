/*
 * finish.c -- after the last event of a report: declared totals are held against what was
 * seen, and cases that share a name are told apart. See report.h.
 */
#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/utf8.h"
#include "gate/model/collector.h"
#include "gate/model/report_tape.h"
#include "gate/model/finding.h"
#include "gate/model/seen.h"
#include "gate/model/timing.h"

/* Declared totals against cases and elements, for the formats that did not do it by suite. */
static void
check_declared(struct report *r)
{
	long bad = r->count[OUT_FAILED] + r->count[OUT_ERROR];
	long elements = r->elements_failures + r->elements_errors;
	long shown = bad > elements ? bad : elements;
	long declared = (r->declared.failures > 0 ? r->declared.failures : 0) +
		(r->declared.errors > 0 ? r->declared.errors : 0);

	if (!r->has_declared || r->broken)
		return;
	if (r->declared.failures < 0 && r->declared.errors < 0)
		declared = -1;
	if (declared > shown + r->surplus)
		report_surplus(r, STR_NONE, declared - shown - r->surplus, 0);
	else if (declared >= 0 && declared < bad)
		report_problem(r, PROBLEM_DECLARED_MISMATCH, 0,
			"%ld failure%s or error%s declared, %ld case%s failed", declared,
			declared == 1 ? "" : "s", declared == 1 ? "" : "s", bad,
			bad == 1 ? "" : "s");
	if (r->declared.tests >= 0 && r->declared.tests != r->total)
		report_problem(r, PROBLEM_DECLARED_MISMATCH, 0,
			"%ld test%s declared, %ld case%s found", r->declared.tests,
			r->declared.tests == 1 ? "" : "s", r->total, r->total == 1 ? "" : "s");
}

/*
 * Sorts the cases; where two suites hold one name, the suite goes in front; notes what is
 * then still named alike.
 */
static void
name_cases(struct report *r)
{
	struct seen *v = r->seen.v;
	size_t n = r->seen.n;
	long alike = 0;
	bool again = false;

	seen_sort(v, n, SEEN_BY_SUITE);
	for (size_t i = 0; i < r->tests.n; i++) {
		struct test *t = &r->tests.v[i];
		size_t at = t->synthetic ? n : seen_find(v, n, t->key);

		if (at == n || v[at].suite == v[at + seen_run(v, n, at) - 1].suite)
			continue;
		t->with_suite = true;
		if (t->suite.n) {
			t->id = arena_printf(&r->mem, "%.*s::%.*s", STR_FMT(t->suite),
				STR_FMT(t->base_id));
		}
	}
	for (size_t i = 0, run; i < n; i += run) {
		run = seen_run(v, n, i);
		if (run == 1)
			continue;
		alike += (long)run - 1;
		if (v[i].suite == v[i + run - 1].suite)
			continue;
		for (size_t k = i + 1; k < i + run; k++)
			alike -= v[k].suite != v[k - 1].suite;
		for (size_t k = i; k < i + run; k++)
			v[k].id = seen_key_in_suite(v[k].id, v[k].suite);
		again = true;
	}
	for (size_t i = 0; again && i < r->tests.n; i++) {
		struct test *t = &r->tests.v[i];

		if (t->with_suite)
			t->key = seen_key_in_suite(t->key, t->suite_key);
	}
	if (again)
		seen_sort(v, n, SEEN_BY_ORDER);
	if (alike)
		report_problem(r, PROBLEM_DUPLICATE_CASE, 0,
			"%ld case%s the name of an earlier case; told apart as (2), (3) ...", alike,
			alike == 1 ? " bears" : "s bear");
}

/* "[suite] NAME::[error]"; run_finish puts the producer in front. */
void
report_make_synthetic(struct report *r, struct test *t)
{
	t->name = STR("[error]");
	t->id = t->base_id = arena_printf(&r->mem, "[suite] %.*s::[error]", STR_FMT(t->suite));
	t->seconds = -1;
	t->outcome = OUT_ERROR;
	t->synthetic = true;
}

static void
collector_free(struct report *r)
{
	struct collector *c = r->collector;

	if (c == NULL)
		return;
	buf_release(&c->id);
	buf_release(&c->hidden);
	tidy_release(&c->tidy);
	free(c);
	r->collector = NULL;
}

/* "eslint:warning" before "warning"; false: the policy has neither. */
static bool
own_level(const struct words *words, struct str tool, struct str word, enum level *out)
{
	bool found = false;

	for (size_t i = 0; i < words->n; i++) {
		struct str text = words->v[i].text;

		if (str_ieq(text, word) && !found) {
			*out = (enum level)words->v[i].value;
			found = true;
		}
		if (text.n == tool.n + 1 + word.n && text.p[tool.n] == ':' &&
			str_ieq(str_to(text, tool.n), tool) &&
			str_ieq(str_from(text, tool.n + 1), word)) {
			*out = (enum level)words->v[i].value;
			return true;
		}
	}
	return found;
}

/* What the policy says of a tool's words outranks the tables of the formats. */
static void
set_levels(struct report *r)
{
	const struct words *words = r->collector ? r->collector->opt->severities : NULL;

	for (size_t k = 0; words && words->n && k < r->issues.n; k++) {
		struct issue *i = &r->issues.v[k];
		enum level level = i->level;

		if (i->severity.n == 0 || !own_level(words, i->tool, i->severity, &level))
			continue;
		if (r->collector->opt->only_raise && level < i->level) {
			r->levels_held++;
			continue;
		}
		if (!i->suppressed && !i->info_only) {
			r->issue_by_level[i->level]--;
			r->issue_by_level[level]++;
		}
		i->level = level;
	}
}

void
report_finish(struct report *r)
{
	check_declared(r);
	if (r->kind == KIND_TESTS && r->total == 0 && !r->broken)
		report_problem(r, PROBLEM_NOTHING_RAN, 0, "no test case in it");
	name_cases(r);
	set_levels(r);
	r->complete = !r->broken;
	collector_free(r);
}

/* A failing case may have ended early, or waited for nothing: its time says little. */
void
report_time(struct report *r, const struct test_event *ev, struct str id, const struct seen *s)
{
	struct collector *c = r->collector;

	if (ev->outcome != OUT_PASSED)
		return;
	if (r->timings == NULL)
		r->timings = xcalloc(1, sizeof(*r->timings));
	if (ev->seconds >= TIMED_MS / 1000.0) {
		buf_reset(&c->hidden);
		if (c->opt->redactor && redact(c->opt->redactor, id, &c->hidden))
			id = buf_str(&c->hidden);
		id = utf8_head(id, MAX_NAME_KEPT);
	}
	timing_add(r->timings, s->id, s->suite, SEEN_SEQ(*s), ev->seconds, id);
}

void
report_release(struct report *r)
{
	if (r == NULL)
		return;
	vec_release(&r->problems);
	vec_release(&r->tests);
	vec_release(&r->seen);
	vec_release(&r->issues);
	if (r->names) {
		buf_release(&r->names->text);
		vec_release(&r->names->suites);
		vec_release(&r->names->v);
		free(r->names);
	}
	if (r->timings) {
		timings_release(r->timings);
		free(r->timings);
	}
	arena_release(&r->mem);
	collector_free(r);
}
