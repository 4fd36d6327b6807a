/*
 * total_issues.c -- all lint and scan results there are, new and old, tolerated or not:
 * an absolute ceiling. Only what a waiver covers and what the tool itself suppresses is
 * left out.
 */
#include "policies/rule.h"

const struct rule rule_total_issues = {
	.name = "total-issues",
	.help = "all lint and scan results, new, existing, known and rejected ones together",
	.classes = CLASS_BIT(CLASS_NEW_ISSUE) | CLASS_BIT(CLASS_EXISTING_ISSUE) |
		CLASS_BIT(CLASS_KNOWN_ISSUE) | CLASS_BIT(CLASS_RESURFACED) |
		CLASS_BIT(CLASS_REJECTED_ISSUE),
	.level = RULE_FAIL,
	.example = "total-issues: {tool: ruff, max: 120}",
	.singular = "issue",
	.plural = "issues",
};
