/*
 * openvex.c -- OpenVEX statements: https://github.com/openvex/spec
 *
 * Not affected and fixed are no findings; under investigation is one, of an unknown degree.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "not_affected", LEVEL_INFO },
	{ "fixed", LEVEL_INFO },
	{ "affected", LEVEL_HIGH },
	{ "under_investigation", LEVEL_UNKNOWN },
	{ 0 },
};

static const struct map_fields records[] = {
	{
		.each = "statements[]",
		.rule = "vulnerability.name|vulnerability.@id|vulnerability",
		.severity = "status",
		.levels = levels,
		.message = "{products[0].@id|products[0]}: {status} {action_statement|"
		           "impact_statement|status_notes}",
		.pass = "status=not_affected|fixed",
	},
};

static const struct jsonmap map = {
	.sniff = "@context statements[].status statements[].vulnerability|"
		 "@context=https://openvex.dev/ns statements|"
		 "@context=https://openvex.dev/ns/v0.2.0 statements",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(openvex, .name = "openvex",
	.help = "OpenVEX", .kind = KIND_SECURITY,
	.spec = "https://github.com/openvex/spec");
