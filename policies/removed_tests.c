/* removed_tests.c -- taken away on purpose, hence named. */
#include "policies/rule.h"

const struct rule rule_removed_tests = {
	.name = "removed-tests",
	.help = "tests that were taken away on purpose: by the change, or as a register lists",
	.classes = CLASS_BIT(CLASS_REMOVED),
	.level = RULE_FAIL,
	.example = "removed-tests: warn",
	.singular = "removed test",
	.plural = "removed tests",
};
