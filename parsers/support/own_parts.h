/* own_parts.h -- what own*.c share. Private to them. */
#ifndef PARSERS_SUPPORT_OWN_PARTS_H
#define PARSERS_SUPPORT_OWN_PARTS_H

#include "gate/base/arena.h"
#include "gate/base/regex.h"
#include "parsers/support/jsonmap.h"
#include "parsers/support/line_shape.h"
#include "parsers/support/own.h"
#include "parsers/support/xmlmap.h"

/* For the engines' `missed`: which description, and where problems go. */
struct own_run {
	const struct own_format *f;
	const struct sink *out;
	const struct map_fields *table; /* JSON: one for each record of f */
	const struct xml_record *elements; /* XML: the same */
};

/* A mistake in a field of a record (`field` as the engines spell it) or in the record. */
void own_wrong(struct diags *d, const struct own_record *r, const char *field, const char *why);
/* Nothing stands where the description says a field is. */
void own_missed(struct own_run *run, const struct own_record *r, const char *field, bool vital);
/* The text of a field as a C string, or NULL. */
const char *own_text(struct arena *mem, const struct own_record *r, const char *name);
/* Fills in all of map_fields that is a field of that name, and tables; not `each`. */
void own_map_fields(struct arena *mem, const struct own_record *r, struct map_fields *to);
/* Its words of levels, then those that most tools use: error, warning, note ... */
const struct level_word *own_levels(struct arena *mem, const struct own_record *r);
/* Words for outcomes where a description has no table; all without a table end with {0}. */
const struct outcome_word *own_outcomes(struct arena *mem, const struct own_record *r);

void own_json_check(const struct own_format *f, struct diags *d);
int own_json_read(const struct own_format *f, struct source *in, const struct sink *out);
void own_xml_check(const struct own_format *f, struct diags *d);
int own_xml_read(const struct own_format *f, struct source *in, const struct sink *out);
void own_lines_check(const struct own_format *f, struct diags *d);
int own_lines_read(const struct own_format *f, struct source *in, const struct sink *out);

/*
 * A pattern of vim's 'errorformat' as a regular expression with named groups, in `out`.
 * False: *why. *what is what its prefix (%C, %-G ...) makes of the record, *word the severity of
 * %E, %W, %I, %N; both unchanged where it has none.
 */
bool own_errorformat(struct str pattern, struct buf *out, enum own_what *what, const char **word,
	const char **why);

#endif
