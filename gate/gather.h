/* gather.h -- reads the reports of every producer, several files at once. */
#ifndef GATE_GATHER_H
#define GATE_GATHER_H

#include "gate/correlate/correlate.h"
#include "gate/model/baseline.h"
#include "gate/model/history.h"
#include "gate/model/run.h"
#include "policies/engine/policy.h"

struct gather_options {
	const struct policy *policy;
	const struct index *index;
	const struct baseline *baseline;
	const struct history *history;
	bool names;         /* every case's name is kept */
	bool times;         /* what took a while is kept, for rules that ask */
	bool as_recorded;   /* from a tape, keep what was kept then, and no more */
	struct str_list only; /* the producers in scope; empty: all */
	struct str revision; /* of this run, for the legs of a matrix; empty: not known */
	unsigned jobs;      /* threads; 0: one for each processor, at most 8 */
	bool progress;      /* a line on standard error once it takes longer than half a second */
};

/*
 * Fills run->producers from the specs (already in order of name): finds the files, reads
 * them all, sets legs. Everything that is wrong is a problem of a report or producer.
 */
void gather(struct run *run, const struct gather_options *opt);
/* The one declared leg whose name the path holds; several or none: no leg. */
struct str gather_leg_of_path(const struct producer_spec *spec, struct str path);
/* How a path is shown: as a policy in the folder `base` would write it. */
struct str gather_shown_path(struct str path, struct str base);

#endif
