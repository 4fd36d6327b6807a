/*
 * comment.h -- the comment on a pull or merge request: one Markdown body from a decision@1
 * document, which may come from a stranger. Everything in it is escaped, bounded, and never cut
 * inside markup; what does not fit is counted. The same document gives the same bytes.
 */
#ifndef GATE_REPORT_SUPPORT_COMMENT_H
#define GATE_REPORT_SUPPORT_COMMENT_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/model/build.h"

#define COMMENT_BYTES 65000u  /* below every forge's limit, however it counts */
#define COMMENT_LEAST 16000u  /* a budget below this is taken as this */

struct comment_options {
	const struct build *build; /* for links; may be NULL */
	size_t budget;             /* bytes */
	bool brief;                /* it turned green: one line */
};

/* The hidden line that tells the comment of the gate of that name from all others. */
void comment_marker(struct str name, struct buf *out);
/* "<!-- regression-gate/KIND@1 NAME ": a marker's start; the caller ends it with " -->". */
void comment_marker_of(const char *kind, struct str name, struct buf *out);
void comment_render(const json_t *doc, const struct comment_options *o, struct buf *out);

#endif
