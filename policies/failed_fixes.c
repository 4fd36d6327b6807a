/* failed_fixes.c -- somebody said done, and the test says otherwise. */
#include "policies/rule.h"

const struct rule rule_failed_fixes = {
	.name = "failed-fixes",
	.help = "findings that are called done and fail all the same",
	.classes = CLASS_BIT(CLASS_FAILED_FIX),
	.level = RULE_FAIL,
	.example = "failed-fixes: 0",
	.singular = "failed fix",
	.plural = "failed fixes",
};
