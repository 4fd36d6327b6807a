/*
 * annotations.h -- what a decision says of lines: each result that a rule failed or warned for,
 * the failing ones first, at most as many as asked for. For check runs, discussions, and the
 * job's own log. From a decision@1 document, which may come from a stranger.
 */
#ifndef GATE_FORGE_ANNOTATIONS_H
#define GATE_FORGE_ANNOTATIONS_H

#include <jansson.h>

#include "gate/base/arena.h"
#include "gate/base/mem.h"

#define ANNOTATIONS_MOST 10000 /* what a policy may ask for */

enum annotation_level { ANNOTATE_FAILURE, ANNOTATE_WARNING };

struct annotation {
	enum annotation_level level;
	struct str id;       /* of the test or issue */
	struct str path;     /* relative, inside the checkout; empty: no place is known */
	long line;           /* 0: not known */
	struct str title;    /* one line, at most 255 bytes */
	struct str message;  /* never empty; as much of it as delivery.messages allows */
};

struct annotations {
	struct arena mem;
	VEC(struct annotation) of;
	size_t left;         /* how many more there would be */
};

size_t annotations_most(const json_t *doc); /* delivery.annotations */
/* `placed`: only what has a path. */
void annotations_of(const json_t *doc, size_t most, bool placed, struct annotations *out);
void annotations_release(struct annotations *a);

#endif
