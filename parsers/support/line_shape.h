/*
 * line_shape.h -- what a line of a tool's text looks like, written as an example of it:
 *
 *   {file}:{line}{?:{column}}: {severity}: {message}{? [{rule}]}
 *
 * Everything outside braces stands for itself ({{ for one), except that two blanks are two or
 * more; {? } may be missing. Fields: {file}, {message} and {any} are text, the last of them
 * forgotten; {line} {column} {end_line} {end_column} {total} {n} are numbers, the last of
 * them forgotten; {severity} is a word of the format's table; {code} is capitals, then
 * digits; {rule} is one word, {rule:-W} one (with blanks, if something closes it) that starts
 * so. Text fields take as little as they can; a message goes as far as it can before a tail.
 *
 * No regular expressions: a shape either fits at one of a few places or not at all, so that
 * a hostile line costs little more than its length.
 */
#ifndef PARSERS_SUPPORT_LINE_SHAPE_H
#define PARSERS_SUPPORT_LINE_SHAPE_H

#include "gate/base/str.h"

enum line_field {
	FIELD_FILE,
	FIELD_MESSAGE,
	FIELD_ANY,
	FIELD_RULE,
	FIELD_CODE,
	FIELD_SEVERITY,
	FIELD_LINE, /* numbers from here on */
	FIELD_COLUMN,
	FIELD_END_LINE,
	FIELD_END_COLUMN,
	FIELD_TOTAL,
	FIELD_N,
	LINE_FIELDS
};

#define SHAPE_TOKENS 28

enum shape_token_kind { TOKEN_TEXT, TOKEN_BLANKS, TOKEN_FIELD, TOKEN_MAYBE, TOKEN_END };

struct shape_token {
	enum shape_token_kind kind;
	enum line_field field;
	struct str text; /* TOKEN_TEXT; TOKEN_FIELD: how a rule starts */
	size_t skip;     /* TOKEN_MAYBE: the token behind it */
};

struct line_shape {
	struct shape_token v[SHAPE_TOKENS];
	size_t n;
	char place;      /* it starts with {file}, this byte and a number; 0: it does not */
};

struct line_match {
	const char *const *words;          /* in: words for {severity}, NULL-terminated */
	struct str text[FIELD_LINE];       /* views of the line; FIELD_RULE: of {code} too */
	size_t word;                       /* which of the words */
	long number[LINE_FIELDS];          /* 0: not there */
	bool has_total;
};

/* Where a digit stands behind the byte: what most lines lack, looked for once a line. */
size_t line_place(struct str line, char byte);

/* False: the text is no shape (a mistake in a table; a test holds them). */
bool line_shape_init(struct line_shape *s, struct str text);
bool line_shape_match(const struct line_shape *s, struct str line, struct line_match *m);

#endif
