/*
 * gitleaks_json.c -- `gitleaks detect -f json`, of version 8 and of version 7:
 * https://github.com/gitleaks/gitleaks
 *
 * It has no degrees: a secret is high.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "[]",
		.rule = "RuleID|rule",
		.unrated = LEVEL_HIGH,
		.message = "Description|rule",
		.file = "File|file",
		.line = "StartLine|lineNumber",
		.end_line = "EndLine",
		.column = "StartColumn",
		.fingerprint = "Fingerprint",
	},
};

static const struct jsonmap map = {
	.sniff = "[].RuleID [].Fingerprint [].Secret|[].RuleID [].StartLine [].File|[].rule "
	         "[].offender [].commit [].lineNumber",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(gitleaks_json, .name = "gitleaks-json",
	.help = "Gitleaks 7 and 8, its JSON", .kind = KIND_SECURITY,
	.tool = "gitleaks",
	.spec = "https://github.com/gitleaks/gitleaks");
