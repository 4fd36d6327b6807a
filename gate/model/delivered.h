/* delivered.h -- whether a producer delivered all that is asked of it. */
#ifndef GATE_MODEL_DELIVERED_H
#define GATE_MODEL_DELIVERED_H

#include "gate/model/run.h"

/*
 * Sums its reports up and decides whether it is complete: every report, legs, expect-files,
 * min-tests; what it lacks becomes its problems.
 */
void producer_judge(struct run *run, struct producer *p);

#endif
