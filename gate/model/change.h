/*
 * change.h -- what the judged change edits, against the revision it starts from. Lines are those
 * of the old side: registers, written before the change, speak of them.
 */
#ifndef GATE_MODEL_CHANGE_H
#define GATE_MODEL_CHANGE_H

#include "gate/base/arena.h"
#include "gate/base/mem.h"

/* Old lines first..last; an insertion behind line n is n..n + 1. */
struct change_lines {
	long first, last;
};

struct change_file {
	struct str old_path, path; /* from the repository's root; one empty: added, deleted */
	struct { struct change_lines *v; size_t n, cap; } lines;
};

/* Zero-initialise; change_release. */
struct change {
	struct arena mem;
	struct { struct change_file *v; size_t n, cap; } files; /* in git's order: by path */
};

/* From the output of `git diff-tree -r -p -U0 -M` with the prefixes a/ and b/. */
void change_parse(struct change *c, struct str diff);
/* The edited lines of the file that touch first..last (first 0: any); NULL: none do. */
const struct change_lines *change_touches(const struct change_file *f, long first, long last);
/* The path that `path` had before the change, when the change moved it; else empty. */
struct str change_moved_from(const struct change *c, struct str path);
void change_release(struct change *c);

#endif
