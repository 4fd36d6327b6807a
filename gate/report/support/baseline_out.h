/* baseline_out.h -- baselines for people: `gate baseline show` and `gate baseline diff`. */
#ifndef GATE_REPORT_SUPPORT_BASELINE_OUT_H
#define GATE_REPORT_SUPPORT_BASELINE_OUT_H

#include "gate/model/baseline.h"

/* items: every case and result that did not pass, too. */
void baseline_show_text(const struct baseline *b, bool items, struct buf *out);

/* What is on one side only, or differs; filled by the caller. */
struct baseline_change {
	struct str id, where; /* where: producer and leg */
	enum outcome then, now; /* OUT_ABSENT: not there */
	const struct issue *issue;
};
struct baseline_changes {
	struct arena mem;
	struct { struct baseline_change *v; size_t n, cap; } v;
	struct buf tools; /* a line for each that has another version now */
};
void baseline_diff_text(const struct baseline *a, const struct baseline *b,
	struct baseline_changes *changes, struct buf *out);

#endif
