/*
 * classify.c -- the class of one result: evidence at or above `excuse-at` makes a finding
 * count, the strictest state among those that count decides, the table says the rest.
 */
#include "gate/correlate/engine/classify.h"

#include "gate/correlate/engine/stance.h"

#define MAX_CANDIDATES 500 /* kept for one result; more are counted in a note */
#define MANY_CANDIDATES 500000 /* of all results together; then each keeps FEW_CANDIDATES */
#define FEW_CANDIDATES 10

/* A finding that counts for this result. */
struct side {
	const struct evidence *best;
	struct stance stance;
	int strict;
};

struct sides {
	struct side *v;
	size_t n, cap;
};

static const struct correlate_options *
options(const struct subject *s)
{
	return &s->scratch->ix->opt;
}

static enum outcome
outcome_of(const struct subject *s)
{
	return s->test ? s->test->outcome : OUT_FAILED;
}

static void
note(struct judged *out, const struct subject *s, const char *fmt, struct str id, struct str what)
{
	struct buf b = BUF_INIT;

	if (out->note.n)
		return; /* the first and most important one */
	for (const char *p = fmt; *p; p++) {
		if (p[0] == '%' && (p[1] == 'i' || p[1] == 'w'))
			buf_add(&b, *++p == 'i' ? id : what);
		else
			buf_addc(&b, *p);
	}
	out->note = arena_dup(s->scratch->mem, buf_str(&b));
	buf_release(&b);
}

/* The message that a finding requires, as people wrote it. */
static struct str
required_message(const struct finding *f)
{
	if (f->entry && f->entry->nmessages)
		return f->entry->messages[0].literal;
	for (size_t i = 0; i < f->signatures.n; i++)
		if (f->signatures.v[i].required)
			return f->signatures.v[i].text;
	return STR_NONE;
}

static void
note_void(struct judged *out, const struct subject *s, const struct finding *f,
	const struct stance *st)
{
	struct str message = required_message(f);

	if (st->out_of_scope)
		note(out, s, "scope-mismatch: %i is about other reports or legs", f->id, STR_NONE);
	else if (st->wrong_outcome)
		note(out, s, "outcome-mismatch: %i expects a failure, this is an error", f->id,
			STR_NONE);
	else if (st->gave_up)
		note(out, s, "signature-mismatch: the regex of %i gave up on this message, so it "
			"excuses nothing (hint: make it simpler, or literal)", f->id, STR_NONE);
	else if (message.n)
		note(out, s, "signature-mismatch: %i is about this, but its message '%w' does not "
			"occur", f->id, message);
	else
		note(out, s, "signature-mismatch: %i is about this, but its message does not occur",
			f->id, STR_NONE);
}

/* Takes all the evidence of one finding; false: it is void. */
static bool
weigh(const struct subject *s, const struct evidence *v, size_t n, struct sides *sides,
	struct judged *out)
{
	const struct correlate_options *opt = options(s);
	bool counts, entry = false;
	struct side side = { .best = &v[0] };

	for (size_t i = 0; i < n; i++) {
		if (evidence_compare(&v[i], side.best) < 0)
			side.best = &v[i];
		entry = entry || (v[i].kind == EV_ENTRY && v[i].strength >= opt->excuse_at);
	}
	counts = side.best->strength >= opt->excuse_at;
	stance_of(v[0].finding, s, entry, opt, &side.stance);
	if (side.stance.mismatch || side.stance.wrong_outcome || side.stance.out_of_scope) {
		if (counts) {
			out->mismatch = out->mismatch || side.stance.mismatch;
			note_void(out, s, v[0].finding, &side.stance);
		}
		return false;
	}
	if (!counts)
		return true;
	side.strict = strictness(&side.stance, outcome_of(s));
	*vec_push(sides) = side;
	return true;
}

/* `unknown` is counted with high. */
static int
level_rank(enum level l)
{
	return l == LEVEL_UNKNOWN ? LEVEL_HIGH : (int)l;
}

static bool
decides_before(const struct side *a, const struct side *b)
{
	int x = level_rank(a->best->finding->level), y = level_rank(b->best->finding->level);

	if (a->strict != b->strict)
		return a->strict < b->strict;
	if (x != y)
		return x > y;
	return evidence_compare(a->best, b->best) < 0;
}

/*
 * A finding and those that track it are one thing, told in two places: people look for the
 * one with the better evidence, and then for the one where it was described first.
 */
static const struct side *
within_family(const struct sides *sides, const struct side *chosen)
{
	const struct side *best = chosen;

	for (size_t i = 0; i < sides->n; i++) {
		const struct side *other = &sides->v[i];
		const struct finding *a = other->best->finding, *b = best->best->finding;
		bool up = follows(b, a), down = follows(a, b);

		if (other == best || other->strict != chosen->strict || (!up && !down))
			continue;
		if (other->best->strength > best->best->strength ||
			(other->best->strength == best->best->strength && up && !down))
			best = other;
	}
	return best;
}

static const struct side *
choose(const struct sides *sides)
{
	const struct side *best = NULL;

	for (size_t i = 0; i < sides->n; i++)
		if (best == NULL || decides_before(&sides->v[i], best))
			best = &sides->v[i];
	return best ? within_family(sides, best) : NULL;
}

static bool
is_excusable(enum class c)
{
	switch (c) {
	case CLASS_KNOWN_FAILURE:
	case CLASS_KNOWN_FLAKY:
	case CLASS_KNOWN_SKIP:
	case CLASS_KNOWN_ISSUE:
	case CLASS_WAIVED:
		return true;
	default:
		return false; /* no finding excuses these */
	}
}

static void
note_stance(struct judged *out, const struct subject *s, const struct side *side)
{
	const struct finding *f = side->best->finding;
	const struct stance *st = &side->stance;

	if (st->fix_unproven && out->cls == CLASS_FAILED_FIX)
		note(out, s, "%i names %w as its fix; whether this revision contains it is not "
			"known (hint: check out the history, fetch-depth: 0)", f->id,
			f->entry->fixed_in);
	if (st->stale_base && s->failing)
		note(out, s, "%i is fixed in %w, which this revision does not contain, so it "
			"counts as open (hint: rebase)", f->id, f->entry->fixed_in);
	if (st->in_grace && out->cls == CLASS_WAIVED)
		note(out, s, "the waiver of %i is within the grace days of its end", f->id,
			STR_NONE);
	if (st->waiver_lacking && s->failing)
		note(out, s, "the waiver of %i lacks a field the policy requires, so it excuses "
			"nothing", f->id, STR_NONE);
	if (st->waiver_over && s->failing)
		note(out, s, "%i names it, outside its match, and its waiver is over or lacks a "
			"field: it excuses nothing", f->id, STR_NONE);
	if (st->improved)
		note(out, s, "%i expects an error, this is a failure: an improvement", f->id,
			STR_NONE);
	if (st->waived_pass)
		note(out, s, "the waiver of %i was not needed", f->id, STR_NONE);
}

static void
rest_on(struct judged *out, const struct subject *s, const struct side *side)
{
	enum column column = side ? side->stance.column : COL_NONE;
	bool excused = side && side->stance.excused, sometimes = side && side->stance.sometimes;

	if (s->producer)
		out->cls = CLASS_INDETERMINATE;
	else if (s->test)
		out->cls = decide_test(s->test->outcome, column, s->test->base, excused,
			sometimes);
	else
		out->cls = decide_issue(column, s->issue->base, excused,
			s->issue->suppressed);
	if (side == NULL || out->cls == CLASS_SUPPRESSED)
		return;
	if (column == COL_REJECTED && s->test) { /* counts as none */
		note(out, s, "%i names it, but was rejected", side->best->finding->id, STR_NONE);
		return;
	}
	out->finding = side->best->finding;
	out->strength = side->best->strength;
	out->excused = excused && is_excusable(out->cls);
	out->in_grace = side->stance.in_grace && out->cls == CLASS_WAIVED;
	note_stance(out, s, side);
}

/*
 * The change takes a finding back whose failure then would be judged by looser rules: it stays
 * the finding's. False: none of the kept ones is about this.
 */
static bool
rest_on_kept(struct judged *out, const struct subject *s, const struct sides *kept)
{
	struct judged own = { 0 };
	const struct side *side;

	if (kept->n == 0 || s->test == NULL || !outcome_bad(s->test->outcome))
		return false;
	side = choose(kept);
	if (!(side->best->finding->keeps & CLASS_BIT(out->cls)))
		return false;
	rest_on(&own, s, side);
	note(&own, s, "this change takes %i back; a failure that no other rule would stop stays "
		"its own", side->best->finding->id, STR_NONE);
	*out = own;
	return true;
}

static void
keep_evidence(struct judged *out, const struct subject *s, const struct offers *o)
{
	struct arena *mem = s->scratch->mem;
	size_t most = s->scratch->kept < MANY_CANDIDATES ? MAX_CANDIDATES : FEW_CANDIDATES;
	size_t n = o->n < most ? o->n : most;

	s->scratch->kept += n;
	if (n) {
		out->evidence = arena_alloc(mem, n * sizeof(*out->evidence));
		memcpy(out->evidence, o->v, n * sizeof(*out->evidence));
	}
	for (size_t i = 0; i < n; i++)
		out->evidence[i].detail = arena_dup(mem, o->v[i].detail);
	out->nevidence = n;
	if (n < o->n && out->note.n == 0)
		out->note = arena_printf(mem, "%zu weaker candidates are not listed", o->n - n);
}

/* A property that names nothing known is most likely a slip of the pen. */
static void
note_property(struct judged *out, const struct subject *s)
{
	for (size_t i = 0; i < out->nevidence; i++)
		if (out->evidence[i].kind == EV_PROPERTY)
			return;
	for (size_t i = 0; s->test && i < s->test->nprops; i++)
		if (str_ieqz(s->test->props[i].name, "finding") &&
			str_trim(s->test->props[i].value).n)
			note(out, s, "its property finding names '%w', which no register knows",
				STR_NONE, s->test->props[i].value);
}

static void
add_offers(struct offers *to, const struct evidence *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*vec_push(to) = v[i];
}

void
classify(const struct subject *s, struct offers *o, struct judged *out)
{
	struct offers live = { 0 }, back = { 0 };
	struct sides sides = { 0 }, kept = { 0 };
	struct judged unused = { 0 };

	*out = (struct judged){ 0 };
	offers_gather(o);
	for (size_t i = 0, n; i < o->n; i += n) {
		for (n = 1; i + n < o->n && o->v[i + n].finding == o->v[i].finding;)
			n++;
		if (o->v[i].finding->keeps) {
			if (weigh(s, &o->v[i], n, &kept, &unused))
				add_offers(&back, &o->v[i], n);
		} else if (weigh(s, &o->v[i], n, &sides, out)) {
			add_offers(&live, &o->v[i], n);
		}
	}
	rest_on(out, s, choose(&sides));
	if (rest_on_kept(out, s, &kept))
		add_offers(&live, back.v, back.n);
	offers_rank(&live);
	keep_evidence(out, s, &live);
	note_property(out, s);
	vec_release(&live);
	vec_release(&back);
	vec_release(&sides);
	vec_release(&kept);
}
