/* result_json.h -- one test, absent entry or issue of decision@1, with all its evidence. */
#ifndef GATE_REPORT_SUPPORT_RESULT_JSON_H
#define GATE_REPORT_SUPPORT_RESULT_JSON_H

#include <jansson.h>

#include "gate/model/decision.h"

/* References are the caller's. */
json_t *test_json(const struct decision *d, const struct test *t);
json_t *absent_json(const struct decision *d, const struct absent *a);
json_t *issue_json(const struct decision *d, const struct issue *i);
/* The issues that decision@1 holds: what is neither old, rejected, suppressed nor a mere note. */
bool issue_listed(const struct issue *i);

#endif
