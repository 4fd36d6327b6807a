/* orphaned_findings.c -- an entry that names a test which is gone. */
#include "policies/rule.h"

const struct rule rule_orphaned_findings = {
	.name = "orphaned-findings",
	.help = "findings whose tests no longer exist, though their producer ran",
	.classes = CLASS_BIT(CLASS_ORPHANED),
	.level = RULE_FAIL,
	.example = "orphaned-findings: info",
	.singular = "orphaned finding",
	.plural = "orphaned findings",
};
