/*
 * own_format.h -- a report format that a team describes in its policy (`formats:`), as it is
 * written there. The parsers say whether it makes sense and read reports by it.
 */
#ifndef GATE_MODEL_OWN_FORMAT_H
#define GATE_MODEL_OWN_FORMAT_H

#include "gate/base/err.h"
#include "gate/base/mem.h"
#include "gate/base/str.h"
#include "gate/model/event.h"
#include "gate/model/report.h"

enum own_syntax { OWN_JSON, OWN_JSON_LINES, OWN_XML, OWN_LINES };

/* What a record is; OWN_FAILED and what follows are no results. */
enum own_what {
	OWN_ISSUE,
	OWN_TEST,
	OWN_FAILED,  /* the tool says that it failed */
	OWN_NOTHING, /* the report says that nothing was looked at */
	OWN_TOTALS,  /* totals that the report declares */
	OWN_TOOL,    /* names the tool */
	OWN_PLACE,   /* XML: a place inside of an issue */
	OWN_CLEAN,   /* XML, lines: says that there are no results */
	OWN_MORE,    /* lines: goes on with the record before */
	OWN_HEADING, /* lines: what the records below share, such as their file */
	OWN_IGNORE,  /* lines: known, and says nothing */
};

/* A field as it is written: "end-line" and where its value comes from. */
struct own_field {
	const char *name;
	struct str text;
	struct pos at;
};

struct own_word {
	struct str text; /* any case */
	int value;       /* enum level or enum outcome */
};

struct own_record {
	struct pos at;
	enum own_what what;
	struct { struct own_field *v; size_t n, cap; } fields;
	struct { struct own_word *v; size_t n, cap; } levels, outcomes;
	enum level unrated;
};

struct own_format {
	struct str name;
	struct pos at;
	enum own_syntax syntax;
	enum report_kind kind;
	struct str tool;
	struct own_field root; /* XML: the names of the document's element */
	struct own_field ran; /* the place that tells that the tool ran; text is empty: none */
	struct { struct own_record *v; size_t n, cap; } records;
};

struct own_formats {
	struct own_format **v;
	size_t n, cap;
};

/* NULL when there is none of that name (or `all` is NULL). */
const struct own_format *own_format_find(const struct own_formats *all, struct str name);
/* The field of a record, or NULL. */
const struct own_field *own_field_find(const struct own_record *r, const char *name);
void own_formats_release(struct own_formats *all);

#endif
