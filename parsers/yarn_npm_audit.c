/*
 * yarn_npm_audit.c -- `yarn npm audit --json` of Yarn 4, a line for each advisory:
 * https://yarnpkg.com/cli/npm/audit
 */
#include "parsers/support/jsonmap.h"

static int
advisory(const struct map_record *r, struct issue_event *ev)
{
	(void)r;
	if (str_starts(ev->rule, "https://"))
		ev->rule = str_basename(ev->rule);
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "children",
		.rule = "children.URL|children.ID",
		.severity = "children.Severity",
		.message = "{value} {children.Vulnerable Versions}: {children.Issue}",
		.fix_issue = advisory,
	},
};

static const struct jsonmap map = {
	.sniff = "value children.ID children.Issue children.Severity",
	JSONMAP_RECORDS(records),
	.lines = true,
};

JSONMAP_PARSER(yarn_npm_audit, .name = "yarn-npm-audit",
	.help = "yarn npm audit of Yarn 4, its JSON Lines", .kind = KIND_SECURITY,
	.tool = "yarn-audit",
	.spec = "https://yarnpkg.com/cli/npm/audit");
