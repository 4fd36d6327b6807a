/*
 * policy_effective.c -- the policy as it holds: all files merged, what nobody wrote put in,
 * paths as they are seen from the policy. Every value keeps the place it came from.
 */
#include <limits.h>

#include "gate/base/num.h"
#include "gate/input/tree.h"
#include "gate/policy_parts.h"
#include "policies/engine/read.h"

#define BUILT_IN ((struct pos){ .file = "built in" })

static const char *const order[] = { "version", "requires", "name", "registers", "reports",
	"formats", "baseline", "history", "match", "severities", "statuses", "redact", "rules",
	"delivery" };

void
node_append(struct node *parent, struct node *child)
{
	struct node **at = &parent->first;

	while (*at)
		at = &(*at)->next;
	*at = child;
	parent->count++;
}

/* Depth is bounded by the readers of trees: MAX_DEPTH. */
static struct node *
copy(struct arena *mem, const struct node *n)
{
	struct node *c = arena_new(mem, struct node), **at = &c->first;

	*c = *n;
	c->first = c->next = NULL;
	for (const struct node *k = n->first; k; k = k->next) {
		*at = copy(mem, k);
		at = &(*at)->next;
	}
	return c;
}

static struct node *
built_in(struct arena *mem, enum node_kind kind, const char *key, const char *text)
{
	struct node *n = arena_new(mem, struct node);

	n->kind = kind;
	n->at = n->key_at = BUILT_IN;
	n->key = str_of(key);
	n->text = str_of(text);
	if (kind == NODE_INT)
		num_long(n->text, LONG_MIN, LONG_MAX, &n->integer);
	return n;
}

static struct node *
map_in(struct arena *mem, struct node *root, const char *key)
{
	struct node *n = node_get(root, key);

	if (n && n->kind == NODE_MAP)
		return n;
	n = built_in(mem, NODE_MAP, key, NULL);
	node_append(root, n);
	return n;
}

/* Only what is not there: a value that somebody wrote stays theirs. */
static void
standard(struct arena *mem, struct node *map, enum node_kind kind, const char *key,
	const char *text)
{
	if (node_get(map, key) == NULL)
		node_append(map, built_in(mem, kind, key, text));
}

static void
put_standards(struct policy *p, struct node *root)
{
	struct arena *mem = &p->mem;
	struct node *match = map_in(mem, root, "match"), *delivery = map_in(mem, root, "delivery");
	struct node *reports = node_get(root, "reports");

	standard(mem, root, NODE_INT, "version", "1");
	standard(mem, root, NODE_STRING, "name", arena_z(mem, p->name));
	standard(mem, match, NODE_STRING, "excuse-at", "strong");
	standard(mem, match, NODE_STRING, "suggest-at", "possible");
	standard(mem, delivery, NODE_STRING, "comment", "on-change");
	standard(mem, delivery, NODE_STRING, "check", "off");
	standard(mem, delivery, NODE_STRING, "discussions", "off");
	standard(mem, delivery, NODE_INT, "annotations", "10");
	standard(mem, delivery, NODE_STRING, "messages", "first-line");
	standard(mem, delivery, NODE_BOOL, "required", "false");
	if (reports == NULL || reports->kind != NODE_MAP)
		return;
	for (struct node *r = reports->first; r; r = r->next)
		standard(mem, r, NODE_STRING, "format", "auto");
}

/* What a rule holds by itself where its map does not say. */
static void
put_params(struct arena *mem, struct node *map, const struct rule *rule)
{
	for (size_t i = 0; i < rule->nparams; i++) {
		const struct param *param = &rule->params[i];
		struct node *n;

		if (!param->has_standard || node_get(map, param->name))
			continue;
		if (param->type == PARAM_NUMBER || param->type == PARAM_PERCENT) {
			node_append(map, built_in(mem, NODE_INT, param->name,
				arena_printf(mem, "%ld", param->standard).p));
		} else if (param->type == PARAM_WORDS) {
			n = built_in(mem, NODE_LIST, param->name, NULL);
			for (int k = 0; param->words[k]; k++)
				if (param->standard >> k & 1)
					node_append(n, built_in(mem, NODE_STRING, NULL,
						param->words[k]));
			node_append(map, n);
		}
	}
}

static void
put_rules(struct policy *p, struct node *root)
{
	struct arena *mem = &p->mem;
	struct node *all = map_in(mem, root, "rules");

	for (struct node *n = all->first; n; n = n->next) {
		const struct rule *rule = rule_find(n->key);

		if (rule && n->kind == NODE_MAP)
			put_params(mem, n, rule);
		for (struct node *c = rule && n->kind == NODE_LIST ? n->first : NULL; c;
		     c = c->next)
			if (c->kind == NODE_MAP)
				put_params(mem, c, rule);
	}
	/* What judges though nobody named it; the rest of a rule that is named is not written. */
	for (size_t i = 0; rules[i]; i++)
		if (rules[i]->always)
			standard(mem, all, NODE_INT, rules[i]->name, "0");
}

/* A path of a file in another folder, as the policy itself would write it. */
static void
move_path(struct reader *r, struct node *n)
{
	struct str path;

	for (struct node *c = n && n->kind == NODE_LIST ? n->first : NULL; c; c = c->next)
		if (c->kind == NODE_STRING && want_path(r, c, &path))
			c->text = path;
	if (n && n->kind == NODE_STRING && want_path(r, n, &path))
		n->text = path;
}

static struct node *
first_of(const struct node *n, enum node_kind kind)
{
	return n && n->kind == kind ? n->first : NULL;
}

static void
move_paths(struct policy *p, struct node *root)
{
	struct diags d = { 0 };
	struct reader r = { .p = p, .d = &d };
	struct node *registers = node_get(root, "registers"), *reports = node_get(root, "reports");

	move_path(&r, registers);
	if (registers && registers->kind == NODE_MAP)
		move_path(&r, node_get(registers, "path"));
	for (struct node *n = first_of(registers, NODE_LIST); n; n = n->next)
		move_path(&r, node_get(n, "path"));
	for (struct node *n = first_of(reports, NODE_MAP); n; n = n->next) {
		move_path(&r, node_get(n, "path"));
		move_path(&r, node_get(n, "exit-file"));
	}
	move_path(&r, node_get(node_get(root, "baseline"), "path"));
	move_path(&r, node_get(root, "history"));
	diags_release(&d);
}

/* Said elsewhere (what it extends is here already), or nothing. */
static bool
is_shown(const struct node *n)
{
	return !str_eqz(n->key, "extends") && n->kind != NODE_NULL;
}

static void
sort_keys(struct node *root)
{
	struct node *old = root->first, *next, *rest = NULL, **last = &rest;
	struct node **at = &root->first;

	root->count = 0;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		struct node **from = &old;

		while (*from && !str_eqz((*from)->key, order[i]))
			from = &(*from)->next;
		if (*from == NULL)
			continue;
		*at = *from;
		*from = (*from)->next;
		root->count += is_shown(*at);
		if (is_shown(*at))
			at = &(*at)->next;
	}
	for (struct node *n = old; n; n = next) {
		next = n->next;
		if (!is_shown(n))
			continue;
		root->count++;
		*last = n;
		last = &n->next;
	}
	*last = NULL;
	*at = rest;
}

struct node *
policy_effective(struct policy *p)
{
	struct node *root = copy(&p->mem, p->root);

	put_standards(p, root);
	put_rules(p, root);
	move_paths(p, root);
	if (p->floor)
		policy_put_floor(p, root);
	sort_keys(root);
	return root;
}

void
policy_origin(struct buf *out, const struct pos *at)
{
	struct str file = str_of(at->file);

	buf_add(out, file);
	if (at->line > 0 && !str_starts(file, "preset "))
		buf_addf(out, ":%ld", at->line);
}
