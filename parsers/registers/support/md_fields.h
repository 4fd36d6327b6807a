/*
 * md_fields.h -- "**Severity**: LOW · **Status**: NEW": the fields of a text and what their
 * names mean.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_FIELDS_H
#define PARSERS_REGISTERS_SUPPORT_MD_FIELDS_H

#include "parsers/registers/support/md_doc.h"

enum field_kind {
	FIELD_PROSE,       /* any other name: its value is read like text */
	FIELD_SEVERITY,
	FIELD_PRIORITY,
	FIELD_STATUS,
	FIELD_LOCATION,
	FIELD_TESTS,
	FIELD_OWNER,
	FIELD_CREATED,
	FIELD_UPDATED,
	FIELD_EXPIRES,
	FIELD_DEPENDS,
	FIELD_DUPLICATES,
	FIELD_REGRESSION,
	FIELD_ALIAS,       /* an issue or ticket that the finding was filed as */
	FIELD_ID,          /* columns only */
	FIELD_TITLE,       /* columns only */
	FIELD_COUNT,       /* columns only: "Count", "Total" */
};

#define MD_FIELDS 24 /* fields read of one text; what follows belongs to the last */

struct md_field {
	enum field_kind kind;
	struct str name;
	size_t at, from, to; /* where it starts; its value */
};

/* The fields of the text from byte `from` on, in order; what stands before the first is prose. */
size_t md_fields(const struct md_text *t, size_t from, struct md_field out[MD_FIELDS]);
/* What a field's name means; FIELD_PROSE when it means nothing special. */
enum field_kind md_field_kind(struct str name);
/* What a column's head means. */
enum field_kind md_column_kind(struct str head);

#endif
