/*
 * regex.h -- PCRE2 with bounds. "Gave up" is never "no match".
 */
#ifndef GATE_BASE_REGEX_H
#define GATE_BASE_REGEX_H

#include "gate/base/err.h"
#include "gate/base/str.h"

struct regex; /* owned by the caller: regex_free */

enum regex_result { REGEX_NO, REGEX_YES, REGEX_GAVE_UP };

#define REGEX_ICASE 1u
/* NULL and *err set when the pattern is wrong. `at` is where the pattern was written. */
struct regex *regex_new(struct str pattern, unsigned flags, struct pos at, struct err *err);
enum regex_result regex_find(const struct regex *re, struct str text, struct str groups[],
	size_t ngroups);                             /* groups[0] is the whole match */
/* One line at a time, as contract rules demand; the first line that matches wins. */
enum regex_result regex_find_line(const struct regex *re, struct str text, struct str groups[],
	size_t ngroups);
/* The number of the group of that name, or -1. */
int regex_group(const struct regex *re, const char *name);
/* The name of the nth named group, in order of name; STR_NONE past the last. */
struct str regex_group_name(const struct regex *re, size_t nth);
/* A text that every match contains, ASCII case aside; empty when none is known for sure. */
struct str regex_needs(const struct regex *re);
bool regex_universal(const struct regex *re); /* matches "" or an everyday word */
void regex_free(struct regex *re);

#endif
