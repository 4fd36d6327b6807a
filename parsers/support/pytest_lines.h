/*
 * pytest_lines.h -- the grammar of single lines of pytest's terminal output.
 *
 * The words are those of pytest's terminal reporter; plugins add some (rerun, subtests).
 */
#ifndef PARSERS_SUPPORT_PYTEST_LINES_H
#define PARSERS_SUPPORT_PYTEST_LINES_H

#include "gate/base/str.h"

/* The counts of "2 failed, 627 passed, 943 warnings, 6 errors in 273.61s (0:04:33)". */
struct pytest_counts {
	long failed, passed, skipped, deselected, xfailed, xpassed, errors, reruns;
	bool nothing; /* no tests ran; collected only */
};

/* "==== title ====" of either kind: '=' sections, '_' failures, '!' interruptions, '-' captures. */
bool pytest_banner(struct str line, char fill, struct str *title);
/* The line that ends a run, framed by '=' or (with -q) not. */
bool pytest_final(struct str line, struct pytest_counts *counts);
/* "collected 16 items / 1 error / 2 skipped / 13 selected": how many cases are to come. */
bool pytest_collected(struct str line, long *cases);

enum pytest_word {
	PYTEST_PASSED,
	PYTEST_FAILED,
	PYTEST_ERROR,
	PYTEST_SKIPPED,
	PYTEST_XFAIL,
	PYTEST_XPASS,
	PYTEST_RERUN,
	PYTEST_SUBFAIL,
	PYTEST_OTHER,
};

struct pytest_case {
	enum pytest_word word;
	struct str id;     /* node ID, or the file of a collection error */
	struct str detail; /* behind " - ": the first line of the message, cut by pytest */
	long line;         /* folded skips: the place instead of an ID */
	long times;        /* folded skips: how many */
};

/* A line of the short summary: "FAILED tests/a.py::test_b[1] - assert 1 == 2". */
bool pytest_summary(struct str line, struct pytest_case *c);
/* A line of -v, xdist's too: "tests/a.py::test_b PASSED   [ 50%]", "[gw0] [ 50%] PASSED id". */
bool pytest_verbose(struct str line, struct pytest_case *c);
/* Progress without names: ".F.s", "tests/a.py ..E  [ 12%]". The letters alone. */
bool pytest_progress(struct str line, struct str *letters);
/* How the heading of a failure spells the case of this node ID: "TestY.test_z[p]". */
struct buf;
void pytest_heading(struct buf *out, struct str id);

#endif
