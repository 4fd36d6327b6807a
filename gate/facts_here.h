/* facts_here.h -- facts of the checkout at hand: what git says of the change and the baseline. */
#ifndef GATE_FACTS_HERE_H
#define GATE_FACTS_HERE_H

#include "gate/model/baseline.h"
#include "gate/model/facts.h"
#include "gate/trusted.h"

/*
 * After the baseline was read. What git can't tell stays away: it then excuses nothing.
 */
void facts_here(struct facts *f, const struct trusted *t, const struct baseline *b);

#endif
