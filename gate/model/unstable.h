/*
 * unstable.h -- names of cases that change from run to run, since a parameter's text holds an
 * address, an object's hash, a UUID or an instant: "test_x[<Foo object at 0x7f3a5c>]".
 */
#ifndef GATE_MODEL_UNSTABLE_H
#define GATE_MODEL_UNSTABLE_H

#include "gate/base/buf.h"

bool name_unstable(struct str name);
/* Appends the name with every such part as "*". */
void name_stable_part(struct buf *out, struct str name);

#endif
