/*
 * versions.h -- which tools wrote the reports, in which versions: what a comparison should know
 * before it calls a result new that a newer tool merely sees for the first time.
 */
#ifndef GATE_MODEL_VERSIONS_H
#define GATE_MODEL_VERSIONS_H

#include "gate/base/buf.h"
#include "gate/base/mem.h"
#include "gate/model/report.h"

struct tool_version {
	struct str name, version; /* borrowed from the reports or the snapshot; never empty */
};

/* Each once, by name, then version, after versions_sort. */
struct versions {
	struct tool_version *v;
	size_t n, cap;
};

/* The version in what a report says of itself: "7.0" of "Robot 7.0 (Python 3.11)"; else all. */
struct str version_in(struct str text);

/* Appends the tools, else the formats, of those reports that say a version. */
void versions_of(struct report *const *reports, size_t n, struct versions *out);
void versions_sort(struct versions *t);
/* Appends "pylint 2.17.4, ruff 0.1.6", fit for one line. */
void versions_text(const struct versions *t, struct buf *out);
/*
 * Appends a line for each tool with other versions than then: "lint: ruff 0.4.2, was 0.3.0";
 * `where` may be empty. Sorts both.
 */
void versions_changed(struct versions *now, struct versions *then, struct str where,
	struct buf *out);

#endif
