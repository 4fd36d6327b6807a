/*
 * forge.h -- what a forge must be able to do for a comment to reach people; one file each.
 * URLs are appended to `out`; they start behind the API's base.
 */
#ifndef GATE_FORGE_FORGE_H
#define GATE_FORGE_FORGE_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/model/build.h"

struct forge_ops {
	const char *name;
	const char *token_header;
	const char *accept;
	const char *version;        /* one more header; NULL */
	const char *edit_method;
	void (*change_url)(const struct build *b, struct buf *out);
	/* The head revision and whether it is open, of the change's own document. */
	struct str (*change_head)(const json_t *change);
	bool (*change_open)(const json_t *change);
	/* Changes that hold b->revision, a list; for builds whose change is not known. */
	void (*find_url)(const struct build *b, struct buf *out);
	const char *number_key;     /* "number", "iid" */
	void (*comments_url)(const struct build *b, struct buf *out); /* to list: append a query */
	const char *list_query;
	void (*comment_url)(const struct build *b, json_int_t id, struct buf *out);
	/* Who wrote this comment; who we are, from GET /user; who, when that is refused. */
	struct str (*author)(const json_t *comment);
	bool (*by_machine)(const json_t *comment); /* NULL: it can't be told */
	struct str (*self)(const json_t *user);
	const char *self_refused;   /* NULL: nobody */
	const char *wrong_token_hint;
	const char *read_only_hint;
	void (*status_url)(const struct build *b, struct buf *out);
	const char *status_name_key; /* "context", "name" */
	const char *state_failed, *state_error;
	const char *status_hint;
};

extern const struct forge_ops forge_github, forge_gitlab;

/* "regression-gate/NAME": of the status and the check run of the gate of that name. */
void forge_status_name(const json_t *doc, struct buf *out);
void forge_query(struct buf *out, struct str value); /* as a part of a query: %-encoded */
struct str forge_text(const json_t *o, const char *key); /* empty when it is no string */

#endif
