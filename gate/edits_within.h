/*
 * edits_within.h -- does what one side covers lie within what the other covers? Where that can't
 * be told, it does not.
 */
#ifndef GATE_EDITS_WITHIN_H
#define GATE_EDITS_WITHIN_H

#include "gate/edits.h"

/* Selectors; messages that are required; outcomes that are expected. */
bool match_within(const struct entry *m, const struct entry *t);
bool messages_within(const struct entry *m, const struct entry *t);
bool outcomes_within(const struct entry *m, const struct entry *t);
/* Everything by which m is found (tests, places, messages, names), t is found by too. */
bool refs_within(const struct finding *m, const struct finding *t);

#endif
