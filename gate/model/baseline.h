/* baseline.h -- what a run is compared with, and why it can't be. */
#ifndef GATE_MODEL_BASELINE_H
#define GATE_MODEL_BASELINE_H

#include "gate/model/snapshot.h"

enum baseline_state {
	BASELINE_NONE,    /* nobody named one */
	BASELINE_MISSING, /* nothing is at its path */
	BASELINE_BAD,     /* it can't be read, is cut, or of another schema: `why` */
	BASELINE_THERE,
};

struct baseline {
	enum baseline_state state;
	bool required;
	struct str path;          /* as it is shown */
	struct pos at;            /* where the policy names it */
	char sha256[SHA256_HEX];  /* of the file; of raw reports: "" */
	struct str why;
	struct snapshot snapshot; /* BASELINE_THERE */
	struct { struct str *v; size_t n, cap; } remarks; /* one sentence each */
	struct arena mem;
};

void baseline_remark(struct baseline *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* "4f2a91c0d1, 3 days old"; what is not known stays away, at worst "of unknown age". */
void baseline_describe(const struct baseline *b, int64_t now, struct buf *out);
void baseline_release(struct baseline *b);

#endif
