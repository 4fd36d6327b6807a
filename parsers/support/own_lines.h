/*
 * own_lines.h -- a described text format, its patterns compiled. Private to own_lines*.c.
 */
#ifndef PARSERS_SUPPORT_OWN_LINES_H
#define PARSERS_SUPPORT_OWN_LINES_H

#include "parsers/support/lines.h"
#include "parsers/support/mapping_parts.h"
#include "parsers/support/own_parts.h"

#define GROUPS 64

/* One pattern of one record. */
struct row {
	size_t record;
	enum own_what what;
	const struct own_field *from;
	const char *word;          /* severity that the pattern itself means; may be NULL */
	struct regex *re;          /* NULL: a shape */
	struct line_shape shape;
	struct { char **v; size_t n, cap; } groups; /* their names, of shapes too */
	int number[GROUPS];        /* of each group in the regular expression */
};

struct own_lines {
	const struct own_format *f;
	struct arena mem;
	struct map_fields *fields; /* one for each record */
	struct mapping *map;
	struct { struct row **v; size_t n, cap; } rows;
	const char **words;        /* for shapes */
	/* While it reads. */
	struct lines l;
	struct mapping *open;      /* a record that may go on */
	long open_at;
	struct { struct str name; struct buf value; } heading[8];
	size_t nheading;
	long known, sent, cried;
	bool clean, failed, broken_off;
};

/* The group of a regular expression that a field of a shape stands for, or NULL. */
const char *own_shape_group(enum line_field f);
/* Mistakes are put into d; own_lines_release either way. */
void own_lines_init(struct own_lines *o, const struct own_format *f, struct diags *d);
void own_lines_release(struct own_lines *o);

#endif
