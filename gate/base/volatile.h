/*
 * volatile.h -- the shapes of text that change from run to run: clock times, durations,
 * addresses, UUIDs, temporary paths. Used by normal.c only.
 *
 * Each takes the text from a token's first byte and returns how many bytes the shape is
 * long, 0 when it is not there. They look a bounded way ahead.
 */
#ifndef GATE_BASE_VOLATILE_H
#define GATE_BASE_VOLATILE_H

#include "gate/base/str.h"

/* Address, UUID, date, time or duration; `before` is the byte in front (' ' at the start). */
size_t volatile_token(struct str s, char before);
/* The hash behind an '@': "com.x.Foo@1b6d3586". */
size_t volatile_object_hash(struct str s);
/*
 * A path below a temporary folder. *name gets the length of its last part (and the slash)
 * when that says something: it has an extension and no digits.
 */
size_t volatile_temp_path(struct str s, size_t *name);
/* "12", "1.5", "1,234", "1e-3", "127.0.0.1": not the sign. */
size_t volatile_number(struct str s);
bool volatile_is_ipv4(struct str s);

#endif
