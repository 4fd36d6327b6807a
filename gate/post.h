/*
 * post.h -- delivers a decision to the forge this build belongs to: `gate post`, and
 * `gate run --post`. It never changes the verdict.
 */
#ifndef GATE_POST_H
#define GATE_POST_H

#include <jansson.h>
#include <stdbool.h>

#include "gate/base/str.h"

struct post_options {
	const char *command;      /* "gate post": whose messages these are */
	const char *to;           /* "github", "gitlab"; NULL: what CI this is */
	const char *token_file;   /* NULL: the environment */
	const char *ca_file;      /* NULL: the environment */
	struct str sarif;         /* a SARIF document to upload; empty: none */
	bool verbose;             /* each request on standard error */
	bool annotated, summarized; /* the job's log, its summary hold the report already */
	bool quiet_out;           /* what was done goes to standard error: the output is taken */
};

/* post_decision's exit: EXIT_PASS, EXIT_INVALID, EXIT_UNDELIVERED (delivery.required). */
int post_decision(json_t *doc, const struct post_options *o);

#endif
