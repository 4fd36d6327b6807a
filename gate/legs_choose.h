/* legs_choose.h -- of leg files that speak of one leg: which are attempts of it, which copies. */
#ifndef GATE_LEGS_CHOOSE_H
#define GATE_LEGS_CHOOSE_H

#include "gate/legs.h"

/* One leg in one file. */
struct leg_entry {
	struct leg_source *source;
	struct leg_part *part;
	size_t index;         /* of the part */
	bool out;             /* it does not count */
};
struct leg_entries { struct leg_entry *v; size_t n, cap; };

/*
 * Entries in order of name, leg and job; sets `out` of those that another replaces. What
 * contradicts another stays, and is a problem of its producer.
 */
void legs_choose(struct run *run, struct leg_entries *entries);
struct str leg_entry_path(const struct leg_entry *e);
void legs_remark(struct run *run, struct str text);

#endif
