/*
 * correlate.h -- from results to findings: evidence, then the class of each result.
 *
 * Order: index_new once the findings are resolved; index_watch while reports are read, so
 * that passing tests a finding cares about are kept; correlate after run_finish.
 *
 * Nothing here depends on the order of registers, producers or tests, but where the
 * contract says so (ties between findings go by register order, then ID).
 */
#ifndef GATE_CORRELATE_CORRELATE_H
#define GATE_CORRELATE_CORRELATE_H

#include "gate/base/regex.h"
#include "gate/model/preview.h"
#include "gate/model/run.h"

struct correlate_options {
	enum strength excuse_at, suggest_at; /* 0: strong and possible */
	struct correlate_id_pattern {
		struct regex *regex;
		struct str id;  /* "#$1": $0..$9 are groups */
	} *id_patterns;
	size_t nid_patterns;
	int64_t now;
	/* waivers: what the policy's rule requires and grants; see policies/engine/terms.c */
	bool waiver_needs_owner, waiver_needs_reason, waiver_needs_expires;
	long waiver_grace_days;
	bool partial; /* --only, --partial: nothing is judged absent */
};

struct index; /* the findings, arranged for look-up; owned: index_free */

/* The findings and what the options point to must outlive the index. */
struct index *index_new(const struct findings *fs, const struct correlate_options *opt);
/*
 * For struct collect_options.watch: may a finding expect something of this case, though it
 * did not fail? Errs towards yes. Safe from several threads at once.
 */
bool index_watch(const void *index, const struct test_event *ev, struct str id);
void index_free(struct index *ix);

/*
 * Fills `judged` of every kept test and issue and of every producer that did not deliver,
 * run->absents and run->notes. Memory: the run's arena. Once for a run.
 */
void correlate(struct run *run, const struct index *ix);

/*
 * Which results each finding would take if they failed, passing ones too; the run was read
 * with keep_all and finished. Judges nothing.
 */
void correlate_preview(struct run *run, const struct index *ix, struct preview *p);

/* The decision table, 03: one cell. `sometimes` and `excused` refine "open". */
enum column { COL_NONE, COL_OPEN, COL_WAIVED, COL_EXPIRED, COL_DONE, COL_REJECTED, COLUMNS };
/* CLASS_PASSED stands for the cells in which nothing is said ("–"). */
enum class decide_test(enum outcome o, enum column c, enum baseline_says b, bool excused,
	bool sometimes);
enum class decide_issue(enum column c, enum baseline_says b, bool excused, bool suppressed);
/* What an expected test that is absent says about its finding, beside missing or removed. */
enum class decide_absent(enum column c);

#endif
