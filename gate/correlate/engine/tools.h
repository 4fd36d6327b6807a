/* tools.h -- what findings say about tools, rules and places of issues. */
#ifndef GATE_CORRELATE_ENGINE_TOOLS_H
#define GATE_CORRELATE_ENGINE_TOOLS_H

#include "gate/correlate/engine/index.h"

/*
 * Tools whose results have no rules: that the tool complains is all there is to say, so that
 * its name alone is likely evidence. Published in the README. Ends with NULL.
 */
extern const char *const tools_without_rules[];
bool tool_has_rules(struct str tool);
/* The look-up form of a tool or rule, in the arena of comparable names. */
struct str tool_key(const struct subject *s, struct str word);
/* The location of `f` that the issue lies in, or NULL. */
const struct ref *issue_place(const struct index *ix, const struct subject *s,
	const struct finding *f);
bool has_places(const struct finding *f);
/* Do the lines first..last touch the location? Lines of 0 are not known. */
bool lines_touch(const struct location *l, long first, long last);

#endif
