/*
 * event.h -- what a parser says about a report, as a stream of borrowed events.
 *
 * A parser never prints, exits or judges: it pushes events into a sink. Every string of an
 * event is borrowed and dies when the call returns.
 */
#ifndef GATE_MODEL_EVENT_H
#define GATE_MODEL_EVENT_H

#include "gate/base/str.h"

/* One outcome a case; in files: error over failed over skipped over passed. */
enum outcome {
	OUT_PASSED,
	OUT_FLAKY,   /* passed, with failed attempts */
	OUT_FAILED,
	OUT_ERROR,   /* crash, timeout, fixture, harness */
	OUT_SKIPPED,
	OUT_ABSENT,  /* in decisions only */
	OUT_UNKNOWN, /* in decisions only */
	OUTCOMES
};
const char *outcome_name(enum outcome o);

static inline bool
outcome_bad(enum outcome o)
{
	return o == OUT_FAILED || o == OUT_ERROR;
}

/* Levels of findings and results, lowest first; LEVEL_UNKNOWN is counted with high. */
enum level {
	LEVEL_UNKNOWN,
	LEVEL_INFO,
	LEVEL_LOW,
	LEVEL_MEDIUM,
	LEVEL_HIGH,
	LEVEL_CRITICAL,
	LEVELS
};
const char *level_name(enum level l);
bool level_parse(struct str name, enum level *out); /* the six names only, any case */
/* Built-in words (P0, blocker, major, moderate ...), any case; LEVEL_UNKNOWN when none. */
enum level level_of_word(struct str word);

/* How the runner itself would name a case; see identity.h. */
enum dialect {
	DIALECT_NONE, /* class::name */
	DIALECT_PYTEST,
	DIALECT_JAVA,
	DIALECT_GO,
	DIALECT_JS,
	DIALECT_RUST,
	DIALECT_PHP,
	DIALECT_GTEST,
	DIALECT_DOTNET,
	DIALECT_READY, /* the event's id is already the runner's own name */
};

struct prop {
	struct str name, value;
};

struct test_event {
	struct str id;      /* DIALECT_READY, and where `keyed` */
	struct str suite;   /* outer suites joined by " > "; may be empty */
	struct str class;
	struct str name;
	struct str file;
	struct str type;    /* of the failure: the exception's name */
	struct str message; /* for people: the message attribute, or the body's best line */
	struct str text;    /* message and body of failure/error, without captured output */
	/*
	 * Where the text of the failure says that it failed, for a case without a file; no part of
	 * its identity, since a passing case has no such text.
	 */
	struct str place;
	long place_line;
	const struct prop *props;
	size_t nprops;
	long line;          /* in `file`; 0 unknown */
	long at;            /* line in the report */
	double seconds;     /* negative: unknown */
	enum outcome outcome;
	enum dialect dialect;
	unsigned attempts;  /* failed attempts before the outcome */
	/*
	 * A secret was taken out of its names before: `id` is what they gave, without the secret,
	 * and these are struct seen's id and suite as they were found.
	 */
	bool keyed;
	uint64_t key;
	uint32_t suite_key;
};

struct issue_event {
	struct str tool;    /* empty: the report's */
	struct str rule;
	struct str severity; /* the tool's own word */
	struct str message;
	struct str file;
	struct str fingerprint; /* the tool's own */
	struct str identifiers; /* what it is called elsewhere, parted by blanks: "CWE-89" */
	long line, end_line, column;
	long at;            /* line in the report */
	enum level level;   /* by the tool's published table */
	bool suppressed;    /* by the tool itself */
	bool info_only;     /* not actionable: a pass, a note, not affected */
};

/* Codes of the contract, section 5. */
enum problem_code {
	PROBLEM_MISSING,
	PROBLEM_EMPTY,
	PROBLEM_NOT_RECOGNISED,
	PROBLEM_MALFORMED,
	PROBLEM_TRUNCATED,
	PROBLEM_TOOL_NOT_FOUND,
	PROBLEM_TOOL_FAILED,
	PROBLEM_OVER_LIMIT,
	PROBLEM_REFUSED,
	PROBLEM_NOTHING_RAN,
	PROBLEM_SUITE_ERROR,
	PROBLEM_DECLARED_MISMATCH,
	PROBLEM_ENCODING,
	PROBLEM_TRAILING_TEXT,
	PROBLEM_DUPLICATE_CASE,
	PROBLEMS
};
const char *problem_name(enum problem_code c);
bool problem_incomplete(enum problem_code c); /* the report can't be trusted to be whole */

/* Totals; as declared by the report (-1: not declared) or as counted. */
struct totals {
	long tests, failures, errors, skipped;
};

struct leg_file;

/*
 * Where events go. test and issue return 0 to go on, or -1 when the sink wants no more
 * (a ceiling was reached; the sink has recorded that): the parser then returns -1 at once.
 */
struct sink {
	void *ctx;
	int (*test)(void *ctx, const struct test_event *ev);
	int (*issue)(void *ctx, const struct issue_event *ev);
	/*
	 * May be NULL. n more cases with this outcome ran, known by their count alone (the dots
	 * of a terminal's output): they are in the totals, but nothing can be called absent.
	 */
	void (*unnamed)(void *ctx, enum outcome outcome, long n);
	/* An error directly under a suite: `name` is the suite's. Becomes a synthetic case. */
	void (*suite_error)(void *ctx, struct str name, struct str message, long line);
	void (*problem)(void *ctx, enum problem_code code, long line, struct str message);
	void (*declared)(void *ctx, const struct totals *t); /* may come several times: added up */
	/*
	 * Failure elements seen in cases and directly under suites, retries left out: what
	 * the declared totals are held against beside the cases (pytest counts a case that
	 * failed and then errored in teardown twice).
	 */
	void (*elements)(void *ctx, long failures, long errors);
	/*
	 * May be NULL. The suite `name` declares `n` failures and errors more than its cases or
	 * elements show; for formats whose nested suites each declare totals, so that one suite
	 * that declares too little can't hide another's surplus.
	 */
	void (*surplus)(void *ctx, struct str name, long n, long line);
	/*
	 * Which tool wrote the report, in which version. Without a name only the version is said;
	 * a name alone forgets the version before.
	 */
	void (*tool)(void *ctx, struct str name, struct str version);
	/*
	 * May be NULL. Sets right what was sent before the report said all about it: the nth issue
	 * (from 0, those that are info_only not counted), which was sent with `was` as its level.
	 * Members of `ev` that are empty change nothing: tool, severity, identifiers, level;
	 * `suppressed` is as it was. n only grows from call to call, until the next issue.
	 */
	void (*amend)(void *ctx, long nth, enum level was, const struct issue_event *ev);
	/* The report itself says that it is clean ("All checks passed!"). */
	void (*clean)(void *ctx);
	/*
	 * May be NULL. The problems sent so far were a parser's, of a text that is no report: they
	 * do not count.
	 */
	void (*forget)(void *ctx);
	/*
	 * May be NULL. Where the reports go that a leg file holds (leg.h); NULL: one can't stand
	 * here, or a second one came.
	 */
	struct leg_file *(*leg)(void *ctx);
};

#endif
