/* comment_parts.h -- between comment.c (what is said) and comment_parts.c (how it fits). */
#ifndef GATE_REPORT_SUPPORT_COMMENT_PARTS_H
#define GATE_REPORT_SUPPORT_COMMENT_PARTS_H

#include "gate/base/arena.h"
#include "gate/model/class.h"
#include "gate/report/support/comment.h"
#include "gate/report/support/counted.h"

#define BLOCKING_SHOWN 25
#define FOLDED_SHOWN 50

/* What has a fold of its own. */
#define KNOWN_CLASSES (CLASS_BIT(CLASS_KNOWN_FAILURE) | CLASS_BIT(CLASS_WAIVED) | \
	CLASS_BIT(CLASS_KNOWN_ISSUE) | CLASS_BIT(CLASS_KNOWN_FLAKY) | CLASS_BIT(CLASS_KNOWN_SKIP))
#define FIXED_CLASSES (CLASS_BIT(CLASS_FIXED) | CLASS_BIT(CLASS_UNEXPECTED_PASS) | \
	CLASS_BIT(CLASS_VERIFIED_FIX) | CLASS_BIT(CLASS_RESOLVED))
#define FLAKY_CLASSES (CLASS_BIT(CLASS_FLAKY) | CLASS_BIT(CLASS_KNOWN_FLAKY))
#define GONE_CLASSES (CLASS_BIT(CLASS_UNVERIFIED_FIX) | CLASS_BIT(CLASS_ORPHANED) | \
	CLASS_BIT(CLASS_REMOVED))
#define FOLDED_CLASSES (KNOWN_CLASSES | FIXED_CLASSES | FLAKY_CLASSES | GONE_CLASSES)

struct comment {
	const json_t *doc;
	const struct comment_options *o;
	struct buf *out;
	struct buf item;     /* the item being made */
	struct arena mem;
	struct map rows;     /* tests and issues by ID: the row of the most important class */
	struct counted counted;
	struct map shown;    /* IDs that block, in the order in which they stand there */
	size_t end;          /* where out->n must stop */
};

/* All tests or issues of one ID and class: one row, whatever the number of legs. */
struct comment_row {
	const json_t *first;
	struct comment_row *other;      /* the same in other legs, of a less important class */
	const struct counted_rule *by;  /* the failing rule that shows it; NULL: none */
	struct buf legs;                /* "py39, py312" */
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
/* Says how many were left out so far, in a line of the list; what follows may still fit. */
void part_more(struct part *p);
void part_end(struct part *p);

void comment_index(struct comment *c);
void comment_forget(struct comment *c); /* what comment_index made */
void comment_text(struct buf *out, struct str s, size_t columns);
void comment_code(struct buf *out, struct str s, size_t columns);
bool comment_outcome_is(const json_t *rule, const char *word);
bool comment_class_is(const json_t *o, uint64_t set);
/* As many of a list as the budget's size allows. */
size_t comment_most(const struct comment *c, size_t n);
/* "- `id` (new failure, F1) at path:3: `message`" without the dash. */
void comment_put_row(struct comment *c, const struct comment_row *r);
void comment_place(struct comment *c, const json_t *o);
/* `path:3`, as a link where one can be right; a register's stands relative to the policy. */
void comment_policy_place(struct comment *c, const json_t *at);
void comment_register_place(struct comment *c, const json_t *at);
/* A test's ID, an issue's tool and rule. */
void comment_name(struct comment *c, const struct comment_row *r);
/* "`docs/F1` (high, open): Title", the ID as a link to its place. */
void comment_finding(struct comment *c, struct str qualified);
/* "; strong: test-case at `docs/a.md:11`": the best for the finding, where there is any. */
void comment_evidence(struct comment *c, const json_t *o, struct str finding);
void comment_commit(struct comment *c, struct str revision); /* 12 digits of it, as a link */

/* comment_blocking.c: what decides the verdict, never folded away. */
void comment_blocking(struct comment *c);
void comment_counts(struct comment *c);
void comment_inputs(struct comment *c, bool complete);
void comment_pending(struct comment *c);
void comment_warnings(struct comment *c);
void comment_notes(struct comment *c);
/* comment_lists.c: what does not, folded. */
void comment_known(struct comment *c);
void comment_classes(struct comment *c, const char *title, uint64_t classes);
void comment_suggestions(struct comment *c);
/* comment_next.c: what a person does next. */
void comment_reruns(struct comment *c);
void comment_ways_out(struct comment *c);

#endif
