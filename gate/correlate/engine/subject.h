/* subject.h -- one result as evidence looks at it, and what is known of the whole run. */
#ifndef GATE_CORRELATE_ENGINE_SUBJECT_H
#define GATE_CORRELATE_ENGINE_SUBJECT_H

#include "gate/correlate/engine/index.h"

/* Which cases of the run a case reference names. */
struct named {
	struct str first; /* the first one's comparable name, parameters left out */
	bool many;        /* another one too: the reference is not unique */
	bool exact;       /* one of them bears the whole name */
	long passed, other; /* results by outcome, over all producers and legs */
};

/* What correlate knows of the run while it looks at one subject after the other. */
struct scratch {
	const struct index *ix;
	struct arena *mem;    /* the run's */
	struct arena keys;    /* comparable names, for the time of the correlation */
	struct named *cases;  /* by ref->n */
	bool *seen_patterns;  /* by entry_test->n: a result showed it */
	bool *matched;        /* by entry_info->n: it is evidence for some result */
	/* stamped with `now`, so that nothing is cleared between subjects */
	unsigned *terms, *entries, *counted, *counts, now;
	unsigned *naming;     /* by finding->order: it names the subject's file */
	struct buf key, normal;
	size_t kept;          /* candidates, of all subjects so far */
};

void scratch_init(struct scratch *sc, const struct index *ix, struct run *run);
void scratch_release(struct scratch *sc);
void scratch_saw_pattern(struct scratch *sc, size_t n);
/* Once for each subject and entry. */
bool scratch_first_look(struct scratch *sc, const struct entry_info *info);
/* Whether the reference names this test; *exact: by its whole name. */
bool ref_names_case(const struct ref *r, const struct subject *s, bool *exact);

/* Each fills a zeroed subject; subject_release frees what it holds. */
void subject_of_test(struct subject *s, struct scratch *sc, struct test *t);
void subject_of_issue(struct subject *s, struct scratch *sc, struct issue *i);
void subject_of_producer(struct subject *s, struct scratch *sc, struct producer *p);
/* Looks for every term in the subject's names and texts, and reads its stack frames. */
void subject_scan(struct subject *s, struct scratch *sc);
void subject_release(struct subject *s);
/* Only the names: what a look at all tests of the run needs. */
void subject_names(struct subject *s, struct scratch *sc, struct test *t);

/* Does the ID of `text` at `start` stand at token boundaries? */
bool id_bounded(struct str text, size_t start, size_t n);

#endif
