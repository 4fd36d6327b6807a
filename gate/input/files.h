/*
 * files.h -- where configuration is read from: the disk, or a revision that is looked at in
 * its place. NULL is the disk. A view answers for the paths it holds and leaves the others,
 * files outside its repository, to the disk.
 */
#ifndef GATE_INPUT_FILES_H
#define GATE_INPUT_FILES_H

#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/input/discover.h"
#include "gate/input/source.h"

enum files_answer { FILES_ELSEWHERE, FILES_YES, FILES_NO };

struct files {
	void *ctx;
	const char *name; /* of the view, as a tape knows it */
	/* The bytes of the file as they are kept; FILES_NO with *err set. */
	enum files_answer (*read)(void *ctx, const char *path, size_t max, struct buf *raw,
		struct err *err);
	/* The files that a tidy path, folder or glob names: as discover does. */
	enum files_answer (*find)(void *ctx, struct arena *mem, struct str pattern,
		struct found *out);
	enum files_answer (*there)(void *ctx, const char *path); /* a regular file */
};

/*
 * source_slurp, discover and "is it a file that can be opened", through a view. All that a
 * decision is made from but the reports is read by these: a tape (base/tape.h) records them.
 */
int files_slurp(const struct files *f, const char *path, size_t max, struct buf *out,
	char hex[SHA256_HEX], struct err *err);
void files_discover(const struct files *f, struct arena *mem, const char *root,
	struct str pattern, struct found *out);
bool files_there(const struct files *f, const char *path);
/* The digest of a file's bytes as they are kept; FILES_ELSEWHERE: `f` does not hold it. */
enum files_answer files_digest(const struct files *f, const char *path, size_t max,
	char hex[SHA256_HEX]);

#endif
