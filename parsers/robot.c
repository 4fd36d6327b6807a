/*
 * robot.c -- Robot Framework's output.xml:
 * https://github.com/robotframework/robotframework/tree/master/doc/schema
 *
 * A test is selected by its suites and its name with dots between. What fails in a suite's
 * teardown is written nowhere but there, though all of its tests then count as failed.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "PASS", OUT_PASSED }, { "FAIL", OUT_FAILED }, { "SKIP", OUT_SKIPPED },
	{ "NOT RUN", OUT_SKIPPED }, { "NOT_RUN", OUT_SKIPPED }, { NULL, 0 },
};
static const struct xml_when failed[] = {
	{ "status/@status", "FAIL", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_when all_tests[] = {
	{ ".", "All Tests", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_TOOL, "/robot", .version = "@generator" },
	{ XML_TEST, "suite/test", .id = "^^suite/@name + @name", .name = "@name",
		.suite = "^^suite/@name", .file = "^suite/@source", .line = "@line",
		.seconds = "status/@elapsed", .outcome = "status/@status", .message = "status",
		.outcomes = outcomes, .dialect = DIALECT_READY },
	{ XML_PROP, "test/tag", .name = "='tag'", .value = "." },
	{ XML_PROP, "test/tags/tag", .name = "='tag'", .value = "." },
	{ XML_SUITE_ERROR, "suite/kw[@type=TEARDOWN]", .name = "^^suite/@name",
		.message = "status/@message|status|msg[@level=FAIL]|='the suite teardown failed'",
		.when = failed },
	{ XML_DECLARED, "statistics/total/stat", .tests = "@pass + @fail + @skip",
		.failures = "@fail", .skipped = "@skip", .when = all_tests },
	{ 0 },
};
static const struct xml_map map = { .roots = "robot", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_robot = {
	.name = "robot",
	.help = "Robot Framework's output.xml",
	.kind = KIND_TESTS,
	.tool = "robot",
	.spec = "https://github.com/robotframework/robotframework/tree/master/doc/schema",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
