/*
 * rerun.h -- "how do I see it here?": the command lines that run just these tests again, each as
 * its own runner takes it. Nothing where the runner can't be known: a wrong command is worse than
 * none.
 */
#ifndef GATE_REPORT_SUPPORT_RERUN_H
#define GATE_REPORT_SUPPORT_RERUN_H

#include "gate/base/map.h"
#include "gate/report/support/view.h"

/* How a runner takes names: as words, or joined to one word behind a flag. */
struct rerun_manner {
	const char *flag;               /* " -run "; with `words`, before each; may be NULL */
	bool words;
	const char *open, *sep, *close; /* around and between joined names */
	bool group;                     /* several names stand in brackets: a regular expression */
	bool whole;                     /* of several, only what is before "/" is named */
};

/* One test, taken apart; its texts are borrowed or live in the arena that was given. */
struct rerun_test {
	struct str head;                /* "go test example.com/shop/cart" */
	const struct rerun_manner *manner;
	struct str file;                /* runners that want the file too; else empty */
	struct str name;
};

/* runners.c: false where the runner is not known, or the name is not one for a command line. */
bool rerun_take_apart(const struct test *t, struct arena *mem, struct rerun_test *out);

/* One command line: tests of one runner, no more than a command line holds. */
struct rerun {
	struct rerun_test first;
	struct str_list files, names;
	size_t bytes;
};

/* Zero-initialise, then reruns_release. */
struct reruns {
	struct arena mem;
	struct { struct rerun *v; size_t n, cap; } v;
	struct map seen, last;          /* names; heads to the command that is being filled */
};

void reruns_add(struct reruns *r, const struct test *t);
/* All tests that block, the most important first. */
void reruns_of_view(struct reruns *r, const struct view *v);
void rerun_command(const struct rerun *r, struct buf *out);
void reruns_release(struct reruns *r);

#endif
