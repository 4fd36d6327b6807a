/* view.c -- see view.h: selects and sorts what people should see. */
#include "gate/report/support/view_rows.h"

enum level
view_item_level(const struct item *it)
{
	if (it->issue)
		return it->issue->level;
	if (it->test && it->test->judged.finding)
		return it->test->judged.finding->level;
	return it->finding ? it->finding->level : LEVEL_UNKNOWN;
}

static void
levels_over(const struct rule_result *r, bool over[LEVELS])
{
	struct limit limit = r->limit;
	long by_level[LEVELS] = { 0 };
	bool any = false;

	for (size_t i = 0; i < r->items.n; i++)
		by_level[view_item_level(&r->items.v[i])]++;
	for (int l = 0; l < LEVELS; l++) {
		if (!limit.level_baseline[l])
			continue;
		limit.level_baseline[l] = false; /* nobody knows how many: shown */
		limit.level[l] = -1;
	}
	for (int l = 0; l < LEVELS; l++)
		over[l] = limit_level_exceeded(&limit, by_level, (enum level)l);
	if (!limit.named[LEVEL_UNKNOWN])
		over[LEVEL_UNKNOWN] = over[LEVEL_HIGH];
	for (int l = 0; l < LEVELS; l++)
		any |= over[l] && by_level[l] > 0;
	for (int l = 0; l < LEVELS && !any; l++)
		over[l] = true;
}

void
view_levels_over(const struct rule_result *r, bool over[LEVELS])
{
	for (int l = 0; l < LEVELS; l++)
		over[l] = true;
	if (r->limit.kind == LIMIT_BY_LEVEL)
		levels_over(r, over);
}

/* What a failing rule shows, a warning does not show again. */
static bool
is_blocking(struct view *v, const struct shown *blocking, const struct view_row *r)
{
	const struct place *p = blocking ? map_get(&blocking->at, row_key(&v->mem, r)) : NULL;

	return p && p->blocks;
}

static void
fill_group(struct view *v, struct shown *shown, const struct shown *blocking,
	struct view_group *g)
{
	const struct rule_result *r = g->rule;
	bool over[LEVELS];

	view_levels_over(r, over);
	for (size_t i = 0; i < r->items.n; i++) {
		const struct item *it = &r->items.v[i];
		struct view_row row = row_of_item(it);

		row.rule = r;
		if (!over[view_item_level(it)])
			g->tolerated++;
		else if (is_blocking(v, blocking, &row) || !rows_add(v, shown, &g->rows, r, &row))
			g->elsewhere++;
	}
	rows_sort(&g->rows);
}

struct ranked {
	const struct rule_result *rule;
	unsigned rank;
	size_t order;
};

static int
ranked_cmp(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->rule->outcome != b->rule->outcome)
		return a->rule->outcome > b->rule->outcome ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static unsigned
rule_rank(const struct rule_result *r)
{
	unsigned best = row_class_rank(NULL);

	for (size_t i = 0; i < r->items.n; i++) {
		struct view_row row = row_of_item(&r->items.v[i]);
		unsigned rank = row_class_rank(row.judged);

		best = rank < best ? rank : best;
	}
	return best;
}

/* Rules of these outcomes, in order of importance. Free the vector. */
static size_t
rank_rules(const struct decision *d, bool warnings, struct ranked **out)
{
	VEC(struct ranked) order = { 0 };

	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];
		bool blocks = r->outcome == RESULT_FAIL || r->outcome == RESULT_INCONCLUSIVE;

		if (warnings ? r->outcome == RESULT_WARN : blocks)
			*vec_push(&order) = (struct ranked){ r, rule_rank(r), i };
	}
	if (order.n > 1)
		qsort(order.v, order.n, sizeof(*order.v), ranked_cmp);
	*out = order.v;
	return order.n;
}

static void
select_blocking(struct view *v, struct shown *shown)
{
	struct ranked *order;
	size_t n = rank_rules(v->d, false, &order);

	for (size_t i = 0; i < n; i++) {
		struct view_group *g = vec_push(&v->blocking);

		g->rule = order[i].rule;
		fill_group(v, shown, NULL, g);
		v->nblocking += g->rows.n;
	}
	free(order);
}

/* What a warning counts also stands in its own section (fixed, flaky): it claims nothing. */
static void
select_warnings(struct view *v, const struct shown *blocking)
{
	struct shown warned = { 0 };
	struct ranked *order;
	size_t n = rank_rules(v->d, true, &order);

	for (size_t i = 0; i < n; i++) {
		struct view_group *g = vec_push(&v->warnings);

		g->rule = order[i].rule;
		fill_group(v, &warned, blocking, g);
	}
	map_release(&warned.at);
	free(order);
}

void
view_init(struct view *v, const struct decision *d)
{
	struct shown shown = { 0 };

	memset(v, 0, sizeof(*v));
	v->d = d;
	select_blocking(v, &shown);
	select_warnings(v, &shown);
	view_select_inputs(v);
	view_select_sections(v, &shown);
	map_release(&shown.at);
}

static void
rows_release(struct view_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		vec_release(&rows->v[i].legs);
	vec_release(rows);
}

void
view_release(struct view *v)
{
	for (size_t i = 0; i < v->blocking.n; i++)
		rows_release(&v->blocking.v[i].rows);
	for (size_t i = 0; i < v->warnings.n; i++)
		rows_release(&v->warnings.v[i].rows);
	for (size_t i = 0; i < v->known.n; i++)
		rows_release(&v->known.v[i].rows);
	for (size_t i = 0; i < v->hints.n; i++)
		rows_release(&v->hints.v[i].rows);
	vec_release(&v->hints);
	vec_release(&v->blocking);
	vec_release(&v->warnings);
	vec_release(&v->inputs);
	vec_release(&v->complete);
	vec_release(&v->not_due);
	vec_release(&v->unchecked);
	vec_release(&v->known);
	rows_release(&v->fixed);
	rows_release(&v->flaky);
	arena_release(&v->mem);
}
