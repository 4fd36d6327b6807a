/* tree_build.h -- what the YAML and the JSON half of tree.c share. Private to them. */
#ifndef GATE_INPUT_TREE_BUILD_H
#define GATE_INPUT_TREE_BUILD_H

#include "gate/input/tree.h"

/* Appends child to a list or map; *last is its last child so far. */
void tree_append(struct node *parent, struct node **last, struct node *child);
/* -1 when a key of the map stands twice: both places are named. Call when it is whole. */
int tree_check_keys(const struct node *map, struct err *err);
/* The same for all of them: each is an error in d, and taken out. */
void tree_drop_doubles(struct node *map, struct diags *d);
/* Decides what a bare scalar (n->text, not quoted) is. */
void tree_bare_scalar(struct node *n);

int tree_parse_json(struct arena *mem, struct str text, const char *file, struct node **out,
	struct err *err);
int tree_parse_yaml(struct arena *mem, struct str text, const char *file, struct node **out,
	struct err *err);

int tree_parse_yaml_all(struct arena *mem, struct str text, const char *file, struct node **out,
	struct diags *d);

#endif
