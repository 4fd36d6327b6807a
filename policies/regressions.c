/* regressions.c -- what worked and does not any more, a known finding or not. */
#include "policies/rule.h"

const struct rule rule_regressions = {
	.name = "regressions",
	.help = "tests that passed on the baseline and fail now",
	.classes = CLASS_BIT(CLASS_REGRESSION),
	.level = RULE_FAIL,
	.example = "regressions: 0",
	.singular = "regression",
	.plural = "regressions",
};
