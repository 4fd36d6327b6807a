/*
 * identifier.c -- a name of code that the finding mentions stands in the message, or the tool says
 * that this is what the result is called elsewhere (CWE-89).
 */
#include "gate/correlate/engine/index.h"

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	(void)ix;
	for (size_t i = 0; i < s->hits.n; i++) {
		const struct hit *h = &s->hits.v[i];

		if (h->term->kind != TERM_IDENTIFIER || h->field < IN_MESSAGE)
			continue;
		for (const struct ref *r = h->term->holders.first; r; r = r->next)
			offer(out, EV_IDENTIFIER, STRENGTH_POSSIBLE, NAMES_NOTHING, r, r->text);
	}
}

const struct evidence_rule evidence_identifier = {
	.kind = EV_IDENTIFIER,
	.help = "an identifier it mentions stands in the message",
	.find = find,
};
