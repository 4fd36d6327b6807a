/*
 * xunit_net.c -- xUnit.net v2 and v3, and v1's <class>: https://xunit.net/docs/format-xml-v2
 *
 * Display names are names here; a theory gives the same name to several rows only when their
 * arguments print alike. <errors> hold what failed outside of any test.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "Pass", OUT_PASSED }, { "Fail", OUT_FAILED }, { "Skip", OUT_SKIPPED },
	{ "NotRun", OUT_SKIPPED }, { NULL, 0 },
};
static const struct xml_record records[] = {
	{ XML_TEST, "collection|class/test", .name = "@name", .class = "@type",
		.suite = "^assembly/@name", .file = "@source-file", .line = "@source-line",
		.seconds = "@time", .outcome = "@result", .type = "failure/@exception-type",
		.message = "failure/message|reason|reason/message", .text = "failure/stack-trace",
		.outcomes = outcomes, .dialect = DIALECT_DOTNET },
	{ XML_PROP, "test/traits/trait", .name = "@name", .value = "@value" },
	{ XML_SUITE_ERROR, "errors/error", .name = "@name|@type", .message = "failure/message",
		.text = "failure/stack-trace" },
	{ XML_DECLARED, "assembly", .tests = "@total", .failures = "@failed",
		.errors = "@errors", .skipped = "@skipped", .version = "@test-framework" },
	{ 0 },
};

/* An assembly is named by its whole path; "net8.0/Tests.dll" tells it from others. */
static int
short_suite(struct test_event *ev, struct buf *room)
{
	struct str s = ev->suite;
	size_t kept = 0, i = s.n;

	(void)room;
	while (i > 0 && kept < 2) {
		i--;
		kept += s.p[i] == '/' || s.p[i] == '\\';
	}
	ev->suite = kept == 2 ? str_from(s, i + 1) : s;
	return 0;
}

static const struct xml_map map = {
	.roots = "assemblies|assembly", .marks = "<assembly", .records = records,
	.test = short_suite,
};
XML_MAP_HOOKS(map)

const struct parser parser_xunit_net = {
	.name = "xunit-net",
	.help = "xUnit.net v2 and v3 XML",
	.kind = KIND_TESTS,
	.tool = "xunit.net",
	.spec = "https://xunit.net/docs/format-xml-v2",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
