/* history.h -- what a history says about the results of a run; after correlate. */
#ifndef GATE_CORRELATE_HISTORY_H
#define GATE_CORRELATE_HISTORY_H

#include "gate/model/history.h"
#include "gate/model/run.h"

/*
 * A test that passed, of which no finding and no baseline expects otherwise, is flaky when it
 * failed in an earlier run of this revision. All else are notes: about failures that passed
 * before, and about findings whose `expect` the data contradicts. No failure becomes less.
 */
void history_apply(struct run *run, const struct history *h);

#endif
