/* leg_text.h -- one line of a leg file, member by member; see leg.h. */
#ifndef GATE_MODEL_LEG_TEXT_H
#define GATE_MODEL_LEG_TEXT_H

#include "gate/model/leg.h"

void leg_add_string(struct buf *out, struct str s);
void leg_begin(struct leg_writer *w);
void leg_name(struct leg_writer *w, const char *name);
struct str leg_hidden(struct leg_writer *w, struct str s, size_t max);
/* What reports wrote: without secrets, and no longer than a run would keep it. */
void leg_put_always(struct leg_writer *w, const char *name, struct str s, size_t max);
void leg_put(struct leg_writer *w, const char *name, struct str s, size_t max);
/*
 * Digests, revisions, our own words, and names from the command line: a run shows them as they are,
 * and what a policy calls secret ("32 hexadecimal digits") must not make them unreadable.
 */
void leg_put_word(struct leg_writer *w, const char *name, struct str s);
void leg_put_number(struct leg_writer *w, const char *name, long n);
void leg_put_true(struct leg_writer *w, const char *name, bool yes);
void leg_put_hex(struct leg_writer *w, const char *name, uint64_t n);
void leg_put_seconds(struct leg_writer *w, double s);
void leg_end(struct leg_writer *w);
void leg_flush(struct leg_writer *w);
/* Writes the line that begins the report of w, unless it is there. */
void leg_begin_report(struct leg_writer *w);

#endif
