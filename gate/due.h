/* due.h -- `when-changed`: which producers the change does not ask for. */
#ifndef GATE_DUE_H
#define GATE_DUE_H

#include "gate/git.h"
#include "gate/model/change.h"
#include "gate/model/run.h"

/*
 * Sets not_due of the producers whose `when-changed` the change does not touch. `change` NULL, a
 * pattern outside the repository, a file whose name could not be read: due. Before run_finish.
 */
void due_decide(struct run *run, const struct change *change, const struct git *git);

#endif
