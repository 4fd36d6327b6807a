/*
 * trx.c -- Visual Studio's test results, also of `dotnet test --logger trx`:
 * https://github.com/microsoft/vstest/tree/main/src/Microsoft.TestPlatform.Extensions.TrxLogger
 *
 * The class of a result stands with its definition, behind all results. A host that crashed
 * is told by the summary's outcome or, with other messages, in a <RunInfo>.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "Passed", OUT_PASSED }, { "PassedButRunAborted", OUT_PASSED },
	{ "Warning", OUT_PASSED }, { "Completed", OUT_PASSED }, { "Failed", OUT_FAILED },
	{ "Error", OUT_ERROR }, { "Timeout", OUT_ERROR }, { "Disconnected", OUT_ERROR },
	{ "InProgress", OUT_ERROR }, { "Pending", OUT_SKIPPED }, { "Blocked", OUT_SKIPPED },
	{ "NotExecuted", OUT_SKIPPED }, { "NotRunnable", OUT_SKIPPED },
	{ "Aborted", OUT_SKIPPED }, { "Inconclusive", OUT_SKIPPED }, { NULL, 0 },
};
static const struct xml_when broke_off[] = {
	{ "@outcome", "Aborted|Error|Timeout|Disconnected", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_when crashed[] = {
	{ "Text", "~test run was aborted|~host process crashed|~host process exited", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};
#define RESULT "UnitTestResult|GenericTestResult|TestResult|WebTestResult|ManualTestResult"
static const struct xml_record records[] = {
	{ XML_TEST, RESULT, .join = "@testId", .name = "@testName", .seconds = "@duration",
		.outcome = "@outcome|='Failed'", .message = "Output/ErrorInfo/Message",
		.text = "Output/ErrorInfo/StackTrace", .outcomes = outcomes,
		.dialect = DIALECT_DOTNET },
	{ XML_JOINED, "TestDefinitions/UnitTest|GenericTest|WebTest|ManualTest", .id = "@id",
		.name = "@name", .class = "TestMethod/@className" },
	{ XML_TOOL_FAILED, "RunInfo", .message = "Text", .when = crashed },
	{ XML_TOOL_FAILED, "ResultSummary", .message = "='the run was aborted'",
		.when = broke_off },
	{ XML_DECLARED, "ResultSummary/Counters", .tests = "@total", .failures = "@failed",
		.errors = "@error + @timeout" },
	{ 0 },
};

/* "Ns.Class, Assembly, Version=1.0": the assembly is no part of the class. */
static int
short_class(struct test_event *ev, struct buf *room)
{
	(void)room;
	ev->class = str_to(ev->class, str_chr(ev->class, ','));
	return 0;
}

static const struct xml_map map = {
	.roots = "TestRun", .records = records, .test = short_class,
};
XML_MAP_HOOKS(map)

const struct parser parser_trx = {
	.name = "trx",
	.help = "Visual Studio test results, dotnet test --logger trx",
	.kind = KIND_TESTS,
	.spec = "https://github.com/microsoft/vstest/blob/main/docs/report.md",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
