/*
 * baseline_tests.c -- the cases of a run against those of its baseline.
 *
 * Both sides are sorted by the hash of their IDs, so nearly all of them meet in one merge;
 * only those that are left over are looked at by name: the other way to write the suite,
 * `renamed:`, `removed:`. Equal IDs are told apart by suite, then by order.
 */
#include "gate/correlate/engine/baseline.h"
#include "gate/model/identity.h"
#include "gate/model/seen.h"
#include "gate/model/unstable.h"

/* One leg of the baseline and the legs of the run it is compared with. */
struct pairing {
	struct comparison *c;
	const struct snapshot_leg *then;
	struct now_leg **now;
	size_t n, cap;
	struct map unstable;  /* stable part -> list of the kept cases that bear it */
	unsigned char *found; /* by place among the baseline's lines: a leg of the run has it */
	bool absence;         /* what is not found is gone */
};

static unsigned char
says_of(enum outcome then)
{
	switch (then) {
	case OUT_PASSED:
	case OUT_FLAKY:
		return 1 + BASE_PASSED;
	case OUT_FAILED:
	case OUT_ERROR:
		return 1 + BASE_FAILED;
	default:
		return 1 + BASE_NOT_THERE; /* skipped: it was there and told nothing */
	}
}

/* Where several could be the one meant, one that passed makes it a regression. */
static void
say(struct now_leg *leg, size_t now, enum outcome then)
{
	unsigned char says = says_of(then);

	if (leg->says[now] != 1 + BASE_PASSED &&
	    (leg->says[now] == 0 || says != 1 + BASE_NOT_THERE))
		leg->says[now] = says;
}

static void
pair(struct pairing *p, struct now_leg *leg, size_t then, size_t now)
{
	say(leg, now, SEEN_OUTCOME(p->then->v[then]));
	p->found[SEEN_SEQ(p->then->v[then])] = 1;
}

/* Equal IDs on both sides: those of one suite belong together, the rest by their order. */
static void
pair_group(struct pairing *p, struct now_leg *leg, size_t then, size_t nthen, size_t now,
	size_t nnow)
{
	unsigned char *taken = xcalloc(nthen, 1);

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < nnow; i++) {
			const struct seen *s = &leg->cases->v[now + i];

			for (size_t k = 0; k < nthen && leg->says[now + i] == 0; k++) {
				if (taken[k] ||
				    (round == 0 && p->then->v[then + k].suite != s->suite))
					continue;
				taken[k] = 1;
				pair(p, leg, then + k, now + i);
			}
		}
	}
	free(taken);
}

/*
 * More equal IDs than this leg has, in a baseline that does not tell legs or producers apart: it
 * may be any of them.
 */
static void
pair_any(struct pairing *p, struct now_leg *leg, size_t then, size_t nthen, size_t now, size_t nnow)
{
	for (size_t i = 0; i < nnow; i++) {
		bool counted = false;

		for (size_t k = 0; k < nthen; k++) {
			unsigned char *found = &p->found[SEEN_SEQ(p->then->v[then + k])];

			say(leg, now + i, SEEN_OUTCOME(p->then->v[then + k]));
			if (counted || *found)
				continue;
			counted = true;
			*found = 1;
		}
	}
}

static void
merge(struct pairing *p, struct now_leg *leg)
{
	const struct seen *a = p->then->v, *b = leg->cases->v;
	size_t i = 0, k = 0;

	while (i < p->then->n && k < leg->cases->n) {
		size_t na, nb;

		if (a[i].id < b[k].id) {
			i++;
			continue;
		}
		if (b[k].id < a[i].id) {
			k++;
			continue;
		}
		na = seen_run(a, p->then->n, i);
		nb = seen_run(b, leg->cases->n, k);
		if (na == 1 && nb == 1)
			pair(p, leg, i, k);
		else if (p->n > 1 && nb < na)
			pair_any(p, leg, i, na, k, nb);
		else
			pair_group(p, leg, i, na, k, nb);
		i += na;
		k += nb;
	}
}

/* The first case of the run with this id that has no counterpart yet; then it has. */
static bool
claim(struct pairing *p, const struct snapshot_case *then, uint64_t id, bool same_suite)
{
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		struct now_leg *leg = p->now[i];
		size_t at = seen_find(leg->cases->v, leg->cases->n, id);

		for (; at < leg->cases->n && leg->cases->v[at].id == id; at++) {
			if (leg->says[at] ||
			    (same_suite && leg->cases->v[at].suite != then->suite_hash))
				continue;
			leg->says[at] = says_of(then->outcome);
			any = true;
			break;
		}
	}
	return any;
}

/* The suite was in front and is not now, or the other way round. */
static bool
other_spelling(struct pairing *p, const struct snapshot_case *then)
{
	if (!then->in_front)
		return claim(p, then, seen_key_in_suite(then->key, then->suite_hash), false);
	return claim(p, then, then->key, true) || claim(p, then, then->key, false);
}

static struct str
comparable(struct comparison *c, struct str id)
{
	buf_reset(&c->key);
	identity_normal(&c->key, id);
	return buf_str(&c->key);
}

/* A kept case whose ID, in whatever spelling, is `name`: the first of them. */
static const struct test *
kept_case(struct comparison *c, struct str name)
{
	const struct run *run = c->run;

	if (c->kept.n == 0) {
		for (size_t i = 0; i < run->tests.n; i++) {
			struct test *t = run->tests.v[i];
			struct str key = comparable(c, t->id);

			if (!t->synthetic && map_get(&c->kept, key) == NULL)
				*map_at(&c->kept, arena_dup(&c->mem, key)) = t;
		}
	}
	return map_get(&c->kept, comparable(c, name));
}

static bool
under_new_name(struct pairing *p, const struct snapshot_case *then, struct str to)
{
	const struct test *t;

	if (claim(p, then, seen_key(to), false))
		return true;
	t = kept_case(p->c, to);
	return t && claim(p, then, t->key, false);
}

/* Kept cases whose names change from run to run, by what stays; made when first asked for. */
struct unstable {
	struct unstable *next;
	const struct test *test;
};

static void
list_unstable(struct pairing *p)
{
	struct run *run = p->c->run;
	struct buf stable = BUF_INIT;

	for (size_t i = run->tests.n; i-- > 0;) { /* each goes in front of the later ones */
		struct test *t = run->tests.v[i];
		struct unstable *u;
		void **list;

		if (t->synthetic || !name_unstable(t->base_id))
			continue;
		buf_reset(&stable);
		name_stable_part(&stable, t->base_id);
		list = map_at(&p->unstable, arena_dup(&run->mem, buf_str(&stable)));
		u = arena_new(&run->mem, struct unstable);
		u->test = t;
		u->next = *list;
		*list = u;
	}
	buf_release(&stable);
}

/* The same name but for an address or an instant in it. */
static bool
by_stable_part(struct pairing *p, const struct snapshot_case *then)
{
	struct buf stable = BUF_INIT;
	const struct unstable *u;
	bool found = false;

	if (!name_unstable(then->name))
		return false;
	if (p->unstable.n == 0)
		list_unstable(p);
	name_stable_part(&stable, then->name);
	for (u = map_get(&p->unstable, buf_str(&stable)); u && !found; u = u->next)
		found = claim(p, then, u->test->key, false);
	if (found && p->c->unstable++ == 0)
		p->c->unstable_one = arena_dup(&p->c->run->mem, then->name);
	buf_release(&stable);
	return found;
}

static void
add_gone(struct pairing *p, const struct snapshot_case *then, struct str id)
{
	struct comparison *c = p->c;
	const struct str *to = departures_renamed(&c->departures, id);
	const struct reg *reg = departures_removed(&c->departures, id);
	const char *was = outcome_bad(then->outcome) ? "it failed in the baseline" :
		"it passed in the baseline";
	struct gone *g;

	if (to && under_new_name(p, then, *to))
		return;
	g = vec_push(&c->gone);
	g->id = arena_dup(&c->run->mem, id);
	g->name = arena_dup(&c->run->mem, then->name);
	g->report = p->then->report;
	g->removed = to || reg;
	if (to)
		g->note = arena_printf(&c->run->mem, "%s; renamed: calls it '%.*s' now, which "
			"did not run", was, STR_FMT(*to));
	else if (reg)
		g->note = arena_printf(&c->run->mem, "%s; %.*s lists it under removed:", was,
			STR_FMT(reg->shown));
	else
		g->note = str_of(was);
}

/* What the merge left over, by name. */
static void
look_at_rest(struct pairing *p)
{
	struct snapshot_case then = { .snapshot = &p->c->b->snapshot, .leg = p->then };
	struct buf id = BUF_INIT;

	while (snapshot_next(&then)) {
		if (p->found[then.at] || then.synthetic || other_spelling(p, &then))
			continue;
		if (by_stable_part(p, &then))
			continue;
		snapshot_case_id(&then, &id);
		if (p->c->b->snapshot.origin >= ORIGIN_DECISION && /* people write IDs their way */
		    under_new_name(p, &then, buf_str(&id)))
			continue;
		if (then.outcome != OUT_SKIPPED && p->absence) {
			add_gone(p, &then, buf_str(&id));
		} else {
			const struct str *to = departures_renamed(&p->c->departures, buf_str(&id));

			if (to)
				under_new_name(p, &then, *to);
		}
	}
	buf_release(&id);
	snapshot_case_release(&then);
}

static bool
all_found(const struct pairing *p)
{
	return memchr(p->found, 0, p->then->n) == NULL;
}

static void
run_pairing(struct pairing *p)
{
	if (p->then->n == 0)
		return;
	p->found = xcalloc(p->then->n, 1);
	for (size_t i = 0; i < p->n; i++) {
		if (p->now[i]->says == NULL)
			p->now[i]->says = xcalloc(p->now[i]->cases->n + 1, 1);
		merge(p, p->now[i]);
	}
	if (!all_found(p))
		look_at_rest(p);
	map_release(&p->unstable);
	free(p->found);
}

static void
add_now(struct pairing *p, struct now_leg *leg)
{
	if (p->n == p->cap)
		p->now = vec_grow(p->now, p->n, &p->cap, sizeof(*p->now));
	p->now[p->n++] = leg;
}

/*
 * The leg of that name; where each side has only one, those two, so that giving the only leg
 * a name is no reason to call every test missing.
 */
static void
find_legs(struct pairing *p, const struct snapshot_producer *then, const struct producer *now)
{
	struct now_leg *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < p->c->legs.n; i++) {
		struct now_leg *leg = &p->c->legs.v[i];

		if (leg->p != now)
			continue;
		only = leg;
		n++;
		if (str_eq(leg->cases->leg, p->then->report->leg)) {
			add_now(p, leg);
			return;
		}
	}
	if (n == 1 && then->legs.n == 1)
		add_now(p, only);
}

/* The baseline is of nobody knows which producer: every one with tests is meant. */
static bool
all_prove_absence(const struct comparison *c)
{
	for (size_t i = 0; i < c->run->producers.n; i++)
		if (!proves_absence(c, &c->run->producers.v[i]))
			return false;
	return true;
}

static void
compare_any(struct comparison *c, const struct snapshot_leg *then)
{
	struct pairing p = { .c = c, .then = then, .absence = all_prove_absence(c) };

	/* A leg that has its name in the run is compared with that alone. */
	for (size_t i = 0; then->report->leg.n && i < c->legs.n; i++)
		if (str_eq(c->legs.v[i].cases->leg, then->report->leg))
			add_now(&p, &c->legs.v[i]);
	for (size_t i = 0, named = p.n; named == 0 && i < c->legs.n; i++)
		add_now(&p, &c->legs.v[i]);
	run_pairing(&p);
	free(p.now);
}

static void
compare_producer(struct comparison *c, const struct snapshot_producer *then)
{
	const struct producer *now = same_producer(c->run, then);
	long cases = 0;

	for (size_t i = 0; i < then->legs.n; i++)
		cases += (long)then->legs.v[i]->n;
	if (now == NULL) {
		if (cases)
			baseline_remark(c->b, "The baseline holds %ld test%s of %.*s, which is no "
				"report of this run: nothing is said of them.", cases,
				cases == 1 ? "" : "s", STR_FMT(then->spec.name));
		return;
	}
	for (size_t i = 0; i < then->legs.n; i++) {
		struct pairing p = { .c = c, .then = then->legs.v[i],
			.absence = proves_absence(c, now) };

		find_legs(&p, then, now);
		run_pairing(&p);
		free(p.now);
	}
}

static const struct now_leg *
leg_of(const struct comparison *c, const struct test *t)
{
	for (size_t i = 0; i < c->legs.n; i++)
		if (c->legs.v[i].p == t->report->producer &&
		    str_eq(c->legs.v[i].cases->leg, t->report->leg))
			return &c->legs.v[i];
	return NULL;
}

/* An error of a whole suite: by the ID it was given. */
static enum baseline_says
says_of_synthetic(const struct comparison *c, const struct test *t)
{
	const struct snapshot *s = &c->b->snapshot;
	uint64_t key = seen_key(t->id);

	for (size_t i = 0; i < s->producers.n; i++) {
		const struct snapshot_producer *p = s->producers.v[i];

		if (same_producer(c->run, p) != t->report->producer)
			continue;
		for (size_t k = 0; k < p->legs.n; k++)
			if (seen_find(p->legs.v[k]->v, p->legs.v[k]->n, key) < p->legs.v[k]->n)
				return BASE_FAILED;
	}
	return BASE_NOT_THERE;
}

static void
tell_kept(struct comparison *c)
{
	for (size_t i = 0; i < c->run->tests.n; i++) {
		struct test *t = c->run->tests.v[i];
		const struct now_leg *leg = leg_of(c, t);
		size_t at;

		if (leg == NULL || leg->says == NULL)
			continue;
		if (t->synthetic) {
			t->base = says_of_synthetic(c, t);
			continue;
		}
		at = seen_find(leg->cases->v, leg->cases->n, t->key);
		while (at < leg->cases->n && leg->cases->v[at].id == t->key &&
		       SEEN_SEQ(leg->cases->v[at]) != t->seq)
			at++;
		if (at < leg->cases->n && leg->cases->v[at].id == t->key)
			t->base = leg->says[at] ? (enum baseline_says)(leg->says[at] - 1) :
				BASE_NOT_THERE;
	}
}

void
compare_tests(struct comparison *c)
{
	const struct snapshot *s = &c->b->snapshot;

	for (size_t i = 0; i < c->run->producers.n; i++) {
		const struct producer *p = &c->run->producers.v[i];

		for (size_t k = 0; k < p->legs.n; k++) {
			struct now_leg *leg = vec_push(&c->legs);

			leg->p = p;
			leg->cases = &p->legs.v[k];
		}
	}
	for (size_t i = 0; i < s->producers.n; i++) {
		const struct snapshot_producer *then = s->producers.v[i];

		if (then->spec.name.n) {
			compare_producer(c, then);
			continue;
		}
		for (size_t k = 0; k < then->legs.n; k++)
			compare_any(c, then->legs.v[k]);
	}
	tell_kept(c);
	if (c->unstable)
		baseline_remark(c->b, "%ld test%s named anew in each run, by an address or an "
			"instant in the name, and told by the rest of it: %.*s%s.", c->unstable,
			c->unstable == 1 ? " is" : "s are", STR_FMT(c->unstable_one),
			c->unstable == 1 ? "" : " and others");
}
