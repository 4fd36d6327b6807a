/*
 * date.h -- dates and instants in UTC, proleptic Gregorian, 64-bit seconds since 1970.
 *
 * The only clock a verdict may use is --now; nothing here reads one but date_now.
 */
#ifndef GATE_BASE_DATE_H
#define GATE_BASE_DATE_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

#define DATE_NONE INT64_MIN

/*
 * "2026-11-20" means the end of that day in UTC (the last second of it);
 * RFC 3339 ("2026-11-20T09:56:00Z", "+02:00" offsets, fractions) means that instant.
 * A day that does not exist (2026-02-30) is false, never the next one.
 */
bool date_parse(struct str s, int64_t *out);
bool date_parse_instant(struct str s, int64_t *out);  /* RFC 3339 with a time only */
void date_rfc3339(struct buf *b, int64_t t);          /* 2026-11-20T09:56:00Z */
void date_day(struct buf *b, int64_t t);              /* 2026-11-20 */
int64_t date_now(void);
/* The first YYYY-MM-DD in s (a file's name, a title), as its day's end, or DATE_NONE. */
int64_t date_find(struct str s);

#endif
