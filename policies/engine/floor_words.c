/*
 * floor_words.c -- under a floor nobody talks a built-in word down: "P0" is critical and "done" is
 * done, or a rule that tolerates by level, or forbids failed fixes, would hold for nothing.
 */
#include "gate/input/tree.h"
#include "policies/engine/floor.h"

static void
hold_words(struct policy *p, struct words *words, bool levels, struct pos at)
{
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++) {
		struct word w = words->v[i];
		enum level level = words_level(NULL, w.text);
		enum state state = STATE_UNKNOWN;
		bool whole = !levels && words_phrase(NULL, w.text, &state) == w.text.n;
		bool known = levels ? level != LEVEL_UNKNOWN && (int)level > w.value
				    : whole && (int)state != w.value;

		if (!known) {
			words->v[n++] = w;
			continue;
		}
		below_add(p, arena_printf(&p->mem, "%s.%.*s", levels ? "severities" : "statuses",
			STR_FMT(w.text)), str_of(levels ? level_name((enum level)w.value)
			: state_name((enum state)w.value)), str_of(levels ? level_name(level)
			: state_name(state)), at, (struct pos){ .file = "built in" });
	}
	words->n = n;
}

void
floor_hold_words(struct policy *p)
{
	const struct node *severities = node_get(p->root, "severities");
	const struct node *statuses = node_get(p->root, "statuses");

	if (severities)
		hold_words(p, &p->severities, true, severities->at);
	if (statuses)
		hold_words(p, &p->statuses, false, statuses->at);
	for (size_t i = 0; i < p->registers.n; i++) {
		hold_words(p, &p->registers.v[i].severities, true, p->registers.v[i].at);
		hold_words(p, &p->registers.v[i].statuses, false, p->registers.v[i].at);
	}
}
