/*
 * cry.h -- recognises what is no report but the cry of a shell, an interpreter or a server:
 * the tool was not there, it did not understand its arguments, or it crashed.
 */
#ifndef PARSERS_SUPPORT_CRY_H
#define PARSERS_SUPPORT_CRY_H

#include "gate/base/str.h"
#include "gate/model/event.h"

#define CRY_MOST 60 /* no cry scores more; a parser that is surer than this has a report */

struct cry {
	enum problem_code code; /* PROBLEM_TOOL_NOT_FOUND or PROBLEM_TOOL_FAILED */
	int score;              /* on the scale of sniffers */
	long line;              /* in the text */
	struct str text;        /* the line that gives it away; a view of the text */
	const char *what;       /* "a shell did not find the command" */
	const char *hint;       /* what to do */
};

/* The surest cry in the first lines of a text that no parser is sure of. */
bool cry_find(struct str head, struct cry *out);
/* One line by itself: for what a text parser does not understand. */
bool cry_line(struct str line, struct cry *out);
struct buf;
/* One sentence for the report's problem. */
void cry_message(struct buf *b, const struct cry *cry);

#endif
