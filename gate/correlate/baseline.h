/*
 * baseline.h -- what a run shows against what its baseline showed: first what the baseline
 * says of each result, then, once all is classified, what it has that is gone.
 */
#ifndef GATE_CORRELATE_BASELINE_H
#define GATE_CORRELATE_BASELINE_H

#include "gate/model/baseline.h"

struct comparison; /* owned: comparison_free */

struct comparison_options {
	bool partial; /* --only, --partial: nothing is judged absent */
};

/*
 * Before correlate: fills `base` of every kept test and issue. Adds remarks to the baseline.
 * NULL when there is nothing to compare with.
 */
struct comparison *compare_baseline(struct run *run, const struct findings *fs,
	struct baseline *b, const struct comparison_options *opt);
/* Tests are gone, and nothing yet says why: the facts' definitions would tell. */
bool comparison_wants_definitions(const struct comparison *c);
/* After correlate: what is missing, removed or resolved joins the run. */
void compare_absent(struct comparison *c);
void comparison_free(struct comparison *c);

/*
 * Lint and scan results matched one to one: the caller fills `then` and `now`, issues_match
 * the counterparts (NULL: none). The run's own comparison, `gate baseline diff` and the tests
 * of drift use it.
 */
struct issue_match {
	const struct facts *facts; /* what git says was renamed; NULL: not known */
	struct { struct issue **v; size_t n, cap; } then, now;
	struct issue **pair_of_then, **pair_of_now;
};
void issues_match(struct issue_match *im);
void issue_match_release(struct issue_match *im);

#endif
