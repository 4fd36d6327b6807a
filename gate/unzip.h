/*
 * unzip.h -- a zip archive of a stranger's into a folder, by libarchive: regular files of plain,
 * relative names, or nothing. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
#ifndef GATE_UNZIP_H
#define GATE_UNZIP_H

#include <stdint.h>

#include "gate/base/arena.h"
#include "gate/base/err.h"
#include "gate/base/mem.h"

struct unzipped {
	struct arena mem;
	VEC(const char *) made;  /* files and folders, in the order they were made */
	size_t files;
	uint64_t bytes;          /* of all files, together with those undone at most what follows */
	size_t max_files;
	uint64_t max_bytes;
};

/*
 * Into the folder `to`, which is made. -1 with *err set and nothing left of it: the archive is
 * cut or broken, past a ceiling, or holds anything but such files, each once. Permissions and
 * times in it are not taken over; empty folders are left out.
 */
int unzip(struct unzipped *u, struct str raw, const char *to, struct err *err);
/* Removes all but the first `keep` of what was made. */
void unzip_undo(struct unzipped *u, size_t keep);
void unzip_release(struct unzipped *u);

#endif
