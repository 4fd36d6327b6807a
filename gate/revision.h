/* revision.h -- which revision of the project is checked out, read from its .git folder. */
#ifndef GATE_REVISION_H
#define GATE_REVISION_H

#include "gate/base/buf.h"

/*
 * Appends the commit that the checkout around the working folder is at; without a checkout,
 * what the forge says it builds. Nothing when neither is known.
 */
void revision_here(struct buf *out);

#endif
