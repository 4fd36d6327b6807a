/*
 * policy_floor.c -- the effective policy under a floor: rules as they judge then, each value with
 * the place, the policy's or the floor's, that it came from.
 */
#include <limits.h>

#include "gate/base/num.h"
#include "gate/input/tree.h"
#include "gate/policy_parts.h"
#include "gate/report/support/json_out.h"
#include "policies/engine/floor.h"
#include "policies/engine/judge.h"
#include "policies/engine/strict.h"

static struct node *
make(struct arena *mem, enum node_kind kind, const char *key, struct str text, struct pos at)
{
	struct node *n = arena_new(mem, struct node);

	n->kind = kind;
	n->at = n->key_at = at;
	n->key = str_of(key);
	n->text = text;
	if (kind == NODE_INT)
		num_long(text, LONG_MIN, LONG_MAX, &n->integer);
	return n;
}

/* Takes the key out of the map, if it is there. */
static void
take_out(struct node *map, const char *key)
{
	for (struct node **at = &map->first; *at; at = &(*at)->next) {
		if (!str_eqz((*at)->key, key))
			continue;
		*at = (*at)->next;
		map->count--;
		return;
	}
}

static struct node *
map_in(struct arena *mem, struct node *root, const char *key)
{
	struct node *n = node_get(root, key);

	if (n == NULL || n->kind != NODE_MAP) {
		take_out(root, key);
		n = make(mem, NODE_MAP, key, STR_NONE, (struct pos){ .file = "built in" });
		node_append(root, n);
	}
	return n;
}

static struct node *
number(struct arena *mem, const char *key, long value, struct pos at)
{
	return make(mem, NODE_INT, key, arena_printf(mem, "%ld", value), at);
}

static struct node *
limit_node(struct arena *mem, const char *key, const struct limit *l, struct pos at)
{
	struct node *n;

	if (l->kind == LIMIT_NUMBER)
		return number(mem, key, l->number, at);
	if (l->kind == LIMIT_BASELINE)
		return make(mem, NODE_STRING, key, STR("baseline"), at);
	n = make(mem, NODE_MAP, key, STR_NONE, at);
	for (int i = LEVELS - 1; i >= 0; i--) {
		const char *level = level_name((enum level)i);

		if (l->named[i] && l->level_baseline[i])
			node_append(n, make(mem, NODE_STRING, level, STR("baseline"), at));
		else if (l->named[i])
			node_append(n, number(mem, level, l->level[i], at));
	}
	return n;
}

static struct node *
bits_node(struct arena *mem, const struct param *p, unsigned long bits, struct pos at)
{
	struct node *n = make(mem, NODE_LIST, p->name, STR_NONE, at);

	if (p->type == PARAM_LEVELS && bits == ~0ul)
		return make(mem, NODE_STRING, p->name, STR("all"), at);
	for (int i = LEVELS - 1; p->type == PARAM_LEVELS && i >= 0; i--)
		if (bits >> i & 1)
			node_append(n, make(mem, NODE_STRING, NULL,
				str_of(level_name((enum level)i)), at));
	for (int i = 0; p->type == PARAM_WORDS && p->words[i]; i++)
		if (bits >> i & 1)
			node_append(n, make(mem, NODE_STRING, NULL, str_of(p->words[i]), at));
	if (n->count == 0 && p->type == PARAM_LEVELS)
		return make(mem, NODE_STRING, p->name, STR("none"), at);
	return n;
}

static struct node *
param_node(struct arena *mem, const struct param *p, const struct param_value *v, struct pos at)
{
	switch (p->type) {
	case PARAM_LIMIT:
		return limit_node(mem, p->name, &v->limit, at);
	case PARAM_ACTION:
		return make(mem, NODE_STRING, p->name,
			str_of(rule_level_name((enum rule_level)v->number)), at);
	case PARAM_STRENGTH:
		return make(mem, NODE_STRING, p->name,
			str_of(strength_name((enum strength)v->number)), at);
	case PARAM_BOOL:
		return make(mem, NODE_BOOL, p->name, v->number ? STR("true") : STR("false"), at);
	case PARAM_LEVELS:
	case PARAM_WORDS:
		return bits_node(mem, p, (unsigned long)v->number, at);
	default:
		return number(mem, p->name, v->number, at);
	}
}

/* Where a parameter of the rule comes from: the floor's place, where it holds. */
static struct pos
place_of(const struct policy *p, const struct rule_instance *inst, const char *param)
{
	struct buf name = BUF_INIT;
	struct pos at = inst->at;

	buf_addf(&name, "rules.%s.%s", inst->rule->name, param);
	for (size_t i = 0; i < p->below.n; i++)
		if (str_eq(p->below.v[i].parameter, buf_str(&name)))
			at = p->below.v[i].floor_at;
	buf_release(&name);
	return at;
}

static struct node *
instance_node(struct policy *p, const struct rule_instance *inst)
{
	struct arena *mem = &p->mem;
	struct node *n = make(mem, NODE_MAP, NULL, STR_NONE, inst->at);
	struct limit l = limit_of(inst);

	for (int k = 0; k < SELECTORS; k++) {
		const struct str_list *patterns = &inst->where.pattern[k];
		struct node *list = make(mem, NODE_LIST, selector_name((enum selector_key)k),
			STR_NONE, inst->at);

		for (size_t i = 0; i < patterns->n; i++)
			node_append(list, make(mem, NODE_STRING, NULL, patterns->v[i], inst->at));
		if (list->count)
			node_append(n, list);
	}
	if (l.kind != LIMIT_NONE)
		node_append(n, limit_node(mem, "max", &l, place_of(p, inst, "max")));
	if (!inst->rule->inconclusive || inst->level_given)
		node_append(n, make(mem, NODE_STRING, "level", str_of(rule_level_name(inst->level)),
			place_of(p, inst, "level")));
	for (size_t i = 0; i < inst->rule->nparams; i++)
		if (inst->params[i].set)
			node_append(n, param_node(mem, &inst->rule->params[i], &inst->params[i],
				place_of(p, inst, inst->rule->params[i].name)));
	return n;
}

static bool
is_touched(const struct policy *p, const struct rule *rule)
{
	struct buf name = BUF_INIT;
	bool touched = false;

	buf_addf(&name, "rules.%s", rule->name);
	for (size_t i = 0; i < p->below.n; i++) {
		struct str s = p->below.v[i].parameter;

		touched |= str_starts(s, buf_z(&name)) &&
			(s.n == name.n || s.p[name.n] == '.');
	}
	buf_release(&name);
	return touched;
}

static void
put_rule(struct policy *p, struct node *all, const struct rule *rule)
{
	struct node *n = make(&p->mem, NODE_LIST, rule->name, STR_NONE,
		(struct pos){ .file = "built in" });

	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].rule == rule && p->rules.v[i].level != RULE_OFF &&
		    !p->rules.v[i].rest)
			node_append(n, instance_node(p, &p->rules.v[i]));
	for (size_t i = 0; i < p->also.n; i++)
		if (p->also.v[i].rule->rule == rule)
			node_append(n, instance_node(p, p->also.v[i].rule));
	take_out(all, rule->name);
	node_append(all, n);
}

void
policy_put_floor(struct policy *p, struct node *root)
{
	struct node *all = map_in(&p->mem, root, "rules"), *match = map_in(&p->mem, root, "match");

	for (size_t i = 0; rules[i]; i++)
		if (is_touched(p, rules[i]))
			put_rule(p, all, rules[i]);
	for (size_t i = 0; i < p->below.n; i++) {
		const struct below_floor *b = &p->below.v[i];
		struct node *baseline = node_get(root, "baseline");

		if (str_eqz(b->parameter, "match.excuse-at")) {
			take_out(match, "excuse-at");
			node_append(match, make(&p->mem, NODE_STRING, "excuse-at", b->floor,
				b->floor_at));
		} else if (str_eqz(b->parameter, "baseline.required") && baseline) {
			take_out(baseline, "required");
			node_append(baseline, make(&p->mem, NODE_BOOL, "required", STR("true"),
				b->floor_at));
		}
	}
}

static void
comment(struct buf *out, const char *what, struct str text)
{
	buf_addf(out, "# %s%.*s\n", what, STR_FMT(text));
}

void
policy_floor_yaml(const struct policy *p, struct buf *out)
{
	struct buf line = BUF_INIT;

	if (p->floor == NULL)
		return;
	comment(out, "the floor: ", p->floor->path);
	for (size_t i = 0; i < p->below.n; i++) {
		buf_reset(&line);
		below_describe(&p->below.v[i], &line);
		comment(out, "below-floor: ", buf_str(&line));
	}
	for (size_t i = 0; i < p->must.n; i++) {
		const struct requirement *q = p->must.v[i];

		buf_reset(&line);
		selectors_describe(&q->where, &line);
		if (q->min_tests)
			buf_addf(&line, ", at least %ld test%s", q->min_tests,
				q->min_tests == 1 ? "" : "s");
		buf_addc(&line, ' ');
		buf_addc(&line, '(');
		policy_origin(&line, &q->at);
		buf_addc(&line, ')');
		comment(out, "the floor requires a report of ", buf_str(&line));
	}
	for (size_t i = 0; i < p->floor_notes.n; i++)
		comment(out, "", p->floor_notes.v[i]);
	buf_release(&line);
}

static json_t *
origin_json(const struct pos *at)
{
	struct buf b = BUF_INIT;
	json_t *o;

	if (at->file)
		policy_origin(&b, at);
	o = json_text_or_null(buf_str(&b));
	buf_release(&b);
	return o;
}

void
policy_floor_json(const struct policy *p, json_t *doc)
{
	json_t *below = json_array(), *required = json_array(), *notes = json_array();
	struct buf where = BUF_INIT;

	for (size_t i = 0; i < p->below.n; i++) {
		const struct below_floor *b = &p->below.v[i];

		json_push(below, json_pack("{s:o, s:o, s:o, s:o, s:o}", "parameter",
			json_text(b->parameter), "policy", json_text(b->policy), "floor",
			json_text(b->floor), "at", origin_json(&b->at), "floor_at",
			origin_json(&b->floor_at)));
	}
	for (size_t i = 0; i < p->must.n; i++) {
		buf_reset(&where);
		selectors_describe(&p->must.v[i]->where, &where);
		json_push(required, json_pack("{s:o, s:I, s:o}", "report",
			json_text(buf_str(&where)), "min-tests",
			(json_int_t)p->must.v[i]->min_tests, "at", origin_json(&p->must.v[i]->at)));
	}
	for (size_t i = 0; i < p->floor_notes.n; i++)
		json_push(notes, json_text(p->floor_notes.v[i]));
	json_put(doc, "below-floor", below);
	json_put(doc, "floor", p->floor ? json_pack("{s:o, s:s, s:o, s:o}", "path",
		json_text(p->floor->path), "sha256", p->floor->sha256, "required", required,
		"notes", notes) : json_null());
	if (p->floor == NULL) {
		json_decref(required);
		json_decref(notes);
	}
	buf_release(&where);
}
