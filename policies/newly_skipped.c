/* newly_skipped.c -- skipping is neither a pass nor evidence of a fix. */
#include "policies/rule.h"

const struct rule rule_newly_skipped = {
	.name = "newly-skipped",
	.help = "tests that passed on the baseline and are skipped now",
	.classes = CLASS_BIT(CLASS_NEWLY_SKIPPED),
	.level = RULE_FAIL,
	.example = "newly-skipped: warn",
	.singular = "newly skipped test",
	.plural = "newly skipped tests",
};
