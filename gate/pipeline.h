/*
 * pipeline.h -- from a command line to a frozen decision: what `gate run` and
 * `gate explain` share.
 */
#ifndef GATE_PIPELINE_H
#define GATE_PIPELINE_H

#include "gate/command.h"
#include "gate/correlate/correlate.h"
#include "gate/model/baseline.h"
#include "gate/model/decision.h"
#include "gate/model/facts.h"
#include "gate/model/history.h"
#include "gate/trust.h"
#include "policies/engine/policy.h"

/* The options that choose what is judged; first rows of a command's own table. */
#define PIPELINE_OPTIONS \
	{ .name = "policy", .arg = "FILE", \
	  .help = "policy file or preset (default: gate.yaml, searched upwards)" }, \
	{ .name = "register", .arg = "FILE", .many = true, \
	  .help = "one more register of findings" }, \
	{ .name = "report", .arg = "[NAME[/LEG]=][FORMAT:]PATH", .many = true, \
	  .help = "a report; with NAME it replaces that producer's paths" }, \
	{ .name = "baseline", .arg = "FILE", \
	  .help = "what to compare with: a saved baseline, or reports of the target branch" }, \
	{ .name = "history", .arg = "FILE", \
	  .help = "what earlier runs showed; `gate run` adds this one" }, \
	{ .name = "runner-exit", .arg = "[NAME[/LEG]=]CODE", .many = true, \
	  .help = "the exit status of the runner that wrote NAME's reports" }, \
	{ .name = "only", .arg = "NAME,...", \
	  .help = "these producers alone; such a run is neither posted nor saved" }, \
	{ .name = "partial", \
	  .help = "not everything ran: nothing is judged absent; neither posted nor saved" }, \
	{ .name = "trusted-ref", .arg = "REF|auto|none", \
	  .help = "the revision whose policy and registers judge the change (default: auto)" }, \
	{ .name = "floor", .arg = "FILE", \
	  .help = "a central policy: for each parameter the stricter of both holds" }, \
	{ .name = "approve-pending", .arg = "DIGEST", \
	  .help = "count the change's pending edits, exactly those with this digest" }, \
	{ .name = "now", .arg = "RFC3339", \
	  .help = "the clock of the verdict (default: the system's)" }, \
	{ .name = "jobs", .letter = 'j', .arg = "N", \
	  .help = "files read at once (default: processors)" }, \
	{ .name = "no-progress", .help = "no progress line, not even on a terminal" }

struct pipeline {
	struct arena mem;
	struct node *over; /* see policy_load_over; NULL: the policy as it is */
	struct diags diags;
	struct trust trust;
	struct policy floor; /* --floor; applied to the policy, which borrows from it */
	struct config config;
	const struct edits *merging; /* judge as if these were merged; NULL: no such thing */
	const struct change *change; /* with `merging` */
	const struct git *git;       /* with `merging` */
	const struct facts *given;   /* with `merging` */
	struct facts facts;
	struct history history;
	struct index *index;
	bool quiet;        /* nothing is said on standard error */
	bool names;        /* keep every case's name: the run will be saved */
	struct baseline baseline;
	struct run run;
	struct decision decision;
};

/*
 * Loads the policy and registers, reads every report, correlates, judges. Messages go to
 * standard error. Returns 0 when p->decision is made, otherwise the exit status: 2 when
 * the command line, the policy or a register is invalid (nothing was judged).
 */
int pipeline_run(struct pipeline *p, const struct args *args);
void pipeline_release(struct pipeline *p);

#endif
