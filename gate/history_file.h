/*
 * history_file.h -- the optional history: one SQLite file that a pipeline keeps in its cache.
 *
 * It is read before a run is judged and written after, and only by who names it. What can't be
 * read or written is a warning: no verdict hangs on it. https://www.sqlite.org/c3ref/intro.html
 */
#ifndef GATE_HISTORY_FILE_H
#define GATE_HISTORY_FILE_H

#include "gate/base/buf.h"
#include "gate/model/decision.h"
#include "gate/model/history.h"

#define HISTORY_ID 0x52474831 /* "RGH1", the file's application_id */
#define HISTORY_SCHEMA 1      /* its user_version */
#define HISTORY_RUNS 1000     /* kept; a test that was in none of them is forgotten */
#define HISTORY_TESTS 100000  /* kept; past it only those that fail are added */
#define HISTORY_RECENT 60     /* outcomes kept of each test */

struct sqlite3;

/*
 * Opens it, to be read or (made where there is none) to be written, and makes sure that it is
 * one of ours. NULL with *why (memory: `mem`) set; NULL without: nothing is there.
 */
struct sqlite3 *history_open(struct arena *mem, const char *path, bool write, struct str *why);
/* Of a call that failed: in SQLite's words. */
struct str history_error(struct arena *mem, struct sqlite3 *db);

/*
 * Fills `h` (zeroed) with what the file knows about the runs of the gate `name`; `revision` is
 * the tested one. Never fails: h->why says what is wrong.
 */
void history_read(struct history *h, const char *path, struct str shown, struct str name,
	struct str project, struct str revision);
/* Adds a run of complete reports; the decision's run was read with names. *why on failure. */
int history_record(const struct decision *d, const char *path, struct str revision,
	struct arena *mem, struct str *why);

/* history_show.c: one test by its ID or the end of it; empty: all that ever flipped or failed. */
int history_show(const char *path, struct str test, bool json, struct buf *out);

#endif
