/* comment_parts.h -- between comment.c (what is said) and comment_parts.c (how it fits). */
#ifndef GATE_REPORT_SUPPORT_COMMENT_PARTS_H
#define GATE_REPORT_SUPPORT_COMMENT_PARTS_H

#include "gate/base/arena.h"
#include "gate/base/map.h"
#include "gate/model/class.h"
#include "gate/report/support/comment.h"

struct comment {
	const json_t *doc;
	const struct comment_options *o;
	struct buf *out;
	struct buf item;     /* the item being made */
	struct arena mem;
	struct map rows;     /* tests and issues by ID */
	struct map shown;    /* IDs that block and stand there already */
	size_t end;          /* where out->n must stop */
};

/* All tests or issues of one ID: one row, whatever the number of legs. */
struct comment_row {
	const json_t *first;
	size_t n;
	bool issue;
};

/* A list that is filled as far as it fits into its share of what is left. */
struct part {
	struct comment *c;
	const char *title;   /* of a fold, or of a heading; written with the first item */
	const char *close;   /* what closes it */
	bool fold, open, full;
	size_t end, most, shown, left;
};

/* `percent` of the room that is left; at most `most` items. */
struct part part_begin(struct comment *c, const char *title, bool fold, unsigned percent,
	size_t most);
void part_item(struct part *p);  /* c->item, if it fits; emptied */
void part_end(struct part *p);

void comment_index(struct comment *c);
void comment_text(struct buf *out, struct str s, size_t columns);
void comment_code(struct buf *out, struct str s, size_t columns);
/* "- `id` (new failure, F1) at path:3: `message`" without the dash. */
void comment_put_row(struct comment *c, const struct comment_row *r);
void comment_place(struct comment *c, const json_t *o);

#endif
