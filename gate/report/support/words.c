/*
 * words.c -- the sentences of a report for people, the same in every medium (view.h).
 * What strangers wrote is quoted raw here: the medium escapes the whole.
 */
#include "gate/report/support/escape.h"
#include "gate/report/support/view.h"

static const struct {
	const char *one, *many;
} labels[CLASSES] = {
	[CLASS_PASSED] = { "passed", "passed" },
	[CLASS_NEW_FAILURE] = { "new failure", "new failures" },
	[CLASS_REGRESSION] = { "regression", "regressions" },
	[CLASS_PREEXISTING_FAILURE] = { "preexisting failure", "preexisting failures" },
	[CLASS_KNOWN_FAILURE] = { "known failure", "known failures" },
	[CLASS_WAIVED] = { "waived", "waived" },
	[CLASS_WAIVER_EXPIRED] = { "expired waiver", "expired waivers" },
	[CLASS_FAILED_FIX] = { "failed fix", "failed fixes" },
	[CLASS_FLAKY] = { "flaky", "flaky" },
	[CLASS_KNOWN_FLAKY] = { "known flaky", "known flaky" },
	[CLASS_FIXED] = { "fixed", "fixed" },
	[CLASS_UNEXPECTED_PASS] = { "unexpected pass", "unexpected passes" },
	[CLASS_VERIFIED_FIX] = { "verified fix", "verified fixes" },
	[CLASS_SKIPPED] = { "skipped", "skipped" },
	[CLASS_NEWLY_SKIPPED] = { "newly skipped", "newly skipped" },
	[CLASS_KNOWN_SKIP] = { "known skip", "known skips" },
	[CLASS_UNVERIFIED_FIX] = { "unverified fix", "unverified fixes" },
	[CLASS_MISSING] = { "missing", "missing" },
	[CLASS_REMOVED] = { "removed", "removed" },
	[CLASS_ORPHANED] = { "orphaned", "orphaned" },
	[CLASS_INDETERMINATE] = { "indeterminate", "indeterminate" },
	[CLASS_NEW_ISSUE] = { "new issue", "new issues" },
	[CLASS_EXISTING_ISSUE] = { "existing issue", "existing issues" },
	[CLASS_KNOWN_ISSUE] = { "known issue", "known issues" },
	[CLASS_RESURFACED] = { "resurfaced issue", "resurfaced issues" },
	[CLASS_REJECTED_ISSUE] = { "rejected issue", "rejected issues" },
	[CLASS_RESOLVED] = { "resolved issue", "resolved issues" },
	[CLASS_SUPPRESSED] = { "suppressed", "suppressed" },
};

/* The row of counts: what hurts, what is known, what is good. */
static const enum class counts_order[] = {
	CLASS_NEW_FAILURE, CLASS_REGRESSION, CLASS_FAILED_FIX, CLASS_MISSING, CLASS_INDETERMINATE,
	CLASS_NEW_ISSUE, CLASS_RESURFACED, CLASS_WAIVER_EXPIRED, CLASS_PREEXISTING_FAILURE,
	CLASS_KNOWN_FAILURE, CLASS_WAIVED, CLASS_KNOWN_ISSUE, CLASS_EXISTING_ISSUE,
	CLASS_REJECTED_ISSUE, CLASS_FLAKY, CLASS_KNOWN_FLAKY, CLASS_UNEXPECTED_PASS, CLASS_FIXED,
	CLASS_VERIFIED_FIX, CLASS_RESOLVED, CLASS_UNVERIFIED_FIX, CLASS_ORPHANED, CLASS_REMOVED,
	CLASS_NEWLY_SKIPPED, CLASS_KNOWN_SKIP, CLASS_SKIPPED, CLASS_SUPPRESSED, CLASS_PASSED,
};
_Static_assert(sizeof(counts_order) / sizeof(counts_order[0]) == CLASSES, "a class is not counted");

/* What an evidence kind says, behind "docs/scan.md:30 ". */
static const char *const phrases[EVIDENCE_KINDS] = {
	[EV_PROPERTY] = "is named by the test's own property",
	[EV_ENTRY] = "lists it",
	[EV_TEST_CASE] = "names this case",
	[EV_ID] = "has its ID in it",
	[EV_FILE_SIGNATURE] = "names this file and quotes this message",
	[EV_RULE_LOCATION] = "names this rule and place",
	[EV_FILE] = "names this file",
	[EV_CLASS] = "names this class",
	[EV_DIRECTORY] = "names this folder",
	[EV_SIGNATURE] = "quotes this message",
	[EV_RULE] = "names this rule",
	[EV_TOOL] = "names this tool",
	[EV_FRAME] = "names a place it goes through",
	[EV_IDENTIFIER] = "has a word of its message",
	[EV_TITLE] = "has a title like its name",
	[EV_PRODUCER] = "is what the policy shows it under",
};

const char *
class_words(enum class c, long n)
{
	return n == 1 ? labels[c].one : labels[c].many;
}

void
view_counts(const struct decision *d, struct buf *out)
{
	size_t start = out->n;

	for (size_t i = 0; i < CLASSES; i++) {
		enum class c = counts_order[i];

		if (d->counts[c] > 0)
			buf_addf(out, "%s%ld %s", out->n > start ? ", " : "", d->counts[c],
				class_words(c, d->counts[c]));
	}
	if (out->n == start)
		buf_addz(out, "nothing was counted");
}

static void
add_place(struct buf *out, struct str path, long line)
{
	if (path.n == 0)
		return;
	buf_add(out, path);
	if (line > 0)
		buf_addf(out, ":%ld", line);
}

void
view_place(const struct view_row *r, struct buf *out)
{
	const struct test *t = r->test;
	const struct finding *f = r->finding;

	if (t && t->file.n)
		add_place(out, t->file, t->line);
	else if (t && t->synthetic && t->report)
		add_place(out, t->report->path, t->at);
	else if (r->issue)
		add_place(out, r->issue->file, r->issue->line);
	else if ((r->absent || r->kind == ITEM_FINDING) && f && f->reg)
		add_place(out, f->reg->shown, f->line);
}

struct str
view_message(const struct view_row *r)
{
	struct str all = r->test ? r->test->message : r->issue ? r->issue->message : STR_NONE;
	struct str line;

	while (str_line(&all, &line)) {
		line = str_trim(line);
		if (line.n)
			return line;
	}
	return STR_NONE;
}

static void
add_id(struct buf *out, const struct finding *f)
{
	bool some = false;

	buf_add(out, f->id);
	if (f->level != LEVEL_UNKNOWN) {
		buf_addf(out, " (%s", level_name(f->level));
		some = true;
	}
	buf_addf(out, "%s%s)", some ? ", " : " (", state_name(f->state));
}

/* The finding's part of the sentence, by class. */
static void
add_class_words(struct buf *out, const struct judged *j)
{
	switch (j->cls) {
	case CLASS_FAILED_FIX:
		buf_addz(out, " says it is fixed, and it fails");
		break;
	case CLASS_RESURFACED:
		buf_addz(out, " says it is done, and it is there again");
		break;
	case CLASS_WAIVER_EXPIRED:
		buf_addz(out, ": its waiver has expired");
		break;
	case CLASS_REGRESSION:
		buf_addz(out, ": it passed in the baseline");
		break;
	case CLASS_UNEXPECTED_PASS:
		buf_addz(out, " expects it to fail, and it passes");
		break;
	case CLASS_ORPHANED:
		buf_addz(out, ": what it lists did not run");
		break;
	case CLASS_UNVERIFIED_FIX:
		buf_addz(out, " says it is fixed, but it did not run");
		break;
	case CLASS_VERIFIED_FIX:
		buf_addz(out, ": the fix holds");
		break;
	case CLASS_KNOWN_FAILURE:
	case CLASS_KNOWN_ISSUE:
		if (!j->excused)
			buf_addz(out, " describes it, but does not excuse it");
		break;
	default:
		break;
	}
}

void
view_finding(const struct view_row *r, struct buf *out)
{
	const struct judged *j = r->judged;

	if (r->finding) {
		add_id(out, r->finding);
		if (j)
			add_class_words(out, j);
	} else if (j && j->cls == CLASS_REGRESSION) {
		buf_addz(out, "regression: it passed in the baseline");
	} else if (j && (j->cls == CLASS_NEW_FAILURE || j->cls == CLASS_NEW_ISSUE)) {
		buf_addz(out, "new"); /* the note tells which entry does not fit */
	} else if (j && r->kind != ITEM_PRODUCER) {
		buf_addz(out, class_words(j->cls, 1));
	}
	if (j && j->note.n) {
		buf_addz(out, out->n ? "; " : "");
		buf_add(out, j->note);
	}
}

void
view_evidence(const struct evidence *e, struct buf *out)
{
	buf_addf(out, "%s: ", strength_name(e->strength));
	if (e->at_path.n)
		add_place(out, e->at_path, e->at_line);
	else if (e->finding)
		buf_add(out, e->finding->id);
	buf_addf(out, " %s", phrases[e->kind]);
	if (e->detail.n && e->kind != EV_TEST_CASE && e->kind != EV_FILE) {
		buf_addz(out, ": ");
		buf_add(out, e->detail);
	}
}

const struct evidence *
view_best(const struct view_row *r)
{
	const struct judged *j = r->judged;

	for (size_t i = 0; j && j->finding && i < j->nevidence; i++)
		if (j->evidence[i].finding == j->finding)
			return &j->evidence[i];
	return NULL;
}

void
view_problem(const struct view_input *in, struct buf *out)
{
	const struct problem *p = in->problem;

	buf_add(out, in->producer->spec->name);
	buf_addz(out, ": ");
	if (in->report && in->report->path.n) {
		add_place(out, in->report->path, p->line);
		buf_addz(out, ": ");
	}
	buf_addz(out, problem_name(p->code));
	if (p->message.n) {
		buf_addz(out, ": ");
		buf_add(out, p->message);
	}
}

void
view_todo(const struct view_row *r, struct buf *out)
{
	const struct finding *f = r->finding;
	bool entry = f && f->entry;

	if (f == NULL || f->reg == NULL || r->judged == NULL)
		return;
	if (r->judged->cls == CLASS_UNEXPECTED_PASS || r->judged->cls == CLASS_ORPHANED)
		buf_addz(out, entry ? "delete " : "close ");
	else if (r->judged->cls == CLASS_FIXED && f->state == STATE_OPEN)
		buf_addz(out, "close ");
	else
		return;
	buf_add(out, f->id);
	buf_addz(out, " (");
	add_place(out, f->reg->shown, f->line);
	buf_addc(out, ')');
}

void
view_where(const struct view_row *r, struct buf *out)
{
	struct str leg = r->test && r->test->report ? r->test->report->leg : STR_NONE;

	if (r->producer == NULL)
		return;
	buf_add(out, r->producer->spec->name);
	if (r->legs.n == 0 && leg.n == 0)
		return;
	buf_addz(out, " (");
	for (size_t i = 0; i < r->legs.n; i++) {
		buf_addz(out, i ? ", " : "");
		buf_add(out, r->legs.v[i]);
	}
	if (r->legs.n == 0)
		buf_add(out, leg);
	buf_addc(out, ')');
}

void
view_explain(const struct view_row *r, struct buf *out)
{
	buf_addz(out, "gate explain");
	for (size_t i = 0; i < r->id.n; i++)
		if ((unsigned char)r->id.p[i] < 0x20 || r->id.n > 1000)
			return; /* no name to paste: `gate explain` alone tells why the verdict */
	buf_addc(out, ' ');
	escape_shell(out, r->id);
}
