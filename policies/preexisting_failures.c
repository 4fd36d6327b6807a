/* preexisting_failures.c -- red before this change, and nobody has listed it. */
#include "policies/rule.h"

const struct rule rule_preexisting_failures = {
	.name = "preexisting-failures",
	.help = "failures that the baseline has too, and that no register excuses",
	.classes = CLASS_BIT(CLASS_PREEXISTING_FAILURE),
	.level = RULE_FAIL,
	.example = "preexisting-failures: info",
	.singular = "preexisting failure",
	.plural = "preexisting failures",
};
