/*
 * view.h -- what a report for people shows, whatever the medium: which items block, what is
 * known, fixed, suggested, what is wrong with the inputs. Pure selection over a frozen
 * decision; no escaping, no layout, no limits. Nothing here can touch the verdict.
 */
#ifndef GATE_REPORT_SUPPORT_VIEW_H
#define GATE_REPORT_SUPPORT_VIEW_H

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/model/decision.h"

/* One thing to show. One test that failed in several legs is one row. */
struct view_row {
	enum item_kind kind;
	struct str id;
	const struct test *test;         /* by kind; NULL otherwise */
	const struct issue *issue;
	const struct absent *absent;
	const struct producer *producer;
	const struct finding *finding;   /* what it maps to, or ITEM_FINDING itself; NULL: none */
	const struct judged *judged;     /* NULL: findings and texts */
	const struct rule_result *rule;  /* the rule that shows it; NULL outside of groups */
	const struct finding *hint;      /* what it stands under among the suggestions */
	struct str text;                 /* of the rule's item */
	struct str_list legs;            /* more than one: they stand here */
};

struct view_rows {
	struct view_row *v;
	size_t n, cap;
};

/* A rule and those of its items that no more important rule has shown. */
struct view_group {
	const struct rule_result *rule;
	struct view_rows rows;
	size_t elsewhere;                /* items left out because they were shown before */
	size_t tolerated;                /* items whose level is within its limit */
};

/* A finding and how many results map to it. */
struct view_known {
	const struct finding *finding;   /* NULL: preexisting failures without one */
	enum class cls;
	struct view_rows rows;
};

/* A finding that may explain results which rest on none, and nothing blocks. */
struct view_hint {
	const struct evidence *evidence; /* the best for the first of them */
	struct view_rows rows;
};

struct view_input {
	const struct producer *producer;
	const struct report *report;     /* NULL: a problem of the producer as a whole */
	const struct problem *problem;
	bool incomplete;
};

struct view {
	struct arena mem;
	const struct decision *d;
	struct { struct view_group *v; size_t n, cap; } blocking; /* fails, then inconclusive */
	struct { struct view_group *v; size_t n, cap; } warnings; /* rules at warn that warn */
	size_t nblocking;                /* rows of blocking */
	struct { struct view_input *v; size_t n, cap; } inputs; /* incomplete ones first */
	/* Producers that delivered; those of them whose runner's exit nobody gave. */
	struct { const struct producer **v; size_t n, cap; } complete, unchecked, not_due;
	struct { struct view_known *v; size_t n, cap; } known;  /* by finding */
	struct { struct view_hint *v; size_t n, cap; } hints;   /* by finding */
	struct view_rows fixed, flaky;
};

void view_init(struct view *v, const struct decision *d);
void view_release(struct view *v);
/* Which levels are over the rule's limit: all, where it says nothing of levels. */
void view_levels_over(const struct rule_result *r, bool over[LEVELS]);
enum level view_item_level(const struct item *it);
/* The row is an incomplete producer: its problems, all of them, are told instead of its text. */
bool view_lists_problems(const struct view_row *r);
/* Known, fixed, flaky: it stands in a section of its own, whatever warns of it. */
bool view_sectioned(const struct judged *j);
/* Whether a row of `blocking` is this incomplete producer: its problems stand there. */
bool view_blocks(const struct view *v, const struct producer *p);
/* There is more to say of the inputs than what blocks says. */
bool view_says_of_inputs(const struct view *v);

/* Words, the same in every medium; raw text of strangers is in them: escape what they give. */

/* counts.c: "new failure", "new failures". */
const char *class_words(enum class c, long n);
/* The classes in the order of the row of counts; i < CLASSES. */
enum class class_in_order(size_t i);
/* The non-zero counts in one row: "2 new failures, 14 known failures, 1180 passed". */
void view_counts(const struct decision *d, struct buf *out);
/* A test's name; an issue's tool, rule and level: its identity is for machines. */
void view_title(const struct view_row *r, struct buf *out);
/* The same for a list without places: "app/x.py:3: bandit B101 (high)". */
void view_name(const struct view_row *r, struct buf *out);
/* "F8 may explain 117 results (likely: docs/scan.md:20 names this tool)". */
void view_hint(const struct view_hint *h, struct buf *out);
/* "path:line", "path" or nothing: where the row's thing is. */
void view_place(const struct view_row *r, struct buf *out);
/* The first line of the row's message; nothing when there is none. */
struct str view_message(const struct view_row *r);
/*
 * "F1 (high, open) describes it, but does not excuse it", "new"; `n` results that stand
 * together under these words.
 */
void view_finding(const struct view_row *r, size_t n, struct buf *out);
/* "docs/status.md:12": where the finding's state is stated. */
void view_state_place(const struct finding *f, struct buf *out);
/* Rows that stand together: the same finding for the same reason. */
bool view_together(const struct view_row *a, const struct view_row *b);
/*
 * Up to three suggestions for what rests on no finding: texts leave out who merely tracks one
 * that is shown.
 */
size_t view_suggestions(const struct decision *d, const struct view_row *r,
	const struct evidence *out[3]);
/* The finding that a policy shows the producer under when it does not deliver, or NULL. */
const struct finding *view_shown_under(const struct producer *p);
/* "strong: docs/scan.md:30 names this case". */
void view_evidence(const struct evidence *e, struct buf *out);
/* The evidence that the row's class rests on, or NULL. */
const struct evidence *view_best(const struct view_row *r);
/* "reports/a.xml:12: truncated: ...". */
void view_problem(const struct view_input *in, struct buf *out);
/* What to do about a fixed row: "delete KF-12 (known.yaml:30)"; nothing when there is nothing. */
void view_todo(const struct view_row *r, struct buf *out);
/* What the row's producer is called, with legs: "unit (py39, py312)"; nothing when unknown. */
void view_where(const struct view_row *r, struct buf *out);

/* What would unblock `n` results that stand together (ways.h); nothing when none is known. */
void view_way(const struct view_row *r, size_t n, struct buf *out);
struct pastes;
/* Waiver entries for all that blocks and may be waived. */
void view_pastes(const struct view *v, struct pastes *p);
/* The first structured register, where such an entry goes; empty: the policy names none. */
struct str view_entry_register(const struct decision *d);
/* "gate explain 'tests/x.py::test_y'": the command that tells all about the row. */
void view_explain(const struct view_row *r, struct buf *out);

/*
 * rerun.c: the command line that runs this case alone. False where the runner is not known, or
 * the name is not one to put on a command line. Several at once: rerun.h.
 */
bool view_rerun(const struct test *t, struct buf *out);

#endif
