/* folders.h -- where in the repository the paths of a decision start. */
#ifndef GATE_FOLDERS_H
#define GATE_FOLDERS_H

#include "gate/model/decision.h"

/*
 * Sets build.folder and policy_folder, which links to the forge's pages and annotations need
 * where gate runs, or its policy stands, below the repository's root. In CI only; without a
 * repository both stay empty.
 */
void folders_here(struct decision *d);

#endif
