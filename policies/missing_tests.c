/* missing_tests.c -- a test that vanished is not a pass. */
#include "policies/rule.h"

const struct rule rule_missing_tests = {
	.name = "missing-tests",
	.help = "tests that the baseline has and this run does not, though their producer ran",
	.classes = CLASS_BIT(CLASS_MISSING),
	.level = RULE_FAIL,
	.example = "missing-tests: 0",
	.singular = "missing test",
	.plural = "missing tests",
};
