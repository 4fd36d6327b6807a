/* build_here.h -- the build this process runs in: the environment and the event's file. */
#ifndef GATE_BUILD_HERE_H
#define GATE_BUILD_HERE_H

#include "gate/base/arena.h"
#include "gate/model/build.h"

/* `want`: this forge's variables, wherever we are; FORGE_NONE: what CI this is. */
void build_here(struct arena *mem, enum forge want, struct build *b);

#endif
