/*
 * preview.h -- which results each finding would take if they failed: what a person looks at
 * before a register is trusted with excuses.
 */
#ifndef GATE_MODEL_PREVIEW_H
#define GATE_MODEL_PREVIEW_H

#include "gate/base/mem.h"
#include "gate/model/run.h"

/* An entry that would take more tests than this excuses what nobody has looked at. */
#define PREVIEW_BROAD 50

/* One kind of evidence between one finding and one result. */
struct preview_hit {
	struct finding *finding;
	const struct test *test;   /* one of these two */
	const struct issue *issue;
	enum evidence_kind kind;
	enum strength strength;
	bool needs_message;        /* counts only when the message that it requires occurs */
	struct str detail;
};

/* The hits of one finding: hits.v[from..from + n), in the order they are shown. */
struct preview_finding {
	const struct finding *finding;
	size_t from, n;
	size_t taken;              /* tests with evidence at or above excuse-at */
	bool broad;
};

/* Hits borrow from the run and the findings. Zero-initialise; preview_release. */
struct preview {
	enum strength excuse_at;
	size_t tests, issues;      /* that were looked at */
	struct { struct preview_hit *v; size_t n, cap; } hits;
	/* every listed finding, by qualified ID */
	struct { struct preview_finding *v; size_t n, cap; } findings;
};

struct str preview_id(const struct preview_hit *h);
const char *preview_outcome(const struct preview_hit *h);
/* Once all hits are there: sorts them, makes preview->findings. */
void preview_finish(struct preview *p, const struct findings *fs);
void preview_release(struct preview *p);

#endif
