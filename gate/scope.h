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
/*
 * "[NAME[/LEG]=][FORMAT:]PATH": the producer it speaks of, `cli` where it names none. `path` may
 * have a format in front: which ones there are, only the policy knows.
 */
void scope_report_parts(const char *value, struct str *name, struct str *path);
/* --runner-exit and exit-file: fills exit_known and exit_status. -1 with an error in d. */
int scope_exits(struct run *run, const struct args *args, struct diags *d);

#endif
