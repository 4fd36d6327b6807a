/*
 * words.c -- the sentences of a report for people, the same in every medium (view.h).
 * What strangers wrote is quoted raw here: the medium escapes the whole.
 */
#include "gate/report/support/escape.h"
#include "gate/report/support/view.h"
#include "gate/report/support/ways.h"

/* What an evidence kind says, behind "docs/scan.md:30 ". */
static const char *const phrases[EVIDENCE_KINDS] = {
	[EV_PROPERTY] = "is named by the test's own property",
	[EV_ENTRY] = "lists it",
	[EV_TEST_CASE] = "names this case",
	[EV_ID] = "is named by the test",
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

void
view_title(const struct view_row *r, struct buf *out)
{
	const struct issue *is = r->issue;

	if (is == NULL) {
		buf_add(out, r->id);
		return;
	}
	buf_add(out, is->tool);
	buf_addz(out, is->tool.n && is->rule.n ? " " : "");
	buf_add(out, is->rule);
	if (is->level != LEVEL_UNKNOWN)
		buf_addf(out, " (%s)", level_name(is->level));
}

void
view_name(const struct view_row *r, struct buf *out)
{
	size_t start = out->n;

	if (r->issue)
		view_place(r, out);
	buf_addz(out, out->n > start ? ": " : "");
	view_title(r, out);
}

void
view_hint(const struct view_hint *h, struct buf *out)
{
	buf_add(out, h->evidence->finding->id);
	buf_addf(out, " may explain %zu result%s (", h->rows.n, h->rows.n == 1 ? "" : "s");
	view_evidence(h->evidence, out);
	buf_addc(out, ')');
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

/* Who says so: the finding's own entry, or the later statement that holds. */
void
view_state_place(const struct finding *f, struct buf *out)
{
	const struct finding *by = f->state_from ? f->state_from : f;

	if (by->reg)
		add_place(out, by->reg->shown, by->status_line > 0 ? by->status_line : by->line);
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
	buf_addf(out, "%s%s", some ? ", " : " (", state_name(f->state));
	if (f->state == STATE_DONE) {
		buf_addz(out, " in ");
		view_state_place(f, out);
	}
	buf_addc(out, ')');
}

/* The finding's part of the sentence, for one result and for several (# of them). */
static const struct {
	enum class cls;
	const char *one, *many;
} clauses[] = {
	{ CLASS_FAILED_FIX, " says it is fixed, and it fails",
		" says these # are fixed, and they fail" },
	{ CLASS_RESURFACED, " says it is done, and it is there again",
		" says these # are done, and they are there again" },
	{ CLASS_WAIVER_EXPIRED, ": its waiver has expired", ": the waiver of these # has expired" },
	{ CLASS_REGRESSION, ": it passed in the baseline", ": these # passed in the baseline" },
	{ CLASS_UNEXPECTED_PASS, " expects it to fail, and it passes",
		" expects these # to fail, and they pass" },
	{ CLASS_ORPHANED, ": what it lists did not run", ": # that it lists did not run" },
	{ CLASS_UNVERIFIED_FIX, " says it is fixed, but it did not run",
		" says these # are fixed, but they did not run" },
	{ CLASS_VERIFIED_FIX, ": the fix holds", ": the fix holds" },
	{ CLASS_KNOWN_FAILURE, " describes it, but does not excuse it",
		" describes these #, but does not excuse them" },
	{ CLASS_KNOWN_ISSUE, " describes it, but does not excuse it",
		" describes these #, but does not excuse them" },
};

static void
add_clause(struct buf *out, const struct judged *j, size_t n)
{
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++) {
		bool known = j->cls == CLASS_KNOWN_FAILURE || j->cls == CLASS_KNOWN_ISSUE;

		if (clauses[i].cls != j->cls || (known && j->excused))
			continue;
		for (const char *p = n > 1 ? clauses[i].many : clauses[i].one; *p; p++) {
			if (*p == '#')
				buf_addf(out, "%zu", n);
			else
				buf_addc(out, *p);
		}
		return;
	}
	if (n > 1)
		buf_addf(out, ", %zu results", n);
}

void
view_finding(const struct view_row *r, size_t n, struct buf *out)
{
	const struct judged *j = r->judged;

	if (r->kind == ITEM_PRODUCER) {
		buf_addz(out, r->finding ? "shown under " : "");
		if (r->finding)
			add_id(out, r->finding);
	} else if (r->finding) {
		add_id(out, r->finding);
		if (j)
			add_clause(out, j, n);
	} else if (j) {
		buf_addz(out, j->cls == CLASS_NEW_FAILURE || j->cls == CLASS_NEW_ISSUE ? "new" :
			class_words(j->cls, (long)n));
		if (j->cls == CLASS_REGRESSION)
			buf_addz(out, " from the baseline");
		if (n > 1)
			buf_addf(out, " (%zu)", n);
	}
}

bool
view_together(const struct view_row *a, const struct view_row *b)
{
	return a->kind == b->kind && a->finding == b->finding && a->judged && b->judged &&
		a->judged->cls == b->judged->cls && a->judged->excused == b->judged->excused;
}

static bool
tracks(const struct finding *f, const struct finding *target)
{
	for (size_t i = 0; i < f->links.n; i++)
		if (f->links.v[i].kind == LINK_TRACKS && f->links.v[i].target == target)
			return true;
	return false;
}

size_t
view_suggestions(const struct decision *d, const struct view_row *r,
	const struct evidence *out[3])
{
	const struct judged *j = r->judged;
	const struct evidence **all;
	size_t n, kept = 0;

	if (j == NULL || r->finding)
		return 0;
	all = xcalloc(j->nevidence + 1, sizeof(struct evidence *));
	n = decision_suggestions(d, j, all, j->nevidence);
	for (size_t i = 0; i < n && kept < 3; i++) {
		bool again = false;

		for (size_t k = 0; k < n && !again; k++) {
			/* Whichever of the two ranks higher; of two that track each other, one
			 * stays. */
			bool back = k > i && tracks(all[k]->finding, all[i]->finding);

			again = !back && tracks(all[i]->finding, all[k]->finding);
		}
		if (!again)
			out[kept++] = all[i];
	}
	free(all);
	return kept;
}

const struct finding *
view_shown_under(const struct producer *p)
{
	struct str name = p->spec->finding;

	for (size_t i = 0; name.n && i < p->judged.nevidence; i++) {
		const struct finding *f = p->judged.evidence[i].finding;

		if (f && (str_eq(f->id, name) || str_eq(f->qualified, name) ||
			str_list_has(&f->aliases, name)))
			return f;
	}
	return p->judged.finding;
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
view_way(const struct view_row *r, size_t n, struct buf *out)
{
	struct buf stated = BUF_INIT;
	struct way_facts f = { .n = n };

	if (r->kind == ITEM_PRODUCER && r->producer && !r->producer->complete) {
		buf_addz(out, "let its job deliver a whole report, or mend what it says is wrong");
		return;
	}
	if (r->judged == NULL || r->kind == ITEM_PRODUCER)
		return;
	f.class = r->judged->cls;
	f.excused = r->judged->excused;
	if (r->finding) {
		view_state_place(r->finding, &stated);
		f.finding = r->finding->id;
		f.reg = r->finding->reg ? r->finding->reg->shown : STR_NONE;
		f.stated = buf_str(&stated);
	}
	ways_sentence(&f, out);
	buf_release(&stated);
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
