/* decision_diff_parts.h -- what the files of decision_diff.h share. Private to them. */
#ifndef GATE_DECISION_DIFF_PARTS_H
#define GATE_DECISION_DIFF_PARTS_H

#include <jansson.h>

#include "gate/base/arena.h"
#include "gate/base/buf.h"
#include "gate/base/map.h"

/* The elements of two arrays that bear one name; equal names are told apart by their order. */
struct diff_pair {
	struct str name;
	const json_t *a, *b; /* NULL: not there */
};
struct diff_pairs {
	struct arena mem;
	struct map by_name;
	struct { struct diff_pair *v; size_t n, cap; } pairs; /* by name */
};
/* `names`: the members that make the name, NULL-terminated. */
void diff_pair_up(struct diff_pairs *p, const json_t *a, const json_t *b,
	const char *const names[]);
void diff_pairs_release(struct diff_pairs *p);

/* The causes of decision_diff.h: what of that which was read or given differs. */
json_t *diff_causes(const json_t *a, const json_t *b);
/* Text of a member, "" when it is none. */
const char *diff_text(const json_t *o, const char *name);

#endif
