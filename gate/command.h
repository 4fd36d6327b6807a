/* command.h -- the contract every command implements: gate/cmd_NAME.c, one descriptor. */
#ifndef GATE_COMMAND_H
#define GATE_COMMAND_H

#include "gate/base/err.h"
#include "gate/base/str.h"
#include "gate/opt.h"

/* Exit statuses of the contract. */
enum {
	EXIT_PASS = 0,
	EXIT_VIOLATED = 1,
	EXIT_INVALID = 2,
	EXIT_INCONCLUSIVE = 3,
	EXIT_UNDELIVERED = 4,
};

struct command {
	const char *name;
	const char *usage;       /* what follows the name: "[REPORT...]" */
	const char *help;        /* one line */
	const char *about;       /* a paragraph for `gate NAME --help`; may be NULL */
	const struct option *options; /* ends with name == NULL */
	int (*run)(const struct args *args);
};

#define MAX_COMMANDS 64
extern const struct command *const commands[]; /* NULL-terminated */

/*
 * Writes all of s to `path` ("-" is standard output) or nothing: a file is written beside
 * and renamed. Returns 0, or -1 with the reason on standard error (exit 3).
 */
int output_write(const char *path, struct str s);
/*
 * Adds s to the end of `path`, on a line of its own, making the file if need be. "-" and files
 * that are none are written to.
 */
int output_append(const char *path, struct str s);
size_t output_size(const char *path); /* of the file; 0: there is none */
/* 0 when the standard output was flushed whole; -1 with the reason on standard error. */
int output_finish(void);

#endif
