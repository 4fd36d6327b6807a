/*
 * nunit3.c -- NUnit 3 and 4:
 * https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html
 *
 * Every suite around a failed case has a <failure>, too, which says only that; one of its own
 * has it in site="TearDown", or holds no failed case (an assembly that could not be loaded).
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "Passed", OUT_PASSED }, { "Warning", OUT_PASSED }, { "Failed", OUT_FAILED },
	{ "Error", OUT_ERROR }, { "Cancelled", OUT_ERROR }, { "Skipped", OUT_SKIPPED },
	{ "Inconclusive", OUT_SKIPPED }, { "Ignored", OUT_SKIPPED },
	{ "NotRunnable", OUT_SKIPPED }, { "Explicit", OUT_SKIPPED }, { NULL, 0 },
};
static const struct xml_when failed[] = {
	{ "@result", "Failed", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};
#define SUITE \
	.name = "@fullname|@name", .message = "failure/message|reason/message", \
	.text = "failure/stack-trace"

static const struct xml_record records[] = {
	{ XML_TEST, "test-case", .name = "@name|@methodname", .class = "@classname",
		.suite = "^^test-suite/@name", .seconds = "@duration", .outcome = "@result",
		.message = "failure/message|reason/message", .text = "failure/stack-trace",
		.outcomes = outcomes, .dialect = DIALECT_DOTNET },
	{ XML_PROP, "test-case/properties/property", .name = "@name", .value = "@value" },
	{ XML_SUITE_ERROR, "test-suite[@site=TearDown]", SUITE, .when = failed },
	{ XML_SUITE_ERROR, "test-suite", SUITE, .when = failed, .unexplained = true },
	{ XML_DECLARED, "/test-run", .tests = "@total", .failures = "@failed",
		.version = "@engine-version",
		.skipped = "@skipped + @inconclusive" },
	{ 0 },
};
static const struct xml_map map = { .roots = "test-run", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_nunit3 = {
	.name = "nunit3",
	.help = "NUnit 3 and 4 XML",
	.kind = KIND_TESTS,
	.tool = "nunit",
	.spec = "https://docs.nunit.org/articles/nunit/technical-notes/usage/"
		"Test-Result-XML-Format.html",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
