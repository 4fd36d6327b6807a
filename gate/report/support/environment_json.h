/* environment_json.h -- by what a decision was made: the member `environment` of decision@1. */
#ifndef GATE_REPORT_SUPPORT_ENVIRONMENT_JSON_H
#define GATE_REPORT_SUPPORT_ENVIRONMENT_JSON_H

#include <jansson.h>

#include "gate/model/decision.h"

json_t *environment_json(const struct decision *d); /* the caller's: json_decref */

#endif
