/*
 * findings_json.h -- findings as the JSON of the contract. References are the caller's
 * (json_decref). Text that is not UTF-8 is repaired, never dropped.
 */
#ifndef GATE_REPORT_SUPPORT_FINDINGS_JSON_H
#define GATE_REPORT_SUPPORT_FINDINGS_JSON_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/model/finding.h"

json_t *finding_json(const struct finding *f);
/* The whole `findings@1` document, keys sorted, one newline at its end. */
void findings_json(const struct findings *fs, struct buf *out);

#endif
