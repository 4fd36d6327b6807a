/*
 * form.h -- a tree read strictly: every value has a kind, every key is known, and whatever
 * is wrong becomes an error with its place. For structured registers and JSON lists.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_FORM_H
#define PARSERS_REGISTERS_SUPPORT_FORM_H

#include "gate/input/tree.h"
#include "gate/model/finding.h"

struct form {
	struct findings *fs;
	struct reg *reg;
	struct diags *d;
};

/* Goes on: one run should show a maintainer every mistake. The return value may take a hint. */
struct diag *form_error(const struct form *f, struct pos at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* False, with an error, when n is no map. Every key must be one of `known` (NULL-terminated). */
bool form_map(const struct form *f, const struct node *n, const char *what,
	const char *const known[]);
/* The text of a scalar, not empty; a number is taken as written. */
bool form_text(const struct form *f, const struct node *n, const char *what, struct str *out);
/* The same for a key that may be missing or null: *out stays as it is. False: wrong. */
bool form_optional(const struct form *f, const struct node *map, const char *key,
	struct str *out);
/* A missing key is fine and leaves *out; anything but a date is an error, null too. */
bool form_date(const struct form *f, const struct node *map, const char *key, int64_t *out);
bool form_bool(const struct form *f, const struct node *map, const char *key, bool *out);
bool form_line(const struct form *f, const struct node *map, const char *key, long *out);
/* The index of the text among `words` (NULL-terminated), or -1 with an error and a hint. */
int form_choice(const struct form *f, const struct node *n, const char *what,
	const char *const words[]);
/* Copies into the memory of the findings. */
struct str form_keep(const struct form *f, struct str s);
struct str form_normal(const struct form *f, struct str s);

/* Every list also takes a single item: walk it with these two. NULL and null are empty. */
const struct node *form_first(const struct node *n);
const struct node *form_next(const struct node *list, const struct node *item);

/*
 * {regex, matches, matches-not}: compiled, not universal, and both examples hold. NULL with
 * an error otherwise. The keys of the map were checked by the caller.
 */
struct regex *form_regex(const struct form *f, const struct node *map);
/* A literal that says something, in normal form; false with an error when it does not. */
bool form_literal(const struct form *f, const struct node *n, struct str *text,
	struct str *normal);

#endif
