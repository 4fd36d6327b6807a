/*
 * discover.h -- from what a person wrote (a file, a folder, a glob with `**`, `-`) to the
 * sorted list of files it names.
 */
#ifndef GATE_INPUT_DISCOVER_H
#define GATE_INPUT_DISCOVER_H

#include "gate/base/arena.h"
#include "gate/base/str.h"

struct found {
	const char **v; /* paths as they can be opened, in byte order, no duplicates; arena's */
	size_t n, cap;
	bool over_limit; /* more than MAX_FILES matched */
};

/*
 * `root` is put before a relative pattern ("" for the working folder). A pattern without
 * magic names one file or folder, and is returned even when nothing is there (opening it
 * says so); a folder stands for every regular file below it whose name does not start
 * with a dot. A glob that matches nothing gives n == 0. Symbolic links to folders are not
 * followed below a `**`.
 */
void discover(struct arena *mem, const char *root, struct str pattern, struct found *out);
void found_release(struct found *f);
/* Joins and tidies: no "./", no "//", ".." folded where it can be. */
struct str path_join(struct arena *mem, struct str root, struct str path);

#endif
