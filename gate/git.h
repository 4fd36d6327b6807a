/*
 * git.h -- what this program asks git: plumbing commands only, never a shell, never the network,
 * output bounded. Everything asked is named by the ID of an object once it is resolved.
 */
#ifndef GATE_GIT_H
#define GATE_GIT_H

#include "gate/base/arena.h"
#include "gate/base/buf.h"
#include "gate/base/err.h"

#define GIT_HEX 65 /* room for the hexadecimal ID of an object, SHA-1 or SHA-256 */

struct git {
	struct arena mem;
	const char *top;    /* the work tree's root, absolute; NULL: there is none */
	struct str prefix;  /* of the working folder below it: "" or "services/api" */
	bool shallow;
};

/* The repository of the working folder. -1 with *err set, in git's own words. */
int git_open(struct git *g, struct err *err);
void git_release(struct git *g);
/*
 * g->top for whoever holds an absolute path against it. Only then it is on the tape: where a
 * checkout lies decides nothing else, and a bundle is the same from any place.
 */
struct str git_top(const struct git *g);
/*
 * Runs `git -C dir args...` (dir NULL: the root) and appends its output, at most `max` bytes.
 * Returns its exit status, or -1 with *err set: not started, killed, or more than max bytes.
 * *said (may be NULL) gets the first line of what it complained.
 */
int git_read(const struct git *g, const char *dir, const char *const args[], size_t max,
	struct buf *out, struct buf *said, struct err *err);
/*
 * The same through the tape (base/tape.h), for all that is not a file: files of a revision are
 * recorded where they are looked at, see input/files.h.
 */
int git_run(const struct git *g, const char *dir, const char *const args[], size_t max,
	struct buf *out, struct buf *said, struct err *err);
/* The commit that `rev` names, as a hexadecimal ID; false when there is none here. */
bool git_commit(const struct git *g, const char *rev, char hex[GIT_HEX]);
/*
 * The IDs of the parents that the commit records, also those that a shallow clone does not
 * have. Returns how many there are (at most `max` are filled in), or -1.
 */
int git_parents(const struct git *g, const char *commit, char parents[][GIT_HEX], int max);

#endif
