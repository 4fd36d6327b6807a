/* opt.h -- command lines: a table of options in, parsed arguments out; GNU manners. */
#ifndef GATE_OPT_H
#define GATE_OPT_H

#include <stdbool.h>
#include <stddef.h>

struct option {
	const char *name;    /* "policy": --policy FILE, --policy=FILE */
	char letter;         /* 'q', or 0 */
	const char *arg;     /* "FILE"; NULL: a switch */
	const char *help;
	bool many;           /* may be repeated; otherwise the second one is an error */
};

struct arg {
	const struct option *option; /* NULL: an operand */
	const char *value;           /* NULL: a switch */
};

struct args {
	const char *command;
	struct arg *v;
	size_t n, cap;
};

/*
 * Parses argv[1..] against `options`. "--" ends options; "-" is an operand. Prints one
 * message with a hint to standard error and returns -1 when something is wrong; returns 1
 * when --help was asked for.
 */
int args_parse(struct args *a, const struct option *options, int argc, char *const *argv);
void args_release(struct args *a);

bool args_has(const struct args *a, const char *name);
const char *args_get(const struct args *a, const char *name);  /* the value, or NULL */
/* The i-th value of a repeatable option, or NULL past the last. */
const char *args_nth(const struct args *a, const char *name, size_t i);
const char *args_operand(const struct args *a, size_t i);      /* or NULL past the last */
size_t args_operands(const struct args *a);

#endif
