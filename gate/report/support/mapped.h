/* mapped.h -- the findings of a decision, sorted by qualified ID, with what maps to each. */
#ifndef GATE_REPORT_SUPPORT_MAPPED_H
#define GATE_REPORT_SUPPORT_MAPPED_H

#include "gate/base/mem.h"
#include "gate/model/decision.h"

struct mapped_finding {
	const struct finding *finding;
	struct { const struct test **v; size_t n, cap; } tests;   /* by identity */
	struct { const struct issue **v; size_t n, cap; } issues; /* by identity */
	bool waived, expired;
};

struct mapped {
	struct mapped_finding *v;
	size_t n, cap;
};

void mapped_init(struct mapped *m, const struct decision *d);
/* The effective state, waivers applied as the decision applied them. */
enum state mapped_state(const struct mapped_finding *m, int64_t now);
void mapped_release(struct mapped *m);

#endif
