/* view_inputs.c -- what is wrong with the inputs, for people (view.h). */
#include "gate/report/support/view_rows.h"

static int
input_cmp(const void *x, const void *y)
{
	const struct view_input *a = x, *b = y;
	int c;

	if (a->incomplete != b->incomplete)
		return a->incomplete ? -1 : 1;
	c = str_cmp(a->producer->spec->name, b->producer->spec->name);
	if (c == 0)
		c = str_cmp(a->report ? a->report->path : STR_NONE,
			b->report ? b->report->path : STR_NONE);
	if (c == 0 && a->problem->line != b->problem->line)
		return a->problem->line < b->problem->line ? -1 : 1;
	return c ? c : str_cmp(a->problem->message, b->problem->message);
}

static void
add_problems(struct view *v, const struct producer *p, const struct report *r,
	const struct problem *problems, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*vec_push(&v->inputs) = (struct view_input){ .producer = p, .report = r,
			.problem = &problems[i],
			.incomplete = problem_incomplete(problems[i].code) ||
				(problems[i].code == PROBLEM_NOTHING_RAN && !p->complete) };
}

void
view_select_inputs(struct view *v)
{
	const struct run *run = v->d->run;

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];

		add_problems(v, p, NULL, p->problems.v, p->problems.n);
		for (size_t k = 0; k < p->reports.n; k++)
			add_problems(v, p, p->reports.v[k], p->reports.v[k]->problems.v,
				p->reports.v[k]->problems.n);
		if (p->not_due)
			*vec_push(&v->not_due) = p;
		if (p->complete)
			*vec_push(&v->complete) = p;
		if (p->complete && !producer_exit_checked(p))
			*vec_push(&v->unchecked) = p;
	}
	if (v->inputs.n > 1)
		qsort(v->inputs.v, v->inputs.n, sizeof(*v->inputs.v), input_cmp);
}

bool
view_lists_problems(const struct view_row *r)
{
	return r->kind == ITEM_PRODUCER && r->producer && r->rule &&
		str_eqz(r->rule->rule, "incomplete-input");
}

bool
view_blocks(const struct view *v, const struct producer *p)
{
	for (size_t i = 0; i < v->blocking.n; i++)
		for (size_t k = 0; k < v->blocking.v[i].rows.n; k++)
			if (view_lists_problems(&v->blocking.v[i].rows.v[k]) &&
				v->blocking.v[i].rows.v[k].producer == p)
				return true;
	return false;
}

bool
view_says_of_inputs(const struct view *v)
{
	for (size_t i = 0; i < v->inputs.n; i++)
		if (!view_blocks(v, v->inputs.v[i].producer))
			return true;
	return v->complete.n || v->unchecked.n || v->not_due.n;
}
