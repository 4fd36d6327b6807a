/* history_file.c -- see history_file.h: opening and reading. */
#include "gate/history_file.h"

#include <errno.h>
#include <sqlite3.h>
#include <unistd.h>

#include "gate/base/tape.h"
#include "gate/history_sql.h"
#include "gate/input/source.h"

#define MAX_STEPS 200000000 /* of SQLite's machine: a hostile file can't keep it busy */
#define STEPS_AT_ONCE 1000000
#define BUSY_MS 2000
#define MAX_HISTORY_BYTES (1u << 30)

static const char *const tables[] = { HISTORY_RUN_TABLE, HISTORY_TEST_TABLE, HISTORY_INDEX };

static int
count_steps(void *ctx)
{
	long *left = ctx;

	*left -= STEPS_AT_ONCE;
	return *left < 0;
}

struct str
history_error(struct arena *mem, struct sqlite3 *db)
{
	switch (sqlite3_errcode(db)) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STR("it is locked by another program");
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return STR("it is broken, or no history at all");
	case SQLITE_INTERRUPT:
		return STR("it is broken: reading it does not end");
	default:
		return arena_dup(mem, str_of(sqlite3_errmsg(db)));
	}
}

static bool
ask_number(struct sqlite3 *db, const char *sql, long *out)
{
	sqlite3_stmt *st = NULL;
	bool ok = sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW;

	if (ok)
		*out = (long)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return ok;
}

/* Exactly our tables: views, triggers and other tables have no business here. */
static bool
is_ours(struct sqlite3 *db, bool *ok)
{
	sqlite3_stmt *st = NULL;
	size_t n = 0;
	int rc;

	*ok = sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
		"ORDER BY rowid", -1, &st, NULL) == SQLITE_OK;
	while (*ok && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(st, 0);

		if (n >= sizeof(tables) / sizeof(tables[0]) || sql == NULL ||
		    strcmp(sql, tables[n]) != 0) {
			sqlite3_finalize(st);
			return false;
		}
		n++;
	}
	*ok = *ok && rc == SQLITE_DONE;
	sqlite3_finalize(st);
	return *ok && n == sizeof(tables) / sizeof(tables[0]);
}

static bool
make(struct sqlite3 *db)
{
	bool ok = sqlite3_exec(db, "PRAGMA auto_vacuum = FULL; BEGIN IMMEDIATE", NULL, NULL, NULL)
		== SQLITE_OK;

	for (size_t i = 0; ok && i < sizeof(tables) / sizeof(tables[0]); i++)
		ok = sqlite3_exec(db, tables[i], NULL, NULL, NULL) == SQLITE_OK;
	return ok && sqlite3_exec(db, HISTORY_MARKS "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

/* What is wrong with an opened file; empty: nothing. */
static struct str
check(struct arena *mem, struct sqlite3 *db, bool write)
{
	long id = 0, version = 0, objects = 0;
	bool ok;

	if (!ask_number(db, "PRAGMA application_id", &id) ||
	    !ask_number(db, "PRAGMA user_version", &version) ||
	    !ask_number(db, "SELECT count(*) FROM sqlite_master", &objects))
		return history_error(mem, db);
	if (id == 0 && version == 0 && objects == 0)
		return !write ? STR("it is empty") : make(db) ? STR_NONE : history_error(mem, db);
	if (id != HISTORY_ID)
		return STR("it is no history of this program");
	if (version > HISTORY_SCHEMA)
		return arena_printf(mem, "it is of schema %ld, written by a newer gate; this one "
			"knows schema %d", version, HISTORY_SCHEMA);
	if (!is_ours(db, &ok))
		return ok ? STR("it is broken: its tables are not those of a history")
			  : history_error(mem, db);
	return STR_NONE;
}

struct sqlite3 *
history_open(struct arena *mem, const char *path, bool write, struct str *why)
{
	int flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
	long *left = arena_new(mem, long);
	struct sqlite3 *db = NULL;

	*why = STR_NONE;
	*left = MAX_STEPS;
	if (!write && access(path, F_OK) < 0 && errno == ENOENT)
		return NULL;
	if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK) {
		*why = db ? history_error(mem, db) : STR("out of memory");
		sqlite3_close(db);
		return NULL;
	}
	sqlite3_busy_timeout(db, BUSY_MS);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 64 << 20);
	sqlite3_progress_handler(db, STEPS_AT_ONCE, count_steps, left);
	*why = check(mem, db, write);
	if (why->n == 0)
		return db;
	sqlite3_close(db);
	return NULL;
}

static struct str
column(struct history *h, sqlite3_stmt *st, int i)
{
	const char *text = (const char *)sqlite3_column_text(st, i);

	return text ? arena_dup(&h->mem, str_n(text, (size_t)sqlite3_column_bytes(st, i)))
		    : STR_NONE;
}

static void
bind(sqlite3_stmt *st, int i, struct str s)
{
	sqlite3_bind_text(st, i, s.p ? s.p : "", (int)s.n, SQLITE_STATIC);
}

static long
number(sqlite3_stmt *st, int i)
{
	sqlite3_int64 n = sqlite3_column_int64(st, i);

	return n < 0 ? 0 : (long)n;
}

/* How many runs there are, and whose; false: SQLite could not tell. */
static bool
read_runs(struct history *h, struct sqlite3 *db, struct str name, struct str project,
	struct str revision)
{
	sqlite3_stmt *st = NULL;
	struct str of = STR_NONE;
	int rc = SQLITE_ERROR;

	if (sqlite3_prepare_v2(db, "SELECT project, revision FROM run WHERE gate = ? ORDER BY id",
		-1, &st, NULL) == SQLITE_OK) {
		bind(st, 1, name);
		while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
			struct str rev = column(h, st, 1);

			of = column(h, st, 0);
			h->runs++;
			h->here_runs += revision.n && str_eq(rev, revision);
		}
	}
	sqlite3_finalize(st);
	if (of.n && project.n && !str_eq(of, project))
		h->why = arena_printf(&h->mem, "it is of another project: %.*s", STR_FMT(of));
	return rc == SQLITE_DONE;
}

static bool
read_tests(struct history *h, struct sqlite3 *db, struct str name, struct str revision)
{
	sqlite3_stmt *st = NULL;
	int rc = SQLITE_ERROR;

	if (sqlite3_prepare_v2(db, HISTORY_TROUBLED, -1, &st, NULL) == SQLITE_OK) {
		bind(st, 1, revision);
		bind(st, 2, name);
		while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
			struct history_test *t = vec_push(&h->tests);

			t->producer = column(h, st, 0);
			t->leg = column(h, st, 1);
			t->id = column(h, st, 2);
			t->runs = number(st, 3);
			t->passes = number(st, 4);
			t->fails = number(st, 5);
			t->flaky = number(st, 6);
			t->flips = number(st, 7);
			t->here_passes = number(st, 8);
			t->here_fails = number(st, 9);
		}
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE;
}

/* Into a history of its own, whose text the tape keeps. */
static void
read_file(struct history *h, const char *path, struct str name, struct str project,
	struct str revision)
{
	struct sqlite3 *db = history_open(&h->mem, path, false, &h->why);
	struct buf raw = BUF_INIT;
	struct err err = { 0 };

	h->fresh = db == NULL && h->why.n == 0;
	if (db == NULL)
		return;
	if (source_slurp(path, MAX_HISTORY_BYTES, &raw, h->sha256, &err) < 0)
		h->why = arena_dup(&h->mem, str_of(err.text));
	else if (!read_runs(h, db, name, project, revision) ||
		 !read_tests(h, db, name, revision))
		h->why = history_error(&h->mem, db);
	sqlite3_close(db);
	buf_release(&raw);
}

void
history_read(struct history *h, const char *path, struct str shown, struct str name,
	struct str project, struct str revision)
{
	struct history found = { 0 };
	struct tape_answer a = { 0 };
	struct buf text = BUF_INIT;

	h->path = arena_dup(&h->mem, shown);
	if (tape_get(TAPE_HISTORY, shown, &a)) {
		/* as it was then */
	} else if (tape_playing()) {
		a.note = STR("it is not in the bundle");
	} else {
		read_file(&found, path, name, project, revision);
		if (found.why.n == 0)
			history_write(&found, &text);
		a.status = found.fresh;
		a.text = buf_str(&text);
		a.note = found.why;
		memcpy(a.sha256, found.sha256, sizeof(a.sha256));
		tape_put(TAPE_HISTORY, shown, &a);
	}
	h->fresh = a.status != 0;
	h->why = arena_dup(&h->mem, a.note);
	memcpy(h->sha256, a.sha256, sizeof(h->sha256));
	if (h->why.n == 0 && history_parse(h, a.text) < 0)
		h->why = STR("it is broken");
	buf_release(&text);
	history_release(&found);
}
