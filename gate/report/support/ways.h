/*
 * ways.h -- the ways out of what blocks, the same words in every medium: what would unblock it,
 * and the waiver entry to paste where it must wait.
 */
#ifndef GATE_REPORT_SUPPORT_WAYS_H
#define GATE_REPORT_SUPPORT_WAYS_H

#include "gate/base/buf.h"
#include "gate/model/class.h"

struct way_facts {
	enum class class;
	bool excused;
	size_t n;            /* results that stand together */
	struct str finding;  /* ID; empty: none */
	struct str reg;      /* path of the register that holds it; may be empty */
	struct str stated;   /* "docs/status.md:4": where its state is stated; may be empty */
};

/* "make it pass; or reopen PR-3 (docs/status.md:4), which calls it done"; nothing: none known. */
void ways_sentence(const struct way_facts *f, struct buf *out);
/* A waiver would let it through. */
bool ways_waivable(enum class c, bool excused);

#define PASTE_TESTS 5
#define PASTE_ENTRIES 3

/* An entry of a structured register: tests together, or one place of a tool's rule. */
struct paste {
	struct str tests[PASTE_TESTS];
	size_t ntests;
	struct str tool, rule, path;
};

/* Entries for what blocks, to be filled in the order of importance. */
struct pastes {
	struct paste v[PASTE_ENTRIES];
	size_t n, left;      /* left: results that wait for another entry */
};

/* Names that YAML can't show as they are, or that are too long, are left. */
void pastes_add_test(struct pastes *p, struct str id);
void pastes_add_issue(struct pastes *p, struct str tool, struct str rule, struct str path);
/*
 * The nth entry as YAML lines, indented to stand under `findings:`; complete but for who and
 * why, which nobody else knows. `now` is the decision's, `longest` the term that its policy
 * allows, in days; 0: any.
 */
void paste_lines(const struct pastes *p, size_t nth, int64_t now, long longest, struct buf *out);

#endif
