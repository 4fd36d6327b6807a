/*
 * redact.h -- secrets leave the text when it is read, before anything is matched or kept.
 *
 * Known token shapes (forge and cloud tokens, private keys, bearer headers, passwords in
 * URLs) become "[redacted]"; `redact.patterns` and the values of `redact.env` of a policy
 * are added. Newlines are kept, so that line numbers stay true.
 */
#ifndef GATE_BASE_REDACT_H
#define GATE_BASE_REDACT_H

#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/base/str.h"

struct redactor; /* owned: redactor_free */

struct redactor *redactor_new(void); /* with the built-in shapes */
int redactor_pattern(struct redactor *r, struct str pattern, struct pos at, struct err *err);
void redactor_value(struct redactor *r, struct str value); /* shorter than 4 bytes: ignored */
/*
 * False: nothing to hide, `out` is untouched. True: the redacted text was appended to out.
 * Safe to call from several threads at once.
 */
bool redact(const struct redactor *r, struct str text, struct buf *out);
/*
 * The same for the text of a policy, before it: a pattern that matches its own spelling there
 * ('key=\S+') would be hidden, with the quotes behind it, and the policy could not be read.
 * Another one that matches nothing stands in for it.
 */
bool redact_own_patterns(const struct redactor *r, struct str text, struct buf *out);
void redactor_free(struct redactor *r);

#endif
