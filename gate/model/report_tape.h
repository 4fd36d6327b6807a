/*
 * report_tape.h -- a report as it was read, for a tape: what the parser made of it, without
 * secrets, and every case, passing ones too, so that another register can be held against it.
 *
 * Text, a line each, fields separated by tabs; tab, newline, other control characters and
 * backslash are written \xNN; "=" is the same field of the case before.
 *
 *   regression-gate/report@1
 *   t KEPT OUTCOME DIALECT LINE AT SECONDS ATTEMPTS PLACE KEY SUITE-KEY
 *     (keys that are those of ID and SUITE stay away)
 *     ID SUITE CLASS NAME FILE TYPE MESSAGE TEXT [NAME VALUE]...       a case
 *   s AT SUITE MESSAGE                                                 an error of a suite
 *   i LEVEL LINE END-LINE COLUMN AT SUPPRESSED INFO TOOL RULE SEVERITY MESSAGE FILE FINGERPRINT
 *   p CODE LINE MESSAGE                                                a problem
 *   n NUMBER...                                                        all that is counted
 *   r FORMAT TOOL SHA256
 *   end
 */
#ifndef GATE_MODEL_REPORT_TAPE_H
#define GATE_MODEL_REPORT_TAPE_H

#include "gate/model/report.h"

struct report_recorder {
	struct buf out;
	struct buf last[8];
};

/* While it is read; `kept`: the run keeps the case too. */
void report_record_test(struct report_recorder *rec, const struct test *t, bool kept);
void report_record_synthetic(struct report_recorder *rec, const struct test *t);
/* After the last event and the digest, before report_finish. */
void report_record_end(struct report_recorder *rec, const struct report *r);
void report_recorder_release(struct report_recorder *rec);

/* ---- between the two halves ---- */

#define REPORT_NUMBERS 32
/* All that is counted or flagged, in a fixed order. */
void report_numbers(const struct report *r, long v[REPORT_NUMBERS]);
bool report_set_numbers(struct report *r, const long v[REPORT_NUMBERS]); /* false: no such */
/* finish.c: what a synthetic case has beside its suite, message and place. */
void report_make_synthetic(struct report *r, struct test *t);

/*
 * The other way round, up to report_finish. `exact`: what was kept is kept; else also what
 * opt->watch asks for. False: it is broken, and `r` is to be given up.
 */
bool report_restore(struct report *r, struct str text, const struct collect_options *opt,
	bool exact);

#endif
