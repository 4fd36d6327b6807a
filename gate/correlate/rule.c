/*
 * rule.c -- an issue whose tool and rule the finding names, and no place. A finding that does
 * name places is about those.
 */
#include "gate/correlate/engine/tools.h"

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	if (s->issue == NULL || s->rule.n == 0 || ix->rules.n == 0)
		return;
	for (const struct ref *r = refs_of(&ix->rules, tool_key(s, s->rule)); r; r = r->next)
		if (str_ieq(r->key, s->tool) && !has_places(r->finding))
			offer(out, EV_RULE, STRENGTH_LIKELY, NAMES_NOTHING, r, r->text);
}

const struct evidence_rule evidence_rule = {
	.kind = EV_RULE,
	.help = "an issue whose tool and rule it names, without a location",
	.find = find,
};
