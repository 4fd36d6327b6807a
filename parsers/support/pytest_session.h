/*
 * pytest_session.h -- what one run of pytest said about its cases, until its last line.
 *
 * The texts of failures come first, under headings that are no IDs; the short summary with
 * the IDs comes behind them; counts come last. So a run's failures are held until it ends.
 */
#ifndef PARSERS_SUPPORT_PYTEST_SESSION_H
#define PARSERS_SUPPORT_PYTEST_SESSION_H

#include "gate/base/arena.h"
#include "gate/base/buf.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "parsers/support/lines.h"
#include "parsers/support/pytest_lines.h"

enum pytest_phase { PYTEST_CALL, PYTEST_SETUP, PYTEST_TEARDOWN, PYTEST_COLLECT };

struct pytest_loc {
	struct str path;
	long line;
};

#define PYTEST_LOCS 12

/* A failure's text, as it stands under its heading. */
struct pytest_section {
	struct str heading; /* "TestY.test_z[p]", or the file of a collection error */
	enum pytest_phase phase;
	bool error;
	struct pytest_section *next, *last; /* under the same heading; `last` in the first */
	bool used;
	struct str message, text, type;
	struct pytest_loc loc[PYTEST_LOCS];
	size_t nlocs;
	long at;
};

/* A case that did not pass, by its ID. */
struct pytest_named {
	struct str id, detail;
	bool failed, error, teardown;
	long subtests;      /* of it that failed; the case itself may have passed */
	struct pytest_section *failure_text, *error_text;
	long at;
};

#define PYTEST_PENDING 64

struct pytest_session {
	struct lines *l;
	struct arena mem;
	struct map by_id;   /* of named */
	struct map reruns;  /* id to long: failed attempts */
	VEC(struct pytest_named *) named;
	VEC(struct pytest_section *) sections;
	struct map failures, errors; /* sections by heading: the first that is not used */
	struct pytest_section *open;
	struct buf body, message;
	bool in_message;
	size_t indent;      /* of the message's first line */
	/* Passed cases of -v wait a little: the error of a teardown follows. */
	struct {
		struct buf id, detail;
		enum outcome outcome;
		long at;
	} pending[PYTEST_PENDING];
	size_t npending, next_pending;
	long sent_passed, sent_skipped; /* passed: flaky and xpassed ones too */
	long letters_failed, letters_error;
	long second_errors; /* counts beyond one for each case: teardowns, subtests */
	long collected;     /* -1: not said */
	bool verbose;       /* -v: it names every case */
	bool any;           /* something of a run was seen */
	bool stopped;       /* it says that it was interrupted */
};

void pytest_session_init(struct pytest_session *s, struct lines *l);
void pytest_session_release(struct pytest_session *s);

void pytest_open_section(struct pytest_session *s, struct str title, bool error);
void pytest_add_line(struct pytest_session *s, struct str line);
void pytest_close_section(struct pytest_session *s);
/* The first text under the heading of this case; `take`: that no other case gets it. */
struct pytest_section *pytest_find_section(struct pytest_session *s, struct str id, bool error,
	bool take);
/* The exception's name at the front of "ValueError: words", else empty. */
struct str pytest_type(struct str message);
/* The line where it failed, in the test's own file; unknown when no place is there. */
void pytest_set_place(const struct pytest_section *sec, struct test_event *ev);
/* Lines of -v and of the short summary; -1 when the sink wants no more. */
int pytest_add_case(struct pytest_session *s, const struct pytest_case *c, bool verbose);
/* Sends all that was held. counts == NULL: the run has no last line. Then starts anew. */
int pytest_finish(struct pytest_session *s, const struct pytest_counts *counts);

#endif
