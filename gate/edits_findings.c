/*
 * edits_findings.c -- what the change does to findings. Only what excuses or accuses counts:
 * documents that describe may be edited freely.
 *
 * A finding's parts are looked at one by one. Each is stricter, looser or the same, whatever the
 * others are: a stricter part counts, a looser one is pending. What can't be told to be stricter
 * is looser.
 */
#include "gate/edits_within.h"

#include "gate/base/map.h"

struct comparing {
	const struct sides *s;
	struct finding *t, *m;  /* trusted, and mine */
	struct buf looser;      /* the parts that are, in words */
};

static bool
is_done(const struct finding *f)
{
	return f->state == STATE_DONE;
}

/* Something that no excuse reaches holds for it: closed, or past its date. */
static bool
accuses(const struct comparing *c, const struct finding *f)
{
	const struct entry *e = f->entry;

	return is_done(f) || f->state == STATE_EXPIRED ||
		(f->expires != DATE_NONE && f->expires < c->s->now) ||
		(e && e->has_waiver && e->waiver_expires != DATE_NONE &&
		e->waiver_expires < c->s->now);
}

static bool
may_excuse(const struct finding *f)
{
	return f->excuses || (f->entry && f->entry->has_waiver);
}

static void
add_date(struct buf *b, int64_t t)
{
	if (t == DATE_NONE)
		buf_addz(b, "-");
	else
		date_rfc3339(b, t);
	buf_addc(b, '\n');
}

static void
add_texts(struct buf *b, const char *what, const struct str_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		buf_addf(b, "%s %zu:%.*s\n", what, l->v[i].n, STR_FMT(l->v[i]));
}

static void
add_entry(struct buf *b, const struct entry *e)
{
	if (e == NULL)
		return;
	buf_addf(b, "entry %d %d %u %d %d\n", e->has_match, e->message_optional, e->outcomes,
		e->sometimes, e->has_waiver);
	for (int k = 0; k < SELECTORS; k++)
		add_texts(b, selector_name((enum selector_key)k), &e->match.pattern[k]);
	for (size_t i = 0; i < e->nmessages; i++)
		buf_addf(b, "%s %zu:%.*s\n", e->messages[i].regex ? "regex" : "message",
			e->messages[i].literal.n, STR_FMT(e->messages[i].literal));
	buf_addf(b, "fixed-in %.*s\nwaiver %.*s|%.*s\n", STR_FMT(e->fixed_in),
		STR_FMT(e->waiver_owner), STR_FMT(e->waiver_reason));
	add_date(b, e->waiver_expires);
}

/* All of a finding that may change what becomes of a result. */
static void
add_finding(struct buf *b, const struct finding *f)
{
	buf_addf(b, "%.*s %s %s %d\n", STR_FMT(f->qualified), state_name(f->state),
		level_name(f->level), f->excuses);
	add_date(b, f->expires);
	add_entry(b, f->entry);
	add_texts(b, "alias", &f->aliases);
	add_texts(b, "identifier", &f->identifiers);
	for (size_t i = 0; i < f->tests.n; i++)
		buf_addf(b, "test %d %.*s\n", f->tests.v[i].scope, STR_FMT(f->tests.v[i].ref));
	for (size_t i = 0; i < f->locations.n; i++)
		buf_addf(b, "at %.*s:%ld-%ld\n", STR_FMT(f->locations.v[i].path),
			f->locations.v[i].line, f->locations.v[i].end_line);
	for (size_t i = 0; i < f->signatures.n; i++)
		buf_addf(b, "says %d %d %.*s\n", f->signatures.v[i].required,
			f->signatures.v[i].regex != NULL, STR_FMT(f->signatures.v[i].text));
	for (size_t i = 0; i < f->tools.n; i++)
		buf_addf(b, "tool %.*s %.*s\n", STR_FMT(f->tools.v[i].tool),
			STR_FMT(f->tools.v[i].rule));
}

static void
looser(struct comparing *c, const char *what)
{
	buf_addf(&c->looser, "%s%s", c->looser.n ? ", " : "", what);
}

static void
compare_state(struct comparing *c)
{
	enum state t = c->t->state, m = c->m->state;
	bool was_open = t != STATE_DONE && t != STATE_REJECTED && t != STATE_EXPIRED;
	bool is_open = m != STATE_DONE && m != STATE_REJECTED && m != STATE_EXPIRED;

	if (t == m || (was_open && is_open))
		return;
	if (m == STATE_DONE && t != STATE_EXPIRED) {
		c->t->state = m;
		c->t->state_from = NULL;
		c->t->own_state = m;
	} else if (m == STATE_REJECTED || may_excuse(c->t) || may_excuse(c->m) ||
		accuses(c, c->t)) {
		looser(c, is_open ? "reopened" : m == STATE_REJECTED ? "rejected"
			: "another state");
	}
}

static int
rank(enum level l)
{
	return l == LEVEL_UNKNOWN ? LEVEL_HIGH : (int)l;
}

static void
compare_level(struct comparing *c)
{
	if (rank(c->m->level) > rank(c->t->level))
		c->t->level = c->m->level;
	else if (rank(c->m->level) < rank(c->t->level))
		looser(c, "a lower severity");
}

/* NONE is for ever. */
static bool
later(int64_t a, int64_t b)
{
	return b != DATE_NONE && (a == DATE_NONE || a > b);
}

static void
compare_dates(struct comparing *c)
{
	if (c->m->expires == c->t->expires)
		return;
	if (later(c->m->expires, c->t->expires))
		looser(c, "a later end");
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
		str_eq(m->waiver_owner, t->waiver_owner) &&
		(m->waiver_reason.n > 0) == (t->waiver_reason.n > 0)));
}

static bool
same_text(void (*add)(struct buf *, const struct entry *), const struct entry *a,
	const struct entry *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same;

	add(&x, a);
	add(&y, b);
	same = str_eq(buf_str(&x), buf_str(&y));
	buf_release(&x);
	buf_release(&y);
	return same;
}

static void
compare_entries(struct comparing *c)
{
	struct entry *t = c->t->entry, *m = c->m->entry;

	if (same_text(add_entry, t, m))
		return;
	if (t && m && entry_within(c, m, t)) {
		c->t->entry = m; /* each is freed with the finding that holds it */
		c->m->entry = t;
	} else if (t && m && m->has_waiver && !t->has_waiver) {
		looser(c, "a new waiver");
	} else if (t && m && m->has_waiver && later(m->waiver_expires, t->waiver_expires)) {
		looser(c, "a longer waiver");
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
	bool narrower = refs_within(m, t);

	if (narrower && refs_within(t, m))
		return;
	if (!narrower || accuses(c, t)) {
		looser(c, "other tests, places or messages");
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
		add_finding(&all, content);
	edit_add(s->edits, buf_str(&text), (struct pos){
		arena_z(&s->edits->mem, at->reg->shown), at->line, 0 }, buf_str(&all));
	buf_release(&text);
	buf_release(&all);
}

static void
compare(const struct sides *s, struct finding *t, struct finding *m)
{
	struct comparing c = { .s = s, .t = t, .m = m };
	struct buf all = BUF_INIT;

	add_finding(&all, m); /* before parts of it move over */
	if (may_excuse(t) || may_excuse(m)) {
		compare_dates(&c);
		compare_refs(&c);
		compare_entries(&c);
	}
	if (m->excuses && !t->excuses)
		looser(&c, "it would excuse");
	else
		t->excuses = t->excuses && m->excuses;
	compare_level(&c);
	compare_state(&c);
	if (c.looser.n) {
		struct buf text = BUF_INIT;

		buf_addf(&text, "changes %.*s: %s", STR_FMT(m->qualified), buf_z(&c.looser));
		edit_add(s->edits, buf_str(&text), (struct pos){
			arena_z(&s->edits->mem, m->reg->shown), m->line, 0 }, buf_str(&all));
		buf_release(&text);
	}
	buf_release(&c.looser);
	buf_release(&all);
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

	if (accuses(&c, t))
		pend(s, "removes", STR_NONE, t, NULL);
	else if (may_excuse(t))
		t->dropped = true;
}

static void
brought(const struct sides *s, struct finding *m)
{
	*vec_push(&s->edits->fresh) = m->order;
	if (may_excuse(m) && !is_done(m))
		pend(s, "adds", m->entry && m->entry->has_waiver ? STR("a waiver")
			: STR("it would excuse"), m, m);
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
