/*
 * states.c -- the state that holds, out of all that was stated.
 *
 * Every status is a claim, dated by its document. The last claim holds: by date, then by
 * policy order, then by line. Claims about a finding also hold for those it tracks. The
 * state of an issue tracker holds over all documents.
 */
#include "gate/base/buf.h"
#include "gate/model/resolve.h"

struct claim {
	struct finding *to;  /* what it is about */
	struct finding *by;  /* where it was read */
	int64_t date;
	size_t place;        /* of the register, in policy order */
	long line;
	enum state state;
};

struct claims {
	struct claim *v;
	size_t n, cap;
};

struct states {
	struct resolver *r;
	int64_t *dates;                /* by register: effective dates */
	struct claims claims;          /* by finding, then the last one last */
	const struct claim **direct;   /* by finding->order: the claim that holds, or NULL */
	const struct claim **indirect; /* the same, of findings that track this one */
	struct { const struct claim **v; size_t n, cap; } winners;
};

/* An undated document counts as dated like the one before it, the first as oldest. */
static int64_t *
effective_dates(const struct findings *fs)
{
	int64_t *dates = xcalloc(fs->regs.n + 1, sizeof(*dates)), last = INT64_MIN;

	for (size_t i = 0; i < fs->regs.n; i++) {
		const struct reg *reg = fs->regs.v[i];

		if (reg->kind == REGISTER_TRACKER) {
			dates[i] = INT64_MAX;
			continue;
		}
		if (reg->date != DATE_NONE)
			last = reg->date;
		dates[i] = last;
	}
	return dates;
}

static void
claim(struct states *s, struct finding *to, struct finding *by)
{
	struct claim *c = vec_push(&s->claims);

	c->to = to;
	c->by = by;
	c->date = s->dates[by->reg->order];
	c->place = by->reg->order;
	c->line = by->status_line ? by->status_line : by->line;
	c->state = by->own_state;
}

/* Issues of trackers speak of every finding that was filed as them. */
static void
claim_by_alias(struct states *s, const struct map *issues, struct finding *f)
{
	for (size_t i = 0; i < f->aliases.n; i++) {
		struct finding *issue = map_get(issues, f->aliases.v[i]);

		if (issue && issue->about != f)
			claim(s, f, issue);
	}
}

/* By number and by address: people write either. */
static void
index_issue(struct map *issues, struct finding *f)
{
	*map_at(issues, f->id) = f;
	for (size_t i = 0; i < f->aliases.n; i++)
		*map_at(issues, f->aliases.v[i]) = f;
}

static void
collect(struct states *s)
{
	struct findings *fs = s->r->fs;
	struct map issues = { 0 };

	for (size_t i = 0; i < fs->all.n; i++) {
		struct finding *f = fs->all.v[i];

		if (f->has_status && !f->ambiguous)
			claim(s, finding_meant(f), f);
		if (f->has_status && f->reg->kind == REGISTER_TRACKER)
			index_issue(&issues, f);
	}
	for (size_t i = 0; i < fs->all.n && issues.n > 0; i++) {
		struct finding *f = fs->all.v[i];

		if (f->reg->kind != REGISTER_TRACKER && finding_listed(f))
			claim_by_alias(s, &issues, f);
	}
	map_release(&issues);
}

static int
by_age(const struct claim *x, const struct claim *y)
{
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int
by_finding(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;
	int age = by_age(x, y);

	if (x->to != y->to)
		return x->to->order < y->to->order ? -1 : 1;
	if (age)
		return age;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->by->order < y->by->order ? -1 : x->by->order > y->by->order;
}

/* Of two entries of one document that track the same finding, the unfinished one counts. */
static int
unfinished(enum state s)
{
	return s == STATE_DONE || s == STATE_REJECTED ? 0 : s == STATE_IN_PROGRESS ? 2 : 1;
}

/* The one that holds over the others first. */
static int
by_weight(const void *a, const void *b)
{
	const struct claim *x = *(const struct claim *const *)a;
	const struct claim *y = *(const struct claim *const *)b;
	int age = by_age(x, y), left = unfinished(x->state) - unfinished(y->state);

	if (age)
		return -age;
	if (left)
		return -left;
	if (x->line != y->line)
		return x->line > y->line ? -1 : 1;
	return x->to->order > y->to->order ? -1 : x->to->order < y->to->order;
}

/* Whether the two can't both be right; a status that nobody understands contradicts nothing. */
static bool
contradict(const struct claim *x, const struct claim *y)
{
	return x->state != y->state && x->state != STATE_UNKNOWN && y->state != STATE_UNKNOWN;
}

/* Said where the text is that no longer holds: there is what wants an edit. */
static void
note_conflict(struct states *s, const struct claim *loser, const struct claim *winner)
{
	struct buf who = BUF_INIT;

	if (winner->to != loser->to) /* one tracks the other */
		buf_addf(&who, "%.*s is ", STR_FMT(winner->to->id));
	findings_note(s->r->fs, REGP_STATUS_CONFLICT, loser->by->reg, loser->line,
		"%.*s is %s here, but %s%s at %.*s:%ld, which holds", STR_FMT(loser->to->id),
		state_name(loser->state), buf_z(&who), state_name(winner->state),
		STR_FMT(winner->by->reg->shown), winner->line);
	buf_release(&who);
}

static void
pick_direct(struct states *s)
{
	struct claim *v = s->claims.v;

	if (s->claims.n)
		qsort(v, s->claims.n, sizeof(*v), by_finding);
	for (size_t i = 0, end; i < s->claims.n; i = end) {
		for (end = i + 1; end < s->claims.n && v[end].to == v[i].to; end++)
			;
		for (size_t k = i; k + 1 < end; k++)
			if (contradict(&v[k], &v[end - 1]))
				note_conflict(s, &v[k], &v[end - 1]);
		s->direct[v[i].to->order] = &v[end - 1];
		*vec_push(&s->winners) = &v[end - 1];
	}
}

/*
 * Hands every winner on along `tracks`, the weightiest first: who has one already has a
 * better one. Each finding is left at most twice, however the links run in circles.
 */
static void
hand_on(struct states *s)
{
	struct { struct finding **v; size_t n, cap; } todo = { 0 };

	if (s->winners.n)
		qsort(s->winners.v, s->winners.n, sizeof(*s->winners.v), by_weight);
	for (size_t i = 0; i < s->winners.n; i++) {
		const struct claim *c = s->winners.v[i];

		/* A duplicate entry says nothing of what it tracks: the other entry does. */
		if (c->state == STATE_DUPLICATE)
			continue;
		*vec_push(&todo) = c->to;
		while (todo.n > 0) {
			const struct finding *f = todo.v[--todo.n];

			for (size_t k = 0; k < f->links.n; k++) {
				struct finding *t = f->links.v[k].target;

				if (f->links.v[k].kind != LINK_TRACKS || t == NULL || t == c->to ||
					s->indirect[t->order])
					continue;
				s->indirect[t->order] = c;
				*vec_push(&todo) = t;
			}
		}
	}
	vec_release(&todo);
}

/* In one document the entry's own word outranks that of entries that track it. */
static const struct claim *
holding(const struct states *s, const struct finding *f)
{
	const struct claim *d = s->direct[f->order], *i = s->indirect[f->order];

	return i && (d == NULL || by_age(i, d) > 0) ? i : d;
}

static void
settle(struct states *s, struct finding *f)
{
	const struct claim *d = s->direct[f->order], *i = s->indirect[f->order];
	const struct claim *holds = holding(s, f);

	/* An entry that tracks this one and is itself overruled has been noted there. */
	if (d && i && contradict(d, i) && (holds == i || holding(s, i->to) == i))
		note_conflict(s, holds == d ? i : d, holds);
	f->state = holds ? holds->state : f->own_state;
	f->state_from = holds && holds->by != f ? holds->by : NULL;
}

static struct finding *
duplicate_of(const struct finding *f)
{
	for (size_t i = 0; i < f->links.n; i++)
		if (f->links.v[i].kind == LINK_DUPLICATES && f->links.v[i].target)
			return f->links.v[i].target;
	return NULL;
}

/*
 * A duplicate's state is its target's. What was walked is marked, so that a circle of
 * duplicates ends; such a circle says nothing, and stays `duplicate`.
 */
static void
settle_duplicates(struct states *s)
{
	struct findings *fs = s->r->fs;
	size_t *walk = xcalloc(fs->all.n + 1, sizeof(*walk));
	struct { struct finding **v; size_t n, cap; } path = { 0 };

	for (size_t i = 0; i < fs->all.n; i++) {
		struct finding *f = fs->all.v[i], *end = f;

		if (f->state != STATE_DUPLICATE || walk[i])
			continue;
		path.n = 0;
		while (end && end->state == STATE_DUPLICATE && walk[end->order] == 0) {
			walk[end->order] = i + 1;
			*vec_push(&path) = end;
			end = duplicate_of(end);
		}
		if (end && end->state == STATE_DUPLICATE && walk[end->order] == i + 1)
			findings_note(fs, REGP_DANGLING_LINK, f->reg, f->line,
				"%.*s is a duplicate of itself in the end", STR_FMT(f->id));
		for (size_t k = 0; end && end->state != STATE_DUPLICATE && k < path.n; k++) {
			path.v[k]->state = end->state;
			path.v[k]->state_from = end->state_from ? end->state_from : end;
		}
	}
	vec_release(&path);
	free(walk);
}

void
resolve_states(struct resolver *r)
{
	struct findings *fs = r->fs;
	struct states s = { .r = r };

	s.dates = effective_dates(fs);
	s.direct = xcalloc(fs->all.n + 1, sizeof(*s.direct));
	s.indirect = xcalloc(fs->all.n + 1, sizeof(*s.indirect));
	collect(&s);
	pick_direct(&s);
	hand_on(&s);
	for (size_t i = 0; i < fs->all.n; i++)
		settle(&s, fs->all.v[i]);
	settle_duplicates(&s);
	for (size_t i = 0; i < fs->all.n; i++)
		if (fs->all.v[i]->about)
			fs->all.v[i]->state = fs->all.v[i]->about->state;
	vec_release(&s.claims);
	vec_release(&s.winners);
	free(s.direct);
	free(s.indirect);
	free(s.dates);
}
