/*
 * gzip.h -- a text as gzip whose bytes depend on the text alone: no name, no time.
 * https://www.rfc-editor.org/rfc/rfc1952
 */
#ifndef GATE_INPUT_GZIP_H
#define GATE_INPUT_GZIP_H

#include "gate/base/buf.h"

void gzip_add(struct buf *out, struct str text);

#endif
