/* build.h -- which build this is: what a forge's CI says about itself, checked. */
#ifndef GATE_MODEL_BUILD_H
#define GATE_MODEL_BUILD_H

#include "gate/base/arena.h"

enum forge { FORGE_NONE, FORGE_GITHUB, FORGE_GITLAB };
const char *forge_name(enum forge f); /* "github"; "none" */

/* Empty members and 0 are: not known. What is there has the shape that its name says. */
struct build {
	enum forge forge;       /* FORGE_NONE: not in CI; nothing else is set */
	struct str project;     /* OWNER/NAME; GitLab: the number or path the change is in */
	struct str home;        /* the project this build runs in: a fork has its own; or empty */
	struct str path;        /* the project's path for links */
	struct str revision;    /* the change's own head, never the forge's merge commit */
	struct str base;
	long change;            /* number of the pull or merge request */
	bool fork;              /* the change comes from another project */
	bool queue;             /* a merge queue or train: nobody reads comments there */
	struct str event;       /* pull_request, push, merge_request_event ... */
	struct str api, server; /* base URLs without a slash at the end */
	struct str ref;         /* refs/heads/main, refs/pull/7/head: what the revision is on */
	struct str run_url;     /* where people see this build */
	struct str run;         /* ID of this run or pipeline; workflow_run: of the one before */
	long pipeline;          /* GitLab's number of it, where it is of this revision; 0 */
	struct str ca_file;     /* of a self-managed server */
	struct str folder;      /* the working folder below the repository's root; or empty */
	struct str note;        /* what could not be found out, and why; a sentence */
};

/*
 * A path of what was tested as the repository has it. One that starts with the folder is there
 * already, by a producer's `root`. Lives in `mem`, or is `path` itself.
 */
struct str build_path(struct arena *mem, struct str folder, struct str path);
/* The same for what a policy names relative to itself: always below the folder. */
struct str build_below(struct arena *mem, struct str folder, struct str path);

#endif
