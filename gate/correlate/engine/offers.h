/* offers.h -- candidates for one subject, collected and ranked. */
#ifndef GATE_CORRELATE_ENGINE_OFFERS_H
#define GATE_CORRELATE_ENGINE_OFFERS_H

#include "gate/correlate/evidence.h"

struct offers {
	struct evidence *v;
	size_t n, cap;
};

/* Contract order: strength, specificity, register order, ID. Negative: a ranks before b. */
int evidence_compare(const struct evidence *a, const struct evidence *b);
/* One piece of evidence for each finding and kind; those of one finding stand together. */
void offers_gather(struct offers *o);
void offers_rank(struct offers *o);

#endif
