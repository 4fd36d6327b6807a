/*
 * stance.h -- what a finding says about one result: the column of the decision table, with
 * waivers, dates, required messages and expected outcomes applied.
 */
#ifndef GATE_CORRELATE_ENGINE_STANCE_H
#define GATE_CORRELATE_ENGINE_STANCE_H

#include "gate/correlate/engine/subject.h"

struct stance {
	enum column column;
	bool excused;        /* it excuses, or its waiver does */
	bool sometimes;      /* one pass does not contradict it */
	bool in_grace;
	bool waived_pass;    /* an intact waiver, for a result that needs none */
	bool mismatch;       /* a required message does not occur: it says nothing here */
	bool gave_up;        /* mismatch: a regex reached its limits, so nobody knows */
	bool wrong_outcome;  /* it expects failed and got error: it says nothing here */
	bool out_of_scope;   /* its match names other reports or legs: it says nothing here */
	bool improved;       /* it expects error and got failed */
	bool waiver_lacking; /* the waiver excuses nothing: a required field is missing */
	bool waiver_over;    /* not of its match, and would excuse but for its waiver's end */
	bool fix_unproven;   /* failed-fix, unless the revision lacks the fix it names */
	bool stale_base;     /* it does lack it: judged as open */
};

/* `entry`: the match of the finding's own entry covers the result, strongly enough to count. */
void stance_of(const struct finding *f, const struct subject *s, bool entry,
	const struct correlate_options *opt, struct stance *out);
/* The column of an entry whose test is gone. */
enum column stance_absent(const struct finding *f, const struct correlate_options *opt);
enum column column_of_state(enum state s);
/* The strictest decides; smaller is stricter. Depends on what happened. */
int strictness(const struct stance *st, enum outcome o);

#endif
