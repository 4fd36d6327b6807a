/* inspect_json.c -- see inspect_json.h. */
#include "gate/report/support/inspect_json.h"

#include "gate/base/mem.h"
#include "gate/report/support/json_out.h"

static json_t *
seconds_or_null(double s)
{
	return s < 0 ? json_null() : json_real(s);
}

static json_t *
count_or_null(long n)
{
	return n < 0 ? json_null() : json_integer(n);
}

static json_t *
test_json(const struct test *t)
{
	json_t *o = json_object();

	json_put(o, "id", json_text(t->id));
	json_put(o, "suite", json_text(t->suite));
	json_put(o, "class", json_text(t->class));
	json_put(o, "name", json_text(t->name));
	json_put(o, "file", json_text_or_null(t->file));
	json_put(o, "line", json_line_or_null(t->line));
	json_put(o, "outcome", json_string(outcome_name(t->outcome)));
	json_put(o, "seconds", seconds_or_null(t->seconds));
	json_put(o, "message", json_text_or_null(t->message));
	json_put(o, "type", json_text_or_null(t->type));
	return o;
}

static json_t *
issue_json(const struct issue *i)
{
	json_t *o = json_object(), *severity = json_object();

	json_put(severity, "raw", json_text_or_null(i->severity));
	json_put(severity, "level", json_string(level_name(i->level)));
	json_put(o, "tool", json_text(i->tool));
	json_put(o, "rule", json_text_or_null(i->rule));
	json_put(o, "severity", severity);
	json_put(o, "message", json_text_or_null(i->message));
	json_put(o, "file", json_text_or_null(i->file));
	json_put(o, "line", json_line_or_null(i->line));
	json_put(o, "end_line", json_line_or_null(i->end_line));
	json_put(o, "column", json_line_or_null(i->column));
	json_put(o, "fingerprint", json_text_or_null(i->fingerprint));
	json_put(o, "suppressed", json_boolean(i->suppressed));
	return o;
}

static json_t *
problems_json(const struct report *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->problems.n; i++) {
		const struct problem *p = &r->problems.v[i];
		json_t *o = json_object();

		json_put(o, "code", json_string(problem_name(p->code)));
		json_put(o, "line", json_line_or_null(p->line));
		json_put(o, "message", json_text(p->message));
		json_push(list, o);
	}
	return list;
}

static json_t *
tests_json(const struct report *r)
{
	static const enum outcome shown[] = { OUT_PASSED, OUT_FAILED, OUT_ERROR, OUT_SKIPPED,
		OUT_FLAKY };
	json_t *o = json_object();

	json_put(o, "total", json_integer(r->total));
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
		json_put(o, outcome_name(shown[i]), json_integer(r->count[shown[i]]));
	return o;
}

static json_t *
declared_json(const struct report *r)
{
	json_t *o = json_object();
	bool is = r->has_declared;

	json_put(o, "tests", count_or_null(is ? r->declared.tests : -1));
	json_put(o, "failures", count_or_null(is ? r->declared.failures : -1));
	json_put(o, "errors", count_or_null(is ? r->declared.errors : -1));
	json_put(o, "skipped", count_or_null(is ? r->declared.skipped : -1));
	return o;
}

static json_t *
issues_json(const struct report *r)
{
	json_t *o = json_object(), *levels = json_object();

	for (int l = 0; l < LEVELS; l++)
		json_put(levels, level_name((enum level)l), json_integer(r->issue_by_level[l]));
	json_put(o, "total", json_integer(r->issue_total));
	json_put(o, "actionable", json_integer(r->issue_actionable));
	json_put(o, "suppressed", json_integer(r->issue_suppressed));
	json_put(o, "by_level", levels);
	return o;
}

/* Without items: small, whatever the report. */
static json_t *
head_json(const struct report *r)
{
	json_t *o = json_object();

	json_put(o, "path", json_text(r->path));
	json_put(o, "format", json_text_or_null(r->format));
	json_put(o, "kind", json_string(report_kind_name(r->kind)));
	json_put(o, "tool", json_text_or_null(r->tool));
	json_put(o, "tool_version", json_text_or_null(r->tool_version));
	json_put(o, "complete", json_boolean(r->complete));
	json_put(o, "problems", problems_json(r));
	if (r->kind == KIND_TESTS) {
		json_put(o, "tests", tests_json(r));
		json_put(o, "declared", declared_json(r));
	} else if (r->kind != KIND_NONE) {
		json_put(o, "issues", issues_json(r));
	}
	return o;
}

/* run->tests and run->issues are sorted by producer, so a file's are neighbours. */
static json_t *
items_json(const struct run *run, const struct report *r, size_t *test, size_t *issue)
{
	json_t *list = json_array();

	for (; *test < run->tests.n && run->tests.v[*test]->report == r; ++*test)
		if (!run->tests.v[*test]->synthetic)
			json_push(list, test_json(run->tests.v[*test]));
	for (; *issue < run->issues.n && run->issues.v[*issue]->report == r; ++*issue)
		json_push(list, issue_json(run->issues.v[*issue]));
	return list;
}

void
inspect_json(const struct run *run, bool items, struct buf *out)
{
	json_t *doc = json_object(), *reports = json_array();
	size_t test = 0, issue = 0;

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct report *r = run->producers.v[i].reports.v[0];
		json_t *o = head_json(r);

		if (items)
			json_put(o, "items", items_json(run, r, &test, &issue));
		json_push(reports, o);
	}
	json_put(doc, "schema", json_string("regression-gate/inspect@1"));
	json_put(doc, "reports", reports);
	json_write(out, doc, 0);
	if (out->n == 0 || out->p[out->n - 1] != '\n')
		buf_addc(out, '\n');
}
