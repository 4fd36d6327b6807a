/*
 * floor.h -- a central policy that a project may exceed and not undercut: for each parameter the
 * stricter of both holds.
 *
 * A rule of the floor is a whole rule: what it does not give has the rule's own default. Where
 * one instance can say what both ask for, it takes the policy's place; else the floor's own
 * judges beside the policy's.
 */
#ifndef POLICIES_ENGINE_FLOOR_H
#define POLICIES_ENGINE_FLOOR_H

#include "policies/engine/policy.h"

/*
 * Once, before anything is judged or correlated. Both loaded; the floor must outlive the policy.
 * `project` is what the build says it is, never what the policy calls itself; may be empty.
 */
void floor_apply(struct policy *p, const struct policy *floor, int64_t now, struct str project);
/* Before the registers are read: the policy's own words mean no less than the built-in ones. */
void floor_hold_words(struct policy *p);
/* One more parameter of which the policy asks for less; texts are copied. */
void below_add(struct policy *p, struct str parameter, struct str policy, struct str floor,
	struct pos at, struct pos floor_at);
/* "rules.known-failures.max is 216 (gate.yaml:12), the floor's 50 holds (floor.yaml:4)" */
void below_describe(const struct below_floor *b, struct buf *out);
/* Required reports that were not delivered: inconclusive, each. */
void floor_judge(const struct policy *p, const struct run *run, struct decision *d);

#endif
