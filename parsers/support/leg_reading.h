/* leg_reading.h -- a leg file while it is read; see gate/model/leg.h. */
#ifndef PARSERS_SUPPORT_LEG_READING_H
#define PARSERS_SUPPORT_LEG_READING_H

#include "gate/base/mem.h"
#include "gate/model/leg.h"
#include "parsers/support/json.h"

#define MAX_LEG_N 1000000000000L /* lines, columns, counts */

/* The members of a line, of whatever sort it is. */
enum leg_member {
	SCHEMA, REPORT, CASE, ISSUE, AMEND, UNNAMED, SUITE_ERROR, SURPLUS, PROBLEM, FORGET, CLEAN,
	DECLARED, ELEMENTS, DONE, END, TOOL, /* which line it is; `tool` alone comes last */
	REVISION, RUN, JOB, ATTEMPT, STRIP, PRODUCERS,
	PRODUCER, FORMAT, KIND,
	OUTCOME, SUITE, CLASS, FILE_NAME, DIALECT, SECONDS, DOWN, LINE, TYPE, MESSAGE, TEXT, PLACE,
	PLACE_LINE, PROPS, ATTEMPTS, ID, KEY, SUITE_KEY,
	SEVERITY, FINGERPRINT, IDENTIFIERS, END_LINE, COLUMN, AT, LEVEL, SUPPRESSED, INFO, WAS, N,
	ABSENT, CONTEXTS, GATE, VERSION,
	MEMBERS
};

struct leg_reading {
	const struct sink *out;
	struct json_paths *line, *part, *why;
	struct leg_file *file;
	struct leg_report *now; /* NULL: between two reports */
	struct sink sink;       /* its */
	struct buf shared[4];   /* SUITE .. DIALECT hold until the next one */
	enum dialect dialect;
	long lines, at;
	bool ended, refused;
	struct buf text[MEMBERS];
	VEC(struct prop) props;
	VEC(struct buf) prop_texts;
};

/* Sends the problem `refused`; -1. */
int leg_refuse(struct leg_reading *l, struct json *j, const char *what);
/* Members of the line; false: of another type than it has to be. Absent: *out stays. */
bool leg_text(struct leg_reading *l, int member, struct str *out);
bool leg_number(struct leg_reading *l, int member, long min, long max, long *out);
bool leg_flag(struct leg_reading *l, int member, bool *out);
bool leg_hex(struct str v, uint64_t *out); /* 16 digits, or none: 0 */
bool leg_problem_word(struct str s, enum problem_code *out);
/* A line inside of a report. */
int leg_take_event(struct leg_reading *l, struct json *j);
/* The report that is open, if one is, has ended. */
void leg_finish(struct leg_reading *l);

#endif
