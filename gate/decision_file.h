/* decision_file.h -- a decision@1 document from a file: a stranger may have written it. */
#ifndef GATE_DECISION_FILE_H
#define GATE_DECISION_FILE_H

#include <jansson.h>

#include "gate/base/err.h"

/*
 * The members that delivery rests on have their types and words; lists are lists. NULL with *err
 * set otherwise. The caller's: json_decref.
 */
json_t *decision_file_read(const char *path, struct err *err);

#endif
