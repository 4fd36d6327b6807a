/*
 * own.h -- reports in a format that a team describes in its policy (`formats:`), read by the
 * same engines as the built-in tables: jsonmap.h, xmlmap.h, and lines by patterns.
 */
#ifndef PARSERS_SUPPORT_OWN_H
#define PARSERS_SUPPORT_OWN_H

#include "gate/input/source.h"
#include "gate/model/own_format.h"

/*
 * Every mistake of the description, each at its place in the policy. 0, or -1 when there was
 * one: own_read must not be called then.
 */
int own_check(const struct own_format *f, struct diags *d);
/* As parser.parse does; what the description names and no record has becomes a problem. */
int own_read(const struct own_format *f, struct source *in, const struct sink *out);

#endif
