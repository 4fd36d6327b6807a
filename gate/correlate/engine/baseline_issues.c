/*
 * baseline_issues.c -- lint and scan results of a run against those of its baseline: one to
 * one, as multisets, the surest sameness first.
 *
 * Counts are not identity: of one violation swapped for another, one is new and one is
 * resolved. A line number alone never makes two results the same; it only chooses among
 * those of equal rule, file and message.
 */
#include "gate/correlate/engine/baseline.h"
#include "gate/model/facts.h"

#define NEAR_LINES 3     /* an edited line is looked for this far from where it should be */
#define GREEDY_MAX 4096  /* pairs that one group may try; larger groups are paired in order */

struct side {
	struct issue *issue;
	struct str file;   /* of `then`: by the name it has now, where git knows */
	bool here_only;    /* results of the other side are in this file too: it did not move */
	uint64_t key;
	long above, below; /* of `then`: how far the lines around it have moved */
	struct side *pair;
};

struct sides {
	struct side *v;
	size_t n, cap;
};

struct matching {
	struct sides then, now;
	struct side **a, **b; /* the unpaired ones, in the order of a pass */
	struct side **paired; /* of `then`, by file and line, before the pass */
	size_t npaired;
};

/* What makes two results the same in this pass; 0: the result takes no part in it. */
typedef uint64_t sameness(const struct side *s);

static uint64_t
mix(uint64_t h, struct str s)
{
	return hash_bytes(h, s.p, s.n);
}

static uint64_t
mix_number(uint64_t h, uint64_t n)
{
	return hash_bytes(h, &n, sizeof(n));
}

static uint64_t
rule_of(const struct issue *i)
{
	return mix(mix(7, i->tool), i->rule);
}

static uint64_t
fingerprint(const struct side *s)
{
	const struct issue *i = s->issue;

	return i->fingerprint.n ? mix(mix(rule_of(i), i->fingerprint), s->file) : 0;
}

static uint64_t
context_and_message(const struct side *s)
{
	const struct issue *i = s->issue;

	return i->context ? mix_number(mix_number(mix(rule_of(i), s->file), i->context),
		issue_message_hash(s->issue)) : 0;
}

static uint64_t
context(const struct side *s)
{
	const struct issue *i = s->issue;

	return i->context ? mix_number(mix(rule_of(i), s->file), i->context) : 0;
}

static uint64_t
message(const struct side *s)
{
	return mix_number(mix(rule_of(s->issue), s->file), issue_message_hash(s->issue));
}

/* A fingerprint that does not hold the path survives a move of the file. */
static uint64_t
moved_fingerprint(const struct side *s)
{
	const struct issue *i = s->issue;

	return i->fingerprint.n && !s->here_only ? mix(rule_of(i), i->fingerprint) : 0;
}

/* The same lines with the same message in another file: it was moved or renamed. */
static uint64_t
moved(const struct side *s)
{
	const struct issue *i = s->issue;

	return i->context && !s->here_only ?
		mix_number(mix_number(rule_of(i), i->context), issue_message_hash(s->issue)) : 0;
}

static int
by_key(const void *x, const void *y)
{
	const struct side *a = *(struct side *const *)x, *b = *(struct side *const *)y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->issue->line != b->issue->line)
		return a->issue->line < b->issue->line ? -1 : 1;
	return (a > b) - (a < b); /* as they stand in the report */
}

static size_t
unpaired(struct sides *from, struct side **out, sameness *same)
{
	size_t n = 0;

	for (size_t i = 0; i < from->n; i++) {
		if (from->v[i].pair)
			continue;
		from->v[i].key = same(&from->v[i]);
		if (from->v[i].key)
			out[n++] = &from->v[i];
	}
	if (n > 1)
		qsort(out, n, sizeof(*out), by_key);
	return n;
}

static void
join(struct side *a, struct side *b)
{
	a->pair = b;
	b->pair = a;
}

/* Pairs so far, by file and line: how far the lines around a result have moved. */
static int
by_place(const void *x, const void *y)
{
	const struct side *a = *(struct side *const *)x, *b = *(struct side *const *)y;
	int c = str_cmp(a->file, b->file);

	if (c == 0)
		c = (a->issue->line > b->issue->line) - (a->issue->line < b->issue->line);
	return c ? c : (a > b) - (a < b);
}

static void
note_pairs(struct matching *m)
{
	m->npaired = 0;
	for (size_t i = 0; i < m->then.n; i++)
		if (m->then.v[i].pair && str_eq(m->then.v[i].file, m->then.v[i].pair->file))
			m->paired[m->npaired++] = &m->then.v[i];
	if (m->npaired > 1)
		qsort(m->paired, m->npaired, sizeof(*m->paired), by_place);
}

static long
shift(const struct side *pair)
{
	return pair->pair->issue->line - pair->issue->line;
}

/*
 * The shift of the nearest pairs above and below it in the same file. The start of the file
 * stays where it is; below the last pair all moves as that did.
 */
static void
find_drift(const struct matching *m, struct side *then)
{
	size_t lo = 0, hi = m->npaired;
	bool above, below;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_place(&m->paired[mid], &then) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	above = lo > 0 && str_eq(m->paired[lo - 1]->file, then->file);
	below = lo < m->npaired && str_eq(m->paired[lo]->file, then->file);
	then->above = above ? shift(m->paired[lo - 1]) : 0;
	then->below = below ? shift(m->paired[lo]) : then->above;
}

static bool
both_have_context(const struct side *a, const struct side *b)
{
	return a->issue->context && b->issue->context;
}

static bool
both_have_fingerprint(const struct side *a, const struct side *b)
{
	return a->issue->fingerprint.n && b->issue->fingerprint.n;
}

/* How far `b` is from where `a` should be by now. */
static long
distance(const struct side *a, const struct side *b)
{
	long moved = b->issue->line - a->issue->line;
	long x = labs(moved - a->above), y = labs(moved - a->below);

	return x < y ? x : y;
}

/*
 * Where the sources were at hand both times and the lines differ, or the tool tells the two
 * apart, it is another line: an edited one stands where the old one stood, give or take what
 * moved.
 */
static bool
may_be_same(const struct side *a, const struct side *b, sameness *same)
{
	return same != message || !(both_have_context(a, b) || both_have_fingerprint(a, b)) ||
	       distance(a, b) <= NEAR_LINES;
}

/* The nearest lines first; ties by order. */
static void
pair_nearest(struct side **a, size_t na, struct side **b, size_t nb, sameness *same)
{
	for (;;) {
		struct side *x = NULL, *y = NULL;

		for (size_t i = 0; i < na; i++) {
			for (size_t k = 0; a[i]->pair == NULL && k < nb; k++) {
				if (b[k]->pair || !may_be_same(a[i], b[k], same) ||
				    (x && distance(a[i], b[k]) >= distance(x, y)))
					continue;
				x = a[i];
				y = b[k];
			}
		}
		if (x == NULL)
			return;
		join(x, y);
	}
}

/* Every one of the group may be every other: then they are as many, and in the same order. */
static bool
in_order(struct side **a, size_t na, struct side **b, size_t nb, sameness *same)
{
	if (na * nb > GREEDY_MAX)
		return true;
	for (size_t i = 0; na == nb && i < na; i++)
		if (!may_be_same(a[i], b[i], same))
			return false;
	return na == nb;
}

static void
pair_group(const struct matching *m, struct side **a, size_t na, struct side **b, size_t nb,
	sameness *same)
{
	for (size_t i = 0; i < na; i++)
		find_drift(m, a[i]);
	if (!in_order(a, na, b, nb, same)) {
		pair_nearest(a, na, b, nb, same);
		return;
	}
	for (size_t i = 0; i < na && i < nb; i++)
		if (may_be_same(a[i], b[i], same))
			join(a[i], b[i]);
}

static size_t
group(struct side **v, size_t n, size_t at)
{
	size_t end = at + 1;

	while (end < n && v[end]->key == v[at]->key)
		end++;
	return end - at;
}

static void
pass(struct matching *m, sameness *same)
{
	size_t na = unpaired(&m->then, m->a, same), nb = unpaired(&m->now, m->b, same);
	size_t i = 0, k = 0;

	if (na && nb)
		note_pairs(m);
	while (i < na && k < nb) {
		size_t ga, gb;

		if (m->a[i]->key != m->b[k]->key) {
			if (m->a[i]->key < m->b[k]->key)
				i++;
			else
				k++;
			continue;
		}
		ga = group(m->a, na, i);
		gb = group(m->b, nb, k);
		pair_group(m, m->a + i, ga, m->b + k, gb, same);
		i += ga;
		k += gb;
	}
}

/* A file in which both sides have results is where it was: nothing of it moved elsewhere. */
static void
find_movable(struct sides *a, const struct sides *b)
{
	struct map files = { 0 };

	for (size_t i = 0; i < b->n; i++)
		*map_at(&files, b->v[i].file) = b->v;
	for (size_t i = 0; i < a->n; i++)
		a->v[i].here_only = map_get(&files, a->v[i].file) != NULL;
	map_release(&files);
}

static void
match(struct matching *m, bool moves_known)
{
	static sameness *const passes[] = {
		fingerprint, context_and_message, context, message, moved_fingerprint, moved,
	};
	/* Git told what moved: all else that is alike in another file is another result. */
	size_t n = sizeof(passes) / sizeof(passes[0]) - (moves_known ? 2 : 0);

	m->a = xcalloc(m->then.n + 1, sizeof(*m->a));
	m->b = xcalloc(m->now.n + 1, sizeof(*m->b));
	m->paired = xcalloc(m->then.n + 1, sizeof(*m->paired));
	if (!moves_known) {
		find_movable(&m->then, &m->now);
		find_movable(&m->now, &m->then);
	}
	for (size_t i = 0; i < n; i++)
		pass(m, passes[i]);
	free(m->paired);
	free(m->a);
	free(m->b);
}

void
issues_match(struct issue_match *im)
{
	struct matching m = { 0 };

	for (size_t i = 0; i < im->then.n; i++)
		*vec_push(&m.then) = (struct side){ .issue = im->then.v[i],
			.file = facts_moved_to(im->facts, im->then.v[i]->file) };
	for (size_t i = 0; i < im->now.n; i++)
		*vec_push(&m.now) = (struct side){ .issue = im->now.v[i],
			.file = im->now.v[i]->file };
	match(&m, im->facts && im->facts->has_moves);
	im->pair_of_then = xcalloc(m.then.n + 1, sizeof(*im->pair_of_then));
	im->pair_of_now = xcalloc(m.now.n + 1, sizeof(*im->pair_of_now));
	for (size_t i = 0; i < m.then.n; i++)
		if (m.then.v[i].pair)
			im->pair_of_then[i] = m.then.v[i].pair->issue;
	for (size_t i = 0; i < m.now.n; i++)
		if (m.now.v[i].pair)
			im->pair_of_now[i] = m.now.v[i].pair->issue;
	vec_release(&m.then);
	vec_release(&m.now);
}

void
issue_match_release(struct issue_match *im)
{
	vec_release(&im->then);
	vec_release(&im->now);
	free(im->pair_of_then);
	free(im->pair_of_now);
}

static void
add_then(struct issue_match *im, const struct snapshot_producer *then)
{
	for (size_t i = 0; i < then->legs.n; i++)
		for (size_t k = 0; k < then->legs.v[i]->issues.n; k++)
			*vec_push(&im->then) = then->legs.v[i]->issues.v[k];
}

/* Suppressed ones too: what is suppressed now is not resolved. */
static void
add_now(struct issue_match *im, const struct producer *p)
{
	for (size_t i = 0; i < p->reports.n; i++)
		for (size_t k = 0; k < p->reports.v[i]->issues.n; k++)
			if (!p->reports.v[i]->issues.v[k].info_only)
				*vec_push(&im->now) = &p->reports.v[i]->issues.v[k];
}

static void
settle(struct comparison *c, struct issue_match *im, bool absence)
{
	issues_match(im);
	for (size_t i = 0; i < im->now.n; i++)
		if (im->now.v[i]->base != BASE_FAILED) /* by name, before the producer "" asked */
			im->now.v[i]->base = im->pair_of_now[i] ? BASE_FAILED : BASE_NOT_THERE;
	for (size_t i = 0; absence && i < im->then.n; i++)
		if (im->pair_of_then[i] == NULL)
			*vec_push(&c->resolved) = im->then.v[i];
	issue_match_release(im);
}

void
compare_issues(struct comparison *c)
{
	const struct snapshot *s = &c->b->snapshot;

	for (size_t i = 0; i < s->producers.n; i++) {
		const struct snapshot_producer *then = s->producers.v[i];
		const struct producer *now = same_producer(c->run, then);
		struct issue_match m = { .facts = c->run->facts };
		bool absence = now && proves_absence(c, now);

		add_then(&m, then);
		if (then->spec.name.n == 0) {
			absence = true;
			for (size_t k = 0; k < c->run->producers.n; k++) {
				add_now(&m, &c->run->producers.v[k]);
				absence = absence && proves_absence(c, &c->run->producers.v[k]);
			}
		} else if (now) {
			add_now(&m, now);
		}
		settle(c, &m, absence);
	}
}
