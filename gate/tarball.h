/*
 * tarball.h -- tar.gz in memory, by libarchive: written with the same bytes for the same
 * members, read as what a stranger wrote. Nothing is ever extracted to a disk.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 (ustar)
 */
#ifndef GATE_TARBALL_H
#define GATE_TARBALL_H

#include "gate/base/arena.h"
#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/base/mem.h"

#define MAX_TARBALL_PACKED (512u << 20) /* the file */
#define MAX_TARBALL_BYTES (1536u << 20) /* all members together, inflated */
#define MAX_TARBALL_MEMBERS 20000
#define MAX_TARBALL_RATIO 200u          /* inflated to packed, once it is past the next one */
#define TARBALL_RATIO_FREE (16u << 20)

struct tarball_member {
	struct str name, data;
};
struct tarball {
	struct arena mem; /* of what was read; written ones borrow */
	struct { struct tarball_member *v; size_t n, cap; } members; /* in their order */
};

/* In the order of t->members. -1 with *err set: libarchive is not there, or they are too many. */
int tarball_write(const struct tarball *t, struct buf *out, struct err *err);
/*
 * The members of the archive at `path`. -1 with *err set when it can't be read, is cut, past one
 * of the ceilings above, or holds anything but regular files of different, plain relative names.
 */
int tarball_read(struct tarball *t, const char *path, struct err *err);
/* NULL when there is none of that name. */
const struct tarball_member *tarball_find(const struct tarball *t, struct str name);
void tarball_release(struct tarball *t);

#endif
