/* explain_words.c -- what the classes mean and what would have to be true instead (explain.h). */
#include "gate/report/support/explain.h"

#include "gate/base/date.h"
#include "gate/report/support/view.h"
#include "gate/report/support/ways.h"

static const char *const meanings[CLASSES] = {
	[CLASS_PASSED] = "It passed.",
	[CLASS_NEW_FAILURE] = "It fails, and no finding explains it strongly enough.",
	[CLASS_REGRESSION] = "It fails, and it passed in the baseline.",
	[CLASS_PREEXISTING_FAILURE] =
		"It fails, it failed in the baseline too, and no register excuses it.",
	[CLASS_KNOWN_FAILURE] = "It fails, and a finding explains it.",
	[CLASS_WAIVED] = "It fails, and a waiver that holds today covers it.",
	[CLASS_WAIVER_EXPIRED] = "It fails, and the waiver that covered it has expired.",
	[CLASS_FAILED_FIX] = "It fails, and its finding is called done.",
	[CLASS_FLAKY] = "It passed only after failed attempts.",
	[CLASS_KNOWN_FLAKY] = "It passed only after failed attempts, and a finding says so.",
	[CLASS_FIXED] = "It passes, and it failed in the baseline.",
	[CLASS_UNEXPECTED_PASS] = "It passes, and its finding expects it to fail.",
	[CLASS_VERIFIED_FIX] = "It passes, as its finding, which is called done, says.",
	[CLASS_SKIPPED] = "It was skipped.",
	[CLASS_NEWLY_SKIPPED] = "It was skipped, and it passed in the baseline.",
	[CLASS_KNOWN_SKIP] = "It was skipped, and a finding names it.",
	[CLASS_UNVERIFIED_FIX] = "Its finding is called done, and nothing ran that shows it.",
	[CLASS_MISSING] = "The baseline has it, this run does not, though its producer ran.",
	[CLASS_REMOVED] = "It was taken away on purpose.",
	[CLASS_ORPHANED] =
		"A finding lists it, and this run does not have it, though its producer ran.",
	[CLASS_INDETERMINATE] = "Its outcome could not be read.",
	[CLASS_NEW_ISSUE] = "It is new, and no finding explains it strongly enough.",
	[CLASS_EXISTING_ISSUE] = "The baseline has it too.",
	[CLASS_KNOWN_ISSUE] = "A finding explains it.",
	[CLASS_RESURFACED] = "It is there, and its finding is called done.",
	[CLASS_REJECTED_ISSUE] = "Its finding was rejected: no bug.",
	[CLASS_RESOLVED] = "It is gone; the baseline had it.",
	[CLASS_SUPPRESSED] = "The tool itself suppresses it.",
};

const char *
explain_class(enum class c)
{
	return meanings[c];
}

struct str
explain_text(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return str_n(json_string_value(v), json_string_length(v));
}

const json_t *
explain_list(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_array(v) ? v : NULL; /* jansson walks NULL as it does [] */
}

bool
explain_has(const json_t *list, struct str text)
{
	size_t i;
	json_t *v;

	json_array_foreach(list, i, v) {
		if (str_eq(str_n(json_string_value(v), json_string_length(v)), text))
			return true;
	}
	return false;
}

bool
explain_class_of(const json_t *o, enum class *c)
{
	struct str name = explain_text(o, "class");

	for (int i = 0; i < CLASSES; i++) {
		if (str_eqz(name, class_name((enum class)i))) {
			*c = (enum class)i;
			return true;
		}
	}
	return false;
}

const json_t *
explain_finding_of(const json_t *doc, struct str qualified)
{
	size_t i;
	json_t *f;

	json_array_foreach(explain_list(doc, "findings"), i, f) {
		if (str_eq(explain_text(f, "qualified"), qualified))
			return f;
	}
	return NULL;
}

static void
add_place(struct explain *e, const char *before, const json_t *at)
{
	long line = (long)json_integer_value(json_object_get(at, "line"));
	struct str path = explain_text(at, "path");

	if (path.n == 0)
		return;
	buf_addf(&e->l.line, "%s%.*s", before, STR_FMT(path));
	if (line > 0)
		buf_addf(&e->l.line, ":%ld", line);
}

void
explain_add_finding(struct explain *e, struct str qualified)
{
	const json_t *o = explain_finding_of(e->doc, qualified);
	const json_t *at = json_object_get(o, "at"), *stated = json_object_get(o, "stated");
	struct str level = explain_text(o, "level"), state = explain_text(o, "state");
	struct str title = explain_text(o, "title");

	buf_add(&e->l.line, qualified);
	if (o) {
		buf_addz(&e->l.line, " (");
		if (!str_eqz(level, "unknown"))
			buf_addf(&e->l.line, "%.*s, ", STR_FMT(level));
		buf_addf(&e->l.line, "%.*s)", STR_FMT(state));
	}
	add_place(e, ", ", at);
	if (!str_eq(explain_text(at, "path"), explain_text(stated, "path"))) {
		buf_addf(&e->l.line, ", %.*s", STR_FMT(state));
		add_place(e, " in ", stated);
	}
	if (title.n)
		buf_addf(&e->l.line, ": %.*s", STR_FMT(title));
}

/* The waiver that would let it through, whole but for who and why. */
static void
put_entry(struct explain *e, const json_t *o, enum result_kind kind)
{
	struct pastes p = { 0 };
	struct buf yaml = BUF_INIT;
	struct str rest, line;
	enum class c;
	int64_t now;

	if (!explain_class_of(o, &c) ||
	    !ways_waivable(c, json_is_true(json_object_get(o, "excused"))) ||
	    !date_parse_instant(explain_text(json_object_get(e->doc, "environment"), "now"), &now))
		return;
	if (kind == RESULT_TEST)
		pastes_add_test(&p, explain_text(o, "id"));
	else
		pastes_add_issue(&p, explain_text(o, "tool"), explain_text(o, "rule"),
			explain_text(o, "file"));
	if (p.n == 0)
		return;
	lines_say(&e->l, 4, PLAIN, "- or, if it must wait, a waiver in a structured register, "
		"under `findings:`; what a change adds itself is pending until it is merged:");
	paste_lines(&p, 0, now, (long)json_integer_value(json_object_get(e->doc, "waiver_days")),
		&yaml);
	rest = buf_str(&yaml);
	while (str_line(&rest, &line)) {
		size_t indent = 4;

		while (str_skip(&line, " "))
			indent++;
		buf_add(&e->l.line, line);
		lines_put(&e->l, indent, PLAIN, 0);
	}
	buf_release(&yaml);
}

static void
way(struct explain *e, const char *text)
{
	lines_say(&e->l, 4, PLAIN, "- %s", text);
}

static void
way_finding(struct explain *e, const char *before, struct str qualified, const char *after)
{
	buf_addf(&e->l.line, "- %s", before);
	explain_add_finding(e, qualified);
	buf_addz(&e->l.line, after);
	lines_put(&e->l, 4, PLAIN, 0);
}

/* A failure is excused by an entry that names it, whatever else is true. */
static void
way_entry(struct explain *e, const json_t *o, enum result_kind kind)
{
	if (kind == RESULT_TEST) {
		buf_addz(&e->l.line, "- or an entry of a structured register or a list names it: ");
		buf_add(&e->l.line, explain_text(o, "id"));
		lines_put(&e->l, 4, PLAIN, 0);
	} else {
		way(e, "or an entry of a structured register names its tool and rule");
	}
}

static void
way_stronger(struct explain *e, const json_t *o, enum result_kind kind)
{
	const json_t *first = json_array_get(explain_list(o, "evidence"), 0);
	struct str q = explain_text(first, "finding");

	if (q.n == 0)
		return;
	way_finding(e, "or there is strong evidence for ", q, "");
	if (kind == RESULT_TEST)
		lines_say(&e->l, 6, PLAIN,
			"it names this case, or its file and a part of its "
			"message in quotes, or its ID stands in the test's name or its `finding` "
			"property");
	else
		lines_say(&e->l, 6, PLAIN, "it names this tool and rule, and the place");
}

void
explain_ways_out(struct explain *e, const json_t *o, enum result_kind kind)
{
	bool excused = json_is_true(json_object_get(o, "excused"));
	struct str q = explain_text(o, "finding");
	enum class c;

	if (!explain_class_of(o, &c))
		return;
	switch (c) {
	case CLASS_NEW_FAILURE:
	case CLASS_PREEXISTING_FAILURE:
	case CLASS_REGRESSION:
	case CLASS_NEW_ISSUE:
		way(e, kind == RESULT_TEST ? "it passes" : "it is gone");
		if (q.n == 0)
			way_stronger(e, o, kind);
		if (c != CLASS_REGRESSION)
			way_entry(e, o, kind);
		break;
	case CLASS_KNOWN_FAILURE:
	case CLASS_KNOWN_ISSUE:
		way(e, kind == RESULT_TEST ? "it passes" : "it is gone");
		if (excused)
			break;
		way_entry(e, o, kind);
		way_finding(e, "or the policy says `excuses: true` of the register of ", q, "");
		break;
	case CLASS_FAILED_FIX:
	case CLASS_RESURFACED:
		way(e, kind == RESULT_TEST ? "it passes" : "it is gone");
		way_finding(e, "or nobody calls it done any more: ", q, "");
		break;
	case CLASS_WAIVER_EXPIRED:
		way(e, kind == RESULT_TEST ? "it passes" : "it is gone");
		way_finding(e, "or its owner renews the waiver of ", q, "");
		break;
	case CLASS_UNEXPECTED_PASS:
	case CLASS_ORPHANED:
		way_finding(e, "it is closed, or no longer lists this: ", q, "");
		break;
	case CLASS_UNVERIFIED_FIX:
		way(e, "a test that shows the fix runs and passes");
		break;
	case CLASS_MISSING:
		way(e, "it runs again");
		way(e, "or `removed:` or `renamed:` of a structured register lists it");
		break;
	case CLASS_FLAKY:
	case CLASS_KNOWN_FLAKY:
		way(e, "it passes at the first attempt");
		break;
	case CLASS_NEWLY_SKIPPED:
		way(e, "it runs again");
		break;
	case CLASS_INDETERMINATE:
		way(e, "its report is complete and can be read");
		break;
	default:
		break;
	}
	put_entry(e, o, kind);
}
