/*
 * yarn_audit.c -- `yarn audit --json` of Yarn 1, a line for each way to a vulnerable package:
 * https://classic.yarnpkg.com/lang/en/docs/cli/audit/
 *
 * The last line is a summary.
 */
#include "parsers/support/jsonmap.h"

struct yarn {
	bool advisory, summary;
};

static int
see_advisory(const struct map_record *r, struct issue_event *ev)
{
	(void)ev;
	((struct yarn *)r->own)->advisory = true;
	return 0;
}

static int
see_summary(const struct map_record *r, struct issue_event *ev)
{
	(void)ev;
	((struct yarn *)r->own)->summary = true;
	return 1;
}

static int
end(void *own, const struct sink *out)
{
	const struct yarn *y = own;

	if (y->advisory && !y->summary)
		out->problem(out->ctx, PROBLEM_TRUNCATED, 0, STR("it ends without yarn's summary"));
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "type=auditAdvisory",
		.fix_issue = see_advisory,
		.rule = "data.advisory.github_advisory_id|data.advisory.cves[0]|"
		        "data.advisory.id",
		.severity = "data.advisory.severity",
		.message = "{data.advisory.module_name} {data.advisory.vulnerable_versions}: "
		           "{data.advisory.title}",
		.file = "data.resolution.path",
	},
	{
		.each = "",
		.when = "type=auditSummary",
		.fix_issue = see_summary,
	},
	{
		.each = "",
		.kind = MAP_FAILED,
		.when = "type=error",
		.message = "data",
	},
	{
		.each = "data.totalDependencies",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no dependency was looked at",
	},
};

static const struct jsonmap map = {
	.sniff = "type=auditAdvisory data.advisory.severity|type=auditSummary "
	         "data.vulnerabilities data.dependencies",
	JSONMAP_RECORDS(records),
	.lines = true,
	.own_size = sizeof(struct yarn),
	.end = end,
};

JSONMAP_PARSER(yarn_audit, .name = "yarn-audit",
	.help = "yarn audit of Yarn 1, its JSON Lines", .kind = KIND_SECURITY,
	.tool = "yarn-audit",
	.spec = "https://classic.yarnpkg.com/lang/en/docs/cli/audit/");
