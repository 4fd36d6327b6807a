/* baseline_diff.h -- two baselines side by side, and what saving one changed. */
#ifndef GATE_BASELINE_DIFF_H
#define GATE_BASELINE_DIFF_H

#include "gate/report/support/baseline_out.h"

/* What differs from a to b; ids live in changes->mem or in the baselines. */
void baseline_changes(const struct baseline *a, const struct baseline *b,
	struct baseline_changes *changes);
/* What `gate baseline save` says: how much there is, and what shrank since the old one. */
void baseline_saved_text(const struct run *run, const char *path, struct buf *out);

#endif
