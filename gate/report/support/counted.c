/* counted.c -- see counted.h. */
#include "gate/report/support/counted.h"

#include "gate/report/support/explain.h"
#include "gate/report/support/view_rows.h"

static unsigned
rank_of(const json_t *result)
{
	enum class cls;

	return class_rank(explain_class_of(result, &cls) ? cls : CLASSES);
}

/* Of several legs, what is counted is the worst; of equals, the first that knows its place. */
static bool
is_better(const json_t *o, const json_t *than)
{
	unsigned a = rank_of(o), b = than ? rank_of(than) : 0;

	return than == NULL || a < b || (a == b && explain_text(than, "file").n == 0);
}

static void
index_results(struct counted *c, const char *list)
{
	const json_t *o;
	size_t i;

	json_array_foreach(explain_list(c->doc, list), i, o) {
		struct str id = explain_text(o, "id");
		void **at;

		if (id.n == 0)
			continue;
		at = map_at(&c->results, id);
		if (is_better(o, *at))
			*at = (void *)(uintptr_t)o;
	}
}

static void
index_findings(struct counted *c)
{
	size_t i;
	json_t *f;

	json_array_foreach(explain_list(c->doc, "findings"), i, f) {
		if (explain_text(f, "qualified").n)
			*map_at(&c->findings, explain_text(f, "qualified")) = f;
	}
}

static enum level
level_of(const struct counted *c, const struct counted_item *it)
{
	const json_t *severity = json_object_get(it->result, "severity"), *of = severity;
	enum level level = LEVEL_UNKNOWN;

	if (severity == NULL)
		of = map_get(&c->findings, it->result ? explain_text(it->result, "finding") :
			it->id);
	level_parse(explain_text(of, "level"), &level);
	return level;
}

static bool
is_over(const json_t *rule, enum level level)
{
	const json_t *over = json_object_get(rule, "over");

	return !json_is_array(over) || explain_has(over, str_of(level_name(level)));
}

static int
item_cmp(const void *x, const void *y)
{
	const struct counted_item *a = x, *b = y;
	int c;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	c = str_cmp(a->id, b->id);
	return c ? c : str_cmp(a->why, b->why);
}

/* The reasons stand in the order of the items, but not all have one. */
static struct str
next_why(const json_t *list, size_t *at, struct str id)
{
	const json_t *why = json_array_get(list, *at);

	if (why == NULL || !str_eq(explain_text(why, "id"), id))
		return STR_NONE;
	(*at)++;
	return explain_text(why, "text");
}

static void
take_items(struct counted *c, struct counted_rule *r)
{
	size_t i, why = 0;
	json_t *v;

	r->rank = class_rank(CLASSES);
	json_array_foreach(explain_list(r->rule, "items"), i, v) {
		struct counted_item it = {
			.id = str_n(json_string_value(v), json_string_length(v)) };

		it.result = map_get(&c->results, it.id);
		it.level = level_of(c, &it);
		it.rank = it.result ? rank_of(it.result) : class_rank(CLASSES);
		it.why = next_why(explain_list(r->rule, "why"), &why, it.id);
		r->rank = it.rank < r->rank ? it.rank : r->rank;
		if (is_over(r->rule, it.level))
			*vec_push(&r->items) = it;
		else
			r->tolerated++;
	}
	vec_sort(&r->items, item_cmp);
}

static int
rule_cmp(const void *x, const void *y)
{
	const struct counted_rule *a = x, *b = y;

	if (a->outcome != b->outcome)
		return a->outcome - b->outcome;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

void
counted_init(struct counted *c, const json_t *doc)
{
	static const char *const outcomes[] = { "fail", "inconclusive", "warn" };
	const json_t *rule;
	size_t i;

	*c = (struct counted){ .doc = doc };
	index_results(c, "tests");
	index_results(c, "issues");
	index_findings(c);
	json_array_foreach(explain_list(doc, "rules"), i, rule) {
		struct str said = explain_text(rule, "outcome");

		for (int k = 0; k < 3; k++) {
			struct counted_rule *r;

			if (!str_eqz(said, outcomes[k]))
				continue;
			r = vec_push(&c->rules);
			*r = (struct counted_rule){ .rule = rule, .outcome = k, .order = i };
			take_items(c, r);
		}
	}
	vec_sort(&c->rules, rule_cmp);
}

void
counted_release(struct counted *c)
{
	for (size_t i = 0; i < c->rules.n; i++)
		vec_release(&c->rules.v[i].items);
	vec_release(&c->rules);
	map_release(&c->results);
	map_release(&c->findings);
}
