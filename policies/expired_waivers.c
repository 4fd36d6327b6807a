/* expired_waivers.c -- a waiver that has run out excuses nothing: what it covered fails here. */
#include "policies/rule.h"

const struct rule rule_expired_waivers = {
	.name = "expired-waivers",
	.help = "waivers whose last day, grace included, is over",
	.classes = CLASS_BIT(CLASS_WAIVER_EXPIRED),
	.level = RULE_FAIL,
	.example = "expired-waivers: 0",
	.singular = "expired waiver",
	.plural = "expired waivers",
};
