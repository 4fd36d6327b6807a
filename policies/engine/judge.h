/* judge.h -- runs every rule of a policy over a classified run and freezes the decision. */
#ifndef POLICIES_ENGINE_JUDGE_H
#define POLICIES_ENGINE_JUDGE_H

#include "policies/engine/policy.h"

/*
 * `d` zeroed, but for scope_note and now, which the caller set. Rules in policy order; then
 * verdict, exit, counts and sentence. Order of inputs, registers and rules never changes
 * the verdict.
 */
void policy_judge(const struct policy *p, const struct run *run, const struct findings *fs,
	struct decision *d);
/* All given kinds must match, any pattern within a kind; an item without that word does not. */
bool selectors_match(const struct selectors *s, const struct item *item);
bool selectors_empty(const struct selectors *s);
void selectors_release(struct selectors *s);
void selectors_describe(const struct selectors *s, struct buf *out);
/* By qualified ID, ID or alias. */
bool finding_selected(const struct str_list *patterns, const struct finding *f);
/* Over the limit? By level as the contract says; counts are indexed by enum level. */
bool limit_exceeded(const struct limit *l, const long by_level[LEVELS], long total);
bool limit_needs_baseline(const struct limit *l);
/* "0", "high 0, medium 5", "baseline" */
void limit_describe(const struct limit *l, struct buf *out);

#endif
