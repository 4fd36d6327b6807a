/* pending.h -- what the change loosens, told in the decision, with the verdict it would have. */
#ifndef GATE_PENDING_H
#define GATE_PENDING_H

#include "gate/pipeline.h"

/* After the decision was made. Judges once more, as if the pending edits were merged. */
void pending_add(struct pipeline *p, const struct args *args);

#endif
