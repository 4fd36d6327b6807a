/*
 * counted.h -- what the rules of a decision@1 document counted: of each that fails, is
 * inconclusive or warns, what is over its limit, the most important first. The same choice and
 * order as view.h makes of a decision, for who has the document alone.
 */
#ifndef GATE_REPORT_SUPPORT_COUNTED_H
#define GATE_REPORT_SUPPORT_COUNTED_H

#include <jansson.h>

#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "gate/model/event.h"

struct counted_item {
	struct str id;
	const json_t *result;   /* its test or issue; NULL: it is none */
	struct str why;         /* where its class does not say it; empty: it does */
	unsigned rank;          /* by class, 0: the most important */
	enum level level;
};

struct counted_rule {
	const json_t *rule;
	struct { struct counted_item *v; size_t n, cap; } items;
	size_t tolerated;       /* items of levels that are within their limits */
	int outcome;            /* 0: fails, 1: inconclusive, 2: warns */
	unsigned rank;          /* of its most important item */
	size_t order;           /* in the document */
};

struct counted {
	const json_t *doc;
	struct map results;     /* tests and issues by ID; of several legs, the worst */
	struct map findings;    /* by qualified ID */
	VEC(struct counted_rule) rules; /* failing, inconclusive, warning; by importance */
};

/* Borrows the document. */
void counted_init(struct counted *c, const json_t *doc);
void counted_release(struct counted *c);

#endif
