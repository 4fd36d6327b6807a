/* resolve.h -- the parts of findings_resolve, in the order in which they run. */
#ifndef GATE_MODEL_RESOLVE_H
#define GATE_MODEL_RESOLVE_H

#include "gate/model/cite.h"
#include "gate/model/names.h"

struct resolver {
	struct findings *fs;
	struct names names;
	struct cites cites;
};

/* statements.c: which finding every statement speaks of. */
void resolve_statements(struct resolver *r);
/* links.c: citations become links, links find their targets, each is kept once. */
void resolve_links(struct resolver *r);
/* states.c: what holds now, out of all that was stated; contradictions become notes. */
void resolve_states(struct resolver *r);

/* What f stands for: a statement for the finding it speaks of, once that is known. */
static inline struct finding *
finding_meant(struct finding *f)
{
	return f->about ? f->about : f;
}

static inline bool
finding_bears(const struct finding *f, struct str name)
{
	return str_eq(f->id, name) || str_eq(f->qualified, name) || str_list_has(&f->aliases, name);
}

#endif
