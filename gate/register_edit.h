/*
 * register_edit.h -- appends to a structured register as text, so that its comments, order
 * and spelling stay byte for byte, and proves by reading both that nothing else changed.
 */
#ifndef GATE_REGISTER_EDIT_H
#define GATE_REGISTER_EDIT_H

#include "gate/base/buf.h"
#include "gate/base/err.h"

struct addition {
	const char *key;   /* `findings`, `removed`: a list; `renamed`: a map */
	bool pair;         /* into a map: `lines` and `flow` are "key: value" */
	struct str lines;  /* as a block: lines without indentation, each ended by '\n' */
	struct str flow;   /* the same as JSON, for registers written with brackets */
};

/* The start of a register that did not exist. */
#define REGISTER_START \
	"# Failures we agreed to live with for a while; `gate accept` appends here.\n" \
	"version: 1\n"

/*
 * `text` with the addition, into `out`; *line is where it stands. -1 with *err set when the
 * text is no YAML or JSON map, or is written in a way that can't be added to safely.
 */
int register_append(struct str text, const char *file, const struct addition *a, struct buf *out,
	long *line, struct err *err);

#endif
