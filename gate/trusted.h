/*
 * trusted.h -- the revision by which a change is judged, and what the change edits. A change can
 * tighten its gate, not loosen it: policy and registers are those of the trusted revision.
 */
#ifndef GATE_TRUSTED_H
#define GATE_TRUSTED_H

#include "gate/git.h"
#include "gate/model/change.h"

struct trusted {
	bool on;                  /* there is such a revision */
	char base[GIT_HEX], head[GIT_HEX];
	char from[GIT_HEX];       /* where the change leaves the base; with has_change */
	const char *how;          /* "the first parent of the forge's merge commit" */
	bool has_change;          /* git could tell what the change edits */
	struct change change;
	struct git git;
};

/*
 * `option` is the value of --trusted-ref: a revision, "none", "auto" or NULL (auto): on a
 * change in CI (a pull request, merge group or merge request) its base, else none. -1 with an
 * error and a hint when the revision is not here.
 */
int trusted_find(struct trusted *t, const char *option, struct diags *d);
void trusted_release(struct trusted *t);

#endif
