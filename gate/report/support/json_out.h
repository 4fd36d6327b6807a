/*
 * json_out.h -- documents with jansson, in the one spelling of every output of ours: keys
 * sorted, UTF-8 as it is, one blank of indent for each level, one newline at the end.
 */
#ifndef GATE_REPORT_SUPPORT_JSON_OUT_H
#define GATE_REPORT_SUPPORT_JSON_OUT_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/base/str.h"

/* Never NULL: invalid bytes become U+FFFD, NULs stay (escaped). */
json_t *json_text(struct str s);
json_t *json_text_or_null(struct str s);  /* null for the empty text */
json_t *json_line_or_null(long n);        /* null for 0: not known */
/* A day is kept as its last second: people wrote the day. null for DATE_NONE. */
json_t *json_day_or_null(int64_t t);
json_t *json_place(struct str path, long line); /* {"line", "path"} */
/* Takes `value`. */
void json_put(json_t *object, const char *key, json_t *value);
void json_put_str(json_t *object, struct str key, json_t *value); /* any key, repaired */
void json_push(json_t *array, json_t *value);
/*
 * Writes `value` and frees it; its further lines are indented by `depth`, so that a large
 * document can be written piece by piece and still have the bytes of one dump.
 */
void json_write(struct buf *out, json_t *value, size_t depth);

#endif
