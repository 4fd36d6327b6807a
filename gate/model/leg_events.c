/*
 * leg_events.c -- what a parser says, as lines of a leg file, while it reads; see leg.h.
 *
 * A passing case costs its line and nothing else: nothing of it is held.
 */
#include "gate/base/limits.h"
#include "gate/model/identity.h"
#include "gate/model/leg_text.h"
#include "gate/model/seen.h"

/* What nobody writes here would be lost on the way through a leg. */
_Static_assert(sizeof(struct sink) == 14 * sizeof(void *), "leg_events.c: a new event");
_Static_assert(sizeof(void *) != 8 || sizeof(struct test_event) == 224,
	"leg_events.c: a case has a new member");
_Static_assert(sizeof(void *) != 8 || sizeof(struct issue_event) == 152,
	"leg_events.c: a result has a new member");

/* A field that cases share is written when it changes. */
static void
put_shared(struct leg_writer *w, const char *name, struct str s, struct buf *last)
{
	if (str_eq(s, buf_str(last)))
		return;
	buf_reset(last);
	buf_add(last, s);
	leg_put_always(w, name, s, MAX_NAME_KEPT);
}

static bool
changes(struct leg_writer *w, struct str s)
{
	return !str_eq(leg_hidden(w, s, MAX_NAME_KEPT), s);
}

/* Names that lose a secret no longer tell cases apart: what they were hashed to does. */
static void
put_key(struct leg_writer *w, const struct test_event *ev, bool always)
{
	struct str id = buf_str(&w->id);

	always = always || ev->keyed || changes(w, id) || changes(w, ev->suite) ||
		changes(w, ev->name) || changes(w, ev->class) || changes(w, ev->file);
	if (ev->dialect == DIALECT_READY || always)
		leg_put(w, "id", id, MAX_NAME_KEPT);
	if (!always)
		return;
	leg_put_hex(w, "key", ev->keyed ? ev->key : seen_key(id));
	leg_put_hex(w, "suite_key", ev->keyed ? ev->suite_key : seen_suite(ev->suite));
}

/*
 * The ID goes to w->id, the tidy path to ev->file. True: the path is the ID's own, told because the
 * prefixes that came off it here may not be known where the leg is read; the ID must not follow.
 */
static bool
put_names(struct leg_writer *w, struct test_event *ev)
{
	struct str raw = ev->file, plain;

	tidy_path(&w->tidy, w->opt, raw, &ev->file);
	buf_reset(&w->id);
	if (ev->keyed)
		buf_add(&w->id, ev->id);
	else
		identity_test(&w->id, ev);
	if (ev->file.n || ev->keyed)
		return false;
	raw = identity_file(ev, buf_str(&w->id));
	tidy_path(&w->tidy, w->opt, raw, &plain);
	if (str_eq(raw, plain))
		return false;
	ev->file = plain;
	return true;
}

static void
put_props(struct leg_writer *w, const struct test_event *ev)
{
	size_t n = ev->nprops > MAX_PROPS_KEPT ? MAX_PROPS_KEPT : ev->nprops;

	if (n == 0)
		return;
	leg_name(w, "props");
	for (size_t i = 0; i < n; i++) {
		buf_addz(&w->out, i ? ",[" : "[[");
		leg_add_string(&w->out, leg_hidden(w, ev->props[i].name, MAX_NAME_KEPT));
		buf_addc(&w->out, ',');
		leg_add_string(&w->out, leg_hidden(w, ev->props[i].value, MAX_NAME_KEPT));
		buf_addc(&w->out, ']');
	}
	buf_addc(&w->out, ']');
}

static int
write_test(void *ctx, const struct test_event *ev)
{
	struct leg_writer *w = ctx;
	struct test_event own = *ev;
	bool own_path;

	leg_begin_report(w);
	own_path = put_names(w, &own);
	leg_begin(w);
	leg_put_always(w, "case", ev->name, MAX_NAME_KEPT);
	if (ev->outcome != OUT_PASSED)
		leg_put_word(w, "outcome", str_of(outcome_name(ev->outcome)));
	put_shared(w, "suite", ev->suite, &w->suite);
	put_shared(w, "class", ev->class, &w->class);
	put_shared(w, "file", own.file, &w->file);
	own.file = buf_str(&w->file); /* the next path that is tidied takes its place */
	if (ev->dialect != w->dialect)
		leg_put_word(w, "dialect", str_of(dialect_name(ev->dialect)));
	w->dialect = ev->dialect;
	leg_put_seconds(w, ev->seconds);
	leg_put_number(w, "down", ev->at - w->at);
	w->at = ev->at;
	leg_put_number(w, "line", ev->line);
	leg_put(w, "type", ev->type, MAX_NAME_KEPT);
	leg_put(w, "message", ev->message, MAX_TEXT_KEPT);
	leg_put(w, "text", ev->text, MAX_TEXT_KEPT);
	if (ev->place.n) {
		struct str place;

		tidy_path(&w->tidy, w->opt, ev->place, &place);
		leg_put(w, "place", place, MAX_NAME_KEPT);
	}
	leg_put_number(w, "place_line", ev->place_line);
	put_props(w, ev);
	leg_put_number(w, "attempts", (long)ev->attempts);
	put_key(w, &own, own_path);
	leg_end(w);
	return w->to.test(w->to.ctx, ev);
}

static int
write_issue(void *ctx, const struct issue_event *ev)
{
	struct leg_writer *w = ctx;
	struct str file;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_always(w, "issue", ev->rule, MAX_NAME_KEPT);
	leg_put(w, "tool", ev->tool, MAX_NAME_KEPT);
	leg_put(w, "severity", ev->severity, MAX_NAME_KEPT);
	leg_put(w, "message", ev->message, MAX_TEXT_KEPT);
	tidy_path(&w->tidy, w->opt, ev->file, &file);
	leg_put(w, "file", file, MAX_NAME_KEPT);
	leg_put(w, "fingerprint", ev->fingerprint, MAX_NAME_KEPT);
	leg_put(w, "identifiers", ev->identifiers, MAX_NAME_KEPT);
	leg_put_number(w, "line", ev->line);
	leg_put_number(w, "end_line", ev->end_line);
	leg_put_number(w, "column", ev->column);
	leg_put_number(w, "at", ev->at);
	if (ev->level != LEVEL_UNKNOWN)
		leg_put_word(w, "level", str_of(level_name(ev->level)));
	leg_put_true(w, "suppressed", ev->suppressed);
	leg_put_true(w, "info", ev->info_only);
	leg_end(w);
	return w->to.issue(w->to.ctx, ev);
}

static void
write_amend(void *ctx, long nth, enum level was, const struct issue_event *ev)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_name(w, "amend");
	buf_addf(&w->out, "%ld", nth);
	leg_put_word(w, "was", str_of(level_name(was)));
	leg_put(w, "tool", ev->tool, MAX_NAME_KEPT);
	leg_put(w, "severity", ev->severity, MAX_NAME_KEPT);
	if (ev->level != LEVEL_UNKNOWN)
		leg_put_word(w, "level", str_of(level_name(ev->level)));
	leg_put_true(w, "suppressed", ev->suppressed);
	leg_end(w);
	if (w->to.amend)
		w->to.amend(w->to.ctx, nth, was, ev);
}

static void
write_unnamed(void *ctx, enum outcome outcome, long n)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_word(w, "unnamed", str_of(outcome_name(outcome)));
	leg_put_number(w, "n", n);
	leg_end(w);
	if (w->to.unnamed)
		w->to.unnamed(w->to.ctx, outcome, n);
}

static void
write_suite_error(void *ctx, struct str name, struct str message, long line)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_always(w, "suite_error", name, MAX_NAME_KEPT);
	leg_put(w, "message", message, MAX_TEXT_KEPT);
	leg_put_number(w, "at", line);
	leg_end(w);
	w->to.suite_error(w->to.ctx, name, message, line);
}

static void
write_problem(void *ctx, enum problem_code code, long line, struct str message)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_word(w, "problem", str_of(problem_name(code)));
	leg_put(w, "message", message, MAX_TEXT_KEPT);
	leg_put_number(w, "at", line);
	leg_end(w);
	w->to.problem(w->to.ctx, code, line, message);
}

static void
write_declared(void *ctx, const struct totals *t)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_name(w, "declared");
	buf_addf(&w->out, "[%ld,%ld,%ld,%ld]", t->tests, t->failures, t->errors, t->skipped);
	leg_end(w);
	w->to.declared(w->to.ctx, t);
}

static void
write_elements(void *ctx, long failures, long errors)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_name(w, "elements");
	buf_addf(&w->out, "[%ld,%ld]", failures, errors);
	leg_end(w);
	w->to.elements(w->to.ctx, failures, errors);
}

static void
write_surplus(void *ctx, struct str name, long n, long line)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_always(w, "surplus", name, MAX_NAME_KEPT);
	leg_put_number(w, "n", n);
	leg_put_number(w, "at", line);
	leg_end(w);
	if (w->to.surplus)
		w->to.surplus(w->to.ctx, name, n, line);
}

static void
write_tool(void *ctx, struct str name, struct str version)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_always(w, "tool", name, MAX_NAME_KEPT);
	leg_put(w, "version", version, MAX_NAME_KEPT);
	leg_end(w);
	w->to.tool(w->to.ctx, name, version);
}

static void
write_clean(void *ctx)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_true(w, "clean", true);
	leg_end(w);
	w->to.clean(w->to.ctx);
}

static void
write_forget(void *ctx)
{
	struct leg_writer *w = ctx;

	leg_begin_report(w);
	leg_begin(w);
	leg_put_true(w, "forget", true);
	leg_end(w);
	if (w->to.forget)
		w->to.forget(w->to.ctx);
}

struct sink
leg_write_tee(void *ctx, struct report *r, struct sink to)
{
	struct leg_writer *w = ctx;

	w->report = r;
	w->to = to;
	w->begun = false;
	w->dialect = DIALECT_NONE;
	w->at = 0;
	buf_reset(&w->suite);
	buf_reset(&w->class);
	buf_reset(&w->file);
	return (struct sink){
		.ctx = w,
		.test = write_test,
		.issue = write_issue,
		.unnamed = write_unnamed,
		.suite_error = write_suite_error,
		.surplus = write_surplus,
		.problem = write_problem,
		.declared = write_declared,
		.elements = write_elements,
		.tool = write_tool,
		.amend = write_amend,
		.clean = write_clean,
		.forget = write_forget,
		.leg = NULL, /* a leg of legs: refused */
	};
}
