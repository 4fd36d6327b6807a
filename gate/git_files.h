/* git_files.h -- the files of one revision, as struct files: what configuration is read from. */
#ifndef GATE_GIT_FILES_H
#define GATE_GIT_FILES_H

#include "gate/git.h"
#include "gate/input/files.h"

struct git_files; /* owned: git_files_free */

/*
 * The tree of `commit`, while `tested` is checked out: files that neither holds are the disk's.
 * NULL with *err set. `g` must outlive it.
 */
struct git_files *git_files_new(const struct git *g, const char *commit, const char *tested,
	struct err *err);
/* Valid as long as gf. */
const struct files *git_files_view(struct git_files *gf);
/*
 * `path` (as it can be opened from the working folder, or absolute) relative to the
 * repository's root; false: it lies outside.
 */
bool git_path(const struct git *g, struct arena *mem, struct str path, struct str *in_repo);
/* The other way round: as it can be opened from the working folder. */
struct str git_path_from_here(const struct git *g, struct arena *mem, struct str in_repo);
void git_files_free(struct git_files *gf);

#endif
