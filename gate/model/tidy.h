/* tidy.h -- the paths that reports write, as the checkout spells them. */
#ifndef GATE_MODEL_TIDY_H
#define GATE_MODEL_TIDY_H

#include "gate/base/buf.h"
#include "gate/model/report.h"

/* Zero-initialise; tidy_release. Remembers the path tidied last: neighbours share it. */
struct tidy {
	struct buf raw, path, slashed;
	size_t root; /* where, in `path`, the part behind the root starts */
	char cwd[4096];
	bool has_cwd;
};

/*
 * Backslashes become slashes; a prefix of opt->strip, or the working folder, comes off; what
 * is then relative gets opt->root in front. *plain (may be NULL) gets it without opt->root.
 * Both are valid until the next call.
 */
struct str tidy_path(struct tidy *t, const struct collect_options *opt, struct str raw,
	struct str *plain);
void tidy_release(struct tidy *t);

#endif
