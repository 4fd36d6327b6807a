/*
 * deliver.h -- one comment, edited in place: found by its hidden marker and its author, written
 * only when it differs, its duplicates taken away, whatever answers get lost.
 */
#ifndef GATE_FORGE_DELIVER_H
#define GATE_FORGE_DELIVER_H

#include "gate/forge/forge.h"
#include "gate/forge/http.h"

enum delivered {
	DELIVERED,   /* the comment says what it should */
	NOTHING_DUE, /* and nothing was written: the reason is said */
	DEGRADED,    /* it can't be: no permission, the change is closed or moved on */
	FAILED,      /* the forge is down, or refuses */
};

struct delivery_job {
	const struct forge_ops *ops;
	struct http *http;
	struct build build;      /* of the change; its number may be a stranger's word */
	const json_t *doc;       /* the decision, checked */
	struct buf said;         /* one line: what was done, or why not */
	struct buf hint;
};

enum delivered deliver_comment(struct delivery_job *job);
/* The verdict as a status of the build's revision (delivery.check). */
enum delivered deliver_status(struct delivery_job *job);
void delivery_job_release(struct delivery_job *job);

#endif
