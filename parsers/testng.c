/*
 * testng.c -- TestNG's testng-results.xml: https://testng.org/#_test_results
 *
 * A configuration method (@BeforeClass ...) is no test; one that failed is an error of its
 * class. Attempts before the last one of a retried test are marked.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "PASS", OUT_PASSED }, { "FAIL", OUT_FAILED }, { "SKIP", OUT_SKIPPED },
	{ "SUCCESS_PERCENTAGE_FAILURE", OUT_PASSED }, { NULL, 0 },
};
static const struct xml_when config_failed[] = {
	{ "@status", "FAIL", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_when last[] = {
	{ "@retried", "true", XML_DROP },
	{ NULL, NULL, XML_DROP },
};

static const struct xml_record records[] = {
	{ XML_SUITE_ERROR, "test-method[@is-config=true]", .name = "^class/@name",
		.message = "exception/message|@signature", .text = "exception/full-stacktrace",
		.when = config_failed },
	{ XML_TEST, "test-method", .name = "@name", .class = "^class/@name",
		.suite = "^test/@name", .milliseconds = "@duration-ms", .outcome = "@status",
		.type = "exception/@class", .message = "exception/message",
		.text = "exception/full-stacktrace", .outcomes = outcomes, .when = last,
		.dialect = DIALECT_JAVA },
	{ XML_DECLARED, "/testng-results", .tests = "@total", .failures = "@failed" },
	{ 0 },
};
static const struct xml_map map = { .roots = "testng-results", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_testng = {
	.name = "testng",
	.help = "TestNG's testng-results.xml",
	.kind = KIND_TESTS,
	.tool = "testng",
	.spec = "https://testng.org/#_test_results",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
