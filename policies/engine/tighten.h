/*
 * tighten.h -- whether an edit that reads as stricter is so under this policy. A failure of a
 * finding that is closed has a class of its own: where no rule forbids that class, closing the
 * finding takes the failure away from the rules that stopped it before.
 */
#ifndef POLICIES_ENGINE_TIGHTEN_H
#define POLICIES_ENGINE_TIGHTEN_H

#include "policies/engine/policy.h"

/* To call a finding done; `issues`: lint and scan results may map to it too. */
bool closing_tightens(const struct policy *p, bool issues);
/*
 * To take back what excuses a failure: 0, or the classes that the failure could fall into though
 * no rule forbids them: the baseline's forgiveness would outlive the finding's limits.
 */
uint64_t taking_back_loosens(const struct policy *p);
/* To let a date pass after which it excuses nothing. */
bool expiry_tightens(const struct policy *p);
/* To call it more severe: each level may have a limit of its own. */
bool raising_tightens(const struct policy *p);

#endif
