/*
 * json.c -- the decision as a document, regression-gate/decision@1: all that was decided, for
 * machines, for `gate explain --decision` and `gate diff`. JSON is RFC 8259.
 *
 * Written member by member, so that a hundred thousand failures are never one tree in memory.
 * `digest` is the SHA-256 of these bytes without its own line:
 * grep -v '^ "digest": ' decision.json | sha256sum
 */
#include "gate/report/reporter.h"
#include "gate/report/support/environment_json.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/mapped.h"
#include "gate/report/support/rerun.h"
#include "gate/report/support/result_json.h"
#include "gate/report/support/rule_json.h"
#include "gate/report/support/view.h"

#define COMMANDS 50 /* of `rerun`; each test has its own beside */

/* Starts a member of the document; they come in the order of their names. */
static void
member(struct buf *out, const char *name)
{
	buf_addf(out, "%s\n \"%s\": ", out->p[out->n - 1] == '{' ? "" : ",", name);
}

static void
put(struct buf *out, const char *name, json_t *value)
{
	member(out, name);
	json_write(out, value, 1);
}

/* An array written element by element: open, element..., close. */
static void
array_open(struct buf *out, const char *name)
{
	member(out, name);
	buf_addc(out, '[');
}

static void
array_element(struct buf *out, json_t *value)
{
	buf_addz(out, out->p[out->n - 1] == '[' ? "\n  " : ",\n  ");
	json_write(out, value, 2);
}

static void
array_close(struct buf *out)
{
	buf_addz(out, out->p[out->n - 1] == '[' ? "]" : "\n ]");
}

static int
rule_cmp(const void *x, const void *y)
{
	const struct rule_result *const *a = x, *const *b = y;
	int c = str_cmp((*a)->rule, (*b)->rule);

	return c ? c : *a < *b ? -1 : *a > *b; /* instances of one rule: policy order */
}

static void
put_rules(struct buf *out, const struct decision *d)
{
	const struct rule_result **v = xcalloc(d->rules.n + 1, sizeof(*v));

	for (size_t i = 0; i < d->rules.n; i++)
		v[i] = &d->rules.v[i];
	qsort(v, d->rules.n, sizeof(*v), rule_cmp);
	array_open(out, "rules");
	for (size_t i = 0; i < d->rules.n; i++)
		array_element(out, rule_json(d, v[i]));
	array_close(out);
	free(v);
}

static json_t *
counts_json(const struct decision *d)
{
	json_t *o = json_object();

	for (int i = 0; i < CLASSES; i++)
		json_put(o, class_name((enum class)i), json_integer(d->counts[i]));
	return o;
}

static struct str
finding_name(const struct finding *f)
{
	return f ? f->qualified : STR_NONE;
}

static int
absent_cmp(const void *x, const void *y)
{
	const struct absent *const *a = x, *const *b = y;
	int c = str_cmp((*a)->ref, (*b)->ref);

	/* A missing test rests on no finding; one that is orphaned by it comes behind. */
	return c ? c : str_cmp(finding_name((*a)->finding), finding_name((*b)->finding));
}

/* Absents belong to no producer, so by identity they come first; run->tests is sorted. */
static void
put_tests(struct buf *out, const struct decision *d)
{
	const struct run *run = d->run;
	const struct absent **v = xcalloc(run->absents.n + 1, sizeof(*v));

	for (size_t i = 0; i < run->absents.n; i++)
		v[i] = &run->absents.v[i];
	qsort(v, run->absents.n, sizeof(*v), absent_cmp);
	array_open(out, "tests");
	for (size_t i = 0; i < run->absents.n; i++)
		array_element(out, absent_json(d, v[i]));
	for (size_t i = 0; i < run->tests.n; i++) {
		enum class c = run->tests.v[i]->judged.cls;

		if (c != CLASS_PASSED && c != CLASS_SKIPPED)
			array_element(out, test_json(d, run->tests.v[i]));
	}
	array_close(out);
	free(v);
}

/* What blocks is described, whatever its class. */
static void
mark_blocking(const struct decision *d, struct map *issues)
{
	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];
		bool over[LEVELS];

		if (r->outcome != RESULT_FAIL && r->outcome != RESULT_INCONCLUSIVE)
			continue;
		view_levels_over(r, over);
		for (size_t k = 0; k < r->items.n; k++)
			if (r->items.v[k].issue && over[view_item_level(&r->items.v[k])])
				*map_at(issues, r->items.v[k].issue->id) = issues;
	}
}

static void
put_issues(struct buf *out, const struct decision *d)
{
	struct map blocking = { 0 };

	mark_blocking(d, &blocking);
	array_open(out, "issues");
	for (size_t i = 0; i < d->run->issues.n; i++) {
		const struct issue *is = d->run->issues.v[i];

		if (issue_listed(is) || map_get(&blocking, is->id))
			array_element(out, issue_json(d, is));
	}
	array_close(out);
	map_release(&blocking);
}

static json_t *
waiver_json(const struct entry *e)
{
	if (e == NULL || !e->has_waiver)
		return json_null();
	return json_pack("{s:o, s:o, s:o}", "owner", json_text_or_null(e->waiver_owner),
		"reason", json_text_or_null(e->waiver_reason),
		"expires", json_day_or_null(e->waiver_expires));
}

static json_t *
finding_json(const struct decision *d, const struct mapped_finding *m)
{
	json_t *o = json_object(), *tests = json_array(), *issues = json_array();
	const struct finding *f = m->finding, *by = f->state_from ? f->state_from : f;

	for (size_t i = 0; i < m->tests.n; i++)
		json_push(tests, json_text(m->tests.v[i]->id));
	for (size_t i = 0; i < m->issues.n; i++)
		if (issue_listed(m->issues.v[i]))
			json_push(issues, json_text(m->issues.v[i]->id));
	json_put(o, "qualified", json_text(f->qualified));
	json_put(o, "title", json_text_or_null(f->title));
	json_put(o, "state", json_string(state_name(mapped_state(m, d->now))));
	json_put(o, "stated", json_place(by->reg ? by->reg->shown : STR_NONE,
		by->status_line > 0 ? by->status_line : by->line));
	json_put(o, "level", json_string(level_name(f->level)));
	json_put(o, "at", json_place(f->reg ? f->reg->shown : STR_NONE, f->line));
	json_put(o, "owner", json_text_or_null(f->owner));
	json_put(o, "expires", json_day_or_null(f->expires));
	json_put(o, "excuses", json_boolean(f->excuses));
	json_put(o, "waiver", waiver_json(f->entry));
	json_put(o, "tests", tests);
	json_put(o, "issues", issues);
	return o;
}

static void
put_findings(struct buf *out, const struct decision *d)
{
	struct mapped m;

	mapped_init(&m, d);
	array_open(out, "findings");
	for (size_t i = 0; i < m.n; i++)
		array_element(out, finding_json(d, &m.v[i]));
	array_close(out);
	mapped_release(&m);
}

static json_t *
input_json(const struct producer *p, const struct report *r)
{
	const struct finding *under = p->complete ? NULL : view_shown_under(p);
	json_t *o = json_object();

	json_put(o, "name", json_text(p->spec->name));
	json_put(o, "leg", json_text_or_null(r ? r->leg : STR_NONE));
	json_put(o, "path", r ? json_text(r->path) : json_null());
	json_put(o, "format", json_text_or_null(r ? r->format : STR_NONE));
	json_put(o, "sha256", json_text_or_null(r ? str_of(r->sha256) : STR_NONE));
	json_put(o, "complete", json_boolean(r ? r->complete : p->complete));
	json_put(o, "due", json_boolean(!p->not_due));
	json_put(o, "finding", under ? json_text(under->qualified) : json_null());
	json_put(o, "problems", json_array());
	return o;
}

static void
push_problems(json_t *input, const struct problem *v, size_t n)
{
	json_t *problems = json_object_get(input, "problems");

	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		json_put(o, "code", json_string(problem_name(v[i].code)));
		json_put(o, "line", json_line_or_null(v[i].line));
		json_put(o, "message", json_text(v[i].message));
		json_push(problems, o);
	}
}

static int
report_cmp(const void *x, const void *y)
{
	const struct report *const *a = x, *const *b = y;
	int c = str_cmp((*a)->path, (*b)->path);

	return c ? c : str_cmp((*a)->leg, (*b)->leg);
}

/*
 * What is wrong with the producer as a whole (a leg that is absent, too few files) stands
 * with its only file, or in an input of its own.
 */
static void
put_producer(struct buf *out, const struct producer *p)
{
	const struct report **v = xcalloc(p->reports.n + 1, sizeof(*v));
	json_t *o;

	if (p->reports.n == 0 || (p->reports.n > 1 && p->problems.n)) {
		o = input_json(p, NULL);
		push_problems(o, p->problems.v, p->problems.n);
		array_element(out, o);
	}
	for (size_t i = 0; i < p->reports.n; i++)
		v[i] = p->reports.v[i];
	qsort(v, p->reports.n, sizeof(*v), report_cmp);
	for (size_t i = 0; i < p->reports.n; i++) {
		o = input_json(p, v[i]);
		push_problems(o, v[i]->problems.v, v[i]->problems.n);
		if (p->reports.n == 1)
			push_problems(o, p->problems.v, p->problems.n);
		array_element(out, o);
	}
	free(v);
}

static void
put_inputs(struct buf *out, const struct decision *d)
{
	array_open(out, "inputs");
	for (size_t i = 0; i < d->run->producers.n; i++)
		if (!d->run->producers.v[i].out_of_scope)
			put_producer(out, &d->run->producers.v[i]);
	array_close(out);
}

static json_t *
delivery_json(const struct delivery *v)
{
	static const char *const comments[] = {
		[COMMENT_ON_CHANGE] = "on-change", [COMMENT_ALWAYS] = "always",
		[COMMENT_ON_FAILURE] = "on-failure", [COMMENT_OFF] = "off",
	};
	static const char *const messages[] = {
		[MESSAGES_FIRST_LINE] = "first-line", [MESSAGES_NONE] = "none",
		[MESSAGES_FULL] = "full",
	};
	json_t *o = json_object();

	json_put(o, "annotations", json_integer(v->annotations));
	json_put(o, "check", json_boolean(v->check));
	json_put(o, "comment", json_string(comments[v->comment]));
	json_put(o, "discussions", json_boolean(v->discussions));
	json_put(o, "messages", json_string(messages[v->messages]));
	json_put(o, "required", json_boolean(v->required));
	return o;
}

/* In place: the document of a very red run is large, and needs no second copy. */
static void
insert(struct buf *out, size_t at, struct str text)
{
	buf_reserve(out, text.n);
	memmove(out->p + at + text.n, out->p + at, out->n - at + 1);
	memcpy(out->p + at, text.p, text.n);
	out->n += text.n;
}

static void
put_pending(struct buf *out, const struct decision *d)
{
	array_open(out, "pending");
	for (size_t i = 0; i < d->pending.n; i++)
		array_element(out, json_pack("{s:o, s:o}",
			"edit", json_text(d->pending.v[i].edit),
			"at", json_text_or_null(d->pending.v[i].at)));
	array_close(out);
}

static void
put_remarks(struct buf *out, const struct decision *d)
{
	array_open(out, "remarks");
	for (size_t i = 0; i < d->remarks.n; i++)
		array_element(out, json_text(d->remarks.v[i]));
	array_close(out);
}

/* Of what the policy asks for less than its floor, which holds. */
static void
put_below(struct buf *out, const struct decision *d)
{
	array_open(out, "below-floor");
	for (size_t i = 0; i < d->below.n; i++) {
		const struct below_floor *b = &d->below.v[i];

		array_element(out, json_pack("{s:o, s:o, s:o, s:o, s:o}",
			"parameter", json_text(b->parameter), "policy", json_text(b->policy),
			"floor", json_text(b->floor), "at",
			json_place(decision_shown(d, str_of(b->at.file)), b->at.line), "floor_at",
			json_place(decision_shown(d, str_of(b->floor_at.file)), b->floor_at.line)));
	}
	array_close(out);
}

/* One command line for each runner, where people see what blocks without having run it. */
static void
put_rerun(struct buf *out, const struct decision *d)
{
	struct reruns all = { 0 };
	struct buf b = BUF_INIT;
	struct view v;

	view_init(&v, d);
	reruns_of_view(&all, &v);
	array_open(out, "rerun");
	for (size_t i = 0; i < all.v.n && i < COMMANDS; i++) {
		buf_reset(&b);
		rerun_command(&all.v.v[i], &b);
		array_element(out, json_text(buf_str(&b)));
	}
	array_close(out);
	buf_release(&b);
	reruns_release(&all);
	view_release(&v);
}

static void
json_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	char hex[SHA256_HEX];
	struct buf digest = BUF_INIT;
	size_t start = out->n, digest_at;

	(void)opt;
	buf_addc(out, '{');
	put_below(out, d);
	put(out, "counts", counts_json(d));
	put(out, "delivery", delivery_json(&d->delivery));
	digest_at = out->n;
	put(out, "environment", environment_json(d));
	put(out, "exit", json_integer(d->exit));
	put_findings(out, d);
	put(out, "if_merged", d->has_if_merged ? json_string(verdict_name(d->if_merged))
					      : json_null());
	put_inputs(out, d);
	put_issues(out, d);
	put(out, "name", json_text(d->name));
	put_pending(out, d);
	put(out, "pending_digest", json_text_or_null(str_of(d->pending_digest)));
	put_remarks(out, d);
	put_rerun(out, d);
	put_rules(out, d);
	put(out, "schema", json_string("regression-gate/decision@1"));
	put(out, "scope", json_text_or_null(d->scope_note));
	put(out, "sentence", json_text(d->sentence));
	put_tests(out, d);
	put(out, "verdict", json_string(verdict_name(d->verdict)));
	put(out, "waiver_days", d->waiver_days ? json_integer(d->waiver_days) : json_null());
	buf_addz(out, "\n}\n");
	sha256_of(str_from(buf_str(out), start), hex);
	buf_addf(&digest, ",\n \"digest\": \"%s\"", hex);
	insert(out, digest_at, buf_str(&digest));
	buf_release(&digest);
}

const struct reporter reporter_json = {
	.name = "json",
	.help = "the whole decision for machines: regression-gate/decision@1",
	.render = json_render,
};
