/* rule_json.h -- what one rule said, a member of `rules` of decision@1. */
#ifndef GATE_REPORT_SUPPORT_RULE_JSON_H
#define GATE_REPORT_SUPPORT_RULE_JSON_H

#include <jansson.h>

#include "gate/model/decision.h"

json_t *rule_json(const struct decision *d, const struct rule_result *r); /* the caller's */

#endif
