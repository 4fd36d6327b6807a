/* resurfaced_issues.c -- the failed-fix of lint and scan results. */
#include "policies/rule.h"

const struct rule rule_resurfaced_issues = {
	.name = "resurfaced-issues",
	.help = "lint and scan results whose finding is called done",
	.classes = CLASS_BIT(CLASS_RESURFACED),
	.level = RULE_FAIL,
	.example = "resurfaced-issues: 0",
	.singular = "resurfaced issue",
	.plural = "resurfaced issues",
};
