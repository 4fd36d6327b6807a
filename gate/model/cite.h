/*
 * cite.h -- from a citation of lines of another register to the finding that stands there.
 *
 * Made by findings_resolve and gone with it.
 */
#ifndef GATE_MODEL_CITE_H
#define GATE_MODEL_CITE_H

#include "gate/base/map.h"
#include "gate/model/names.h"

struct cites {
	struct names *names;
	struct map by_base;  /* file name: list of registers */
	struct map by_path;  /* path as cited: the register, or &nowhere */
	struct cited *regs;  /* by reg->order; filled when first cited */
	size_t nregs;
	struct arena mem;
};

struct cited_at {
	struct reg *reg;     /* whose lines they are; NULL: no register's */
	bool past_end;       /* that register has no such lines */
	struct finding *f;   /* the only one whose heading or row is in the range, or NULL */
};

void cites_init(struct cites *c, const struct findings *fs, struct names *names);
struct cited_at cites_look(struct cites *c, const struct reg *from, const struct citation *cite);
void cites_release(struct cites *c);

#endif
