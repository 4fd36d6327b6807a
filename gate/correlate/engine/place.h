/* place.h -- paths as registers and reports write them, and the frames of stack traces. */
#ifndef GATE_CORRELATE_ENGINE_PLACE_H
#define GATE_CORRELATE_ENGINE_PLACE_H

#include "gate/correlate/evidence.h"

/*
 * Do two spellings name one file? Equal, or one is the end of the other at a slash: the
 * shorter one has a folder in it, or it is `ref`, a bare file name as people write it. Both
 * slashes count as one; a leading "./" as nothing.
 */
bool place_same(struct str ref, struct str file);
/* Is `file` below `folder` (with or without its last slash)? Anchored at components. */
bool place_below(struct str folder, struct str file);
/* The last component, of either slash; the key files are looked up by. */
struct str place_name(struct str path);
/* Without leading "./" and trailing slashes. */
struct str place_tidy(struct str path);
/* At most MAX_FRAMES places of a trace, in order; appended to s->frames. */
void place_frames(struct subject *s, struct arena *mem);

#define MAX_FRAMES 200

#endif
