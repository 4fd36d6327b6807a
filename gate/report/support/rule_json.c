/* rule_json.c -- see rule_json.h. */
#include "gate/report/support/rule_json.h"

#include "gate/base/mem.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/view_rows.h"

static json_t *
limit_json(const struct limit *l)
{
	json_t *o;

	switch (l->kind) {
	case LIMIT_NONE:
		return json_null();
	case LIMIT_NUMBER:
		return json_integer(l->number);
	case LIMIT_BASELINE:
		return json_string("baseline");
	case LIMIT_BY_LEVEL:
		break;
	}
	o = json_object();
	for (int i = 0; i < LEVELS; i++)
		if (l->named[i])
			json_put(o, level_name((enum level)i), l->level_baseline[i] ?
				json_string("baseline") : json_integer(l->level[i]));
	return o;
}

static int
item_cmp(const void *x, const void *y)
{
	const struct item *const *a = x, *const *b = y;

	int c = str_cmp((*a)->id, (*b)->id);

	return c ? c : str_cmp((*a)->text, (*b)->text);
}

/* The levels that are over their limit, the highest first; null: the limit names none. */
static json_t *
over_json(const struct rule_result *r)
{
	bool over[LEVELS], there[LEVELS] = { false };
	json_t *list;

	if (r->limit.kind != LIMIT_BY_LEVEL || r->outcome < RESULT_WARN)
		return json_null();
	view_levels_over(r, over);
	for (size_t i = 0; i < r->items.n; i++)
		there[view_item_level(&r->items.v[i])] = true;
	list = json_array();
	for (int i = LEVELS - 1; i >= 0; i--)
		if (over[i] && there[i])
			json_push(list, json_string(level_name((enum level)i)));
	return list;
}

/* Why an item counts, where its own class and note do not say it. */
static json_t *
why_json(const struct rule_result *r, const struct item *const *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->items.n && r->outcome >= RESULT_WARN; i++) {
		struct view_row row = row_of_item(v[i]);

		if (row.text.n)
			json_push(list, json_pack("{s:o, s:o}", "id", json_text(v[i]->id), "text",
				json_text(row.text)));
	}
	return list;
}

json_t *
rule_json(const struct decision *d, const struct rule_result *r)
{
	json_t *o = json_object(), *items = json_array();
	const struct item **v = xcalloc(r->items.n + 1, sizeof(*v));

	for (size_t i = 0; i < r->items.n; i++)
		v[i] = &r->items.v[i];
	qsort(v, r->items.n, sizeof(*v), item_cmp);
	for (size_t i = 0; i < r->items.n; i++)
		json_push(items, json_text(v[i]->id));
	json_put(o, "rule", json_text(r->rule));
	json_put(o, "level", json_string(rule_level_name(r->level)));
	json_put(o, "outcome", json_string(rule_outcome_name(r->outcome)));
	json_put(o, "observed", json_integer(r->observed));
	json_put(o, "limit", limit_json(&r->limit));
	json_put(o, "over", over_json(r));
	json_put(o, "message", json_text(r->message));
	json_put(o, "items", items);
	json_put(o, "why", why_json(r, v));
	json_put(o, "selected", json_text_or_null(r->selected));
	json_put(o, "at", json_place(decision_shown(d, str_of(r->at.file)), r->at.line));
	free(v);
	return o;
}
