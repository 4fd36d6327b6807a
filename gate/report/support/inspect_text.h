/* inspect_text.h -- what was read from files, as a table for people. */
#ifndef GATE_REPORT_SUPPORT_INSPECT_TEXT_H
#define GATE_REPORT_SUPPORT_INSPECT_TEXT_H

#include "gate/base/buf.h"
#include "gate/model/run.h"

/* As inspect_json. */
void inspect_text(const struct run *run, bool items, struct buf *out);

#endif
