/*
 * gzip.h -- a text as gzip whose bytes depend on the text alone: no name, no time.
 * https://www.rfc-editor.org/rfc/rfc1952
 */
#ifndef GATE_INPUT_GZIP_H
#define GATE_INPUT_GZIP_H

#include "gate/base/buf.h"

void gzip_add(struct buf *out, struct str text);

/* The same piece by piece: only the packed bytes are held. How it is cut changes nothing. */
struct gzip; /* owned: gzip_end */
struct gzip *gzip_begin(struct buf *out);
void gzip_more(struct gzip *g, struct str text);
void gzip_end(struct gzip *g); /* writes what is left, frees */

#endif
