/*
 * md_ids.h -- what an ID looks like, and which IDs head a heading, a row or a bullet.
 *
 * An ID is capital letters, digits and hyphens with a digit in it ("BUG-A01", "F1"), or "#"
 * and digits. Severity words ("P0") are none, nor are the names of a few standards.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_IDS_H
#define PARSERS_REGISTERS_SUPPORT_MD_IDS_H

#include "gate/model/finding.h"
#include "parsers/registers/support/md_doc.h"

#define MD_HEAD_IDS 32 /* IDs one heading or bullet may name; a range is cut there */

/* The length of the ID at the front of s, which ends where the token does; else 0. */
size_t md_id_len(const struct words *severities, struct str s);

struct md_head {
	struct str ids[MD_HEAD_IDS]; /* expanded: A13 behind BUG-A10 is BUG-A13 */
	size_t n;
	size_t rest;                 /* where the text behind IDs and punctuation starts */
	bool set_off;                /* a colon, dash, bracket or the end follows: surely an ID */
	bool ticked, struck;         /* "✅ F1", "~~F1 ...~~" */
	struct str severity;         /* "[P1] F1", "F1 (HIGH)": the word in the brackets */
};

enum md_head_where { MD_HEAD_HEADING, MD_HEAD_BULLET, MD_HEAD_CELL };

/* False when no ID heads the text from byte `from` on. New strings live in `mem`. */
bool md_head(struct arena *mem, const struct words *severities, struct str text, size_t from,
	enum md_head_where where, struct md_head *out);

/*
 * The bracketed group at s[at] ("(" or "["): its inside, and in *end where it ends. False
 * when s[at] opens none.
 */
bool md_group(struct str s, size_t at, struct str *inside, size_t *end);
/* The inside of a group is nothing but IDs, joined by "+", ",", "/", "&". */
bool md_only_ids(struct arena *mem, const struct words *severities, struct str inside,
	struct md_head *out);

#endif
