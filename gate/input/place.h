/* place.h -- where things are on this machine; through the tape (base/tape.h). */
#ifndef GATE_INPUT_PLACE_H
#define GATE_INPUT_PLACE_H

#include "gate/base/arena.h"

/* The path without symbolic links, absolute; empty when nothing is there. */
struct str real_path(struct arena *mem, const char *path);
/* Is it a regular file, or what leads to one? */
bool regular_file(const char *path);

#endif
