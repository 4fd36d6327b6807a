/*
 * findings_json.h -- findings as the JSON of the contract.
 */
#ifndef GATE_REPORT_SUPPORT_FINDINGS_JSON_H
#define GATE_REPORT_SUPPORT_FINDINGS_JSON_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/model/finding.h"

json_t *finding_json(const struct finding *f); /* the caller's: json_decref */
/* The whole `findings@1` document, keys sorted, one newline at its end. */
void findings_json(const struct findings *fs, struct buf *out);
/* The same with a member `against`, which it takes; NULL: without. */
void findings_json_against(const struct findings *fs, json_t *against, struct buf *out);

#endif
