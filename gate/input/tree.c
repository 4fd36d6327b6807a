/* tree.c -- see tree.h. What YAML and JSON have in common; the two readers stand beside. */
#include "gate/input/tree.h"

#include <limits.h>

#include "gate/base/map.h"
#include "gate/base/num.h"
#include "gate/input/tree_build.h"

#define FEW_KEYS 12 /* up to here pairs are compared, beyond a table is made */

void
tree_append(struct node *parent, struct node **last, struct node *child)
{
	if (*last)
		(*last)->next = child;
	else
		parent->first = child;
	*last = child;
	parent->count++;
}

static int
duplicate(const struct node *again, const struct node *first, struct err *err)
{
	return err_set(err, again->key_at,
		"the key '%.*s' stands twice: first at line %ld, column %ld",
		STR_FMT(str_to(again->key, 200)), first->key_at.line, first->key_at.col);
}

int
tree_check_keys(const struct node *map, struct err *err)
{
	struct map seen = { 0 };
	int rc = 0;

	for (struct node *n = map->first; n && rc == 0; n = n->next) {
		if (map->count > FEW_KEYS) {
			void **place = map_at(&seen, n->key);

			rc = *place ? duplicate(n, *place, err) : 0;
			*place = n;
			continue;
		}
		for (const struct node *m = map->first; m != n && rc == 0; m = m->next)
			if (str_eq(m->key, n->key))
				rc = duplicate(n, m, err);
	}
	map_release(&seen);
	return rc;
}

void
tree_drop_doubles(struct node *map, struct diags *d)
{
	struct map seen = { 0 };

	for (struct node **at = &map->first; *at;) {
		struct err err = { 0 };
		void **first = map_at(&seen, (*at)->key);

		if (*first == NULL) {
			*first = *at;
			at = &(*at)->next;
			continue;
		}
		duplicate(*at, *first, &err);
		diag_err(d, &err);
		*at = (*at)->next;
		map->count--;
	}
	map_release(&seen);
}

static bool
is_word(struct str s, const char *lower, const char *capital, const char *upper)
{
	return str_eqz(s, lower) || str_eqz(s, capital) || str_eqz(s, upper);
}

void
tree_bare_scalar(struct node *n)
{
	struct str s = n->text, digits = s;

	n->kind = NODE_STRING;
	if (s.n == 0 || str_eqz(s, "~") || is_word(s, "null", "Null", "NULL")) {
		n->kind = NODE_NULL;
	} else if (is_word(s, "true", "True", "TRUE") || is_word(s, "false", "False", "FALSE")) {
		n->kind = NODE_BOOL;
		n->integer = to_lower(s.p[0]) == 't';
	} else {
		/* 007 and 08 are names people write, not numbers. */
		str_skip(&digits, "-");
		if (digits.n > 1 && digits.p[0] == '0' && is_digit(digits.p[1]))
			return;
		if (num_long(s, LONG_MIN, LONG_MAX, &n->integer)) {
			n->kind = NODE_INT;
			n->real = (double)n->integer;
		} else if (num_double(s, &n->real) && is_digit(digits.p[0]) &&
			is_digit(s.p[s.n - 1])) {
			n->kind = NODE_REAL;
		}
	}
}

static bool
is_json(struct str text)
{
	struct str body = str_trim(text);

	return body.n && (body.p[0] == '{' || body.p[0] == '[');
}

static bool
is_nothing(struct arena *mem, struct str text, const char *name, struct node **out)
{
	if (str_trim(text).n)
		return false;
	*out = arena_new(mem, struct node);
	(*out)->at = (struct pos){ name, 1, 1 };
	return true;
}

int
tree_parse_all(struct arena *mem, struct str text, const char *file, struct node **out,
	struct diags *d)
{
	const char *name = arena_z(mem, str_of(file));
	struct err err = { 0 };

	if (is_nothing(mem, text, name, out))
		return 0;
	if (!is_json(text))
		return tree_parse_yaml_all(mem, text, name, out, d);
	if (tree_parse_json(mem, text, name, out, &err) == 0)
		return 0;
	diag_err(d, &err);
	return -1;
}

int
tree_parse(struct arena *mem, struct str text, const char *file, struct node **out,
	struct err *err)
{
	const char *name = arena_z(mem, str_of(file));

	if (is_nothing(mem, text, name, out))
		return 0;
	if (is_json(text))
		return tree_parse_json(mem, text, name, out, err);
	return tree_parse_yaml(mem, text, name, out, err);
}

struct node *
node_get(const struct node *n, const char *key)
{
	if (n == NULL || n->kind != NODE_MAP)
		return NULL;
	for (struct node *c = n->first; c; c = c->next)
		if (str_eqz(c->key, key))
			return c;
	return NULL;
}

const char *
node_kind_name(enum node_kind kind)
{
	static const char *const names[] = {
		[NODE_NULL] = "nothing",  [NODE_BOOL] = "true or false", [NODE_INT] = "a number",
		[NODE_REAL] = "a number", [NODE_STRING] = "a string",    [NODE_LIST] = "a list",
		[NODE_MAP] = "a map",
	};

	return names[kind];
}
