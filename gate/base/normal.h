/*
 * normal.h -- the normal form of a message: volatile text taken out, so that two runs of
 * one failure compare equal and a signature written last month still matches.
 *
 * Replaced by a placeholder: hexadecimal addresses, UUIDs, PIDs, ports, durations, times and
 * dates, temporary paths, numbers in assertion values. White space is folded to one blank.
 * Letters are kept as they are.
 */
#ifndef GATE_BASE_NORMAL_H
#define GATE_BASE_NORMAL_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

void normal_add(struct buf *out, struct str text);
/* `what` occurs in `text` (both in normal form) at word boundaries. Offset or STR_NPOS. */
size_t normal_find(struct str text, struct str what);

#endif
