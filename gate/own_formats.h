/* own_formats.h -- `formats:` of a policy, held against what the parsers can read. */
#ifndef GATE_OWN_FORMATS_H
#define GATE_OWN_FORMATS_H

#include "gate/model/own_format.h"

/* Every mistake, at its place in the policy. */
void own_formats_check(const struct own_formats *all, struct diags *d);

#endif
