/* unexpected_passes.c -- fixed, but still listed as failing. */
#include "policies/rule.h"

const struct rule rule_unexpected_passes = {
	.name = "unexpected-passes",
	.help = "tests that pass although a finding expects them to fail: close the finding",
	.classes = CLASS_BIT(CLASS_UNEXPECTED_PASS),
	.level = RULE_FAIL,
	.example = "unexpected-passes: [{report: unit, level: fail}, {report: e2e, level: info}]",
	.singular = "unexpected pass",
	.plural = "unexpected passes",
};
