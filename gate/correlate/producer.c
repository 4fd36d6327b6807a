/* producer.c -- the policy shows this finding where the producer does not deliver. */
#include "gate/correlate/engine/index.h"

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct str name = s->producer ? s->producer->spec->finding : STR_NONE;
	char small[256];

	if (name.n == 0 || name.n > sizeof(small))
		return;
	for (size_t i = 0; i < name.n; i++)
		small[i] = literal_fold(name.p[i]);
	for (const struct ref *r = refs_of(&ix->ids, str_n(small, name.n)); r; r = r->next)
		offer(out, EV_PRODUCER, STRENGTH_POSSIBLE, NAMES_NOTHING, r, s->id);
}

const struct evidence_rule evidence_producer = {
	.kind = EV_PRODUCER,
	.help = "the policy names it for this producer, which did not deliver",
	.find = find,
};
