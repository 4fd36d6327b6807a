/* kept.h -- a text as it is kept of a report: without secrets, and not longer than it may be. */
#ifndef GATE_MODEL_KEPT_H
#define GATE_MODEL_KEPT_H

#include "gate/base/buf.h"
#include "gate/base/redact.h"

/*
 * The text, redacted and at most `max` bytes long, with how much is left out. A text that was
 * shortened so before is left as it is, so that what a leg file carries does not change again.
 * The view is of `s` where nothing changes, else of `scratch`, which is reset.
 */
struct str kept_text(const struct redactor *redactor, struct str s, size_t max,
	struct buf *scratch);

#endif
