/* table.c -- the decision table of 03-decision-model, cell by cell. */
#include "gate/correlate/correlate.h"

/* A cell is a class, or one of these where the finding's expectation refines it. */
enum {
	KNOWN_OR_REGRESSION = CLASSES, /* `sometimes` and excusing: known-failure */
	KNOWN_OR_PREEXISTING,          /* excusing: known-failure */
	SURPRISE,                      /* `always`: unexpected-pass */
	KNOWN_OR_EXISTING,             /* excusing: known-issue */
};

typedef unsigned char row[BASELINES];

/* One class whatever the baseline says. */
#define ANY(c) \
	{ \
		[BASE_NONE] = (c), [BASE_PASSED] = (c), [BASE_FAILED] = (c), \
		[BASE_NOT_THERE] = (c) \
	}
#define BY_BASELINE(p, f, other) \
	{ \
		[BASE_PASSED] = (p), [BASE_FAILED] = (f), [BASE_NOT_THERE] = (other), \
		[BASE_NONE] = (other) \
	}
#define FAILING \
	{ \
		[COL_NONE] = BY_BASELINE(CLASS_REGRESSION, CLASS_PREEXISTING_FAILURE, \
			CLASS_NEW_FAILURE), \
		[COL_OPEN] = BY_BASELINE(KNOWN_OR_REGRESSION, KNOWN_OR_PREEXISTING, \
			CLASS_KNOWN_FAILURE), \
		[COL_WAIVED] = ANY(CLASS_WAIVED), \
		[COL_EXPIRED] = ANY(CLASS_WAIVER_EXPIRED), \
		[COL_DONE] = ANY(CLASS_FAILED_FIX), \
		[COL_REJECTED] = BY_BASELINE(CLASS_REGRESSION, CLASS_PREEXISTING_FAILURE, \
			CLASS_NEW_FAILURE), \
	}
#define ABSENT_AND(c) BY_BASELINE(CLASS_MISSING, CLASS_MISSING, c)

static const row tests[OUTCOMES][COLUMNS] = {
	[OUT_FAILED] = FAILING,
	[OUT_ERROR] = FAILING,
	[OUT_FLAKY] = {
		[COL_NONE] = ANY(CLASS_FLAKY),
		[COL_OPEN] = ANY(CLASS_KNOWN_FLAKY),
		[COL_WAIVED] = ANY(CLASS_KNOWN_FLAKY),
		[COL_EXPIRED] = ANY(CLASS_WAIVER_EXPIRED),
		[COL_DONE] = ANY(CLASS_FAILED_FIX),
		[COL_REJECTED] = ANY(CLASS_FLAKY),
	},
	[OUT_PASSED] = {
		[COL_NONE] = BY_BASELINE(CLASS_PASSED, CLASS_FIXED, CLASS_PASSED),
		[COL_OPEN] = ANY(SURPRISE),
		[COL_WAIVED] = ANY(SURPRISE),
		[COL_EXPIRED] = ANY(CLASS_UNEXPECTED_PASS),
		[COL_DONE] = ANY(CLASS_VERIFIED_FIX),
		[COL_REJECTED] = ANY(CLASS_PASSED),
	},
	[OUT_SKIPPED] = {
		[COL_NONE] = BY_BASELINE(CLASS_NEWLY_SKIPPED, CLASS_SKIPPED, CLASS_SKIPPED),
		[COL_OPEN] = ANY(CLASS_KNOWN_SKIP),
		[COL_WAIVED] = ANY(CLASS_KNOWN_SKIP),
		[COL_EXPIRED] = ANY(CLASS_WAIVER_EXPIRED),
		[COL_DONE] = ANY(CLASS_UNVERIFIED_FIX),
		[COL_REJECTED] = ANY(CLASS_SKIPPED),
	},
	[OUT_ABSENT] = {
		[COL_NONE] = ABSENT_AND(CLASS_PASSED),
		[COL_OPEN] = ABSENT_AND(CLASS_ORPHANED),
		[COL_WAIVED] = ABSENT_AND(CLASS_ORPHANED),
		[COL_EXPIRED] = ABSENT_AND(CLASS_ORPHANED),
		[COL_DONE] = ABSENT_AND(CLASS_UNVERIFIED_FIX),
		[COL_REJECTED] = ABSENT_AND(CLASS_ORPHANED),
	},
	[OUT_UNKNOWN] = {
		[COL_NONE] = ANY(CLASS_INDETERMINATE),
		[COL_OPEN] = ANY(CLASS_INDETERMINATE),
		[COL_WAIVED] = ANY(CLASS_INDETERMINATE),
		[COL_EXPIRED] = ANY(CLASS_INDETERMINATE),
		[COL_DONE] = ANY(CLASS_INDETERMINATE),
		[COL_REJECTED] = ANY(CLASS_INDETERMINATE),
	},
};

static const row issues[COLUMNS] = {
	[COL_NONE] = BY_BASELINE(CLASS_NEW_ISSUE, CLASS_EXISTING_ISSUE, CLASS_NEW_ISSUE),
	[COL_OPEN] = BY_BASELINE(CLASS_KNOWN_ISSUE, KNOWN_OR_EXISTING, CLASS_KNOWN_ISSUE),
	[COL_WAIVED] = ANY(CLASS_WAIVED),
	[COL_EXPIRED] = ANY(CLASS_WAIVER_EXPIRED),
	[COL_DONE] = ANY(CLASS_RESURFACED),
	[COL_REJECTED] = ANY(CLASS_REJECTED_ISSUE),
};

enum class
decide_test(enum outcome o, enum column c, enum baseline_says b, bool excused, bool sometimes)
{
	unsigned cell = tests[o][c][b];

	switch (cell) {
	case KNOWN_OR_REGRESSION:
		return excused && sometimes ? CLASS_KNOWN_FAILURE : CLASS_REGRESSION;
	case KNOWN_OR_PREEXISTING:
		return excused ? CLASS_KNOWN_FAILURE : CLASS_PREEXISTING_FAILURE;
	case SURPRISE:
		return sometimes ? CLASS_PASSED : CLASS_UNEXPECTED_PASS;
	default:
		return (enum class)cell;
	}
}

enum class
decide_issue(enum column c, enum baseline_says b, bool excused, bool suppressed)
{
	unsigned cell = issues[c][b];

	if (suppressed)
		return CLASS_SUPPRESSED;
	if (cell == KNOWN_OR_EXISTING)
		return excused ? CLASS_KNOWN_ISSUE : CLASS_EXISTING_ISSUE;
	return (enum class)cell;
}

enum class
decide_absent(enum column c)
{
	return (enum class)tests[OUT_ABSENT][c][BASE_NOT_THERE];
}
