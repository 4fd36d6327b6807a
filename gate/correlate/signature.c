/*
 * signature.c -- a text that one finding calls its own (with those that track it) occurs. What
 * two unrelated findings both quote tells them apart no longer.
 */
#include "gate/correlate/engine/index.h"

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	(void)ix;
	for (size_t i = 0; i < s->hits.n; i++) {
		const struct term *t = s->hits.v[i].term;

		if (t->kind != TERM_TEXT || !t->one)
			continue;
		for (const struct ref *r = t->holders.first; r; r = r->next)
			offer(out, EV_SIGNATURE, STRENGTH_LIKELY, NAMES_NOTHING, r, r->text);
	}
}

const struct evidence_rule evidence_signature = {
	.kind = EV_SIGNATURE,
	.help = "a signature that only this finding holds occurs",
	.find = find,
};
