/*
 * tree.h -- YAML or JSON text as a tree whose every node knows its file:line:col.
 *
 * For configuration and registers, never for reports. Text that starts with '{' or '['
 * is JSON (jansson decides what is valid); everything else is YAML (libyaml), one
 * document, without aliases, anchors or tags. Duplicate keys are errors.
 */
#ifndef GATE_INPUT_TREE_H
#define GATE_INPUT_TREE_H

#include "gate/base/arena.h"
#include "gate/base/err.h"

enum node_kind { NODE_NULL, NODE_BOOL, NODE_INT, NODE_REAL, NODE_STRING, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	bool quoted;         /* a scalar written in quotes or as a block: always a string */
	struct pos at;       /* of the value */
	struct str text;     /* scalars: as written, unquoted */
	long integer;        /* NODE_INT; NODE_BOOL: 0 or 1 */
	double real;         /* NODE_REAL, NODE_INT */
	struct str key;      /* in a map: the key ... */
	struct pos key_at;   /* ... and where it stands */
	struct node *first;  /* children of a list or map, in file order */
	struct node *next;   /* sibling */
	size_t count;        /* children */
};

/*
 * Everything lives in `mem`, text included; `file` is copied. An empty text is NODE_NULL.
 * YAML 1.1 scalars are read as people mean them: `on|off|yes|no` stay strings, only
 * true/false are booleans, 08 and 1_000 are strings, dates are strings.
 */
int tree_parse(struct arena *mem, struct str text, const char *file, struct node **out,
	struct err *err);
/*
 * The same, going on where the writer's meaning is plain: a value that begins with an unquoted
 * `*`, `@` or backquote is taken as if it were quoted, of two equal keys the first. Each is an
 * error in d. -1: the rest can't be read either.
 */
int tree_parse_all(struct arena *mem, struct str text, const char *file, struct node **out,
	struct diags *d);
/* The child of a map with that key, or NULL (also when n is NULL or no map). */
struct node *node_get(const struct node *n, const char *key);
const char *node_kind_name(enum node_kind kind); /* "a map", "a list", "a string", ... */
#endif
