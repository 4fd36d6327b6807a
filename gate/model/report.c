/*
 * report.c -- the sink that collects one report; see report.h.
 *
 * The way of a passing case is the hot path: its ID is spelled into a scratch buffer,
 * hashed, and sixteen bytes are kept. Nothing is allocated for it.
 */
#include "gate/model/report.h"

#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/utf8.h"
#include "gate/model/collector.h"
#include "gate/model/identity.h"
#include "gate/model/kept.h"
#include "gate/model/leg.h"
#include "gate/model/report_tape.h"
#include "gate/model/seen.h"
#include "gate/model/versions.h"

#define MAX_SURPLUS 1000 /* synthetic cases that one surplus makes; the problem says how many */

static const struct collect_options no_options;

/* A redacted copy of at most `max` bytes that says how much it leaves out. */
static struct str
keep(struct report *r, struct str s, size_t max)
{
	struct collector *c = r->collector;

	if (s.n == 0)
		return STR_NONE;
	return arena_dup(&r->mem, kept_text(c->opt->redactor, s, max, &c->hidden));
}

/* The same for a field that is often equal to the one kept last. */
static struct str
keep_shared(struct report *r, struct str s, struct str *last)
{
	if (s.n == 0)
		return STR_NONE;
	if (!str_eq(s, *last))
		*last = keep(r, s, MAX_NAME_KEPT);
	return *last;
}

/* The last part of a path, whichever way its slashes lean. */
static struct str
path_name(struct str path)
{
	size_t at = str_rchr(path, '\\');

	return str_basename(at == STR_NPOS ? path : str_from(path, at + 1));
}

/* The case's own file before the one its ID names before where it failed. */
static void
keep_place(struct report *r, struct test *t, const struct test_event *ev, struct str id)
{
	struct collector *c = r->collector;
	struct str file = ev->file.n ? ev->file : identity_file(ev, id);

	t->line = ev->line;
	if (ev->place.n && (file.n == 0 || str_eq(path_name(file), path_name(ev->place)))) {
		t->line = ev->place_line;
		file = file.n ? file : ev->place;
	}
	t->file = keep_shared(r, tidy_path(&c->tidy, c->opt, file, NULL), &c->last_file);
}

static struct test *
keep_test(struct report *r, const struct test_event *ev, struct str id)
{
	struct collector *c = r->collector;
	struct test *t = vec_push(&r->tests);

	t->report = r;
	t->id = t->base_id = keep(r, id, MAX_NAME_KEPT);
	t->suite = keep_shared(r, ev->suite, &c->last_suite);
	t->class = keep_shared(r, ev->class, &c->last_class);
	t->name = keep(r, ev->name, MAX_NAME_KEPT);
	keep_place(r, t, ev, id);
	t->type = keep(r, ev->type, MAX_NAME_KEPT);
	t->message = keep(r, ev->message, MAX_TEXT_KEPT);
	t->text = keep(r, ev->text, MAX_TEXT_KEPT);
	if (str_eq(t->text, t->message))
		t->text = t->message;
	t->nprops = ev->nprops > MAX_PROPS_KEPT ? MAX_PROPS_KEPT : ev->nprops;
	if (t->nprops)
		t->props = arena_alloc(&r->mem, t->nprops * sizeof(*t->props));
	for (size_t i = 0; i < t->nprops; i++) {
		t->props[i].name = keep(r, ev->props[i].name, MAX_NAME_KEPT);
		t->props[i].value = keep(r, ev->props[i].value, MAX_NAME_KEPT);
	}
	t->at = ev->at;
	t->seconds = ev->seconds;
	t->outcome = ev->outcome;
	t->dialect = ev->dialect;
	t->attempts = ev->attempts;
	return t;
}

bool
report_worth_keeping(const struct report *r, const struct test_event *ev, struct str id)
{
	const struct collect_options *o = r->collector->opt;

	if (o->keep_all || (ev->outcome != OUT_PASSED && ev->outcome != OUT_SKIPPED))
		return true;
	if (o->watch && o->watch(o->watch_ctx, ev, id))
		return true;
	if (o->fresh == NULL || r->collector->fresh >= MAX_FRESH_KEPT ||
	    !o->fresh(o->watch_ctx, ev, id))
		return false;
	r->collector->fresh++;
	return true;
}

/* IDs of these dialects are spelled with the path of the file. */
static bool
id_has_path(enum dialect d)
{
	return d == DIALECT_PYTEST || d == DIALECT_JS;
}

static int
over_limit(struct report *r, long at, const char *what, long limit)
{
	report_problem(r, PROBLEM_OVER_LIMIT, at, "more than %ld %s; the rest was not read", limit,
		what);
	return -1;
}

/* Neighbours share their suite, so the last one is nearly always right. */
static uint32_t
suite_index(struct report *r, struct str suite, uint32_t hash)
{
	struct seen_names *names = r->names;
	struct seen_suite_name *s;

	if (names->suites.n && names->suites.v[names->suites.n - 1].hash == hash)
		return (uint32_t)names->suites.n - 1;
	s = vec_push(&names->suites);
	s->name = keep(r, suite, MAX_NAME_KEPT);
	s->hash = hash;
	return (uint32_t)names->suites.n - 1;
}

static void
keep_name(struct report *r, struct str id, struct str suite, const struct seen *s)
{
	struct collector *c = r->collector;
	struct seen_name *name;
	struct seen_names *names;

	if (r->names == NULL)
		r->names = xcalloc(1, sizeof(*r->names));
	names = r->names;
	buf_reset(&c->hidden);
	if (c->opt->redactor && redact(c->opt->redactor, id, &c->hidden))
		id = buf_str(&c->hidden);
	id = utf8_head(id, MAX_NAME_KEPT);
	name = vec_push(&names->v);
	name->key = s->id;
	name->at = names->text.n;
	name->n = (uint32_t)id.n;
	buf_add(&names->text, id);
	name->suite = suite_index(r, suite, s->suite);
}

static int
take_test(void *ctx, const struct test_event *ev)
{
	struct report *r = ctx;
	struct collector *c = r->collector;
	struct test_event own;
	struct seen *s;
	struct test *t;
	struct str id;
	bool kept;

	if (r->total >= MAX_CASES)
		return over_limit(r, ev->at, "cases", MAX_CASES);
	buf_reset(&c->id);
	if (ev->keyed) {
		buf_add(&c->id, ev->id);
	} else if (ev->file.n && id_has_path(ev->dialect)) {
		own = *ev;
		tidy_path(&c->tidy, c->opt, ev->file, &own.file);
		identity_test(&c->id, &own);
	} else {
		identity_test(&c->id, ev);
	}
	id = buf_str(&c->id);
	s = vec_push(&r->seen);
	s->id = ev->keyed ? ev->key : seen_key(id);
	s->suite = ev->keyed ? ev->suite_key : seen_suite(ev->suite);
	/* Its place among the names and times: cases without a name have none there. */
	s->seq = (uint32_t)(r->seen.n - 1) | (uint32_t)ev->outcome << 29;
	r->total++;
	r->count[ev->outcome]++;
	if (c->opt->names)
		keep_name(r, id, ev->suite, s);
	if (c->opt->names || c->opt->times)
		report_time(r, ev, id, s);
	kept = report_worth_keeping(r, ev, id);
	if (!kept && c->opt->recorder == NULL)
		return 0;
	if (r->tests.n >= MAX_KEPT)
		return over_limit(r, ev->at, "failures", MAX_KEPT);
	t = keep_test(r, ev, id);
	s = &r->seen.v[r->seen.n - 1];
	t->key = s->id;
	t->suite_key = s->suite;
	t->seq = SEEN_SEQ(*s);
	if (c->opt->recorder)
		report_record_test(c->opt->recorder, t, kept);
	if (!kept)
		r->tests.n--;
	return 0;
}

static void
take_unnamed(void *ctx, enum outcome outcome, long n)
{
	struct report *r = ctx;

	if (n > MAX_CASES - r->total) {
		over_limit(r, 0, "cases", MAX_CASES);
		n = MAX_CASES - r->total;
	}
	if (n <= 0)
		return;
	r->count[outcome] += n;
	r->total += n;
	r->unnamed += n;
}

static int
take_issue(void *ctx, const struct issue_event *ev)
{
	struct report *r = ctx;
	struct collector *c = r->collector;
	struct issue *i;

	r->issue_total++;
	if (ev->suppressed)
		r->issue_suppressed++;
	if (!ev->suppressed && !ev->info_only) {
		r->issue_actionable++;
		r->issue_by_level[ev->level]++;
	}
	if ((ev->info_only && !c->opt->keep_all) || c->opt->count_issues)
		return 0;
	if (r->issues.n >= MAX_KEPT)
		return over_limit(r, ev->at, "results", MAX_KEPT);
	i = vec_push(&r->issues);
	i->report = r;
	i->tool = keep_shared(r, ev->tool.n ? ev->tool : r->tool, &c->last_suite);
	i->rule = keep_shared(r, ev->rule, &c->last_class);
	i->severity = keep_shared(r, ev->severity, &c->last_severity);
	i->message = keep(r, ev->message, MAX_TEXT_KEPT);
	i->file = keep_shared(r, tidy_path(&c->tidy, c->opt, ev->file, NULL), &c->last_file);
	i->fingerprint = keep(r, ev->fingerprint, MAX_NAME_KEPT);
	i->identifiers = keep_shared(r, ev->identifiers, &c->last_identifiers);
	i->line = ev->line;
	i->end_line = ev->end_line;
	i->column = ev->column;
	i->at = ev->at;
	i->level = ev->level;
	i->suppressed = ev->suppressed;
	i->info_only = ev->info_only;
	return 0;
}

/* With keep_all what is info_only is kept too: a cursor counts past it. */
static struct issue *
nth_issue(struct report *r, long nth)
{
	struct collector *c = r->collector;

	if (nth < c->amended) {
		c->amended = 0;
		c->amend_at = 0;
	}
	for (; c->amend_at < r->issues.n; c->amend_at++) {
		if (r->issues.v[c->amend_at].info_only)
			continue;
		if (c->amended == nth)
			return &r->issues.v[c->amend_at];
		c->amended++;
	}
	return NULL;
}

static void
amend_issue(void *ctx, long nth, enum level was, const struct issue_event *ev)
{
	struct report *r = ctx;
	struct issue *i;

	if (ev->level != LEVEL_UNKNOWN && !ev->suppressed) {
		r->issue_by_level[was]--;
		r->issue_by_level[ev->level]++;
	}
	if (r->collector->opt->count_issues || (i = nth_issue(r, nth)) == NULL)
		return;
	if (ev->tool.n)
		i->tool = keep_shared(r, ev->tool, &r->collector->last_suite);
	if (ev->severity.n)
		i->severity = keep_shared(r, ev->severity, &r->collector->last_severity);
	if (ev->identifiers.n && i->identifiers.n == 0)
		i->identifiers =
			keep_shared(r, ev->identifiers, &r->collector->last_identifiers);
	if (ev->level != LEVEL_UNKNOWN)
		i->level = ev->level;
}

static void
add_synthetic(struct report *r, struct str name, struct str message, long line)
{
	struct test *t;

	if (name.n == 0)
		name = str_basename(r->path);
	r->synthetic++;
	t = vec_push(&r->tests);
	t->report = r;
	t->suite = keep_shared(r, name, &r->collector->last_suite);
	t->message = t->text = keep(r, message, MAX_TEXT_KEPT);
	t->at = line;
	report_make_synthetic(r, t);
	if (r->collector->opt->recorder)
		report_record_synthetic(r->collector->opt->recorder, t);
}

static void
take_suite_error(void *ctx, struct str name, struct str message, long line)
{
	struct report *r = ctx;
	struct str first = str_trim(message);

	first = utf8_head(str_to(first, str_chr(first, '\n')), 200);
	report_problem(r, PROBLEM_SUITE_ERROR, line, "suite %.*s: %.*s",
		STR_FMT(name.n ? utf8_head(name, 200) : STR("without a name")),
		STR_FMT(first.n ? first : STR("an error without a message")));
	add_synthetic(r, name, message, line);
}

void
report_surplus(struct report *r, struct str name, long n, long line)
{
	struct buf b = BUF_INIT;

	r->surplus += n;
	buf_addf(&b, "%ld more failure%s or error%s declared than any case or element shows", n,
		n == 1 ? "" : "s", n == 1 ? "" : "s");
	report_problem(r, PROBLEM_DECLARED_MISMATCH, line, "suite %.*s: %s",
		STR_FMT(name.n ? utf8_head(name, 200) : STR("without a name")), b.p);
	for (long i = 0; i < n && i < MAX_SURPLUS; i++)
		add_synthetic(r, name, buf_str(&b), line);
	buf_release(&b);
}

static void
take_surplus(void *ctx, struct str name, long n, long line)
{
	report_surplus(ctx, name, n, line);
}

static void
take_problem(void *ctx, enum problem_code code, long line, struct str message)
{
	report_problem(ctx, code, line, "%.*s", STR_FMT(message));
}

/* Ceilings, so that hostile totals can't overflow a sum. */
static long
add_total(long sum, long n)
{
	const long most = 1000000000000000L;

	if (n < 0)
		return sum;
	if (sum < 0)
		sum = 0;
	return n > most - sum ? most : sum + n;
}

static void
take_declared(void *ctx, const struct totals *t)
{
	struct report *r = ctx;

	if (!r->has_declared)
		r->declared = (struct totals){ -1, -1, -1, -1 };
	r->has_declared = true;
	r->declared.tests = add_total(r->declared.tests, t->tests);
	r->declared.failures = add_total(r->declared.failures, t->failures);
	r->declared.errors = add_total(r->declared.errors, t->errors);
	r->declared.skipped = add_total(r->declared.skipped, t->skipped);
}

static void
take_elements(void *ctx, long failures, long errors)
{
	struct report *r = ctx;

	r->elements_failures += failures;
	r->elements_errors += errors;
}

static void
take_tool(void *ctx, struct str name, struct str version)
{
	struct report *r = ctx;

	if (name.n)
		r->tool = keep(r, name, MAX_NAME_KEPT);
	r->tool_version = keep(r, version_in(version), MAX_NAME_KEPT);
}

static void
take_clean(void *ctx)
{
	struct report *r = ctx;

	r->clean = true;
}

static void
take_forget(void *ctx)
{
	struct report *r = ctx;

	r->problems.n = 0;
}

static struct leg_file *
take_leg(void *ctx)
{
	struct report *r = ctx;
	struct leg_file **to = r->collector->opt->leg;

	if (to == NULL || *to)
		return NULL;
	*to = leg_file_new(r->collector->opt);
	return *to;
}

struct sink
report_sink(struct report *r, const struct collect_options *opt)
{
	struct sink sink;

	if (r->collector == NULL) {
		r->collector = xcalloc(1, sizeof(*r->collector));
		r->collector->opt = opt ? opt : &no_options;
	}
	sink = (struct sink){
		.ctx = r,
		.test = take_test,
		.issue = take_issue,
		.unnamed = take_unnamed,
		.suite_error = take_suite_error,
		.surplus = take_surplus,
		.problem = take_problem,
		.declared = take_declared,
		.elements = take_elements,
		.tool = take_tool,
		.amend = amend_issue,
		.clean = take_clean,
		.forget = take_forget,
		.leg = take_leg,
	};
	return r->collector->opt->tee
		? r->collector->opt->tee(r->collector->opt->tee_ctx, r, sink) : sink;
}
