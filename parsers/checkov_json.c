/*
 * checkov_json.c -- `checkov -o json`, one framework or several:
 * https://www.checkov.io/2.Basics/Reviewing%20Scan%20Results.html
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "results.failed_checks[]|[].results.failed_checks[]",
		.rule = "check_id",
		.severity = "severity",
		.message = "{check_name}: {resource}",
		.file = "file_path",
		.line = "file_line_range[0]",
		.end_line = "file_line_range[1]",
	},
	{
		.each = "results.skipped_checks[]|[].results.skipped_checks[]",
		.rule = "check_id",
		.severity = "severity",
		.message = "{check_name}: {resource}",
		.file = "file_path",
		.line = "file_line_range[0]",
		.end_line = "file_line_range[1]",
		.suppressed = "check_id",
	},
	{
		.each = "results.parsing_errors[]|[].results.parsing_errors[]",
		.kind = MAP_FAILED,
		.message = "{} could not be read",
	},
	{
		.each = "resource_count",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no resource was looked at",
	},
	JSONMAP_VERSION("summary.checkov_version|[].summary.checkov_version"),
};

static const struct jsonmap map = {
	.sniff = "check_type results.failed_checks|[].check_type [].results|checkov_version "
	         "resource_count failed",
	JSONMAP_RECORDS(records),
	.ran = "checkov_version",
};

JSONMAP_PARSER(checkov_json, .name = "checkov-json",
	.help = "Checkov, its JSON", .kind = KIND_SECURITY,
	.tool = "checkov",
	.spec = "https://www.checkov.io/");
