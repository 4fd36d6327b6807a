/*
 * md_parts.h -- the parts of the Markdown reader that walk the document: headings and their
 * text (md_sections.c), bullets (md_lists.c), rows (md_tables.c), totals (md_totals.c).
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_PARTS_H
#define PARSERS_REGISTERS_SUPPORT_MD_PARTS_H

#include "parsers/registers/support/md_fields.h"
#include "parsers/registers/support/md_ids.h"
#include "parsers/registers/support/md_model.h"

#define MD_COLUMNS 64 /* columns read of one table */

/* What a heading without an ID says of all below it: "## Done", "### HIGH (3)". */
struct md_inherited {
	struct str status, severity; /* raw; empty: says nothing */
	long line;
};

/* An open list item: what its text and the items inside it speak of. */
struct md_item {
	int depth;
	struct targets to;     /* n == 0: whatever the item is inside of speaks of */
	enum field_kind kind;  /* of the field it starts: "- **Tests**:" and a list below */
};

struct md_walk {
	struct md *md;
	struct targets section[7];       /* by level of the heading */
	struct md_inherited inherited[7];
	int level;                       /* of the heading above, 0: none yet */
	long heading_line;
	bool heading_unread;             /* counted already */
	enum field_kind kind;            /* of an open field outside of lists */
	struct { struct md_item *v; size_t n, cap; } items;
	size_t table;
	enum field_kind columns[MD_COLUMNS];
	size_t ncolumns, id_column;
	bool has_id_column, counts;      /* a table of totals: severity and count */
	bool row_unread;
	bool titled;                     /* the first heading was seen */
};

/* Whom text at this point speaks of; n == 0: nobody. */
struct targets md_current(const struct md_walk *w);
/* The innermost section with an ID. */
struct targets md_section(const struct md_walk *w);
struct targets md_targets(struct md_walk *w, const struct md_head *head);
/* The nearest heading above that says a status, or a severity; NULL when none does. */
const struct md_inherited *md_inherits_status(const struct md_walk *w);
const struct md_inherited *md_inherits_severity(const struct md_walk *w);
/*
 * The status that stands at the front of s and means nothing else: "FIXED in abc", "done",
 * not "open files leak". In heads of chapters words like "complete" need to stand alone.
 */
bool md_plain_status(const struct md *md, struct str s, enum state *state);
/*
 * Severity, status and aliases in brackets, ticks: what a heading or bullet says beside its
 * title.
 */
void md_decorations(struct md_walk *w, const struct targets *to, const struct md_text *t,
	const struct md_head *head, enum md_place place, bool brackets_are_aliases);
/* "Missing migration (P0)" is "Missing migration". */
struct str md_heading_title(struct md *md, struct str s);
/* "HIGH-severity findings (10)", "P0 Bugs", "Findings — MEDIUM": a severity, not a topic. */
bool md_severity_heading(const struct md *md, struct str s);
/* "Fertiggestellte Arbeiten", "Done", "Open issues"; not "Complete list", "Pass criteria". */
bool md_status_heading(const struct md *md, struct str s);
/* A cell or field without a word or tick in it. */
bool md_says_nothing(struct str raw);
void md_apply_field(struct md_walk *w, const struct targets *to, enum field_kind kind,
	const struct md_text *t, size_t from, size_t end, enum md_place place);
/*
 * Reads the fields of t from byte `from` on and the text before them; the kind of the last
 * field.
 */
enum field_kind md_apply_text(struct md_walk *w, const struct targets *to, enum field_kind kind,
	const struct md_text *t, size_t from, enum md_place place);

void md_walk(struct md *md);                                   /* md_sections.c */
void md_item_text(struct md_walk *w, const struct md_block *b); /* md_lists.c */
void md_row(struct md_walk *w, const struct md_block *b);       /* md_tables.c */

/* md_totals.c: what the document declares, and what was counted. */
void md_totals_text(struct md *md, const struct md_text *t);
void md_totals_row(struct md *md, const struct md_block *row, size_t count_column);
void md_totals_check(struct md *md);
void md_totals_release(struct md *md);

#endif
