/*
 * spotbugs.c -- SpotBugs' and FindBugs' XML:
 * https://github.com/spotbugs/spotbugs/blob/master/spotbugs/etc/bugcollection.xsd
 *
 * A bug names several source lines: its own, else its method's, field's or class's. Priorities
 * are 1 (high), 2 (normal), 3 (low), 4 (experimental).
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "1", LEVEL_HIGH }, { "2", LEVEL_MEDIUM }, { "3", LEVEL_LOW }, { "4", LEVEL_INFO },
	{ "5", LEVEL_INFO }, { NULL, 0 },
};
static const struct xml_when no_class[] = {
	{ "@total_classes", "0", XML_KEEP },
	{ NULL, NULL, XML_DROP },
};

#define LINES \
	.file = "@sourcepath|@sourcefile", .line = "@start", .end_line = "@end"

static const struct xml_record records[] = {
	{ XML_TOOL, "/BugCollection", .version = "@version" },
	{ XML_ISSUE, "BugInstance", .rule = "@type", .severity = "@priority",
		.message = "LongMessage|ShortMessage|@type", .fingerprint = "@instanceHash",
		.levels = levels },
	{ XML_PLACE, "BugInstance/SourceLine", LINES },
	{ XML_PLACE, "BugInstance/Method/SourceLine", LINES },
	{ XML_PLACE, "BugInstance/Field/SourceLine", LINES },
	{ XML_PLACE, "BugInstance/Class/SourceLine", LINES },
	{ XML_TOOL_FAILED, "Errors/Error", .message = "ErrorMessage|Exception" },
	{ XML_NOTHING_RAN, "FindBugsSummary", .message = "='no class was analysed'",
		.when = no_class },
	{ 0 },
};
static const struct xml_map map = { .roots = "BugCollection", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_spotbugs = {
	.name = "spotbugs",
	.help = "SpotBugs' and FindBugs' XML",
	.kind = KIND_LINT,
	.tool = "spotbugs",
	.spec = "https://github.com/spotbugs/spotbugs/blob/master/spotbugs/etc/bugcollection.xsd",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
