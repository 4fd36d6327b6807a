/*
 * tape.h -- what a decision asked of the world outside, and what it was told: files, folders,
 * git, the environment. Recorded for a bundle; played back, the same decision is made where none
 * of it is there.
 *
 * Whoever asks the world on behalf of a decision does it in one of few places (input/files.h,
 * git.h, report_read ...), and each keeps its answers here. Off unless it was started: then
 * nothing is recorded and nothing known. One tape for the process, as there is one
 * environment; safe to use from several threads.
 */
#ifndef GATE_BASE_TAPE_H
#define GATE_BASE_TAPE_H

#include "gate/base/hash.h"
#include "gate/base/str.h"

enum tape_kind {
	TAPE_TEXT,     /* a configuration file or register, decoded */
	TAPE_FIND,     /* the files that a pattern names, each ended by a NUL */
	TAPE_THERE,    /* is there such a file? */
	TAPE_DIGEST,   /* the bytes of a file, by their digest alone */
	TAPE_GIT,      /* what git said */
	TAPE_VARIABLE, /* of the environment */
	TAPE_PLACE,    /* where things are: the working folder, the repository's root */
	TAPE_BASELINE, /* the text of the snapshot that it was read as */
	TAPE_CONTEXT,  /* of a source file: lines of "LINE HASH" */
	TAPE_REPORT,   /* a report as it was read: model/report_tape.h */
	TAPE_PRESET,   /* compiled in */
	TAPE_HISTORY,  /* what earlier runs showed: model/history.h */
	TAPE_KINDS
};
const char *tape_kind_name(enum tape_kind k);

/* Members that a kind has no use for are 0 and empty. */
struct tape_answer {
	long status;
	struct str text;
	struct str note;         /* why not; what else was said */
	char sha256[SHA256_HEX]; /* as found, where `text` is what was made of it */
};

struct tape_entry {
	enum tape_kind kind;
	struct str key;
	struct tape_answer answer;
};

struct tape;

/* Each starts an empty tape; one that runs is ended and freed. */
void tape_record(void);
void tape_play(bool exact);  /* lend the answers, then whoever asks gets them */
/* Ends it: the caller's, tape_free. NULL when none runs. */
struct tape *tape_end(void);
void tape_free(struct tape *t); /* NULL is fine */
bool tape_recording(void); /* false while it is paused */
bool tape_playing(void);
bool tape_exact(void);     /* playing, and nothing stands in for what was recorded */
/* Between these nothing is recorded or played: an answer further out stands for it all. */
void tape_pause(void);
void tape_resume(void);

/* Recorded, a copy, unless the tape plays. The first answer to a question holds, here as below. */
void tape_put(enum tape_kind kind, struct str key, const struct tape_answer *a);
/* To be played: the text is borrowed, and a NUL stands behind it. */
void tape_lend(enum tape_kind kind, struct str key, const struct tape_answer *a);
/* False: it was not asked then. What is given lives as long as the tape. */
bool tape_get(enum tape_kind kind, struct str key, struct tape_answer *a);
/* Every answer of that kind on the running tape, in the order in which they were put. */
void tape_each(enum tape_kind kind, void (*see)(void *ctx, const struct tape_entry *e), void *ctx);
/* All of them by kind and key, n of them; the caller's, free(). */
const struct tape_entry **tape_entries(const struct tape *t, size_t *n);
/* What was dropped, since all of it together is more than MAX_TAPE_BYTES; by key, n of them. */
const struct tape_entry *tape_dropped(struct tape *t, size_t *n);

/*
 * What stands in for what was recorded: though the tape plays, it is read from the disk. The
 * path of a register, or a producer, whose reports then are.
 */
enum tape_stand_in { TAPE_REGISTER, TAPE_PRODUCER };
void tape_admit(enum tape_stand_in kind, struct str name);
bool tape_admits(enum tape_stand_in kind, struct str name);

/* getenv, through the tape. */
const char *tape_getenv(const char *name);

#endif
