/* sentence.h -- the one sentence that tells the verdict. */
#ifndef POLICIES_ENGINE_SENTENCE_H
#define POLICIES_ENGINE_SENTENCE_H

#include "policies/engine/judge.h"

/* Of a decision whose rules, counts and verdict are there; memory: the decision's. */
struct str sentence_make(struct decision *d);

#endif
