/*
 * junit_parts.h -- what parsers/junit.c and its parts share: the state of one JUnit report
 * while it is read.
 */
#ifndef PARSERS_SUPPORT_JUNIT_PARTS_H
#define PARSERS_SUPPORT_JUNIT_PARTS_H

#include "gate/base/mem.h"
#include "parsers/support/failure.h"
#include "parsers/support/xml.h"

/* Elements and attributes; junit.c has the names. */
enum name {
	N_TESTCASE, N_TESTSUITE, N_TESTSUITES,
	N_FAILURE, N_ERROR, N_SKIPPED,
	N_RERUN_FAILURE, N_RERUN_ERROR, N_FLAKY_FAILURE, N_FLAKY_ERROR,
	N_PROPERTY, N_OUT, N_ERR,
	N_NAME, N_CLASSNAME, N_CLASS, N_FILE, N_FILEPATH, N_LINE, N_LINENO, N_TIME, N_DURATION,
	N_STATUS, N_RESULT, N_MESSAGE, N_TYPE, N_VALUE, N_FINDING,
	N_TESTS, N_FAILURES, N_ERRORS, N_SKIPS, N_SKIP, N_IGNORED, N_DISABLED,
	N_COUNT
};

/* A piece of a buffer that may still move. */
struct span {
	size_t at, n;
};

/* One open <testsuite> or <testsuites>. */
struct junit_suite {
	size_t suite_n;      /* length of junit.suite outside of it */
	size_t names_n;      /* the same of junit.names */
	struct span name, file, finding; /* in junit.names */
	enum dialect dialect;
	long line;
	struct totals own;   /* declared by its attributes; -1: not */
	struct totals inner; /* declared by the suites in it */
	long bad, elements;  /* cases and elements in it, at any depth */
	long surplus;        /* found in the suites in it */
};

/* One open <testcase>. They may nest, though they should not. */
struct junit_case {
	struct junit_case *outer;
	struct buf bytes;    /* every string below, but the text */
	struct span name, class, file, type, message;
	struct { struct span name, value; } props[MAX_PROPS_KEPT];
	size_t nprops;
	struct kept text;
	int rank;            /* of the element that message and type come from */
	long line, at;
	double seconds;
	enum outcome status; /* as its attributes say */
	bool gtest, skipped;
	unsigned failures, errors, retries, flaky;
};

struct junit {
	const struct sink *out;
	struct { struct junit_suite *v; size_t n, cap; } frames;
	struct buf suite, names, scratch;
	struct buf root_file;        /* mocha: the file that the empty "Root Suite" carries */
	struct junit_case *open, *spare;
	/* The open result element: failure, error, skipped, a retry. */
	int result;                  /* enum name, or XML_UNKNOWN */
	int result_depth, muted_depth;
	long result_line;
	struct buf message, type;
	struct kept body;
	bool has_message;
	/* The open property. */
	bool in_property, has_value;
	struct buf prop_name, prop_value;
	long failures, errors;       /* elements, for the totals of the whole report */
	const char *tool;
	bool known;                  /* some element of the format was seen */
};

static inline struct str
junit_part(const struct buf *b, struct span s)
{
	return s.n ? str_n(b->p + s.at, s.n) : STR_NONE;
}

static inline struct junit_suite *
junit_top(struct junit *j)
{
	return j->frames.n ? &j->frames.v[j->frames.n - 1] : NULL;
}

/* Adds s to a buffer that holds pieces. */
struct span junit_put(struct buf *b, struct str s);

/* junit_suite.c */
void junit_open_suite(struct junit *j, const struct xml *x, int name, const struct xml_attr *a,
	size_t n);
/* Ends the innermost suite. `whole`: its end was seen, so its totals can be held against it. */
void junit_close_suite(struct junit *j, bool whole);

/* junit_case.c */
void junit_open_case(struct junit *j, const struct xml *x, const struct xml_attr *a, size_t n);
/* Sends the innermost case and forgets it; -1: the sink wants no more. */
int junit_close_case(struct junit *j);
/* It broke off: sent when it failed already, else not. */
void junit_break_case(struct junit *j);
void junit_add_property(struct junit_case *c, struct str name, struct str value);
void junit_free_cases(struct junit *j);

/* junit_result.c */
bool junit_is_result(int name);
void junit_open_result(struct junit *j, const struct xml *x, int name, const struct xml_attr *a,
	size_t n);
void junit_close_result(struct junit *j);

#endif
