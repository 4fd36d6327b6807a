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

/* Each starts with an empty tape. */
void tape_record(void);
void tape_play(void);  /* put the answers, then whoever asks gets them */
void tape_stop(void);  /* and forgets all */
bool tape_recording(void); /* false while it is paused */
bool tape_playing(void);
/* Between these nothing is recorded or played: an answer further out stands for it all. */
void tape_pause(void);
void tape_resume(void);

/* Copies. The first answer to a question holds. */
void tape_put(enum tape_kind kind, struct str key, const struct tape_answer *a);
/* False: it was not asked then. What is given lives as long as the tape. */
bool tape_get(enum tape_kind kind, struct str key, struct tape_answer *a);
/* How many bytes the answers have; past MAX_TAPE_BYTES an answer is dropped, and listed. */
size_t tape_bytes(void);
/* All of them by kind and key, n of them; the caller's, free(). */
const struct tape_entry **tape_entries(size_t *n);
/* What was dropped, by key; n of them. The tape's. */
const struct tape_entry *tape_dropped(size_t *n);

/* getenv, through the tape. */
const char *tape_getenv(const char *name);

#endif
