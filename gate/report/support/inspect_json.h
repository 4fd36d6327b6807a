/* inspect_json.h -- what was read from files, as the JSON of the contract (inspect@1). */
#ifndef GATE_REPORT_SUPPORT_INSPECT_JSON_H
#define GATE_REPORT_SUPPORT_INSPECT_JSON_H

#include "gate/base/buf.h"
#include "gate/model/run.h"

/* A run in which every producer is one file, after run_finish. */
void inspect_json(const struct run *run, bool items, struct buf *out);

#endif
