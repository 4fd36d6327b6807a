/* context.h -- the source lines around lint and scan results, where the source is at hand. */
#ifndef GATE_CONTEXT_H
#define GATE_CONTEXT_H

#include "gate/model/run.h"

/*
 * Fills `context` of every issue that has none yet (a leg file carries it) and whose file can
 * be read from the working folder or else from `base`: a hash of its line and the lines next
 * to it, white space folded. Paths that leave the checkout are not followed.
 */
void context_fill(struct issue *const *v, size_t count, struct str base);

#endif
