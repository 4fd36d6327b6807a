/* json_keys.h -- a glance at JSON text for sniffers: which keys stand at the top? */
#ifndef PARSERS_REGISTERS_SUPPORT_JSON_KEYS_H
#define PARSERS_REGISTERS_SUPPORT_JSON_KEYS_H

#include "gate/base/str.h"

/*
 * The object at the front of `text` (perhaps the first item of an array there: then of that
 * item) has this key, before any error in the text. Keys are compared as written.
 */
bool json_has_key(struct str text, const char *key);
/* The same, and the key's value is a string. */
bool json_has_string(struct str text, const char *key);

#endif
