/*
 * lines.h -- lines of a report for a terminal or a job's log: raw words in, escaped, wrapped,
 * painted lines out.
 *
 * Everything a stranger wrote passes through escape_terminal here: no control character, escape
 * sequence or bidi override reaches the terminal, no text starts a command of a CI runner.
 */
#ifndef GATE_REPORT_SUPPORT_LINES_H
#define GATE_REPORT_SUPPORT_LINES_H

#include "gate/base/buf.h"

enum paint { PLAIN, RED, GREEN, YELLOW, BOLD, DIM };

/* Zero-initialise, set out, width and color; lines_release. */
struct lines {
	struct buf *out;
	struct buf line; /* raw words of the line being made */
	int width;       /* columns; 0: no wrapping */
	bool color;
	bool whole;      /* nothing is cut */
};

/*
 * Writes what l->line holds as a line of its own and empties it: `indent` blanks, then the
 * words, wrapped under themselves. At most `columns` columns of it (0: a generous default),
 * unless l->whole.
 */
void lines_put(struct lines *l, size_t indent, enum paint p, size_t columns);
/* The same for words made on the spot. */
void lines_say(struct lines *l, size_t indent, enum paint p, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void lines_release(struct lines *l);

#endif
