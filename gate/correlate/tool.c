/*
 * tool.c -- the finding names the tool that complains or did not run. For a tool without
 * rules nothing more could be named; for others it is a hint at most.
 */
#include "gate/correlate/engine/tools.h"

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	enum strength strength = tool_has_rules(s->tool) ? STRENGTH_POSSIBLE : STRENGTH_LIKELY;

	if (s->test || s->tool.n == 0 || ix->tools.n == 0)
		return;
	for (const struct ref *r = refs_of(&ix->tools, tool_key(s, s->tool)); r; r = r->next)
		/* Another rule of the same tool is another matter. */
		if (r->key.n == 0 || s->producer || str_ieq(r->key, s->rule))
			offer(out, EV_TOOL, strength, NAMES_NOTHING, r, r->text);
}

const struct evidence_rule evidence_tool = {
	.kind = EV_TOOL,
	.help = "it names the tool (issues and producers); likely where the tool has no rules",
	.find = find,
};
