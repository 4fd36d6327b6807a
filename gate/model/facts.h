/*
 * facts.h -- what git says of the checkout, as far as a baseline is compared with by it: files
 * renamed since, tests whose definitions are gone. Looked up once, before anything is compared.
 *
 * Paths of git are relative to the repository's root; those below the working folder are
 * there a second time, as reports write them.
 */
#ifndef GATE_MODEL_FACTS_H
#define GATE_MODEL_FACTS_H

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/model/definitions.h"

/* A file that was renamed since the baseline. */
struct fact_move {
	struct str from, to;
};

/* Zero-initialise; facts_release. */
struct facts {
	struct arena mem;
	bool has_moves;             /* git could compare with the baseline's revision */
	struct { struct fact_move *v; size_t n, cap; } moves;   /* by `from` */
	/* Since the revision that the change starts from, and since the baseline's. */
	struct { struct definition *v; size_t n, cap; } gone, added; /* by file, then line */
	struct { struct str *v; size_t n, cap; } gone_files;    /* sorted */
};

/* The path it has now; `path` itself where git knows of no move. */
struct str facts_moved_to(const struct facts *f, struct str path);
/* Brings all lists into their order, each thing once. */
void facts_sort(struct facts *f);
void facts_release(struct facts *f);

#endif
