/*
 * literals.c -- see literals.h: a trie of folded bytes turned into a table of states. While no
 * text has begun, pairs of bytes that stand in none are jumped over (Wu and Manber, "A fast
 * algorithm for multi-pattern searching", 1994): most names hold nothing that is looked for.
 */
#include "gate/correlate/engine/literals.h"

#include "gate/base/mem.h"

/* At most this many states: 64 Ki rows of some 50 classes are 13 MiB. */
#define MAX_STATES (64u << 10)

struct pattern {
	struct str text;
	void *value;
	uint32_t next; /* another one that ends in the same state; index + 1 */
};

struct literals {
	struct { struct pattern *v; size_t n, cap; } patterns;
	unsigned char class_of[256]; /* of a byte; 0: in no pattern */
	unsigned classes;
	uint32_t *next;              /* states times classes */
	uint32_t *out;               /* patterns that end here; index + 1 */
	uint32_t *shorter;           /* the next state on the way to the root with patterns */
	uint32_t *fail;
	size_t states, cap;
	size_t shortest;             /* of the tails; jumps are shorter than that */
	unsigned char *jump;         /* by pairs of classes; NULL: the texts are too short for it */
};

char
literal_fold(char c)
{
	return c == '-' ? '_' : to_lower(c);
}

bool
literal_eq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (literal_fold(a.p[i]) != literal_fold(b.p[i]))
			return false;
	return true;
}

struct literals *
literals_new(void)
{
	return xcalloc(1, sizeof(struct literals));
}

void
literals_add(struct literals *l, struct str text, void *value)
{
	struct pattern *p;

	if (text.n == 0)
		return;
	p = vec_push(&l->patterns);
	p->text = text;
	p->value = value;
}

bool
literals_any(const struct literals *l)
{
	return l->patterns.n != 0;
}

static void
find_classes(struct literals *l)
{
	bool used[256] = { false };

	for (size_t i = 0; i < l->patterns.n; i++)
		for (size_t j = 0; j < l->patterns.v[i].text.n; j++)
			used[(unsigned char)literal_fold(l->patterns.v[i].text.p[j])] = true;
	l->classes = 1;
	for (int c = 0; c < 256; c++)
		if (used[c])
			l->class_of[c] = (unsigned char)l->classes++; /* folded: under 256 */
	/* Bytes of a text are looked up as they are. */
	for (int c = 0; c < 256; c++)
		l->class_of[c] = l->class_of[(unsigned char)literal_fold((char)c)];
}

static uint32_t
new_state(struct literals *l)
{
	if (l->states == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;

		l->next = xreallocarray(l->next, cap, l->classes * sizeof(*l->next));
		l->out = xreallocarray(l->out, cap, sizeof(*l->out));
		l->cap = cap;
	}
	memset(&l->next[l->states * l->classes], 0, l->classes * sizeof(*l->next));
	l->out[l->states] = 0;
	return (uint32_t)l->states++;
}

static struct str
tail_of(struct str text, size_t n)
{
	return text.n > n ? str_from(text, text.n - n) : text;
}

static void
insert(struct literals *l, size_t which, size_t tail)
{
	struct pattern *p = &l->patterns.v[which];
	struct str text = tail_of(p->text, tail);
	uint32_t at = 0;

	for (size_t i = 0; i < text.n; i++) {
		size_t edge = at * (size_t)l->classes + l->class_of[(unsigned char)text.p[i]];

		if (l->next[edge] == 0) {
			uint32_t made = new_state(l);

			l->next[edge] = made;
		}
		at = l->next[edge];
	}
	p->next = l->out[at];
	l->out[at] = (uint32_t)(which + 1);
}

/* False: the table grew too big with tails of that length. */
static bool
insert_all(struct literals *l, size_t tail)
{
	l->states = 0;
	new_state(l);
	/* From the back, so that equal texts are reported in the order they were added. */
	for (size_t i = l->patterns.n; i-- > 0;) {
		insert(l, i, tail);
		if (l->states > MAX_STATES && tail > 2)
			return false;
	}
	return true;
}

/* Breadth first: every missing edge becomes the edge of the state's longest proper suffix. */
static void
link_states(struct literals *l)
{
	uint32_t *queue = xcalloc(l->states, sizeof(*queue));
	size_t head = 0, tail = 0;

	l->fail = xcalloc(l->states, sizeof(*l->fail));
	l->shorter = xcalloc(l->states, sizeof(*l->shorter));
	for (unsigned c = 0; c < l->classes; c++)
		if (l->next[c])
			queue[tail++] = l->next[c];
	while (head < tail) {
		uint32_t s = queue[head++];
		uint32_t f = l->fail[s];

		l->shorter[s] = l->out[f] ? f : l->shorter[f];
		for (unsigned c = 0; c < l->classes; c++) {
			uint32_t *edge = &l->next[s * (size_t)l->classes + c];
			uint32_t other = l->next[f * (size_t)l->classes + c];

			if (*edge) {
				l->fail[*edge] = other;
				queue[tail++] = *edge;
			} else {
				*edge = other;
			}
		}
	}
	free(queue);
	free(l->fail);
	l->fail = NULL;
}

/* How far a pair of bytes, found where the first `shortest` bytes would end, lets us move on. */
static void
make_jumps(struct literals *l, size_t tail)
{
	size_t pairs = (size_t)l->classes * l->classes;

	l->shortest = tail;
	for (size_t i = 0; i < l->patterns.n; i++)
		if (l->patterns.v[i].text.n < l->shortest)
			l->shortest = l->patterns.v[i].text.n;
	if (l->shortest < 3)
		return;
	l->jump = xmalloc(pairs);
	memset(l->jump, (int)l->shortest - 1, pairs);
	for (size_t i = 0; i < l->patterns.n; i++) {
		struct str text = tail_of(l->patterns.v[i].text, tail);

		for (size_t j = 1; j < l->shortest; j++) {
			unsigned char *jump = &l->jump[l->class_of[(unsigned char)text.p[j - 1]] *
				(size_t)l->classes + l->class_of[(unsigned char)text.p[j]]];

			if (*jump > l->shortest - 1 - j)
				*jump = (unsigned char)(l->shortest - 1 - j);
		}
	}
}

void
literals_build(struct literals *l)
{
	/* Tails tell texts apart better than heads; two bytes of any text fit. */
	static const size_t tails[] = { 24, 12, 8, 6, 5, 4, 3, 2 };
	size_t t = 0;

	if (l->patterns.n == 0)
		return;
	find_classes(l);
	while (!insert_all(l, tails[t]) && tails[t] > 2)
		t++;
	link_states(l);
	make_jumps(l, tails[t]);
}

/* Where the next occurrence can begin, from offset `at` on. */
static size_t
next_start(const struct literals *l, struct str text, size_t at)
{
	const unsigned char *class_of = l->class_of;
	size_t i;

	if (l->jump == NULL)
		return at;
	for (i = at + l->shortest - 1; i < text.n;) {
		size_t pair = class_of[(unsigned char)text.p[i - 1]] * (size_t)l->classes +
			class_of[(unsigned char)text.p[i]];

		if (l->jump[pair] == 0)
			return i - l->shortest + 1;
		i += l->jump[pair];
	}
	return text.n;
}

bool
literals_scan(const struct literals *l, struct str text,
	bool (*found)(void *ctx, void *value, size_t end), void *ctx)
{
	uint32_t at = 0;

	if (l->states == 0)
		return false;
	for (size_t i = next_start(l, text, 0); i < text.n; i++) {
		at = l->next[at * (size_t)l->classes + l->class_of[(unsigned char)text.p[i]]];
		for (uint32_t s = l->out[at] ? at : l->shorter[at]; s; s = l->shorter[s])
			for (uint32_t p = l->out[s]; p; p = l->patterns.v[p - 1].next)
				if (found(ctx, l->patterns.v[p - 1].value, i + 1))
					return true;
		if (at == 0 && l->jump)
			i = next_start(l, text, i + 1) - 1;
	}
	return false;
}

void
literals_free(struct literals *l)
{
	if (l == NULL)
		return;
	vec_release(&l->patterns);
	free(l->next);
	free(l->out);
	free(l->shorter);
	free(l->jump);
	free(l);
}
