/*
 * fetch.h -- brings what a run of CI keeps into a folder: each artifact, on GitLab each job's,
 * whole into a folder of its own, or not at all and said.
 */
#ifndef GATE_FETCH_H
#define GATE_FETCH_H

#include "gate/fetch_target.h"
#include "gate/forge_access.h"

/* EXIT_PASS: all is there; EXIT_INVALID; EXIT_INCONCLUSIVE: something is not, and said. */
int fetch(const struct fetch_target *t, struct forge_access *access, const struct args *args);

#endif
