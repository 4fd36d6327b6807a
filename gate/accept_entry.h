/* accept_entry.h -- what `gate accept` writes, as a block and as JSON. */
#ifndef GATE_ACCEPT_ENTRY_H
#define GATE_ACCEPT_ENTRY_H

#include "gate/model/finding.h"
#include "gate/register_edit.h"

struct accept_entry {
	struct str id, test, reason, owner, expires;
	const struct finding *finding;
};

/* Both fill *add; memory: the arena. */
void accept_waiver(struct arena *mem, const struct accept_entry *e, struct addition *add);
/* `to` empty: the test was removed. */
void accept_gone(struct arena *mem, struct str test, struct str to, struct addition *add);

#endif
