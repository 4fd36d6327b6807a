/* baseline.h -- baselines as files: found, opened in each of their forms, saved. */
#ifndef GATE_BASELINE_H
#define GATE_BASELINE_H

#include "gate/command.h"
#include "gate/model/baseline.h"
#include "policies/engine/policy.h"

/*
 * Opens what `pattern` names, seen from the folder `root`: a saved snapshot, else raw
 * reports. Everything that is wrong is in b->state and b->why.
 */
void baseline_open(struct baseline *b, const char *root, struct str pattern,
	const struct policy *policy);
/* As the policy or --baseline says; nothing named: BASELINE_NONE. */
void baseline_of_run(struct baseline *b, const struct args *args, const struct policy *policy);
/*
 * One of another project, a cache or a download that was mixed up, and one that is newer than
 * the run can't be compared with: what it says is not of what came before.
 */
void baseline_check(struct baseline *b, struct str project, int64_t now);
/* A file somebody names to be looked at. -1 with the reason on standard error. */
int baseline_look(struct baseline *b, const char *path, const char *command);
/*
 * Saves the run of a decision. Nothing is written, and -1 returned with the reasons on standard
 * error, when a report is incomplete or the file can't be written.
 */
int baseline_save(const struct decision *d, const char *path, const char *command);

#endif
