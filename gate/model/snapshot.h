/*
 * snapshot.h -- a baseline: what a run showed, as a compact text of one line for each thing.
 *
 * Case names are coded by what they share with the one before, so a million of them stay
 * small in memory too: a loaded snapshot is its text and sixteen bytes a case. Saved files
 * are gzip around that text. Grammar (fields are separated by tabs; tab, newline, other
 * control characters and backslash are written \xNN):
 *
 *   regression-gate/baseline@1
 *   @gate VERSION   @name NAME   @project PROJECT   @revision REV   @saved RFC3339
 *   @origin saved | reports | decision | list
 *   @producer NAME     then its legs; an empty NAME stands for every producer
 *   @leg NAME
 *   @reports KIND FORMAT TOOL
 *   @tool NAME VERSION a tool that wrote one of the reports, where they say its version
 *   @unnamed N         cases known by their count alone
 *   @suite NAME [HASH] the suite of the cases that follow, sorted by name
 *   @suite+ NAME [HASH] the same, and it stands in front of their IDs
 *   LETTER SHARED ' ' REST        a case: bytes shared with the name before, then the rest;
 *                      its name may be followed by its number among equal ones and, where a
 *                      secret was taken out of it, by its key
 *   @took MS           how long the case before passed in, where that is TIMED_MS and more
 *   @time MS CASES     of all passing cases of the leg that have a time
 *   @issue LEVEL TOOL RULE FILE LINE FINGERPRINT MESSAGE-HASH CONTEXT-HASH MESSAGE
 *   @end CASES ISSUES
 *
 * Letters: p passed, l flaky, f failed, e error, s skipped; F and E failed as an excused
 * finding expects; x and X are errors of whole suites.
 */
#ifndef GATE_MODEL_SNAPSHOT_H
#define GATE_MODEL_SNAPSHOT_H

#include "gate/base/err.h"
#include "gate/model/run.h"
#include "gate/model/versions.h"

#define SNAPSHOT_SCHEMA "regression-gate/baseline@"
#define SNAPSHOT_VERSION 1

enum snapshot_origin { ORIGIN_SAVED, ORIGIN_REPORTS, ORIGIN_DECISION, ORIGIN_LIST, ORIGINS };
const char *snapshot_origin_name(enum snapshot_origin o);

struct snapshot_leg {
	struct report *report;        /* stands in for the leg's: kind, tool, leg, producer */
	struct versions tools;         /* of its reports, where they say a version */
	struct seen *v;               /* its cases, sorted by id, then place among the lines */
	size_t n, cap;
	size_t from, to;              /* the lines of the cases, in the text */
	long count[OUTCOMES];
	long excused, unnamed;
	struct { struct issue **v; size_t n, cap; } issues;
	long timed;                   /* passing cases whose time is known, short ones too */
	bool has_times;
};

struct snapshot_producer {
	struct producer_spec spec;
	struct producer producer;     /* stands in for the one that delivered */
	struct { struct snapshot_leg **v; size_t n, cap; } legs;
};

struct snapshot {
	struct arena mem;
	struct buf text;
	struct str name, project, revision, version;
	int64_t saved;                /* DATE_NONE: not known */
	enum snapshot_origin origin;
	struct { struct snapshot_producer **v; size_t n, cap; } producers; /* in order of name */
	long tests, issues;
	long unstable;                /* cases whose names change from run to run */
	struct { uint64_t *v; size_t n, cap; } bad; /* keys of failed cases' names, sorted */
};

/* Appends those of its legs. */
void snapshot_versions(const struct snapshot_producer *p, struct versions *out);

/* What a snapshot says beside what the run shows. */
struct snapshot_about {
	struct str name, project, revision;
	int64_t saved;
	enum snapshot_origin origin;
};

/* Of a finished run whose collect_options asked for names; appends the text. */
void snapshot_write(const struct run *run, const struct snapshot_about *about, struct buf *out);

/*
 * Takes over the text (moved out of *text). 0, or -1 with *err set: it is cut, of a newer
 * schema, or no snapshot at all. `file` is for messages.
 */
int snapshot_parse(struct snapshot *s, struct buf *text, const char *file, struct err *err);
void snapshot_release(struct snapshot *s);
bool snapshot_magic(struct str head);

/* One case while a leg is walked; zero-initialise but `leg`, then snapshot_case_release. */
struct snapshot_case {
	const struct snapshot *snapshot;
	const struct snapshot_leg *leg;
	size_t at;                    /* its place among the leg's lines, from 0 */
	struct str name, suite;       /* redacted; the name without suite and number */
	bool in_front;                /* the suite stands in front of the ID */
	bool excused, synthetic;
	long nth;                     /* among equal names, from 1 */
	enum outcome outcome;
	uint64_t key;                 /* of the name */
	uint32_t suite_hash;
	uint32_t ms;                  /* TIMED_MS and more; 0: shorter, or not known */
	/* private */
	size_t next;
	bool started;
	struct buf coded, plain, suite_text;
};
bool snapshot_next(struct snapshot_case *c);
void snapshot_case_id(const struct snapshot_case *c, struct buf *out); /* as decisions name it */
uint64_t snapshot_case_key(const struct snapshot_case *c); /* struct seen's id */
void snapshot_case_release(struct snapshot_case *c);

/* Whether the baseline may have something to say about this case, though it did not fail. */
bool snapshot_watch(const struct snapshot *s, const struct test_event *ev, struct str id);

/* It holds no case of that name, though it knows what its cases are called. */
bool snapshot_lacks(const struct snapshot *s, const struct test_event *ev, struct str id);

static inline bool
outcome_passed(enum outcome o)
{
	return o == OUT_PASSED || o == OUT_FLAKY;
}

#endif
