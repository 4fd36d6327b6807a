/*
 * err.h -- an error is a value with file:line:col.
 *
 * `struct err` holds one error: the first wins, later ones are ignored.
 * `struct diags` collects messages about a configuration, so that a maintainer sees
 * every problem at once. Nothing here prints but the two *_print functions.
 */
#ifndef GATE_BASE_ERR_H
#define GATE_BASE_ERR_H

#include <stdio.h>

#include "gate/base/arena.h"
#include "gate/base/str.h"

/* A place in a text. Lines and columns count from 1; 0 is "not known". `file` may be NULL. */
struct pos {
	const char *file;
	long line, col;
};

struct err {
	bool set;
	struct pos at;
	char file[256]; /* at.file is copied here, since it may be short-lived */
	char text[768];
	char hint[512];
};

/* Always -1, so that `return err_set(...)` reads well. */
int err_set(struct err *e, struct pos at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int err_hint(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "file:line:col: error: text" and, where there is one, "hint: ..." on a line of its own. */
void err_print(FILE *f, const struct err *e);

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

struct diag {
	enum diag_level level;
	struct pos at;
	struct str text, hint;
};

struct diags {
	struct arena mem;
	struct diag *v;
	size_t n, cap;
	size_t errors, warnings; /* all that were reported, also past MAX_DIAGS */
};

struct diag *diag_add(struct diags *d, enum diag_level level, struct pos at, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* Adds a hint to the message just added (the return value of diag_add; NULL is fine). */
void diag_hint(struct diags *d, struct diag *g, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void diag_err(struct diags *d, const struct err *e); /* an err as an error message */
void diags_print(FILE *f, const struct diags *d, enum diag_level least);
void diags_release(struct diags *d);

#endif
