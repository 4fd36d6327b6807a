/*
 * merge.c -- several policies into one: maps merge by key, lists and rules are replaced,
 * later wins. Nodes keep the place they were written at, so that every value of the result
 * knows its origin.
 */
#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "policies/engine/read.h"

static struct node *
append(struct node *map, struct node **last, struct node *child)
{
	child->next = NULL;
	if (*last)
		(*last)->next = child;
	else
		map->first = child;
	*last = child;
	map->count++;
	return child;
}

static struct node *
copy(struct arena *mem, const struct node *n)
{
	struct node *c = arena_new(mem, struct node);

	*c = *n;
	return c;
}

/* `n` as the only value of a map, under `key`. */
static void
wrap(struct arena *mem, struct node *n, const char *key)
{
	struct node *child = copy(mem, n), *last = NULL;

	child->key = str_of(key);
	child->key_at = n->at;
	*n = (struct node){ .kind = NODE_MAP, .at = n->at, .key = n->key, .key_at = n->key_at,
		.next = n->next };
	append(n, &last, child);
}

/* A list of maps with `name` is the same as a map from name to map. */
static void
name_reports(struct reader *r, struct node *reports)
{
	struct node *old = reports->first, *next, *last = NULL;
	struct map names = { 0 };

	*reports = (struct node){ .kind = NODE_MAP, .at = reports->at, .key = reports->key,
		.key_at = reports->key_at, .next = reports->next };
	for (struct node *n = old; n; n = next) {
		const struct node *name = node_get(n, "name");
		struct str text;
		void **seen;

		next = n->next;
		if (n->kind != NODE_MAP || name == NULL) {
			diag_hint(r->d, complain(r, n->at, "a report in a list must be a map with "
				"`name`"),
				"or write `reports` as a map: {unit: build/**/*.xml}");
			continue;
		}
		if (!want_text(r, name, &text))
			continue;
		seen = map_at(&names, text);
		if (*seen) {
			complain(r, name->at, "the report '%.*s' is named twice", STR_FMT(text));
			continue;
		}
		*seen = n;
		n->key = text;
		n->key_at = name->at;
		append(reports, &last, n);
	}
	map_release(&names);
}

void
normalise(struct reader *r, struct node *root)
{
	for (struct node *n = root->kind == NODE_MAP ? root->first : NULL; n; n = n->next) {
		if (str_eqz(n->key, "baseline") && n->kind != NODE_MAP)
			wrap(&r->p->mem, n, "path");
		if (!str_eqz(n->key, "reports"))
			continue;
		if (n->kind == NODE_LIST)
			name_reports(r, n);
		if (n->kind != NODE_MAP)
			continue;
		for (struct node *p = n->first; p; p = p->next)
			if (p->kind != NODE_MAP)
				wrap(&r->p->mem, p, "path");
	}
}

static void
index_keys(struct map *keys, const struct node *map)
{
	for (struct node *n = map->first; n; n = n->next)
		*map_at(keys, n->key) = n;
}

/* `depth`: how far maps merge; past it the later value holds whole. */
static struct node *
merge(struct arena *mem, const struct node *base, const struct node *over, int depth)
{
	struct map in_base = { 0 }, in_over = { 0 };
	struct node *out, *last = NULL;

	if (base->kind == NODE_MAP && over->kind == NODE_NULL && depth)
		return copy(mem, base); /* a section whose every line is a comment */
	if (base->kind != NODE_MAP || over->kind != NODE_MAP || depth == 0)
		return copy(mem, over);
	index_keys(&in_base, base);
	index_keys(&in_over, over);
	out = copy(mem, over);
	out->first = NULL;
	out->count = 0;
	for (const struct node *n = base->first; n; n = n->next) {
		const struct node *o = map_get(&in_over, n->key);

		append(out, &last, o == NULL ? copy(mem, n) :
			merge(mem, n, o, str_eqz(n->key, "rules") ? 1 : depth - 1));
	}
	for (const struct node *n = over->first; n; n = n->next)
		if (map_get(&in_base, n->key) == NULL)
			append(out, &last, copy(mem, n));
	map_release(&in_base);
	map_release(&in_over);
	return out;
}

struct node *
merge_policies(struct arena *mem, const struct node *base, const struct node *over)
{
	return merge(mem, base, over, MAX_DEPTH);
}
