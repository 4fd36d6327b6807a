/*
 * trust.h -- by which configuration a change is judged: the trusted revision's, with what the
 * change tightens; what it loosens is pending.
 */
#ifndef GATE_TRUST_H
#define GATE_TRUST_H

#include "gate/config.h"
#include "gate/edits.h"
#include "gate/trusted.h"

struct trust {
	struct trusted revision;
	struct git_files *files;
	struct policy floor;     /* --floor, as the change has it; see trust_load */
	struct config mine;      /* the change's; the judging one borrows from it */
	struct config whole;     /* once more, not taken apart; see trust_registers */
	struct edits edits;
	char digest[SHA256_HEX]; /* of the pending edits; "" without any */
	bool approved;           /* --approve-pending named them: all of the change's counts */
	bool introduced;         /* the trusted revision has no policy */
};

/*
 * Loads the change's configuration and, where there is a trusted revision, the one that
 * judges, into `c`. -1 with errors in d: what the change brings must be valid. `path` is the
 * policy of the change. `floor` gets what --floor names, by the same rules: a floor under
 * version control is the trusted revision's, and what the change tightens in it counts.
 */
int trust_load(struct trust *t, struct config *c, struct policy *floor, const char *path,
	const struct args *args, int64_t now, struct diags *d);
/*
 * The registers as the change has them, where others judge; NULL: the judging ones. Problems
 * of the registers themselves are the change's to bring or to mend.
 */
struct findings *trust_registers(struct trust *t);
/* --floor FILE, as it lies on the disk; without the option nothing. -1 with errors in d. */
int floor_load(struct policy *floor, const struct args *args, struct diags *d);
void trust_release(struct trust *t);

#endif
