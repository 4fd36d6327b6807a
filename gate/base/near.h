/* near.h -- "did you mean". */
#ifndef GATE_BASE_NEAR_H
#define GATE_BASE_NEAR_H

#include "gate/base/str.h"

/* At most a third of the letters of the longer one differ; both of at most 64 bytes. */
bool near_word(struct str a, struct str b);
/*
 * The word of `known` (NULL-terminated) nearest to `word` by edits, case folded, or NULL when
 * none is near: at most a third of the letters may differ.
 */
const char *nearest_word(struct str word, const char *const known[]);

#endif
