/* regex_literal.h -- a text that every match of a pattern contains, to look for first. */
#ifndef GATE_BASE_REGEX_LITERAL_H
#define GATE_BASE_REGEX_LITERAL_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

/*
 * Appends the longest run of plain characters that every match of the pattern (PCRE2 syntax)
 * contains, ASCII case aside; `icase`: it is matched without case. Nothing when there is
 * none, or when nobody can be sure: whoever looks for it then has to try the pattern itself.
 */
void regex_literal(struct buf *out, struct str pattern, bool icase);

#endif
