/*
 * fetch_target.h -- which runs `gate fetch` means: what the command line names, else the build
 * it runs in, else the checkout's revision at its `origin`.
 */
#ifndef GATE_FETCH_TARGET_H
#define GATE_FETCH_TARGET_H

#include "gate/base/err.h"
#include "gate/forge/runs.h"
#include "gate/opt.h"

struct fetch_target {
	struct build build;         /* forge, api, project, ca_file */
	struct runs_wanted wanted;
	struct str own;             /* the run that this is a job of: it goes on; or empty */
};

/*
 * Strings live in `mem`. A host that neither the environment nor everybody knows must be called
 * GitHub or GitLab by --from: it gets the token. -1 with *err set: nothing identifies a run.
 */
int fetch_target(struct arena *mem, const struct args *args, struct fetch_target *t,
	struct err *err);

#endif
