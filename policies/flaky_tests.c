/* flaky_tests.c -- a test that needed several attempts. */
#include "policies/rule.h"

const struct rule rule_flaky_tests = {
	.name = "flaky-tests",
	.help = "tests that passed only after failed attempts, or failed in another run of the "
		"revision (by the history), known to be flaky or not",
	.classes = CLASS_BIT(CLASS_FLAKY) | CLASS_BIT(CLASS_KNOWN_FLAKY),
	.level = RULE_FAIL,
	.example = "flaky-tests: warn",
	.singular = "flaky test",
	.plural = "flaky tests",
};
