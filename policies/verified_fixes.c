/* verified_fixes.c -- a fix that no passing test bears out. */
#include "policies/rule.h"

const struct rule rule_verified_fixes = {
	.name = "verified-fixes",
	.help = "findings called done whose tests did not run, so that nothing shows the fix",
	.classes = CLASS_BIT(CLASS_UNVERIFIED_FIX),
	.level = RULE_FAIL,
	.example = "verified-fixes: info",
	.singular = "unverified fix",
	.plural = "unverified fixes",
};
