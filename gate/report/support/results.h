/*
 * results.h -- what a decision lists for machines of the forges: every failing test, every
 * lint and scan result that stands, every other thing that blocks, once, the most important
 * first. A decision that is no pass always has at least one that blocks, so that no file made
 * from this list can look like a clean run.
 */
#ifndef GATE_REPORT_SUPPORT_RESULTS_H
#define GATE_REPORT_SUPPORT_RESULTS_H

#include "gate/report/support/view.h"

struct result {
	struct view_row row;   /* row.legs belongs to the results */
	bool blocks;           /* a failing or inconclusive rule counted it over its limit */
	bool doubt;            /* blocks, and the rule is inconclusive */
	struct str check;      /* "new-failure", "bandit/B101", "incomplete-input" */
	struct str key;        /* stable from run to run: no line, no class; unique */
	struct str path;       /* as the repository has it where it can be; never empty */
	bool in_tree;          /* the path is of what was tested, or of a register */
	long line, end_line, column; /* 0: not known */
	enum level level;      /* of the issue or the finding; unknown: none says */
};

struct results {
	struct view view;
	struct { struct result *v; size_t n, cap; } all;
	size_t nblocking;      /* the first so many */
};

void results_init(struct results *r, const struct decision *d);
void results_release(struct results *r);
/*
 * Fills path, in_tree and the lines from the row; the path stays empty where there is none. It
 * lives in `mem`, or in what the row is of.
 */
void result_place(const struct decision *d, struct arena *mem, struct result *r);
/* "tests/x.py::test_y: new failure (docs/F1): expected 200", by delivery.messages; one line. */
void result_text(const struct decision *d, const struct result *r, struct buf *out);
/* The same without the name, for media that have a place of their own for it. */
void result_why(const struct decision *d, const struct result *r, struct buf *out);
/* 64 hex digits that tell this result from all others, in this run and the next. */
void result_fingerprint(const struct decision *d, const struct result *r, char hex[SHA256_HEX]);

#endif
