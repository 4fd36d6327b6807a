/* scope.h -- what the command line says about producers: REPORT, --report, --runner-exit. */
#ifndef GATE_SCOPE_H
#define GATE_SCOPE_H

#include "gate/opt.h"
#include "gate/model/run.h"
#include "policies/engine/policy.h"

/*
 * REPORT operands become the producer `cli`; --report replaces a producer's paths or adds
 * one. Keeps policy->producers in order of name. -1 with an error in d.
 */
int scope_reports(struct policy *policy, const struct args *args, struct diags *d);
/* --runner-exit and exit-file: fills exit_known and exit_status. -1 with an error in d. */
int scope_exits(struct run *run, const struct args *args, struct diags *d);

#endif
