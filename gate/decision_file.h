/* decision_file.h -- a decision@1 document from a file: a stranger may have written it. */
#ifndef GATE_DECISION_FILE_H
#define GATE_DECISION_FILE_H

#include <jansson.h>

#include "gate/base/err.h"

/*
 * Every member that this program knows has its type and, where it is a word, one of its words;
 * members that came later may be missing, unknown ones are left alone. NULL with *err set
 * otherwise. The caller's: json_decref.
 */
json_t *decision_file_read(const char *path, struct err *err);
/* The same of a text; `path` is for messages. */
json_t *decision_text_read(struct str text, const char *path, struct err *err);

#endif
