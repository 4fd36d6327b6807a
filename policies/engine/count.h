/*
 * count.h -- what rules share: gathering the items of their classes, holding them against
 * a limit, and saying so in a sentence.
 */
#ifndef POLICIES_ENGINE_COUNT_H
#define POLICIES_ENGINE_COUNT_H

#include "policies/engine/judge.h"

/* Whether this instance judges the item: its selectors, and for a `rest` the others'. */
bool instance_selects(const struct judge_input *in, const struct rule_instance *inst,
	const struct item *item);
/*
 * Adds every test, issue and absent of `classes` that the instance selects and, where the
 * rule has a `counts` hook, counts; sorted by id.
 */
void rule_collect(const struct judge_input *in, const struct rule_instance *inst,
	uint64_t classes, struct rule_result *out);
struct item *rule_item(struct rule_result *out, enum item_kind kind, struct str id);
void rule_sort_items(struct rule_result *out);
/* The level as an outcome: what exceeding the limit means for this instance. */
enum rule_outcome rule_broken(const struct rule_instance *inst);
/*
 * Sets observed, limit, outcome and message from out->items and `max`. A limit that needs a
 * baseline is inconclusive without one where the rule would fail, else not applied.
 */
void rule_settle(const struct judge_input *in, const struct rule_instance *inst,
	const struct limit *max, struct arena *mem, struct rule_result *out);
/*
 * `max` with every `baseline` as the number the baseline had of these classes, selected as the
 * instance does. False, and *out is max, where no baseline can say.
 */
bool limit_resolve(const struct judge_input *in, const struct rule_instance *inst,
	uint64_t classes, const struct limit *max, struct limit *out);
/* The value of the rule's parameter of that name, or NULL when the policy does not say. */
const struct param_value *rule_param(const struct rule_instance *inst, const char *name);

enum level item_level(const struct item *item);
void items_by_level(const struct rule_result *r, long by_level[LEVELS]);

/* "1,234 new failures", "1 new failure", "no new failures". */
void count_words(struct buf *b, long n, const char *singular, const char *plural);
void count_number(struct buf *b, long n); /* 1,234 */

#endif
