/* classify.h -- from ranked evidence to the class of one result. */
#ifndef GATE_CORRELATE_ENGINE_CLASSIFY_H
#define GATE_CORRELATE_ENGINE_CLASSIFY_H

#include "gate/correlate/engine/offers.h"
#include "gate/correlate/engine/subject.h"

/* Ranks and consumes the offers; fills `out`, memory: the run's arena. */
void classify(const struct subject *s, struct offers *offers, struct judged *out);
/* absent.c: entries whose tests are gone, notes about findings as a whole. After all else. */
void note_absents(struct run *run, const struct index *ix, const struct scratch *sc);
void note_findings(struct run *run, const struct index *ix, const struct scratch *sc);

#endif
