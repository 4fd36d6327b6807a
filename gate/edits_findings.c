/*
 * edits_findings.c -- what the change does to findings. Only what excuses or accuses counts:
 * documents that describe may be edited freely, but for what they call done or rejected.
 *
 * A finding's parts are looked at one by one. Each is stricter, looser or the same, whatever the
 * others are: a stricter part counts, a looser one is pending. What can't be told to be stricter
 * is looser.
 */
#include "gate/edits_within.h"

#include "gate/base/map.h"
#include "policies/engine/tighten.h"

struct comparing {
	const struct sides *s;
	struct finding *t, *m;  /* trusted, and mine */
	struct buf looser;      /* the parts that are, in words */
};

/* As it is judged: a duplicate as what it duplicates. */
static enum state
state_of(const struct finding *f)
{
	const struct finding *as = finding_judged_as(f);

	return as ? as->state : STATE_OPEN;
}

static bool
is_done(const struct finding *f)
{
	return state_of(f) == STATE_DONE;
}

static bool
is_over(const struct comparing *c, int64_t expires)
{
	return expires != DATE_NONE && expires < c->s->now;
}

/* Something that no excuse reaches holds for it: closed, or past its date. */
static bool
accuses(const struct comparing *c, const struct finding *f)
{
	const struct entry *e = f->entry;

	return is_done(f) || f->state == STATE_EXPIRED || is_over(c, f->expires) ||
		(e && e->has_waiver && is_over(c, e->waiver_expires));
}

/* Lint and scan results may map to it; not by its mere tests and messages. */
static bool
takes_issues(const struct finding *f)
{
	const struct selectors *s = f->entry ? &f->entry->match : NULL;

	return f->tools.n || (s && s->pattern[SEL_TEST].n == 0 && s->pattern[SEL_SUITE].n == 0);
}

/* Any document may reject a result: "false positive" excuses it. */
static bool
may_excuse(const struct finding *f)
{
	return f->excuses || (f->entry && f->entry->has_waiver) ||
		(state_of(f) == STATE_REJECTED && takes_issues(f));
}

static void
looser(struct comparing *c, const char *what)
{
	buf_addf(&c->looser, "%s%s", c->looser.n ? ", " : "", what);
}

static bool
is_live(enum state s)
{
	return s != STATE_DONE && s != STATE_REJECTED && s != STATE_EXPIRED;
}

/* Failures that no rule would stop without it stay its own; for all else it is gone. */
static void
take_back(const struct sides *s, struct finding *t)
{
	t->keeps = taking_back_loosens(s->policy);
	t->dropped = t->keeps == 0;
	t->fresh = true; /* what it expects of tests that are gone is not missed */
}

#define FORGIVEN "fewer failures, which the baseline would forgive and no rule forbids"

/* Where no rule forbids failed fixes, to close a finding is to take its failures away. */
static void
close_it(struct comparing *c)
{
	if (closing_tightens(c->s->policy, takes_issues(c->t) || takes_issues(c->m))) {
		c->t->state = STATE_DONE;
		c->t->state_from = NULL;
		c->t->own_state = STATE_DONE;
	} else {
		take_back(c->s, c->t);
		looser(c, "closed, and no rule forbids failed fixes");
	}
}

static void
compare_state(struct comparing *c)
{
	enum state t = state_of(c->t), m = state_of(c->m);

	if (t == m || (is_live(t) && is_live(m)))
		return;
	if (m == STATE_DONE && t != STATE_EXPIRED)
		close_it(c);
	else if (m == STATE_REJECTED || may_excuse(c->t) || may_excuse(c->m) ||
		accuses(c, c->t))
		looser(c, is_live(m) ? "reopened" : m == STATE_REJECTED ? "rejected"
			: "another state");
}

static int
rank(enum level l)
{
	return l == LEVEL_UNKNOWN ? LEVEL_HIGH : (int)l;
}

static void
compare_level(struct comparing *c)
{
	int t = rank(c->t->level), m = rank(c->m->level);

	if (m < t)
		looser(c, "a lower severity");
	else if (m > t && raising_tightens(c->s->policy))
		c->t->level = c->m->level;
	else if (m > t && may_excuse(c->t))
		looser(c, "another severity");
}

/* NONE is for ever. */
static bool
later(int64_t a, int64_t b)
{
	return b != DATE_NONE && (a == DATE_NONE || a > b);
}

/* It ends what was covered, and nothing judges that. */
static bool
ends_unjudged(const struct comparing *c, int64_t t, int64_t m)
{
	return is_over(c, m) && !is_over(c, t) && !expiry_tightens(c->s->policy);
}

#define ENDED "ended, and no rule forbids expired waivers"

static void
compare_dates(struct comparing *c)
{
	if (c->m->created != DATE_NONE && later(c->m->created, c->t->created))
		looser(c, "a younger date");
	else
		c->t->created = c->m->created;
	if (c->m->expires == c->t->expires)
		return;
	if (later(c->m->expires, c->t->expires))
		looser(c, "a later end");
	else if (ends_unjudged(c, c->t->expires, c->m->expires))
		looser(c, ENDED);
	else
		c->t->expires = c->m->expires;
}

/* Mine covers no more than theirs, and expects no less. */
static bool
entry_within(struct comparing *c, const struct entry *m, const struct entry *t)
{
	return !accuses(c, c->t) && match_within(m, t) && messages_within(m, t) &&
		outcomes_within(m, t) && (t->sometimes || !m->sometimes) &&
		str_eq(m->fixed_in, t->fixed_in) && m->has_waiver == t->has_waiver &&
		(!m->has_waiver || (!later(m->waiver_expires, t->waiver_expires) &&
		!ends_unjudged(c, t->waiver_expires, m->waiver_expires) &&
		str_eq(m->waiver_owner, t->waiver_owner) &&
		(m->waiver_reason.n > 0) == (t->waiver_reason.n > 0)));
}

/* All that theirs matches. */
static bool
entry_covers(const struct entry *m, const struct entry *t)
{
	return match_within(t, m) && messages_within(t, m) && outcomes_within(t, m);
}

/* It excuses, and what it no longer does would fall to rules that forbid less. */
static bool
forgiven(const struct comparing *c)
{
	return may_excuse(c->t) && taking_back_loosens(c->s->policy) != 0;
}

static bool
same_entry(const struct entry *a, const struct entry *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same;

	edit_text_of_entry(&x, a);
	edit_text_of_entry(&y, b);
	same = str_eq(buf_str(&x), buf_str(&y));
	buf_release(&x);
	buf_release(&y);
	return same;
}

static void
compare_entries(struct comparing *c)
{
	struct entry *t = c->t->entry, *m = c->m->entry;

	if (same_entry(t, m))
		return;
	if (t && m && entry_within(c, m, t) && !entry_covers(m, t) && forgiven(c)) {
		looser(c, FORGIVEN);
		return;
	}
	if (t && m && entry_within(c, m, t)) {
		c->t->entry = m; /* each is freed with the finding that holds it */
		c->m->entry = t;
	} else if (t && m && m->has_waiver && !t->has_waiver) {
		looser(c, "a new waiver");
	} else if (t && m && m->has_waiver && later(m->waiver_expires, t->waiver_expires)) {
		looser(c, "a longer waiver");
	} else if (t && m && m->has_waiver && ends_unjudged(c, t->waiver_expires,
		m->waiver_expires)) {
		looser(c, ENDED);
	} else {
		looser(c, t && m && match_within(m, t) ? "another expectation" : "a wider match");
	}
}

#define SWAP(a, b) \
	do { \
		__typeof__(a) swap_ = (a); \
		(a) = (b); \
		(b) = swap_; \
	} while (0)

static void
compare_refs(struct comparing *c)
{
	struct finding *t = c->t, *m = c->m;
	bool narrower = refs_within(m, t), wider = refs_within(t, m);

	if (narrower && wider)
		return;
	/* What accuses must not lose any; all else must not gain any. */
	if (accuses(c, t) ? !wider : !narrower) {
		looser(c, "other tests, places or messages");
		return;
	}
	if (accuses(c, t))
		return;
	if (forgiven(c)) {
		looser(c, FORGIVEN);
		return;
	}
	SWAP(t->tests, m->tests);
	SWAP(t->locations, m->locations);
	SWAP(t->signatures, m->signatures);
	SWAP(t->tools, m->tools);
	SWAP(t->aliases, m->aliases);
	SWAP(t->identifiers, m->identifiers);
}

static void
pend(const struct sides *s, const char *verb, struct str what, const struct finding *at,
	const struct finding *content)
{
	struct buf text = BUF_INIT, all = BUF_INIT;

	buf_addf(&text, "%s %.*s", verb, STR_FMT(at->qualified));
	if (what.n)
		buf_addf(&text, ": %.*s", STR_FMT(what));
	if (content)
		edit_text_of(&all, content);
	edit_add(s->edits, buf_str(&text), (struct pos){
		arena_z(&s->edits->mem, at->reg->shown), at->line, 0 }, buf_str(&all));
	buf_release(&text);
	buf_release(&all);
}

static void
compare(const struct sides *s, struct finding *t, struct finding *m)
{
	struct comparing c = { .s = s, .t = t, .m = m };
	struct buf was = BUF_INIT, all = BUF_INIT, text = BUF_INIT;

	edit_text_of(&was, t);
	edit_text_of(&all, m); /* before parts of it move over */
	if (may_excuse(t) || may_excuse(m)) {
		compare_dates(&c);
		compare_entries(&c);
	}
	if (may_excuse(t) || may_excuse(m) || accuses(&c, t))
		compare_refs(&c);
	if (m->excuses && !t->excuses)
		looser(&c, "it would excuse");
	else if (t->excuses && !m->excuses && forgiven(&c))
		looser(&c, FORGIVEN);
	else
		t->excuses = t->excuses && m->excuses;
	compare_level(&c);
	compare_state(&c);
	if (c.looser.n) {
		buf_addf(&text, "changes %.*s: %s", STR_FMT(m->qualified), buf_z(&c.looser));
		edit_add(s->edits, buf_str(&text), (struct pos){
			arena_z(&s->edits->mem, m->reg->shown), m->line, 0 }, buf_str(&all));
	} else if (!str_eq(buf_str(&was), buf_str(&all))) {
		edit_unlisted(s->edits, buf_str(&all));
	}
	buf_release(&c.looser);
	buf_release(&was);
	buf_release(&all);
	buf_release(&text);
}

/* Where the register lay before the change: findings keep their names when it moves. */
static struct str
register_key(const struct sides *s, const struct reg *reg, bool mine)
{
	struct arena *mem = &s->edits->mem;
	struct str path, old;

	if (!git_path(s->git, mem, reg->path, &path))
		return reg->path;
	old = mine ? change_moved_from(s->change, path) : STR_NONE;
	return old.n ? old : path;
}

/* Register, ID and, where several bear it, which of them. */
static struct str
finding_key(const struct sides *s, struct str reg, const struct finding *f, struct map *count)
{
	struct arena *mem = &s->edits->mem;
	struct str key = arena_printf(mem, "%.*s\n%.*s", STR_FMT(reg), STR_FMT(f->id));
	void **at = map_at(count, key);
	size_t n;

	if (*at == NULL)
		*at = arena_new(mem, size_t);
	n = ++*(size_t *)*at;
	return n == 1 ? key : arena_printf(mem, "%.*s\n%zu", STR_FMT(key), n);
}

static struct map
by_key(const struct sides *s, struct findings *fs, bool mine)
{
	struct map all = { 0 }, count = { 0 };

	for (size_t i = 0; i < fs->regs.n; i++) {
		struct reg *reg = fs->regs.v[i];
		struct str path = register_key(s, reg, mine);

		for (size_t k = 0; k < reg->findings.n; k++)
			if (finding_listed(reg->findings.v[k]))
				*map_at(&all, finding_key(s, path, reg->findings.v[k], &count)) =
					reg->findings.v[k];
	}
	map_release(&count);
	return all;
}

static void
taken_back(const struct sides *s, struct finding *t)
{
	struct comparing c = { .s = s };

	if (accuses(&c, t)) {
		pend(s, "removes", STR_NONE, t, NULL);
		return;
	}
	if (may_excuse(t))
		take_back(s, t);
	edit_unlisted(s->edits, t->qualified);
}

/* Done is no excuse, but where the tested revision may lack the fix. */
static void
brought(const struct sides *s, struct finding *m)
{
	struct buf all = BUF_INIT;

	*vec_push(&s->edits->fresh) = m->order;
	if (may_excuse(m) && !(is_done(m) && (m->entry == NULL || m->entry->fixed_in.n == 0))) {
		pend(s, "adds", m->entry && m->entry->has_waiver ? STR("a waiver")
			: state_of(m) == STATE_REJECTED ? STR("it would reject")
			: STR("it would excuse"), m, m);
		return;
	}
	edit_text_of(&all, m);
	edit_unlisted(s->edits, buf_str(&all));
	buf_release(&all);
}

/* `removed:` and `renamed:` say that something that is gone need not be missed. */
static void
compare_lists(const struct sides *s, const struct findings *trusted, const struct findings *mine)
{
	struct map known = { 0 };

	for (size_t i = 0; i < trusted->regs.n; i++) {
		const struct reg *r = trusted->regs.v[i];

		for (size_t k = 0; k < r->removed.n; k++)
			*map_at(&known, r->removed.v[k]) = trusted->regs.v[i];
		for (size_t k = 0; k < r->renamed_from.n; k++)
			*map_at(&known, arena_printf(&s->edits->mem, "%.*s\n%.*s",
				STR_FMT(r->renamed_from.v[k]), STR_FMT(r->renamed_to.v[k]))) =
				trusted->regs.v[i];
	}
	for (size_t i = 0; i < mine->regs.n; i++) {
		const struct reg *r = mine->regs.v[i];
		struct pos at = { arena_z(&s->edits->mem, r->shown), 0, 0 };
		struct buf text = BUF_INIT;

		for (size_t k = 0; k < r->removed.n; k++) {
			if (map_get(&known, r->removed.v[k]))
				continue;
			buf_reset(&text);
			buf_addf(&text, "lists as removed: %.*s", STR_FMT(r->removed.v[k]));
			edit_add(s->edits, buf_str(&text), at, STR_NONE);
		}
		for (size_t k = 0; k < r->renamed_from.n; k++) {
			buf_reset(&text);
			buf_addf(&text, "%.*s\n%.*s", STR_FMT(r->renamed_from.v[k]),
				STR_FMT(r->renamed_to.v[k]));
			if (map_get(&known, buf_str(&text)))
				continue;
			buf_reset(&text);
			buf_addf(&text, "lists as renamed: %.*s to %.*s",
				STR_FMT(r->renamed_from.v[k]), STR_FMT(r->renamed_to.v[k]));
			edit_add(s->edits, buf_str(&text), at, STR_NONE);
		}
		buf_release(&text);
	}
	map_release(&known);
}

void
edits_of_findings(const struct sides *s, struct findings *trusted, struct findings *mine)
{
	struct map theirs = by_key(s, trusted, false), ours = by_key(s, mine, true);

	for (size_t i = 0; i < theirs.n; i++) {
		struct finding *m = map_get(&ours, theirs.v[i].key);

		if (m)
			compare(s, theirs.v[i].value, m);
		else
			taken_back(s, theirs.v[i].value);
	}
	for (size_t i = 0; i < ours.n; i++)
		if (map_get(&theirs, ours.v[i].key) == NULL)
			brought(s, ours.v[i].value);
	compare_lists(s, trusted, mine);
	map_release(&theirs);
	map_release(&ours);
}
