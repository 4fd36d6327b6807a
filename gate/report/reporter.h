/*
 * reporter.h -- the contract every output format implements: one file, one descriptor.
 * Reporters are pure: a frozen decision in, bytes out. They never judge and never read
 * anything else.
 */
#ifndef GATE_REPORT_REPORTER_H
#define GATE_REPORT_REPORTER_H

#include "gate/base/buf.h"
#include "gate/model/decision.h"

/* What was written of the same decision before: for outputs that name the others. */
struct written {
	const char *format, *path;
};

struct render_options {
	bool color;      /* console only */
	int width;       /* console: columns; 0 is unlimited */
	int verbosity;   /* -1 quiet, 0, 1 verbose */
	size_t room;     /* reporters with `most`: bytes that FILE still takes; 0 is unlimited */
	const struct written *written;
	size_t nwritten;
};

struct reporter {
	const char *name; /* of --out NAME=FILE */
	const char *help;
	bool beside;      /* may share the standard output: each line of it says what it is */
	bool append;      /* FILE is added to, since others write to it too */
	size_t most;      /* with `append`: FILE must not grow past so many bytes; 0: no limit */
	void (*render)(const struct decision *d, const struct render_options *opt, struct buf *out);
};

extern const struct reporter *const reporters[]; /* NULL-terminated, alphabetical */
const struct reporter *reporter_find(struct str name);

#endif
