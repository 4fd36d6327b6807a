/* tape.c -- see tape.h. */
#include "gate/base/tape.h"

#include <pthread.h>
#include <stdlib.h>

#include "gate/base/arena.h"
#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"

enum mode { RECORD, PLAY };

struct tape {
	enum mode mode;
	bool exact;
	int paused;
	struct arena mem;
	struct map by_key[TAPE_KINDS]; /* -> struct tape_entry */
	struct map admitted[2]; /* by enum tape_stand_in */
	struct { struct tape_entry *v; size_t n, cap; } dropped;
	size_t bytes;
};

static struct tape *tape; /* NULL: none runs */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const char *
tape_kind_name(enum tape_kind k)
{
	static const char *const names[TAPE_KINDS] = {
		[TAPE_TEXT] = "text", [TAPE_FIND] = "find", [TAPE_THERE] = "there",
		[TAPE_DIGEST] = "digest", [TAPE_GIT] = "git", [TAPE_VARIABLE] = "variable",
		[TAPE_PLACE] = "place", [TAPE_BASELINE] = "baseline", [TAPE_CONTEXT] = "context",
		[TAPE_REPORT] = "report", [TAPE_PRESET] = "preset",
		[TAPE_HISTORY] = "history",
	};

	return names[k];
}

struct tape *
tape_end(void)
{
	struct tape *t = tape;

	tape = NULL;
	return t;
}

void
tape_free(struct tape *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < TAPE_KINDS; i++)
		map_release(&t->by_key[i]);
	map_release(&t->admitted[TAPE_REGISTER]);
	map_release(&t->admitted[TAPE_PRODUCER]);
	vec_release(&t->dropped);
	arena_release(&t->mem);
	free(t);
}

static void
start(enum mode mode)
{
	tape_free(tape_end());
	tape = xcalloc(1, sizeof(*tape));
	tape->mode = mode;
}

void
tape_record(void)
{
	start(RECORD);
}

void
tape_play(bool exact)
{
	start(PLAY);
	tape->exact = exact;
}

static bool
runs(void)
{
	return tape && tape->paused == 0;
}

bool
tape_recording(void)
{
	return runs() && tape->mode == RECORD;
}

bool
tape_playing(void)
{
	return runs() && tape->mode == PLAY;
}

bool
tape_exact(void)
{
	return tape_playing() && tape->exact;
}

void
tape_pause(void)
{
	if (tape)
		tape->paused++;
}

void
tape_resume(void)
{
	if (tape)
		tape->paused--;
}

/* Under the lock, both. */
static void
drop(enum tape_kind kind, struct str key)
{
	struct tape_entry *e;

	for (size_t i = 0; i < tape->dropped.n; i++)
		if (tape->dropped.v[i].kind == kind && str_eq(tape->dropped.v[i].key, key))
			return;
	e = vec_push(&tape->dropped);
	e->kind = kind;
	e->key = arena_dup(&tape->mem, key);
}

static void
put(enum tape_kind kind, struct str key, const struct tape_answer *a)
{
	size_t size = a->text.n + a->note.n + key.n;
	struct tape_entry *e;

	if (map_get(&tape->by_key[kind], key))
		return;
	if (tape->mode == RECORD && size > MAX_TAPE_BYTES - tape->bytes) {
		drop(kind, key);
		return;
	}
	tape->bytes += size;
	e = arena_new(&tape->mem, struct tape_entry);
	e->kind = kind;
	e->answer = *a;
	if (tape->mode == RECORD)
		e->answer.text = arena_dup(&tape->mem, a->text);
	e->answer.note = arena_dup(&tape->mem, a->note);
	e->key = arena_dup(&tape->mem, key);
	*map_at(&tape->by_key[kind], e->key) = e;
}

void
tape_put(enum tape_kind kind, struct str key, const struct tape_answer *a)
{
	if (!tape_recording())
		return;
	pthread_mutex_lock(&lock);
	put(kind, key, a);
	pthread_mutex_unlock(&lock);
}

void
tape_lend(enum tape_kind kind, struct str key, const struct tape_answer *a)
{
	if (!tape_playing())
		return;
	pthread_mutex_lock(&lock);
	put(kind, key, a);
	pthread_mutex_unlock(&lock);
}

bool
tape_get(enum tape_kind kind, struct str key, struct tape_answer *a)
{
	const struct tape_entry *e = NULL;

	if (!runs())
		return false;
	pthread_mutex_lock(&lock);
	e = map_get(&tape->by_key[kind], key);
	if (e)
		*a = e->answer;
	pthread_mutex_unlock(&lock);
	return e != NULL;
}

void
tape_each(enum tape_kind kind, void (*see)(void *ctx, const struct tape_entry *e), void *ctx)
{
	for (size_t i = 0; runs() && i < tape->by_key[kind].n; i++)
		see(ctx, tape->by_key[kind].v[i].value);
}

static int
by_kind_and_key(const void *x, const void *y)
{
	const struct tape_entry *a = *(const struct tape_entry *const *)x;
	const struct tape_entry *b = *(const struct tape_entry *const *)y;

	return a->kind != b->kind ? (a->kind > b->kind) - (a->kind < b->kind)
				  : str_cmp(a->key, b->key);
}

const struct tape_entry **
tape_entries(const struct tape *t, size_t *n)
{
	const struct tape_entry **v;
	size_t all = 0, at = 0;

	for (int k = 0; k < TAPE_KINDS; k++)
		all += t->by_key[k].n;
	v = xcalloc(all + 1, sizeof(*v));
	for (int k = 0; k < TAPE_KINDS; k++)
		for (size_t i = 0; i < t->by_key[k].n; i++)
			v[at++] = t->by_key[k].v[i].value;
	*n = all;
	qsort(v, *n, sizeof(*v), by_kind_and_key);
	return v;
}

static int
by_key(const void *x, const void *y)
{
	const struct tape_entry *a = x, *b = y;

	return str_cmp(a->key, b->key);
}

const struct tape_entry *
tape_dropped(struct tape *t, size_t *n)
{
	vec_sort(&t->dropped, by_key);
	*n = t->dropped.n;
	return t->dropped.v;
}

void
tape_admit(enum tape_stand_in kind, struct str name)
{
	if (tape)
		*map_at(&tape->admitted[kind], arena_dup(&tape->mem, name)) = tape;
}

bool
tape_admits(enum tape_stand_in kind, struct str name)
{
	return tape && map_get(&tape->admitted[kind], name);
}

const char *
tape_getenv(const char *name)
{
	struct tape_answer a = { 0 };
	const char *value;

	if (tape_playing())
		return tape_get(TAPE_VARIABLE, str_of(name), &a) && a.status ? a.text.p : NULL;
	value = getenv(name);
	if (tape_recording()) {
		a.status = value != NULL;
		a.text = str_of(value);
		tape_put(TAPE_VARIABLE, str_of(name), &a);
	}
	return value;
}
