/*
 * trufflehog_json.c -- `trufflehog ... --json` of version 3, a line for each secret:
 * https://github.com/trufflesecurity/trufflehog
 *
 * A secret that was tried and works is critical.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "true", LEVEL_CRITICAL },
	{ "false", LEVEL_HIGH },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "DetectorName",
		.rule = "DetectorName",
		.severity = "Verified",
		.levels = levels,
		.message = "{DetectorName} secret",
		.file = "SourceMetadata.Data.Git.file|SourceMetadata.Data.Filesystem.file|"
		        "SourceMetadata.Data.Github.file|SourceMetadata.Data.Gitlab.file|"
		        "SourceMetadata.Data.Docker.file",
		.line = "SourceMetadata.Data.Git.line|SourceMetadata.Data.Filesystem.line|"
		        "SourceMetadata.Data.Github.line",
	},
};

static const struct jsonmap map = {
	.sniff = "SourceMetadata.Data DetectorName Verified",
	JSONMAP_RECORDS(records),
	.lines = true,
};

JSONMAP_PARSER(trufflehog_json, .name = "trufflehog-json",
	.help = "TruffleHog 3, its JSON Lines", .kind = KIND_SECURITY,
	.tool = "trufflehog",
	.spec = "https://github.com/trufflesecurity/trufflehog");
