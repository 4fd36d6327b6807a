/* stance.c -- see stance.h. */
#include "gate/correlate/engine/stance.h"

#include "gate/base/normal.h"

#define DAY 86400

enum column
column_of_state(enum state s)
{
	switch (s) {
	case STATE_DONE:
		return COL_DONE;
	case STATE_REJECTED:
		return COL_REJECTED;
	case STATE_EXPIRED:
		return COL_EXPIRED;
	default:
		/* `waived` comes only of a waiver, which is looked at; unknown words are open. */
		return COL_OPEN;
	}
}

/* Done, but not in this revision: its base is older than the fix. */
static bool
lacks_the_fix(const struct finding *f)
{
	return f && f->state == STATE_DONE && f->entry && f->entry->fix == FIX_LACKING;
}

static enum column
column_of(const struct finding *f)
{
	const struct finding *as = finding_judged_as(f);

	return as == NULL || lacks_the_fix(as) ? COL_OPEN : column_of_state(as->state);
}

/* expires plus days, without wrapping. */
static int64_t
later(int64_t t, int64_t days)
{
	return t > INT64_MAX - days * DAY ? INT64_MAX : t + days * DAY;
}

static bool
lacks_a_field(const struct entry *e, const struct correlate_options *opt)
{
	return (opt->waiver_needs_owner && str_trim(e->waiver_owner).n == 0) ||
		(opt->waiver_needs_reason && str_trim(e->waiver_reason).n == 0) ||
		(opt->waiver_needs_expires && e->waiver_expires == DATE_NONE);
}

enum term_state { TERM_NONE, TERM_HOLDS, TERM_GRACE, TERM_OVER };

/* A date means the end of that day; until then and in the grace days it holds. */
static enum term_state
term_of(int64_t expires, const struct correlate_options *opt)
{
	long grace = opt->waiver_grace_days > 0 ? opt->waiver_grace_days : 0;

	if (expires == DATE_NONE)
		return TERM_NONE;
	if (opt->now > later(expires, grace))
		return TERM_OVER;
	return grace && later(opt->now, grace) >= expires ? TERM_GRACE : TERM_HOLDS;
}

/* Done stays done whatever was waived; anything else is covered while the waiver runs. */
static void
apply_waiver(const struct entry *e, const struct correlate_options *opt, struct stance *out)
{
	enum term_state term = term_of(e->waiver_expires, opt);

	if (out->column == COL_DONE || out->column == COL_EXPIRED)
		return;
	if (term == TERM_OVER) {
		out->column = COL_EXPIRED;
		return;
	}
	if (lacks_a_field(e, opt)) {
		out->waiver_lacking = true;
		out->excused = false;
		return;
	}
	out->column = COL_WAIVED;
	out->excused = true;
	out->in_grace = term == TERM_GRACE;
}

/*
 * A waiver covers its own match. What else maps to its finding is judged as open, and excused
 * only while the waiver holds: one that is over, or lacks a field, shall excuse nothing anywhere.
 */
static void
beside_waiver(const struct entry *e, const struct correlate_options *opt, struct stance *out)
{
	if (term_of(e->waiver_expires, opt) == TERM_OVER || lacks_a_field(e, opt)) {
		out->waiver_over = out->excused;
		out->excused = false;
	}
}

/* An excuse with a date, without being a waiver: it ends then. */
static void
apply_date(int64_t expires, const struct correlate_options *opt, struct stance *out)
{
	enum term_state term = TERM_NONE;

	if (out->excused && out->column == COL_OPEN)
		term = term_of(expires, opt);
	if (term == TERM_OVER)
		out->column = COL_EXPIRED;
	out->in_grace = term == TERM_GRACE;
}

static bool
signature_occurs(const struct signature *sig, const struct subject *s)
{
	struct buf b = BUF_INIT;
	bool yes;

	if (sig->regex)
		return regex_find_line(sig->regex, s->text, NULL, 0) == REGEX_YES;
	if (sig->normal.n)
		return normal_find(s->normal, sig->normal) != STR_NPOS;
	normal_add(&b, sig->text);
	yes = normal_find(s->normal, buf_str(&b)) != STR_NPOS;
	buf_release(&b);
	return yes;
}

/* It requires a message, and none of those it names occurs. */
static bool
message_missing(const struct finding *f, const struct subject *s)
{
	bool required = false;

	if (f->entry && f->entry->nmessages)
		return !f->entry->message_optional && !entry_message(f->entry, s, NULL);
	for (size_t i = 0; i < f->signatures.n; i++) {
		if (!f->signatures.v[i].required)
			continue;
		required = true;
		if (signature_occurs(&f->signatures.v[i], s))
			return false;
	}
	return required;
}

/* Asked only of what does not match: a regex that reached its limits is no "no". */
static bool
gave_up(const struct finding *f, const struct subject *s)
{
	size_t messages = f->entry ? f->entry->nmessages : 0;

	for (size_t i = 0; i < messages; i++)
		if (f->entry->messages[i].regex && regex_find_line(f->entry->messages[i].regex,
			s->text, NULL, 0) == REGEX_GAVE_UP)
			return true;
	for (size_t i = 0; i < f->signatures.n; i++)
		if (f->signatures.v[i].regex && regex_find_line(f->signatures.v[i].regex,
			s->text, NULL, 0) == REGEX_GAVE_UP)
			return true;
	return false;
}

static void
apply_expectations(const struct finding *f, const struct subject *s, struct stance *out)
{
	const struct entry *e = f->entry;

	if (!s->failing)
		return;
	out->mismatch = message_missing(f, s);
	out->gave_up = out->mismatch && gave_up(f, s);
	if (e == NULL || e->outcomes == 0 || s->test == NULL ||
		(e->outcomes >> s->test->outcome & 1))
		return;
	out->wrong_outcome = s->test->outcome == OUT_ERROR;
	out->improved = !out->wrong_outcome;
}

void
stance_of(const struct finding *f, const struct subject *s, bool entry,
	const struct correlate_options *opt, struct stance *out)
{
	const struct entry *e = f->entry;

	*out = (struct stance){ .column = column_of(f), .excused = f->excuses };
	/* What an entry expects, it expects of its own match. */
	out->sometimes = e == NULL || e->sometimes || (e->has_match && !entry);
	if (e && e->has_waiver && entry)
		apply_waiver(e, opt, out);
	else
		apply_date(f->expires, opt, out);
	if (e && e->has_waiver && !entry)
		beside_waiver(e, opt, out);
	out->out_of_scope = e && !entry_in_scope(e, s);
	out->waived_pass = out->column == COL_WAIVED && s->test && s->test->outcome == OUT_PASSED;
	out->fix_unproven = out->column == COL_DONE && e && e->fixed_in.n &&
		e->fix == FIX_UNKNOWN;
	out->stale_base = lacks_the_fix(f);
	apply_expectations(f, s, out);
}

enum column
stance_absent(const struct finding *f, const struct correlate_options *opt)
{
	struct stance st = { .column = column_of(f), .excused = f->excuses };

	if (f->entry && f->entry->has_waiver)
		apply_waiver(f->entry, opt, &st);
	return st.column;
}

int
strictness(const struct stance *st, enum outcome o)
{
	bool passed = o == OUT_PASSED, skipped = o == OUT_SKIPPED;

	switch (st->column) {
	case COL_DONE:
		/* A pass proves a fix; that an open finding's test passes asks for more. */
		return passed || skipped ? 2 : 0;
	case COL_EXPIRED:
		return passed ? 0 : 1;
	case COL_WAIVED:
		return passed ? st->sometimes ? 5 : 1 : 3;
	case COL_OPEN:
		if (passed)
			return st->sometimes ? 5 : 1;
		return st->excused ? 4 : 5;
	default:
		return 6;
	}
}
