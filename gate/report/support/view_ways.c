/* view_ways.c -- what unblocks the rows of a view: which waiver entries, into which register. */
#include "gate/report/support/view.h"
#include "gate/report/support/ways.h"

void
view_pastes(const struct view *v, struct pastes *p)
{
	for (size_t i = 0; i < v->blocking.n; i++)
		for (size_t k = 0; k < v->blocking.v[i].rows.n; k++) {
			const struct view_row *r = &v->blocking.v[i].rows.v[k];

			if (r->judged == NULL || !ways_waivable(r->judged->cls, r->judged->excused))
				continue;
			if (r->test && !r->test->synthetic)
				pastes_add_test(p, r->test->id);
			else if (r->issue)
				pastes_add_issue(p, r->issue->tool, r->issue->rule, r->issue->file);
		}
}

struct str
view_entry_register(const struct decision *d)
{
	for (size_t i = 0; i < d->findings->regs.n; i++)
		if (d->findings->regs.v[i]->kind == REGISTER_STRUCTURED)
			return d->findings->regs.v[i]->shown;
	return STR_NONE;
}
