/*
 * md_model.h -- what a document says about each ID, gathered from headings, rows and bullets
 * into one draft, and made into findings at the end.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_MODEL_H
#define PARSERS_REGISTERS_SUPPORT_MD_MODEL_H

#include "gate/base/map.h"
#include "gate/model/finding.h"
#include "parsers/registers/support/md_doc.h"

/* Where something was said; the higher one wins. */
enum md_place { PLACE_NONE, PLACE_INHERITED, PLACE_BULLET, PLACE_ROW, PLACE_SECTION };

struct md_status {
	struct str raw;
	enum state state;
	enum md_place place;
	long line;
};

/* Everything about one ID of the document. */
struct draft {
	struct finding f;        /* what the finding will hold; id, title, line included */
	enum md_place place;     /* of title and line */
	enum md_place severity_place;
	bool by_priority;        /* the severity came from a Priority field */
	bool has_section, has_row, has_location;
	bool alias;              /* a check-list item inside the section of another finding */
	bool cut;                /* it refers to more than is kept */
	size_t table;            /* of the row seen last */
	struct { struct md_status *v; size_t n, cap; } statuses;
};

/* The drafts that a heading, row or bullet speaks of. */
struct targets {
	struct draft **v;
	size_t n;
};

struct md {
	struct findings *fs;
	struct reg *reg;
	struct md_doc doc;
	struct map drafts;       /* by ID, in order of appearance */
	struct map sections;     /* IDs that head a heading; known before anything is read */
	struct totals_seen *totals;
	bool dated;              /* by front matter or a field; else by its name or title */
	long unread_sections, unread_line;
	long unread_rows, unread_row_line;
};

struct draft *md_draft(struct md *md, struct str id);
/* Title and line, kept when nothing better is known. */
void md_place(struct draft *d, enum md_place place, struct str title, long line);
void md_severity(struct md *md, struct draft *d, enum md_place place, struct str raw,
	bool priority);
void md_status(struct md *md, struct draft *d, enum md_place place, struct str raw, long line);
void md_location(struct draft *d, struct str path, long line, long end_line, bool folder, long at);
void md_test(struct draft *d, struct str ref, enum ref_scope scope, long at);
void md_signature(struct draft *d, struct str text, long at);
void md_tool(struct draft *d, struct str tool, struct str rule, long at);
void md_identifier(struct md *md, struct draft *d, struct str token);
void md_alias(struct md *md, struct draft *d, struct str id);
void md_link(struct draft *d, enum link_kind kind, struct str to, long at);
void md_citation(struct draft *d, struct str path, long line, long end_line, long at);
/* Notes what contradicts itself and adds the findings to md->fs. */
void md_emit(struct md *md);
void md_release(struct md *md);
/* A copy that lives as long as the findings. */
struct str md_keep(struct md *md, struct str s);

#endif
