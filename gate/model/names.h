/*
 * names.h -- who bears a name: look-up from an ID, alias or qualified ID to findings.
 *
 * Made by findings_resolve and gone with it. A name that hundreds of thousands bear costs
 * no more to look up than any other: only the first few are kept, and their number.
 */
#ifndef GATE_MODEL_NAMES_H
#define GATE_MODEL_NAMES_H

#include "gate/base/buf.h"
#include "gate/base/map.h"
#include "gate/model/finding.h"

#define BEARERS_KEPT 3

struct bearers {
	struct finding *v[BEARERS_KEPT]; /* the first ones, in order */
	size_t n;                        /* all of them */
};

struct names {
	struct arena mem;
	struct map everywhere; /* name */
	struct map within;     /* register and name */
	struct buf key;
};

/* Definitions, and statements beside them: those are found only where nothing is defined. */
void names_init(struct names *names, const struct findings *fs);
void names_add_alias(struct names *names, struct finding *f, struct str alias);
/*
 * Those that bear `name`, as seen from `reg` (its own findings come first: inside one
 * document everything about one ID is one finding), an ID before an alias. NULL: nobody.
 */
const struct bearers *names_defined(struct names *names, const struct reg *reg, struct str name);
/* The same; where nothing is defined, statements. */
const struct bearers *names_any(struct names *names, const struct reg *reg, struct str name);
/* The finding of `reg` itself with exactly this ID, when there is exactly one. */
struct finding *names_own(struct names *names, const struct reg *reg, struct str id);
/* "a/BE-01 or b/BE-01", for messages. */
void bearers_describe(const struct bearers *b, struct buf *out);
void names_release(struct names *names);

#endif
