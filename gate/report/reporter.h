/*
 * reporter.h -- the contract every output format implements: one file, one descriptor.
 * Reporters are pure: a frozen decision in, bytes out. They never judge and never read
 * anything else.
 */
#ifndef GATE_REPORT_REPORTER_H
#define GATE_REPORT_REPORTER_H

#include "gate/base/buf.h"
#include "gate/model/decision.h"

struct render_options {
	bool color;      /* console only */
	int width;       /* console: columns; 0 is unlimited */
	int verbosity;   /* -1 quiet, 0, 1 verbose */
};

struct reporter {
	const char *name; /* of --out NAME=FILE */
	const char *help;
	void (*render)(const struct decision *d, const struct render_options *opt, struct buf *out);
};

extern const struct reporter *const reporters[]; /* NULL-terminated, alphabetical */
const struct reporter *reporter_find(struct str name);

#endif
