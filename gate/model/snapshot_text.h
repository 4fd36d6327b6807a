/* snapshot_text.h -- the lines of a snapshot, for those who read and write them. */
#ifndef GATE_MODEL_SNAPSHOT_TEXT_H
#define GATE_MODEL_SNAPSHOT_TEXT_H

#include "gate/base/limits.h"
#include "gate/model/snapshot.h"

#define MAX_SNAPSHOT_NAME (8u * MAX_NAME_KEPT) /* a name in which everything is escaped */

static inline int
hex_digit(char c)
{
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void snapshot_escape(struct buf *out, struct str s); /* appends */
void snapshot_unescape(struct buf *out, struct str s); /* replaces what out holds */
bool snapshot_hex(struct str s, uint64_t *out);
/* Each takes one line into the walk; false: it is none of that sort. */
bool snapshot_suite_line(struct snapshot_case *c, struct str line);
bool snapshot_case_line(struct snapshot_case *c, struct str line);

#endif
