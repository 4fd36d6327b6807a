/* mapping_parts.h -- fields and conditions of a description, compiled. Private to map*.c. */
#ifndef PARSERS_SUPPORT_MAPPING_PARTS_H
#define PARSERS_SUPPORT_MAPPING_PARTS_H

#include "parsers/support/mapping.h"

enum map_field {
	M_TOOL, M_RULE, M_MESSAGE, M_FILE, M_LINE, M_END_LINE, M_COLUMN, M_FINGERPRINT, M_SEVERITY,
	M_SCORE, M_ID, M_SUITE, M_CLASS, M_NAME, M_TYPE, M_TEXT, M_OUTCOME, M_SECONDS,
	M_TESTS, M_FAILURES, M_ERRORS, M_SKIPPED, M_VERSION, MAP_FIELDS
};

struct map_part {
	struct str before; /* literal text in front of the path */
	int ref;           /* -1: literal text at the end */
};

struct map_expr {
	struct map_part *v;
	size_t n, cap;
};

struct map_term {
	int ref;
	bool not;          /* `!path`, `path!=...` */
	bool compares;
	struct str words;  /* parted by `|` */
	bool starts_group; /* the terms before it need not hold */
};

struct map_cond {
	struct map_term *v;
	size_t n, cap;
};

/* The index of the path in m->ref, which it is added to; -1: *why. */
int map_ref(struct mapping *m, struct str path, const char **why);
int map_expr_init(struct mapping *m, struct map_expr *e, struct str spec, const char **why);
struct str map_expr_text(struct mapping *m, const struct map_expr *e, struct buf *scratch);
void map_expr_release(struct map_expr *e);
struct map_cond *map_cond_new(struct mapping *m, struct str spec, const char **why);
bool map_cond_holds(const struct mapping *m, const struct map_cond *c);
void map_cond_free(struct map_cond *c);

#endif
