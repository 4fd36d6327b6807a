/*
 * cargo_audit.c -- `cargo audit --json`: https://github.com/rustsec/rustsec/tree/main/cargo-audit
 *
 * Warnings (unmaintained, yanked) are low.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "unmaintained", LEVEL_LOW },
	{ "unsound", LEVEL_MEDIUM },
	{ "yanked", LEVEL_LOW },
	{ "notice", LEVEL_INFO },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "vulnerabilities.list[]",
		.rule = "advisory.id",
		.severity = "advisory.severity",
		.message = "{package.name} {package.version}: {advisory.title}",
	},
	{
		.each = "warnings.*[]",
		.rule = "{advisory.id}",
		.severity = "kind",
		.levels = levels,
		.message = "{package.name} {package.version}: {advisory.title}",
	},
	{
		/* A lock file names at least the package itself. */
		.each = "lockfile.dependency-count",
		.kind = MAP_NOTHING,
		.when = "=0",
		.message = "=no package was looked at",
	},
};

static const struct jsonmap map = {
	.sniff = "vulnerabilities.found vulnerabilities.list lockfile|"
	         "vulnerabilities.list[].advisory",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(cargo_audit, .name = "cargo-audit",
	.help = "cargo-audit, its JSON", .kind = KIND_SECURITY,
	.tool = "cargo-audit",
	.spec = "https://github.com/rustsec/rustsec");
