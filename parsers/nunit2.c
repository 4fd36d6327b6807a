/*
 * nunit2.c -- NUnit 2.x: https://docs.nunit.org/2.6/docs/2.6/files/Results.xsd
 *
 * A <test-case> is named in full; older versions have no result= but success= and executed=.
 * What went wrong in the teardown of a suite stands in no case, and has no text.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "Success", OUT_PASSED }, { "True", OUT_PASSED }, { "Failure", OUT_FAILED },
	{ "False", OUT_FAILED }, { "Error", OUT_ERROR }, { "Cancelled", OUT_ERROR },
	{ "Ignored", OUT_SKIPPED }, { "NotRunnable", OUT_SKIPPED }, { "Skipped", OUT_SKIPPED },
	{ "Inconclusive", OUT_SKIPPED }, { NULL, 0 },
};
static const struct xml_when failed[] = {
	{ "@result|@success", "Failure|Error|False", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};

#define CASE \
	.name = "@name", .suite = "^^test-suite/@name", .seconds = "@time", \
	.message = "failure/message|reason/message", .text = "failure/stack-trace", \
	.outcomes = outcomes, .dialect = DIALECT_DOTNET

static const struct xml_record records[] = {
	{ XML_TEST, "test-case[@executed=False]", CASE, .outcome = "@result|='Ignored'" },
	{ XML_TEST, "test-case", CASE, .outcome = "@result|@success" },
	{ XML_TOOL, "test-results/environment", .version = "@nunit-version" },
	{ XML_PROP, "test-case/properties/property", .name = "@name", .value = "@value" },
	{ XML_SUITE_ERROR, "test-suite", .name = "@name", .when = failed, .unexplained = true,
		.message = "failure/message|='it failed, though none of its cases did'",
		.text = "failure/stack-trace" },
	{ XML_DECLARED, "/test-results", .failures = "@failures", .errors = "@errors" },
	{ 0 },
};

/* "Ns.Fixture.Case(1.5)": what stands before the last dot outside of arguments is the class. */
static int
split_name(struct test_event *ev, struct buf *room)
{
	struct str head = ev->name;
	size_t dot;

	(void)room;
	head = str_to(head, str_chr(head, '('));
	head = str_to(head, str_chr(head, '"'));
	dot = str_rchr(head, '.');
	if (dot != STR_NPOS && dot > 0 && dot + 1 < ev->name.n) {
		ev->class = str_to(ev->name, dot);
		ev->name = str_from(ev->name, dot + 1);
	}
	return 0;
}

static const struct xml_map map = {
	.roots = "test-results", .tool = "nunit", .records = records, .test = split_name,
};
XML_MAP_HOOKS(map)

const struct parser parser_nunit2 = {
	.name = "nunit2",
	.help = "NUnit 2.x XML",
	.kind = KIND_TESTS,
	.tool = "nunit",
	.spec = "https://docs.nunit.org/2.6/docs/2.6/files/Results.xsd",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
