/*
 * explain_result.c -- one test or issue: what it is, every candidate with every piece of its
 * evidence and the first clause that keeps it from excusing, the rules that counted it, what
 * would have to be true instead (explain.h).
 */
#include "gate/report/support/explain.h"

static void
put_text(struct explain *e, const json_t *o, const char *key, size_t indent)
{
	struct str all = explain_text(o, key), line;

	while (str_line(&all, &line)) {
		if (str_trim(line).n == 0)
			continue;
		buf_add(&e->l.line, line);
		lines_put(&e->l, indent, PLAIN, 0);
	}
}

static void
put_place(struct explain *e, const json_t *o)
{
	long line = (long)json_integer_value(json_object_get(o, "line"));
	struct str file = explain_text(o, "file"), report = explain_text(o, "report");
	struct str leg = explain_text(o, "leg"), outcome = explain_text(o, "outcome");

	buf_add(&e->l.line, outcome);
	if (report.n)
		buf_addf(&e->l.line, "%sin %.*s", outcome.n ? " " : "", STR_FMT(report));
	if (leg.n)
		buf_addf(&e->l.line, "/%.*s", STR_FMT(leg));
	if (file.n)
		buf_addf(&e->l.line, "%s%.*s", e->l.line.n ? ", " : "", STR_FMT(file));
	if (file.n && line > 0)
		buf_addf(&e->l.line, ":%ld", line);
	if (e->l.line.n)
		lines_put(&e->l, 2, PLAIN, 0);
}

static void
put_evidence(struct explain *e, const json_t *ev)
{
	const json_t *at = json_object_get(ev, "at");
	long line = (long)json_integer_value(json_object_get(at, "line"));
	struct str path = explain_text(at, "path"), detail = explain_text(ev, "detail");

	buf_addf(&e->l.line, "%.*s, %.*s", STR_FMT(explain_text(ev, "strength")),
		STR_FMT(explain_text(ev, "kind")));
	if (path.n)
		buf_addf(&e->l.line, ", %.*s", STR_FMT(path));
	if (path.n && line > 0)
		buf_addf(&e->l.line, ":%ld", line);
	if (detail.n)
		buf_addf(&e->l.line, ": %.*s", STR_FMT(detail));
	lines_put(&e->l, 6, PLAIN, 0);
}

static bool
is_suggested(const json_t *o, struct str q)
{
	size_t i;
	json_t *s;

	json_array_foreach(explain_list(o, "suggestions"), i, s) {
		if (str_eq(explain_text(s, "finding"), q))
			return true;
	}
	return false;
}

/* The deciding finding: why it does not let the failure through, or that it does. */
static const char *
deciding_clause(const json_t *o)
{
	enum class c;

	if (!explain_class_of(o, &c))
		return "decides";
	switch (c) {
	case CLASS_FAILED_FIX:
	case CLASS_RESURFACED:
		return "decides, and is called done: what is done excuses nothing";
	case CLASS_WAIVER_EXPIRED:
		return "decides, and its waiver has expired";
	case CLASS_REGRESSION:
		return "explains it, but it passed in the baseline";
	case CLASS_WAIVED:
		return "decides, and its waiver covers it";
	case CLASS_KNOWN_FAILURE:
	case CLASS_KNOWN_ISSUE:
	case CLASS_PREEXISTING_FAILURE:
		return json_is_true(json_object_get(o, "excused")) ? "decides, and excuses it" :
			"decides, but describes only: being in a document is not consent to fail";
	default:
		return "decides";
	}
}

/* The first clause that keeps a candidate from deciding. */
static void
put_clause(struct explain *e, const json_t *o, struct str q, const json_t *best)
{
	struct str strength = explain_text(best, "strength");
	struct str state = explain_text(explain_finding_of(e->doc, q), "state");
	struct str note = explain_text(o, "note"), decides = explain_text(o, "finding");

	buf_addz(&e->l.line, "=> ");
	if (str_eq(decides, q)) {
		buf_addz(&e->l.line, deciding_clause(o));
	} else if (is_suggested(o, q) || str_eqz(strength, "likely") ||
		str_eqz(strength, "possible")) {
		buf_addf(&e->l.line, "too weak: %.*s evidence suggests, it never excuses",
			STR_FMT(strength));
		if (e->d)
			buf_addf(&e->l.line, "; the policy asks for %s",
				strength_name(e->d->excuse_at));
	} else if (str_eqz(state, "rejected")) {
		buf_addz(&e->l.line, "counts as none: it was rejected");
	} else if (note.n && (str_has(note, "mismatch") || str_has(note, "message"))) {
		buf_add(&e->l.line, note);
	} else if (decides.n) {
		buf_addz(&e->l.line, "outranked: the strictest finding decides, ");
		buf_add(&e->l.line, decides);
	} else {
		buf_addz(&e->l.line, "does not apply");
	}
	lines_put(&e->l, 6, PLAIN, 0);
}

/* Evidence is ranked; each finding stands where its best piece does. */
static void
put_candidates(struct explain *e, const json_t *o)
{
	const json_t *evidence = explain_list(o, "evidence");
	size_t n = json_array_size(evidence);

	if (n == 0) {
		lines_say(&e->l, 2, BOLD, "Candidates: none; no finding has to do with it");
		return;
	}
	lines_say(&e->l, 2, BOLD, "Candidates");
	for (size_t i = 0; i < n; i++) {
		const json_t *first = json_array_get(evidence, i);
		struct str q = explain_text(first, "finding");
		bool seen = false;

		for (size_t k = 0; k < i; k++)
			seen |= str_eq(explain_text(json_array_get(evidence, k), "finding"), q);
		if (seen)
			continue;
		explain_add_finding(e, q);
		lines_put(&e->l, 4, BOLD, 0);
		for (size_t k = i; k < n; k++)
			if (str_eq(explain_text(json_array_get(evidence, k), "finding"), q))
				put_evidence(e, json_array_get(evidence, k));
		put_clause(e, o, q, first);
	}
}

static enum paint
outcome_paint(struct str outcome)
{
	return str_eqz(outcome, "fail") ? RED : str_eqz(outcome, "pass") ||
		str_eqz(outcome, "info") ? PLAIN : YELLOW;
}

static void
put_rules(struct explain *e, const json_t *o)
{
	struct str id = explain_text(o, "id");
	size_t i, n = 0;
	json_t *r;

	json_array_foreach(explain_list(e->doc, "rules"), i, r) {
		if (!explain_has(explain_list(r, "items"), id))
			continue;
		if (n++ == 0)
			lines_say(&e->l, 2, BOLD, "Counted by");
		lines_say(&e->l, 4, outcome_paint(explain_text(r, "outcome")), "%.*s: %.*s: %.*s",
			STR_FMT(explain_text(r, "rule")), STR_FMT(explain_text(r, "outcome")),
			STR_FMT(explain_text(r, "message")));
	}
	if (n == 0)
		lines_say(&e->l, 2, BOLD, "Counted by no rule: it does not touch the verdict");
}

static bool
is_fine(enum class c)
{
	return c == CLASS_PASSED || c == CLASS_FIXED || c == CLASS_VERIFIED_FIX ||
		c == CLASS_SKIPPED || c == CLASS_KNOWN_SKIP || c == CLASS_RESOLVED ||
		c == CLASS_SUPPRESSED || c == CLASS_EXISTING_ISSUE || c == CLASS_REJECTED_ISSUE ||
		c == CLASS_REMOVED || c == CLASS_WAIVED;
}

void
explain_result(struct explain *e, const json_t *o, enum result_kind kind)
{
	struct str note = explain_text(o, "note"), rerun = explain_text(o, "rerun");
	enum class c = CLASS_PASSED;
	bool known = explain_class_of(o, &c);

	buf_add(&e->l.line, explain_text(o, "id"));
	lines_put(&e->l, 0, BOLD, 0);
	if (kind == RESULT_ISSUE)
		lines_say(&e->l, 2, PLAIN, "%.*s %.*s, level %.*s",
			STR_FMT(explain_text(o, "tool")), STR_FMT(explain_text(o, "rule")),
			STR_FMT(explain_text(json_object_get(o, "severity"), "level")));
	put_place(e, o);
	put_text(e, o, "message", 4);
	lines_say(&e->l, 2, BOLD, "%.*s: %s", STR_FMT(explain_text(o, "class")),
		known ? explain_class(c) : "a class this version does not know");
	if (note.n)
		put_text(e, o, "note", 4);
	put_candidates(e, o);
	put_rules(e, o);
	if (!is_fine(c)) {
		lines_say(&e->l, 2, BOLD, "What would have to be true");
		explain_ways_out(e, o, kind);
	}
	if (rerun.n) {
		buf_addz(&e->l.line, "See it here: ");
		buf_add(&e->l.line, rerun);
		lines_put(&e->l, 2, PLAIN, 0);
	}
}
