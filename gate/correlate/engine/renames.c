/*
 * renames.c -- a missing test and a new one that look like one under two names. Likeness
 * suggests and never excuses: the missing one stays missing until a register's `renamed:`
 * says so, and the line to write is shown.
 */
#include "gate/base/near.h"
#include "gate/correlate/engine/baseline.h"
#include "gate/correlate/engine/index.h"
#include "gate/model/facts.h"
#include "gate/model/identity.h"

#define MAX_ALIKE 200 /* of one name or place: more are no rename, but a pattern */

enum likeness {
	ALIKE_NOT,
	ALIKE_NAME,  /* another case of the same place, spelled nearly so */
	ALIKE_PLACE, /* the same name elsewhere */
	ALIKE_FILE,  /* git says that the file was renamed, and all else is equal */
};

struct candidate {
	struct test *test;
	struct str bare, place;    /* "test_z", "tests/test_x.py::TestY::" */
	struct gone *best_of;      /* for whom it is the best, and how good */
	struct candidate *same_name, *same_place; /* the next ones */
};

struct renames {
	struct comparison *c;
	struct arena mem;
	struct { struct candidate *v; size_t n, cap; } new;
	struct map by_name, by_place;
};

struct best {
	struct candidate *candidate;
	enum likeness likeness;
	bool tie;
};

static struct str
place_of(struct str id, struct str bare)
{
	return str_to(id, (size_t)(bare.p - id.p));
}

static void
list(struct renames *r)
{
	const struct run *run = r->c->run;

	for (size_t i = 0; i < run->tests.n; i++) {
		struct test *t = run->tests.v[i];
		struct candidate *x;

		if (t->synthetic || t->base != BASE_NOT_THERE)
			continue;
		x = vec_push(&r->new);
		x->test = t;
		x->bare = identity_bare(t->base_id);
		x->place = place_of(t->base_id, x->bare);
	}
	for (size_t i = r->new.n; i-- > 0;) { /* each goes in front of the later ones */
		struct candidate *x = &r->new.v[i];
		void **at = map_at(&r->by_name, x->bare);

		x->same_name = *at;
		*at = x;
		at = map_at(&r->by_place, x->place);
		x->same_place = *at;
		*at = x;
	}
}

/* The ID with the file in front of it as git renamed it; empty when it did not. */
static struct str
in_moved_file(struct renames *r, struct str id)
{
	size_t n = str_find(id, STR("::")), arrow = str_find(id, STR(" > "));
	struct str file = str_to(id, n < arrow ? n : arrow);
	struct str now = facts_moved_to(r->c->run->facts, file);

	if (str_eq(file, now))
		return STR_NONE;
	return arena_printf(&r->mem, "%.*s%.*s", STR_FMT(now), STR_FMT(str_from(id, file.n)));
}

static void
consider(struct best *b, struct candidate *x, enum likeness likeness)
{
	if (likeness > b->likeness)
		*b = (struct best){ .candidate = x, .likeness = likeness };
	else if (likeness == b->likeness && likeness && x != b->candidate)
		b->tie = true;
}

static bool
same_leg(const struct gone *g, const struct candidate *x)
{
	const struct report *then = g->report, *now = x->test->report;
	struct str name = then->producer->spec->name;

	return (name.n == 0 || str_eq(name, now->producer->spec->name)) &&
		(then->leg.n == 0 || str_eq(then->leg, now->leg));
}

/* Parameters are part of a name: test_x[1] is no test_x[2]. */
static struct str
parameters(struct str id, struct str bare)
{
	return str_from(id, (size_t)(bare.p - id.p) + bare.n);
}

static struct best
find(struct renames *r, const struct gone *g)
{
	struct str bare = identity_bare(g->name), place = place_of(g->name, bare);
	struct str moved = in_moved_file(r, g->name);
	struct best b = { 0 };
	size_t n = 0;

	for (struct candidate *x = map_get(&r->by_name, bare); x && n < MAX_ALIKE;
	     x = x->same_name, n++) {
		if (!same_leg(g, x) || !str_eq(parameters(g->name, bare),
			parameters(x->test->base_id, x->bare)))
			continue;
		consider(&b, x, moved.n && str_eq(moved, x->test->base_id) ? ALIKE_FILE :
			ALIKE_PLACE);
	}
	n = 0;
	for (struct candidate *x = map_get(&r->by_place, place);
	     x && b.likeness < ALIKE_PLACE && n < MAX_ALIKE; x = x->same_place, n++)
		if (same_leg(g, x) && !str_eq(x->bare, bare) && near_word(bare, x->bare) &&
		    str_eq(parameters(g->name, bare), parameters(x->test->base_id, x->bare)))
			consider(&b, x, ALIKE_NAME);
	return b;
}

/* A text as YAML and JSON write it. */
static void
quoted(struct buf *out, struct str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_addf(out, "\\u%04x", c);
		else
			buf_addc(out, (char)c);
	}
	buf_addc(out, '"');
}

static void
note(struct comparison *c, struct gone *g, struct test *t)
{
	struct arena *mem = &c->run->mem;
	struct buf line = BUF_INIT;
	struct str before = t->judged.note;

	quoted(&line, g->id);
	buf_addz(&line, ": ");
	quoted(&line, t->id);
	g->note = arena_printf(mem, "%.*s; likely renamed to %.*s: if so, a register says "
		"renamed: {%.*s}", STR_FMT(g->note), STR_FMT(t->id), STR_FMT(buf_str(&line)));
	t->judged.note = arena_printf(mem, "%.*s%slikely renamed from %.*s", STR_FMT(before),
		before.n ? "; " : "", STR_FMT(g->id));
	buf_release(&line);
}

void
suggest_renames(struct comparison *c)
{
	struct renames r = { .c = c };
	struct best *best;

	if (!comparison_wants_definitions(c))
		return;
	list(&r);
	best = xcalloc(c->gone.n + 1, sizeof(*best));
	for (size_t i = 0; i < c->gone.n; i++) {
		struct candidate *x;

		if (c->gone.v[i].removed)
			continue;
		best[i] = find(&r, &c->gone.v[i]);
		x = best[i].candidate;
		if (x == NULL || best[i].tie)
			continue;
		/* Two claim it: it is neither's. */
		best[i].tie = x->best_of && !str_eq(x->best_of->name, c->gone.v[i].name);
		for (size_t k = 0; best[i].tie && k < i; k++)
			best[k].tie = best[k].tie || best[k].candidate == x;
		x->best_of = &c->gone.v[i];
	}
	for (size_t i = 0; i < c->gone.n; i++)
		if (best[i].candidate && !best[i].tie)
			note(c, &c->gone.v[i], best[i].candidate->test);
	free(best);
	map_release(&r.by_name);
	map_release(&r.by_place);
	vec_release(&r.new);
	arena_release(&r.mem);
}
