/* result_json.c -- see result_json.h. */
#include "gate/report/support/result_json.h"

#include "gate/base/mem.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/view.h"

static json_t *
evidence_json(const struct evidence *e)
{
	json_t *o = json_object(), *at = json_object();

	json_put(at, "path", json_text_or_null(e->at_path));
	json_put(at, "line", json_line_or_null(e->at_line));
	json_put(o, "at", at);
	json_put(o, "kind", json_string(evidence_kind_name(e->kind)));
	json_put(o, "strength", json_string(strength_name(e->strength)));
	json_put(o, "finding", e->finding ? json_text(e->finding->qualified) : json_null());
	json_put(o, "detail", json_text(e->detail));
	return o;
}

/* What tests, issues and absents have alike. */
static void
put_judged(json_t *o, const struct decision *d, const struct judged *j)
{
	json_t *evidence = json_array(), *suggestions = json_array();
	const struct evidence **v = xcalloc(j->nevidence + 1, sizeof(*v));
	size_t n = decision_suggestions(d, j, v, j->nevidence);

	for (size_t i = 0; i < j->nevidence; i++)
		json_push(evidence, evidence_json(&j->evidence[i]));
	for (size_t i = 0; i < n; i++) {
		json_t *s = json_object();

		json_put(s, "finding", json_text(v[i]->finding->qualified));
		json_put(s, "strength", json_string(strength_name(v[i]->strength)));
		json_push(suggestions, s);
	}
	free(v);
	json_put(o, "class", json_string(class_name(j->cls)));
	json_put(o, "finding", j->finding ? json_text(j->finding->qualified) : json_null());
	json_put(o, "excused", json_boolean(j->excused));
	json_put(o, "strength", j->finding && j->strength != STRENGTH_NONE ?
		json_string(strength_name(j->strength)) : json_null());
	json_put(o, "evidence", evidence);
	json_put(o, "suggestions", suggestions);
	json_put(o, "note", json_text_or_null(j->note));
}

static void
put_report(json_t *o, const struct report *r)
{
	const struct producer *p = r ? r->producer : NULL;

	/* A baseline of raw reports does not know which producer they were of. */
	json_put(o, "report", p ? json_text_or_null(p->spec->name) : json_null());
	json_put(o, "leg", json_text_or_null(r ? r->leg : STR_NONE));
}

json_t *
test_json(const struct decision *d, const struct test *t)
{
	json_t *o = json_object();
	struct buf rerun = BUF_INIT;

	put_judged(o, d, &t->judged);
	put_report(o, t->report);
	json_put(o, "id", json_text(t->id));
	json_put(o, "outcome", json_string(outcome_name(t->outcome)));
	json_put(o, "message", json_text(t->message));
	json_put(o, "file", json_text_or_null(t->file));
	json_put(o, "line", json_line_or_null(t->line));
	json_put(o, "rerun", outcome_bad(t->outcome) && view_rerun(t, &rerun) ?
		json_text(buf_str(&rerun)) : json_null());
	buf_release(&rerun);
	return o;
}

json_t *
absent_json(const struct decision *d, const struct absent *a)
{
	json_t *o = json_object();

	put_judged(o, d, &a->judged);
	put_report(o, a->report);
	json_put(o, "id", json_text(a->ref.n ? a->ref : a->finding->qualified));
	json_put(o, "outcome", json_string(outcome_name(OUT_ABSENT)));
	json_put(o, "message", json_text(STR_NONE));
	json_put(o, "file", json_null());
	json_put(o, "line", json_null());
	json_put(o, "rerun", json_null());
	return o;
}

json_t *
issue_json(const struct decision *d, const struct issue *i)
{
	json_t *o = json_object(), *severity = json_object();

	put_judged(o, d, &i->judged);
	put_report(o, i->report);
	json_put(severity, "raw", json_text(i->severity));
	json_put(severity, "level", json_string(level_name(i->level)));
	json_put(o, "severity", severity);
	json_put(o, "id", json_text(i->id));
	json_put(o, "tool", json_text_or_null(i->tool));
	json_put(o, "rule", json_text_or_null(i->rule));
	json_put(o, "message", json_text(i->message));
	json_put(o, "file", json_text_or_null(i->file));
	json_put(o, "line", json_line_or_null(i->line));
	return o;
}

bool
issue_listed(const struct issue *i)
{
	switch (i->judged.cls) {
	case CLASS_NEW_ISSUE:
	case CLASS_KNOWN_ISSUE:
	case CLASS_WAIVED:
	case CLASS_WAIVER_EXPIRED:
	case CLASS_RESURFACED:
	case CLASS_RESOLVED:
	case CLASS_INDETERMINATE:
		return true;
	default:
		return false;
	}
}
