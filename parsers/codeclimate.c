/*
 * codeclimate.c -- Code Climate issues and GitLab Code Quality, in one array:
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "check_name",
		.severity = "severity",
		.message = "description",
		.file = "location.path",
		.line = "location.lines.begin|location.positions.begin.line",
		.end_line = "location.lines.end|location.positions.end.line",
		.column = "location.positions.begin.column",
		.fingerprint = "fingerprint",
		.tool = "engine_name",
	},
};

static const struct jsonmap map = {
	.sniff = "[].description [].location.path [].fingerprint [].severity|[].check_name "
	         "[].location.path [].description",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(codeclimate, .name = "codeclimate",
	.help = "Code Climate and GitLab Code Quality, their JSON", .kind = KIND_LINT,
	.spec = "https://docs.gitlab.com/ci/testing/code_quality/");
