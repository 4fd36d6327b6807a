/*
 * tap_line.h -- the grammar of single lines of TAP:
 * https://testanything.org/tap-version-14-specification.html
 */
#ifndef PARSERS_SUPPORT_TAP_LINE_H
#define PARSERS_SUPPORT_TAP_LINE_H

#include "gate/model/event.h"

struct tap_point {
	bool ok, skip, todo;
	long number;       /* 0: none */
	struct str name;   /* without the number and the directive */
	struct str reason; /* of the directive */
};

/* "not ok 3 - words # TODO reason"; the line has no blanks in front. */
bool tap_point(struct str line, struct tap_point *p);
/* "1..5", "1..0 # SKIP reason"; *reason: why all is skipped. */
bool tap_plan(struct str line, long *last, struct str *reason);
/* The file's heading of `prove -v`: "t/cart.t .. ". */
bool tap_heading(struct str line, struct str *file);
/* How far the line is set in, in blanks; a tab counts four. */
size_t tap_indent(struct str line);

#endif
