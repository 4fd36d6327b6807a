/* replay.h -- the parts of `gate replay`: what stands in for what, and how the result differs. */
#ifndef GATE_REPLAY_H
#define GATE_REPLAY_H

#include "gate/bundle.h"

struct replay {
	struct bundle bundle;
	struct args args;          /* the bundle's, changed by what stands in */
	struct pipeline pipeline;
	bool replaced;             /* something stands in */
	struct diags notes;        /* what to know about the result */
	struct arena mem;
	struct { struct buf **v; size_t n, cap; } texts; /* that stand in */
};

/* Each before the bundle's own answers are played: the first answer holds. -1 with *err set. */
int replay_policy(struct replay *r, const struct args *args, struct err *err);
int replay_registers(struct replay *r, const struct args *args, struct err *err);
int replay_reports(struct replay *r, const struct args *args, struct err *err);
/* After the run: notes which reports another policy would have read otherwise. */
void replay_note_readings(struct replay *r);
/* Appends what is to be said; false: the decisions differ. */
bool replay_compare(struct replay *r, const char *path, struct buf *out);
void replay_release(struct replay *r);

#endif
