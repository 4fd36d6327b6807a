/* rule_location.c -- an issue whose tool and rule the finding names, where it names it. */
#include "gate/correlate/engine/tools.h"

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	if (s->issue == NULL || s->rule.n == 0 || ix->rules.n == 0)
		return;
	for (const struct ref *r = refs_of(&ix->rules, tool_key(s, s->rule)); r; r = r->next) {
		const struct ref *place;

		if (!str_ieq(r->key, s->tool))
			continue;
		place = issue_place(ix, s, r->finding);
		if (place)
			offer(out, EV_RULE_LOCATION, STRENGTH_STRONG, NAMES_FILE, r, place->text);
	}
}

const struct evidence_rule evidence_rule_location = {
	.kind = EV_RULE_LOCATION,
	.help = "an issue whose tool and rule it names, at its location",
	.find = find,
};
