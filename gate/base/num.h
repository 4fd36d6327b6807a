/* num.h -- numbers from text, independent of locale, with bounds. */
#ifndef GATE_BASE_NUM_H
#define GATE_BASE_NUM_H

#include "gate/base/str.h"

/* The whole of s is a decimal integer in min..max; otherwise false and *out is unchanged. */
bool num_long(struct str s, long min, long max, long *out);
/* The whole of s is a finite decimal number ("1.5", "-2", "1e3"), "." as the point. */
bool num_double(struct str s, double *out);
/*
 * A duration in seconds as report writers spell it: "0.012", "1,234.5" (thousands),
 * "0,25" (decimal comma), "12s", "1.5 sec", "00:01:02.5", "PT1M2.5S", "35ms".
 * Anything else, negative ones too: false. Only the rule `duration` looks at them.
 */
bool num_seconds(struct str s, double *out);

#endif
