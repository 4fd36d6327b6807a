/* run.h -- all that was seen: producers, their reports, their cases under final names. */
#ifndef GATE_MODEL_RUN_H
#define GATE_MODEL_RUN_H

#include "gate/base/err.h"
#include "gate/model/finding.h"
#include "gate/model/leg.h"
#include "gate/model/report.h"

/* What a policy (or the command line) says about a producer. */
struct producer_spec {
	struct str name;
	struct str_list paths;      /* patterns, relative to `base` */
	struct str base;            /* folder of the policy; "" for the working folder */
	struct str format;          /* "" is auto; that a parser bears the name, callers check */
	struct pos format_at;
	long min_tests;             /* default 1 */
	bool min_tests_set;
	struct str_list legs;
	long expect_files;          /* 0: not given */
	struct str exit_file;
	struct str_list when_changed;
	struct str root;
	struct str finding;         /* shown under this finding when it does not deliver */
	struct pos finding_at;
	bool empty_clean;           /* empty: clean */
	bool optional;
	bool on_command_line;       /* the policy does not declare it */
	struct pos at;
	/* --report NAME[/LEG]=[FORMAT:]PATH: replaces the paths; parallel lists */
	struct str_list given_paths, given_legs, given_formats;
};

/* The cases of one producer and leg, sorted by id, then order; see seen.h. */
struct leg_cases {
	struct str leg;
	struct seen *v;
	size_t n;
};

struct change; /* change.h */
struct facts;  /* facts.h */
struct history; /* history.h */

/* The exit status of the runner of one leg; it answers for the reports that point to it. */
struct leg_exit {
	struct str leg;             /* may be empty: one of several shards without a name */
	enum exit_known known;
	long status;
};

struct producer {
	const struct producer_spec *spec;
	/* By leg, then path; run->mem holds them. */
	struct { struct report **v; size_t n, cap; } reports;
	struct { struct leg_cases *v; size_t n, cap; } legs; /* after run_finish */
	/* Of the producer as a whole: missing, a leg absent, nothing-ran ... */
	struct { struct problem *v; size_t n, cap; } problems;
	enum exit_known exit_known;
	bool exit_told;             /* by a leg, or on the command line */
	long exit_status;           /* 128+N for a signal, as shells say */
	struct { struct leg_exit **v; size_t n, cap; } exits; /* of legs; run->mem holds them */
	bool complete;              /* it delivered, and every report is complete */
	bool tool_only_absent;      /* optional or not due, and nothing there */
	bool not_due;               /* before run_finish: the change does not ask for it; after: and
		nothing is there, so that it is out of scope */
	bool out_of_scope;          /* --only leaves it out: not read, nothing is judged */
	long total;                 /* cases, synthetic ones not counted */
	long unnamed;               /* of total: known by count alone; none can be called absent */
	long count[OUTCOMES];
	struct judged judged;       /* evidence kind `producer`, when it did not deliver */
};

/*
 * What a register or the baseline expects and the run does not show, though its producer ran:
 * orphaned and kin; missing and removed.
 */
struct absent {
	struct finding *finding;    /* NULL: only the baseline knows it */
	struct str ref;             /* the entry's test, as written; the test's ID */
	struct report *report;      /* the baseline's: stands for the leg it ran in; else NULL */
	struct judged judged;
};

/* One sentence about a finding as a whole, e.g. that all its tests pass now. */
struct finding_note {
	struct finding *finding;
	struct str text;
};

struct baseline; /* model/baseline.h */

struct run {
	struct arena mem;
	const struct baseline *baseline; /* NULL: nobody named one */
	struct { struct producer *v; size_t n, cap; } producers; /* in order of name */
	/* After run_finish: every kept test and issue, sorted by producer, leg, id. */
	struct { struct test **v; size_t n, cap; } tests;
	struct { struct issue **v; size_t n, cap; } issues;
	/* Filled by correlate. */
	struct { struct absent *v; size_t n, cap; } absents;
	struct { struct finding_note *v; size_t n, cap; } notes;
	const struct change *change; /* what the judged change edits; NULL: not known. Borrowed */
	const struct findings *registers; /* as the change has them; NULL: the same. Borrowed */
	const struct facts *facts;   /* NULL: nothing was looked up. Borrowed */
	const struct history *history; /* NULL: nobody named one. Borrowed */
	struct { struct leg_file **v; size_t n, cap; } legs; /* owned; reports may live in them */
	bool partial;               /* not everything ran: nothing is judged absent */
	struct { struct str *v; size_t n, cap; } remarks; /* one sentence each, for people */
};

/* The producer of that name; NULL: there is none. Good until producers are added. */
struct producer *run_producer(const struct run *run, struct str name);
/* Every report's runner told how it ended. */
bool producer_exit_checked(const struct producer *p);

void producer_problem(struct run *run, struct producer *p, enum problem_code code,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/*
 * Gives every kept case its final ID (suite in front where two suites of a report hold the
 * same name; " (2)" for repeats within producer and leg, in path and file order), notes
 * duplicate-case, makes issue identities, fills run->tests and run->issues, and decides
 * each producer's completeness (min-tests, legs, expect-files; missing).
 */
void run_finish(struct run *run);
/* Releases the reports too (report_release); their structs live in run->mem. */
void run_release(struct run *run);

#endif
