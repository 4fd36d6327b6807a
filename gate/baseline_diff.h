/* baseline_diff.h -- two baselines side by side, and what saving one changed. */
#ifndef GATE_BASELINE_DIFF_H
#define GATE_BASELINE_DIFF_H

#include "gate/model/decision.h"
#include "gate/report/support/baseline_out.h"
#include "policies/engine/policy.h"

/* What differs from a to b; ids live in changes->mem or in the baselines. */
void baseline_changes(const struct baseline *a, const struct baseline *b,
	struct baseline_changes *changes);
/*
 * What `gate baseline save` says: how much there is, what shrank or grew since the old one,
 * and which of the policy's limits could be tightened.
 */
void baseline_saved_text(const struct policy *policy, const struct decision *d, const char *path,
	struct buf *out);

#endif
