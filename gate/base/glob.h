/*
 * glob.h -- anchored globs. Only `*` (anything but '/'), `**` (anything), `?` (one
 * character but '/') are special; everything else, brackets too, is itself. A "**" that
 * stands alone between slashes also matches no folder at all: a/ ** /b (without blanks)
 * matches a/b. Linear in pattern times text; no recursion.
 */
#ifndef GATE_BASE_GLOB_H
#define GATE_BASE_GLOB_H

#include "gate/base/str.h"

bool glob_match(struct str pattern, struct str text);
bool glob_has_magic(struct str pattern);
/*
 * The pattern says nothing: it matches the empty string or any of a published list of
 * everyday words. Such a pattern is a configuration error.
 */
bool glob_universal(struct str pattern);
const char *const *everyday_words(void); /* NULL-terminated; shared with regex_universal */

#endif
