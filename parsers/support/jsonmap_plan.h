/*
 * jsonmap_plan.h -- a description of a JSON format made ready to be read. Private to jsonmap*.c.
 *
 * The path of records is cut into levels: "a[].b.c[]" has the document, the elements of a,
 * and the elements of b.c in each. A *place* is such a path of one entry. Its *held* level is
 * the one that json.c makes contiguous: the records' own, or the one that a `^` asks for. Places
 * that hold the same level share one want.
 */
#ifndef PARSERS_SUPPORT_JSONMAP_PLAN_H
#define PARSERS_SUPPORT_JSONMAP_PLAN_H

#include "gate/base/mem.h"
#include "parsers/support/jsonmap.h"

#define JSONMAP_LEVELS 10u

struct jsonmap_level {
	struct str step;           /* from the level above: "a[]", "b.c[]", "error" */
	struct str inside;         /* the same without its `[]` or `*`: what is to be taken */
	bool many;                 /* it had one */
	VEC(int) refs;             /* of the map that belong to this level ... */
	VEC(size_t) slots;         /* ... and which field of `take` each is */
	size_t next_slot;          /* the field that holds the next level's container */
	struct json_paths *take;   /* not of the held level: that is the hold's */
};

struct jsonmap_place {
	struct mapping map;
	struct str each;
	size_t nlevels, held;
	struct jsonmap_level level[JSONMAP_LEVELS];
	struct jsonmap_hold *hold;
};

/* One value that is made contiguous, and the places inside of it. */
struct jsonmap_hold {
	struct jsonmap_run *run;
	struct str path;
	VEC(struct jsonmap_place *) places;
	VEC(const char *) paths;   /* of `take` */
	struct json_paths *take;
};

struct jsonmap_run {
	const struct jsonmap *map;
	const struct sink *out;
	void *own;
	VEC(struct jsonmap_place *) places;
	VEC(struct jsonmap_hold *) holds;
	VEC(struct json_want) wants;
	VEC(char *) texts;
	bool there;                /* the place of the records */
	bool ran;                  /* what else tells that the tool ran */
	bool looked;               /* some container of records had an element */
	bool said;                 /* a cry among the lines was reported */
};

int jsonmap_plan(struct jsonmap_run *run, const struct jsonmap *map, const char **why,
	const char **field, size_t *entry);
void jsonmap_unplan(struct jsonmap_run *run);
bool jsonmap_is_record(const struct jsonmap_place *p); /* not what is told beside records */
bool jsonmap_is_vital(const struct jsonmap_place *p);  /* records, and errors of the tool */
/* Sends the records of one held value. 0, or -1. */
int jsonmap_send(struct jsonmap_place *p, struct json *j, const struct json_value *v);

#endif
