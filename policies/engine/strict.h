/*
 * strict.h -- which of two rules asks for more: the one place that knows, for the edits of a
 * change (tightening or loosening) and for a floor (the stricter of both holds). What it means
 * for a parameter stands in the rule's own table.
 */
#ifndef POLICIES_ENGINE_STRICT_H
#define POLICIES_ENGINE_STRICT_H

#include "gate/base/buf.h"
#include "policies/rule.h"

/* The first thing, beside the second. NEITHER: each asks for something, or it can't be told. */
enum measure { SAME, STRICTER, LOOSER, NEITHER };

enum measure measure_both(enum measure a, enum measure b); /* of two parts: of the whole */
enum measure measure_smaller(long a, long b);              /* the smaller is stricter */
enum measure measure_flip(enum measure m);
enum measure measure_limit(const struct limit *a, const struct limit *b);
bool same_limit(const struct limit *a, const struct limit *b);
bool same_selectors(const struct selectors *a, const struct selectors *b);
/* The instance's limit, as its rule means it when it is not given; LIMIT_NONE: any number. */
struct limit limit_of(const struct rule_instance *inst);
/* Both of one rule. Other selectors: NEITHER. */
enum measure measure_instance(const struct rule_instance *a, const struct rule_instance *b);

/* A parameter of which the first is looser, or of which the stricter is a bit of each. */
struct looser {
	const char *name;      /* "max", "level", the parameter's */
	const struct rule_instance *a, *b;
	const struct param *param; /* NULL: max or level */
	size_t at;             /* of the parameter */
};

/*
 * Makes *a the stricter of both, parameter by parameter, and tells `each` (may be NULL) what of it
 * was looser. False, and *a is unchanged: that can't be said in one instance, so both must judge.
 */
bool instance_join(struct rule_instance *a, const struct rule_instance *b,
	void (*each)(void *ctx, const struct looser *l), void *ctx);
/* What an instance says of that parameter, in words: "216", "medium and below", "not given". */
void looser_describe(const struct looser *l, const struct rule_instance *inst, struct buf *out);

#endif
