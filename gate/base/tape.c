/* tape.c -- see tape.h. */
#include "gate/base/tape.h"

#include <pthread.h>
#include <stdlib.h>

#include "gate/base/arena.h"
#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"

enum mode { OFF, RECORD, PLAY };

static struct {
	enum mode mode;
	int paused;
	struct arena mem;
	struct map by_key[TAPE_KINDS]; /* -> struct tape_entry */
	struct { struct tape_entry *v; size_t n, cap; } dropped;
	size_t bytes;
} tape;
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

void
tape_stop(void)
{
	for (int i = 0; i < TAPE_KINDS; i++)
		map_release(&tape.by_key[i]);
	vec_release(&tape.dropped);
	arena_release(&tape.mem);
	tape.mode = OFF;
	tape.paused = 0;
	tape.bytes = 0;
}

void
tape_record(void)
{
	tape_stop();
	tape.mode = RECORD;
}

void
tape_play(void)
{
	tape_stop();
	tape.mode = PLAY;
}

bool
tape_recording(void)
{
	return tape.mode == RECORD && tape.paused == 0;
}

bool
tape_playing(void)
{
	return tape.mode == PLAY && tape.paused == 0;
}

void
tape_pause(void)
{
	tape.paused++;
}

void
tape_resume(void)
{
	tape.paused--;
}

/* Under the lock. */
static void
put(enum tape_kind kind, struct str key, const struct tape_answer *a)
{
	size_t size = a->text.n + a->note.n + key.n;
	struct tape_entry *e;

	if (map_get(&tape.by_key[kind], key))
		return;
	if (tape.mode == RECORD && size > MAX_TAPE_BYTES - tape.bytes) {
		e = vec_push(&tape.dropped);
		e->kind = kind;
		e->key = arena_dup(&tape.mem, key);
		return;
	}
	tape.bytes += size;
	e = arena_new(&tape.mem, struct tape_entry);
	e->kind = kind;
	e->answer = *a;
	e->answer.text = arena_dup(&tape.mem, a->text);
	e->answer.note = arena_dup(&tape.mem, a->note);
	e->key = arena_dup(&tape.mem, key);
	*map_at(&tape.by_key[kind], e->key) = e;
}

void
tape_put(enum tape_kind kind, struct str key, const struct tape_answer *a)
{
	if (tape.mode == OFF || tape.paused)
		return;
	pthread_mutex_lock(&lock);
	put(kind, key, a);
	pthread_mutex_unlock(&lock);
}

bool
tape_get(enum tape_kind kind, struct str key, struct tape_answer *a)
{
	const struct tape_entry *e = NULL;

	if (tape.mode == OFF || tape.paused)
		return false;
	pthread_mutex_lock(&lock);
	e = map_get(&tape.by_key[kind], key);
	if (e)
		*a = e->answer;
	pthread_mutex_unlock(&lock);
	return e != NULL;
}

size_t
tape_bytes(void)
{
	return tape.bytes;
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
tape_entries(size_t *n)
{
	const struct tape_entry **v;
	size_t all = 0, at = 0;

	for (int k = 0; k < TAPE_KINDS; k++)
		all += tape.by_key[k].n;
	v = xcalloc(all + 1, sizeof(*v));
	for (int k = 0; k < TAPE_KINDS; k++)
		for (size_t i = 0; i < tape.by_key[k].n; i++)
			v[at++] = tape.by_key[k].v[i].value;
	*n = all;
	qsort(v, *n, sizeof(*v), by_kind_and_key);
	return v;
}

const struct tape_entry *
tape_dropped(size_t *n)
{
	*n = tape.dropped.n;
	return tape.dropped.v;
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
