/*
 * edits.h -- what a change does to its own gate: each edit tightens it, and counts, or loosens it,
 * and is pending until it is merged or approved.
 */
#ifndef GATE_EDITS_H
#define GATE_EDITS_H

#include "gate/base/hash.h"
#include "gate/model/change.h"
#include "gate/model/finding.h"
#include "gate/git_files.h"
#include "policies/engine/policy.h"

/* A loosening edit: what it does, where, and all that it would put into force. */
struct edit {
	struct str what, at, content;
};

struct edits {
	struct arena mem;
	struct { struct edit *v; size_t n, cap; } pending;
	struct { struct str *v; size_t n, cap; } unlisted; /* all else that is not the same */
	struct { long *v; size_t n, cap; } fresh; /* finding->order of what only the change has */
};

/* The two sides: what is trusted, patched in place, and what the change has, taken apart. */
struct sides {
	const struct git *git;
	const struct change *change; /* renames; may be NULL */
	const struct policy *policy; /* that judges, once policies are compared */
	int64_t now;
	struct edits *edits;
};

/*
 * Both resolved. Tightening edits are taken over into `trusted`, which then borrows from
 * `mine`; the others are listed.
 */
void edits_of_findings(const struct sides *s, struct findings *trusted, struct findings *mine);
/* The same for policies, both loaded; rules and producers that tighten move over. */
void edits_of_policies(const struct sides *s, struct policy *trusted, struct policy *mine);
/* The same for floors: their rules, what they require, whom they exempt. */
void edits_of_floors(const struct sides *s, struct policy *trusted, struct policy *mine);
/* Orders them, and writes the digest of all that they would put into force. */
void edits_finish(struct edits *e, char hex[SHA256_HEX]);
/* In the change's findings, read once more: an entry is never reported unused by who adds it. */
void edits_mark_fresh(const struct edits *e, struct findings *mine);
void edits_release(struct edits *e);

/* A new pending edit; content is copied. */
void edit_add(struct edits *e, struct str what, struct pos at, struct str content);
/*
 * What loosens nothing that can be told, and will be in force all the same once the pending
 * edits are approved: the digest is of it too.
 */
void edit_unlisted(struct edits *e, struct str content);
/* All of a finding that may change what becomes of a result, as a text to compare. */
void edit_text_of(struct buf *b, const struct finding *f);
void edit_text_of_entry(struct buf *b, const struct entry *e);

#endif
