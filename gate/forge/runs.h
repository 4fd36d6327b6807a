/*
 * runs.h -- the runs of CI (GitLab: pipelines) that are asked for, and what they keep: artifacts,
 * as zip archives. What was left out is listed; what is missing is never overlooked.
 */
#ifndef GATE_FORGE_RUNS_H
#define GATE_FORGE_RUNS_H

#include "gate/base/mem.h"
#include "gate/forge/deliver.h"

struct runs_wanted {          /* one of these */
	struct str run;       /* an ID, digits */
	struct str revision;  /* a whole commit ID */
	struct str branch;
};

enum run_is { RUN_ENDED, RUN_GOING, RUN_CUT /* cancelled, timed out ... */ };
struct run {
	long long id, workflow; /* GitHub: the workflow's ID */
	struct str name;        /* GitHub: the workflow's */
	struct str state;       /* in the forge's words: "success", "in_progress" */
	enum run_is is;
};
struct artifact {
	struct str name;      /* GitLab: its job's */
	long long id;
	struct str url;       /* of its archive, behind the API's base */
	struct str lost;      /* why it can't be brought; empty: it can */
};
struct runs {
	struct arena mem;
	VEC(struct run) list;
	VEC(struct artifact) artifacts;
	VEC(struct str) notes; /* what was left out on purpose */
};

/*
 * The newest run of each workflow, or the newest pipeline. Of a branch: those of its newest
 * revision that ran, and never a fork's whose branch has the same name. DELIVERED also when
 * there is none; otherwise job->said says what could not be read.
 */
enum delivered runs_find(struct delivery_job *job, const struct runs_wanted *w, struct runs *r);
/* Adds the artifacts of a run, of several with one name the newest. */
enum delivered runs_artifacts(struct delivery_job *job, const struct run *run, struct runs *r);
void runs_release(struct runs *r);

/* Between the files of this. */

enum delivered github_runs(struct delivery_job *job, const struct runs_wanted *w, struct runs *r);
enum delivered github_artifacts(struct delivery_job *job, const struct run *run, struct runs *r);
enum delivered gitlab_runs(struct delivery_job *job, const struct runs_wanted *w, struct runs *r);
enum delivered gitlab_artifacts(struct delivery_job *job, const struct run *run, struct runs *r);
/* `from`: where the artifacts of this run begin. */
void runs_add(struct runs *r, size_t from, const struct artifact *a);

#endif
