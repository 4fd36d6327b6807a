/*
 * deliver.h -- the decision reaches the people: each deliver_*() does one thing on the forge,
 * idempotently, whatever answers get lost, and says in a line what came of it.
 */
#ifndef GATE_FORGE_DELIVER_H
#define GATE_FORGE_DELIVER_H

#include "gate/forge/forge.h"
#include "gate/forge/http.h"

enum delivered {
	DELIVERED,   /* the forge says what it should */
	NOTHING_DUE, /* and nothing was written: the reason is said */
	DEGRADED,    /* it can't be: no permission, the change is closed or moved on */
	FAILED,      /* the forge is down, or refuses */
};

struct delivery_job {
	const struct forge_ops *ops;
	struct http *http;
	struct build build;      /* of the change; its number may be a stranger's word */
	const json_t *doc;       /* the decision, checked */
	struct str sarif;        /* a document for code scanning; empty: none */
	struct buf said;         /* one line: what was done, or why not */
	struct buf hint;
	bool down;               /* no answer, or no such token: the rest need not be tried */
	/* What was found out, once, and what came of it. */
	bool asked_change, asked_self;
	enum delivered change_is, self_is;
	json_t *change;          /* as the forge describes it; NULL: not read */
	struct buf self;         /* who writes; without self_sure: who it is, most likely */
	bool self_sure;
};

enum delivered deliver_comment(struct delivery_job *job);
/* The verdict as a status of the build's revision (delivery.check). */
enum delivered deliver_status(struct delivery_job *job);
/* GitHub: a check run on the revision, with annotations on its lines (delivery.check). */
enum delivered deliver_check_run(struct delivery_job *job);
/* GitLab: a discussion on each line that blocks (delivery.discussions). */
enum delivered deliver_discussions(struct delivery_job *job);
/* GitHub: the SARIF document for code scanning. */
enum delivered deliver_sarif(struct delivery_job *job);
void delivery_job_release(struct delivery_job *job);

/* Between the files of delivery. */

enum delivered delivery_say(struct delivery_job *job, enum delivered how, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* What an answer that is no success means; `what` was tried. */
enum delivered delivery_refused(struct delivery_job *job, const struct http_answer *a,
	const char *what);
/* The document at a URL, the caller's; NULL: a->why says why. */
json_t *delivery_get(struct delivery_job *job, struct str url, struct http_answer *a);
/* Takes `body`. `once`: see http.h. */
bool delivery_send(struct delivery_job *job, const char *method, struct str url, json_t *body,
	bool once, struct http_answer *a);
/* A text of the decision as JSON: repaired, at most so many bytes. */
json_t *delivery_text(struct str s, size_t bytes);
/* The same in one line for people, without control characters; what is cut ends in "...". */
json_t *delivery_line(struct str s, size_t bytes);
/*
 * Gives every page of a list to `page`, which says false to what is none. A list that can't be
 * read to its end is a failure: what is not seen there may be there.
 */
enum delivered delivery_pages(struct delivery_job *job, struct str url, const char *what,
	bool (*page)(void *ctx, const json_t *doc), void *ctx);
/* The open change whose head is the build's revision, found or checked; job->change. */
enum delivered delivery_change(struct delivery_job *job);
/* Whose token it is; job->self. */
enum delivered delivery_self(struct delivery_job *job);

#endif
