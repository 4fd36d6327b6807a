/*
 * lines.h -- what parsers of tools' texts share: lines with their numbers, places such as
 * `path:12:5:`, and the cries among lines that nothing else explains.
 */
#ifndef PARSERS_SUPPORT_LINES_H
#define PARSERS_SUPPORT_LINES_H

#include "gate/base/buf.h"
#include "gate/input/source.h"
#include "gate/model/event.h"

struct lines {
	struct source *in;
	const struct sink *out;
	struct str line;  /* without trailing blanks; valid until the next line */
	long number;
	bool cried;       /* a cry was reported: once is enough */
};

static inline bool
lines_next(struct lines *l)
{
	if (!source_line(l->in, &l->line))
		return false;
	l->line = str_rtrim(l->line);
	l->number = source_line_number(l->in);
	return true;
}

/* Reports the line when it is a cry (see cry.h). Returns whether it is one. */
bool lines_cry(struct lines *l);

/* npm calls it an error that what it runs found something. */
static inline bool
lines_npm(struct str line)
{
	return str_starts(line, "npm ERR!") || str_starts(line, "npm error ");
}

void lines_problem(struct lines *l, enum problem_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

struct place {
	struct str path;
	long line, column, end_line, end_column; /* 0: not given */
};

/*
 * Takes `path:line:`, `path:line:column:` or `path:line:column:end:column:` and the blanks
 * behind it from the front of *s. A drive letter belongs to the path.
 */
bool place_take(struct str *s, struct place *p);
/* Takes a number and one blank, or the end, behind it. */
bool count_take(struct str *s, long *n);
/* Takes a rule's code such as "F401" or "PLR0913": capitals, then digits. */
bool code_take(struct str *s, struct str *code);

/*
 * For sniffers: whether `test` holds for one of the first lines of the head (the last one
 * may be cut, and is not asked unless it is the only one).
 */
bool lines_any(struct str head, bool (*test)(struct str line));

#endif
