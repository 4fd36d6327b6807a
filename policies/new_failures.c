/*
 * new_failures.c -- failing tests that nobody has listed on purpose. A document that merely
 * describes a failure does not excuse it: being in an audit is not consent to fail.
 */
#include "policies/rule.h"

static bool
counts(const struct judge_input *in, const struct rule_instance *inst, const struct item *item)
{
	(void)in;
	(void)inst;
	return item->test == NULL || item->test->judged.cls == CLASS_NEW_FAILURE ||
	       !item->test->judged.excused;
}

const struct rule rule_new_failures = {
	.name = "new-failures",
	.help = "failing tests that no finding explains, or that are only described by a document",
	.classes = CLASS_BIT(CLASS_NEW_FAILURE) | CLASS_BIT(CLASS_KNOWN_FAILURE),
	.level = RULE_FAIL,
	.example = "new-failures: 0",
	.singular = "new failure",
	.plural = "new failures",
	.counts = counts,
};
