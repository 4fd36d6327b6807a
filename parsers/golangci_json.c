/*
 * golangci_json.c -- golangci-lint's JSON:
 * https://golangci-lint.run/docs/configuration/file/#output-configuration
 *
 * A severity is only there where the configuration gives one.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "Issues[]",
		.rule = "FromLinter",
		.severity = "Severity",
		.unrated = LEVEL_HIGH,
		.message = "Text",
		.file = "Pos.Filename",
		.line = "Pos.Line|LineRange.From",
		.end_line = "LineRange.To",
		.column = "Pos.Column",
	},
	{
		.each = "Report.Error",
		.kind = MAP_FAILED,
		.when = "!=|null",
		.message = "",
	},
};

static const struct jsonmap map = {
	.sniff = "Issues[].FromLinter Issues[].Text|Issues Report.Linters|Report.Linters "
	         "Report.Error",
	JSONMAP_RECORDS(records),
	.ran = "Report",
};

JSONMAP_PARSER(golangci_json, .name = "golangci-json",
	.help = "golangci-lint, its JSON", .kind = KIND_LINT,
	.tool = "golangci-lint",
	.spec = "https://golangci-lint.run/");
