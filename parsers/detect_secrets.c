/*
 * detect_secrets.c -- `detect-secrets scan`: https://github.com/Yelp/detect-secrets
 *
 * It has no degrees: a secret is high. What was audited as no secret is none.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "results.*[]",
		.rule = "type",
		.unrated = LEVEL_HIGH,
		.message = "{type}",
		.file = "filename|^@",
		.line = "line_number",
		.fingerprint = "{^@}:{hashed_secret}",
		.pass = "is_secret=false",
	},
	JSONMAP_VERSION("version"),
};

static const struct jsonmap map = {
	.sniff = "plugins_used results version",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(detect_secrets, .name = "detect-secrets",
	.help = "detect-secrets, its baseline", .kind = KIND_SECURITY,
	.tool = "detect-secrets",
	.spec = "https://github.com/Yelp/detect-secrets");
