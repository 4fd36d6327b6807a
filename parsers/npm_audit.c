/*
 * npm_audit.c -- `npm audit --json` of npm 7 and later:
 * https://docs.npmjs.com/cli/commands/npm-audit
 *
 * One finding a vulnerable package; one that only depends on another names that one. A failed audit
 * leaves an object `error` instead.
 */
#include "parsers/support/jsonmap.h"

/* "https://github.com/advisories/GHSA-...": the advisory's own ID. */
static int
advisory(const struct map_record *r, struct issue_event *ev)
{
	(void)r;
	if (str_starts(ev->rule, "https://"))
		ev->rule = str_basename(ev->rule);
	else if (str_starts(ev->rule, "{"))
		ev->rule = STR_NONE;
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "vulnerabilities.*",
		.rule = "via[0].url|via[0].source|via[0]",
		.severity = "severity",
		.message = "{name} {range}: {via[0].title|via[0]}",
		.file = "nodes[0]",
		.fix_issue = advisory,
	},
	{
		.each = "message", /* of a registry that did not answer; `error` is blank then */
		.kind = MAP_FAILED,
		.message = "",
	},
	{
		.each = "error",
		.kind = MAP_FAILED,
		.when = "code summary message detail",
		.message = "{code}: {summary|message|detail}",
	},
};

static const struct jsonmap map = {
	.sniff = "auditReportVersion vulnerabilities|error.code error.summary error.detail|"
	         "error.code error.summary|message uri statusCode error.summary error.detail",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(npm_audit, .name = "npm-audit",
	.help = "npm audit of npm 7 and later, its JSON", .kind = KIND_SECURITY,
	.tool = "npm-audit",
	.spec = "https://docs.npmjs.com/cli/commands/npm-audit");
