/*
 * console_rows.h -- what a rule counted, as lines of the console's report: rows under their
 * finding or under "new", each with its place, message and evidence.
 */
#ifndef GATE_REPORT_SUPPORT_CONSOLE_ROWS_H
#define GATE_REPORT_SUPPORT_CONSOLE_ROWS_H

#include "gate/report/support/lines.h"
#include "gate/report/support/view.h"

#define NAME_COLUMNS 400    /* of a name, unless verbose */
#define MESSAGE_COLUMNS 240 /* of a message, unless verbose */

struct console {
	const struct view *v;
	struct lines l;
};

bool console_verbose(const struct console *c);
void console_line(struct console *c, size_t indent, enum paint p, size_t columns);
/* How many of n to show when about `most` are enough, and the line that tells of the others. */
size_t console_shown(const struct console *c, size_t n, size_t most);
void console_more(struct console *c, size_t left, size_t indent);
/* Adds "new-failures: 2 new failures, 0 allowed" to the line. */
void console_rule(struct console *c, const struct rule_result *r);
void console_group(struct console *c, const struct view_group *g, enum paint p);
void console_title(struct console *c, const struct view_row *r, size_t indent);
void console_suggestions(struct console *c, const struct view_row *r, size_t indent);

/* A section's title behind an empty line, with a number unless it is 0. */
void console_heading(struct console *c, const char *title, size_t n);

/* console_next.c: what comes after the report: what the change itself loosens, and the ways out. */
void console_pending(struct console *c);
void console_next(struct console *c);

#endif
