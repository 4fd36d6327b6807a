/* Descriptions of JSON formats: fields, conditions, levels, and what tells clean from nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "parsers/support/jsonmap.h"

static struct buf said;

static int
take_issue(void *ctx, const struct issue_event *ev)
{
	(void)ctx;
	buf_addf(&said, "%.*s|%.*s|%s|%.*s|%.*s|%ld|%s%s@%ld\n", STR_FMT(ev->rule),
		STR_FMT(ev->severity), level_name(ev->level), STR_FMT(ev->message),
			STR_FMT(ev->file),
		ev->line, ev->suppressed ? "S" : "", ev->info_only ? "I" : "", ev->at);
	return 0;
}

static int
take_test(void *ctx, const struct test_event *ev)
{
	(void)ctx;
	buf_addf(&said, "%.*s|%.*s|%s|%.3f|%.*s\n", STR_FMT(ev->suite), STR_FMT(ev->name),
		outcome_name(ev->outcome), ev->seconds, STR_FMT(ev->text));
	return 0;
}

static void
take_problem(void *ctx, enum problem_code code, long line, struct str message)
{
	(void)ctx;
	buf_addf(&said, "%s@%ld: %.*s\n", problem_name(code), line, STR_FMT(message));
}

static void
take_clean(void *ctx)
{
	(void)ctx;
	buf_addz(&said, "clean\n");
}

static void
take_tool(void *ctx, struct str name, struct str version)
{
	(void)ctx;
	buf_addf(&said, "tool %.*s%s%.*s\n", STR_FMT(name), version.n ? " " : "",
		STR_FMT(version));
}

static const char *
read_by(const struct jsonmap *map, const char *text)
{
	struct sink sink = { .issue = take_issue, .test = take_test, .problem = take_problem,
		.clean = take_clean, .tool = take_tool };
	struct source *in = source_of_memory(str_of(text));

	buf_reset(&said);
	jsonmap_read(map, in, &sink);
	source_close(in);
	return buf_z(&said);
}

static void
test_issues(void **unused)
{
	static const struct level_word levels[] = { { "Bad", LEVEL_HIGH }, { 0 } };
	static const struct map_fields records[] = {
		{ .each = "files[].found[]", .rule = "R{id}", .severity = "level", .levels = levels,
			.message = "{package} {version}: {text|alt}", .file = "^name",
				.line = "at[0]",
			.score = "cvss", .suppressed = "ignored state=accepted",
				.pass = "state=ok&!bad",
			.unrated = LEVEL_LOW },
		{ .each = "error", .kind = MAP_FAILED, .message = "{code}: {summary}" },
		{ .each = "scanner", .kind = MAP_TOOL, .tool = "" },
		JSONMAP_VERSION("release"),
	};
	static const struct jsonmap map = { JSONMAP_RECORDS(records) };
	static const struct map_fields no_tool[] = {
		{ .each = "by.*", .rule = "@", .message = "m", .severity = "s" },
		{ .each = "error", .kind = MAP_FAILED, .message = "{code}: {summary}" },
	};
	static const struct jsonmap keyed = { JSONMAP_RECORDS(no_tool), .empty_is_nothing = true };
	static const struct {
		const struct jsonmap *map;
		const char *text, *log;
	} t[] = {
		{ &map, "{\"files\":[{\"found\":[{\"id\":1,\"level\":\"bad\",\"package\":\"p\","
			"\"alt\":\"x\",\"at\":[7]},\n"
			"{\"id\":2,\"version\":\"1\",\"cvss\":\"9.8\",\"ignored\":true},"
				"{\"state\":\"OK\"}],"
			"\"name\":\"f\"}],\"scanner\":\"sc\"}",
			"R1|bad|high|p: x|f|7|@1\nR2|9.8|critical|1|f|0|S@2\n||low||f|0|"
				"I@2\ntool sc\n" },
		{ &map, "{\"files\":[]}", "clean\n" },
		/* On the way inside of what is held, too: "found" is asked for by `^name`. */
		{ &map, "{\"files\":[{\"name\":\"f\",\"found\":\"all of it\"}]}",
			"malformed@1: a string stands where results are looked for in a list or an "
				"object\nclean\n" },
		{ &map, "{\"files\":[\"f\",{\"name\":\"g\",\"found\":null}]}",
			"malformed@1: a string stands where results are looked for in a list or an "
				"object\nclean\n" },
		{ &map, "{\"release\":\"2.0\",\"files\":[]}", "tool  2.0\nclean\n" },
		{ &map, "{\"release\":\"2.0\"}",
			"tool  2.0\nnot-recognised@0: JSON, but nothing of what such a report "
				"holds is in it\n" },
		{ &map, "{\"error\":{\"code\":\"E1\",\"summary\":\"no lock file\"}}",
			"tool-failed@1: E1: no lock file\n" },
		{ &map, "{\"other\":[]}",
			"not-recognised@0: JSON, but nothing of what such a report holds is in "
				"it\n" },
		{ &keyed, "{\"by\":{\"k\":{\"m\":\"a\",\"s\":\"moderate\"},\"l\":{\"m\":\"b\"}}}",
			"k|moderate|medium|a||0|@1\nl||unknown|b||0|@1\n" },
		{ &keyed, "{\"by\":{}}", "nothing-ran@0: it says that nothing was looked at\n" },
		{ &keyed, "{\"by\":[]}",
			"not-recognised@0: JSON, but nothing of what such a report holds is in "
				"it\n" },
		{ &keyed, "[]",
			"not-recognised@0: JSON, but nothing of what such a report holds is in "
				"it\n" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++)
		assert_string_equal(read_by(t[i].map, t[i].text), t[i].log);
}

static void
test_tests(void **unused)
{
	static const struct outcome_word outcomes[] = {
		{ "pass", OUT_PASSED }, { "fail", OUT_FAILED }, { "skip", OUT_SKIPPED }, { 0 },
	};
	static const struct map_fields records[] = {
		{ .each = "", .kind = MAP_TEST, .when = "Action=pass|fail|skip&Test",
			.suite = "Package",
			.name = "Test", .outcome = "Action", .outcomes = outcomes, .seconds = "Ms",
			.unit = 0.001, .text = "Out" },
	};
	static const struct jsonmap map = { JSONMAP_RECORDS(records), .lines = true };

	(void)unused;
	assert_string_equal(
		read_by(&map, "# building\n{\"Action\":\"run\",\"Test\":\"A\"}\n"
			      "{\"Action\":\"pass\",\"Test\":\"A\",\"Package\":\"p\",\"Ms\":12,"
				"\"Out\":\"x\"}\n"
			      "{\"Action\":\"fail\",\"Test\":\"B\",\"Package\":\"p\","
				"\"Out\":\"boom\"}\n"
			      "{\"Action\":\"pass\",\"Package\":\"p\"}\n"),
		"p|A|passed|0.012|\np|B|failed|-1.000|boom\n");
}

#define STANDS " stands where results are looked for in "

/* What stands in the way of results may hide some; what only tells of nothing hides none. */
static void
test_strange(void **unused)
{
	static const struct {
		const char *each, *text, *log;
	} t[] = {
		{ "a.b", "{\"a\":[{\"b\":1}]}", "malformed@1: a list" STANDS "an object\n" },
		{ "a[]", "{\n\"a\":{\"b\":1}}", "malformed@2: an object" STANDS "a list\n" },
		{ "a[]", "{\"a\":\"none\"}",
			"malformed@1: a string" STANDS "a list or an object\n" },
		{ "a.*[]", "{\"a\":{\"k\":7,\"l\":8}}",
			"malformed@1: a number or a word" STANDS "a list or an object\n" },
		{ "a[].b", "{\"a\":[null,{},[],false]}",
			"malformed@1: a number or a word" STANDS "a list or an object\n" },
		{ "a[]|[].a[]", "[{\"a\":[]},{\"a\":null}]", "" },
	};

	(void)unused;
	for (size_t i = 0; i < 2 * sizeof(t) / sizeof(*t); i++) {
		bool nothing = i % 2;
		const struct map_fields records = { .each = t[i / 2].each, .message = "m",
			.kind = nothing ? MAP_NOTHING : MAP_FAILED, .when = "m=never" };
		const struct jsonmap map = { .records = &records, .n = 1, .ran = "" };

		assert_string_equal(read_by(&map, t[i / 2].text), nothing ? "" : t[i / 2].log);
	}
}

static void
test_bad_descriptions(void **unused)
{
	static const struct {
		struct map_fields f;
		const char *field;
	} t[] = {
		{ { .each = "a[]", .rule = "{x" }, "rule" },
		{ { .each = "a[]", .rule = "^^^x" }, "" },
		{ { .each = "a", .rule = "@" }, "" },
		{ { .each = "a[]", .pass = "!" }, "pass" },
		{ { .each = "a[]", .rule = "b..c" }, "each" },
		{ { .each = "a[]", .file = "b[]" }, "each" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct jsonmap map = { .records = &t[i].f, .n = 1 };
		const char *why = NULL, *field = NULL;
		size_t entry;

		assert_int_equal(jsonmap_check(&map, &why, &field, &entry), -1);
		assert_non_null(why);
		assert_string_equal(field, t[i].field);
		assert_int_equal(entry, 0);
	}
}

static void
test_inside(void **unused)
{
	static const struct map_fields records[] = {
		{ .each = "a", .rule = "x" }, { .each = "a.b", .rule = "x" },
	};
	static const struct jsonmap map = { JSONMAP_RECORDS(records) };
	const char *why = NULL, *field = NULL;
	size_t entry;

	(void)unused;
	assert_int_equal(jsonmap_check(&map, &why, &field, &entry), -1);
	assert_string_equal(why, "it lies inside of another one's records");
}

static void
test_cvss(void **unused)
{
	(void)unused;
	assert_int_equal(level_of_cvss(0), LEVEL_INFO);
	assert_int_equal(level_of_cvss(3.9), LEVEL_LOW);
	assert_int_equal(level_of_cvss(4), LEVEL_MEDIUM);
	assert_int_equal(level_of_cvss(7), LEVEL_HIGH);
	assert_int_equal(level_of_cvss(9), LEVEL_CRITICAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_issues), cmocka_unit_test(test_tests),
		cmocka_unit_test(test_strange),
		cmocka_unit_test(test_bad_descriptions), cmocka_unit_test(test_cvss),
		cmocka_unit_test(test_inside),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&said);
	return rc;
}
