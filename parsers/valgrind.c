/*
 * valgrind.c -- valgrind --xml=yes, of Memcheck, Helgrind and DRD:
 * https://sourceware.org/git/?p=valgrind.git;a=blob;f=docs/internals/xml-output-protocol4.txt
 *
 * The place of an error is the first frame with a source file that is neither Valgrind's own
 * nor a library's. Errors have no degrees: the kind says how bad one is.
 */
#include "parsers/parser.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word levels[] = {
	{ "InvalidFree", LEVEL_HIGH }, { "MismatchedFree", LEVEL_HIGH },
	{ "InvalidRead", LEVEL_HIGH }, { "InvalidWrite", LEVEL_HIGH },
	{ "InvalidJump", LEVEL_HIGH }, { "InvalidMemPool", LEVEL_HIGH },
	{ "Overlap", LEVEL_HIGH }, { "UninitCondition", LEVEL_HIGH },
	{ "UninitValue", LEVEL_HIGH }, { "SyscallParam", LEVEL_HIGH },
	{ "ClientCheck", LEVEL_HIGH }, { "FishyValue", LEVEL_MEDIUM },
	{ "Leak_DefinitelyLost", LEVEL_MEDIUM }, { "Leak_IndirectlyLost", LEVEL_MEDIUM },
	{ "Leak_PossiblyLost", LEVEL_LOW }, { "Leak_StillReachable", LEVEL_INFO },
	{ "Race", LEVEL_HIGH }, { "DataRace", LEVEL_HIGH }, { "ConflictingAccess", LEVEL_HIGH },
	{ "UnlockUnlocked", LEVEL_HIGH }, { "UnlockForeign", LEVEL_HIGH },
	{ "UnlockBogus", LEVEL_HIGH }, { "LockOrder", LEVEL_MEDIUM },
	{ "PthAPIerror", LEVEL_MEDIUM }, { "Misc", LEVEL_MEDIUM },
	{ "FatalSignal", LEVEL_CRITICAL }, { NULL, 0 },
};
static const struct xml_when foreign[] = {
	{ "file", "~vg_replace_|m_replacemalloc.c|hg_intercepts.c|drd_pthread_intercepts.c",
		XML_DROP },
	{ "obj", "~/valgrind/|~/usr/lib|~/lib/", XML_DROP },
	{ NULL, NULL, XML_DROP },
};
static const struct xml_record records[] = {
	{ XML_ISSUE, "valgrindoutput/error", .rule = "kind", .severity = "kind",
		.message = "what|xwhat/text", .levels = levels },
	{ XML_PLACE, "error/stack/frame", .file = "dir + file", .line = "line",
		.when = foreign },
	{ XML_ISSUE, "valgrindoutput/fatal_signal", .rule = "='FatalSignal'",
		.severity = "='FatalSignal'", .message = "signame|event", .levels = levels },
	{ XML_PLACE, "fatal_signal/stack/frame", .file = "dir + file", .line = "line",
		.when = foreign },
	{ 0 },
};
static const struct xml_map map = { .roots = "valgrindoutput", .records = records };
XML_MAP_HOOKS(map)

const struct parser parser_valgrind = {
	.name = "valgrind",
	.help = "valgrind --xml=yes: Memcheck, Helgrind, DRD",
	.kind = KIND_LINT,
	.tool = "valgrind",
	.spec = "https://valgrind.org/docs/manual/manual-core.html#opt.xml",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
