/*
 * test_evidence.c -- each kind of evidence: what it sees, and what is nearly it and must not
 * be: names, entries, IDs. The language of the tables is in correlate_text.h.
 */
#include "tests/unit/correlate_text.h"

struct row {
	const char *name, *in, *out;
};

static void
check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct world w = { 0 };

		check_world(&w, rows[i].name, rows[i].in, rows[i].out, true);
	}
}
#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void
test_property(void **state)
{
	static const struct row rows[] = {
		{ "the test says so itself, by ID, qualified ID or alias",
			"# audit document\n"
			"F1 open high First\n"
			"\talias #77\n"
			"> unit\n"
			"test failed t::a\n\tprop finding=F1\n"
			"test failed t::b\n\tprop finding= audit/F1 \n"
			"test failed t::c\n\tprop Finding=#77\n",
			"t::a: known-failure F1 certain | F1 property certain\n"
			"t::b: known-failure F1 certain | F1 property certain\n"
			"t::c: known-failure F1 certain | F1 property certain\n" },
		{ "several in one property",
			"# audit document\n"
			"F1 open high First\nF2 open low Second\n"
			"> unit\n"
			"test failed t::a\n\tprop finding=F2, F1\n",
			"t::a: known-failure F1 certain | F1 property certain, "
				"F2 property certain\n" },
		{ "another property, and an ID that nobody knows",
			"# audit document\n"
			"F1 open high First\n"
			"> unit\n"
			"test failed t::a\n\tprop findings-of-scan=F11\n"
			"test failed t::b\n\tprop finding=F9\n",
			"t::a: new-failure\n"
			"t::b: new-failure\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_entry(void **state)
{
	static const struct row rows[] = {
		{ "test and required message: certain; other matches: strong",
			"# known structured\n"
			"KF-1 open high Clock\n\tmatch test a::b\n\tmessage boom at noon\n"
			"KF-2 open high Path\n\tmatch path src/**\n"
			"KF-3 open high Said\n\tmessage disk is full\n"
			"> unit\n"
			"test failed a::b = it went boom at noon today\n"
			"test failed a::c = x\n\tfile src/x.c\n"
			"test failed a::d = the disk is full\n",
			"a::b: known-failure KF-1 certain excused | KF-1 entry certain, "
				"KF-1 signature likely\n"
			"a::c: known-failure KF-2 strong excused | KF-2 entry strong\n"
			"a::d: known-failure KF-3 strong excused | KF-3 entry strong, "
				"KF-3 signature likely\n" },
		{ "an entry's message elsewhere is a suggestion, where the test differs",
			"# known structured\n"
			"KF-1 open high Clock\n\tmatch test a::b\n\tmessage boom at noon\n"
			"> unit\n"
			"test failed a::c = boom at noon\n",
			"a::c: new-failure | KF-1 signature likely\n"
			"a::b: orphaned KF-1 strong\n" },
		{ "plain lists, in any spelling of the name, with the suite or without",
			"# baseline list\n"
			"tests/x.py::T::test_a open unknown\n"
			"com.x.FooTest.bar open unknown\n"
			"src/a.test.ts::adds_two_numbers open unknown\n"
			"> unit\n"
			"test failed tests.x.T.test_a\n"
			"test failed com.x.FooTest#bar\n"
			"test failed src/a.test.ts > adds_two_numbers\n"
			"test failed unit::q\n\tid s::unit::q\n",
			"tests.x.T.test_a: known-failure tests/x.py::T::test_a strong excused"
				" | tests/x.py::T::test_a entry strong\n"
			"com.x.FooTest#bar: known-failure com.x.FooTest.bar strong excused"
				" | com.x.FooTest.bar entry strong\n"
			"src/a.test.ts > adds_two_numbers: known-failure "
				"src/a.test.ts::adds_two_numbers strong excused"
				" | src/a.test.ts::adds_two_numbers entry strong\n"
			"s::unit::q: new-failure\n" },
		{ "with the suite in front",
			"# baseline list\n"
			"one::unit::q open unknown\n"
			"> unit\n"
			"test failed unit::q\n\tid one::unit::q\n"
			"test failed unit::q\n\tid two::unit::q\n",
			"one::unit::q: known-failure one::unit::q strong excused"
				" | one::unit::q entry strong\n"
			"two::unit::q: new-failure\n" },
		{ "anchored: longer names, parts, parameters not listed; a list is no glob",
			"# known structured\n"
			"KF-1 open high Clock\n\tmatch test a/foo\n"
			"KF-2 open high Glob\n\tmatch test tests/clock/**\n"
			"# baseline list\n"
			"x.py::test_* open unknown\n"
			"> unit\n"
			"test failed a/foobar\n"
			"test failed x/a/foo\n"
			"test failed a/foo[1]\n"
			"test failed x.py::test_b\n"
			"test failed tests/clockwork/a\n"
			"test failed tests/clock/b/c\n",
			"a/foobar: new-failure\n"
			"x/a/foo: new-failure\n"
			"a/foo[1]: new-failure\n"
			"x.py::test_b: new-failure\n"
			"tests/clockwork/a: new-failure\n"
			"tests/clock/b/c: known-failure KF-2 strong excused | KF-2 entry strong\n"
			"x.py::test_*: orphaned x.py::test_* strong\n"
			"a/foo: orphaned KF-1 strong\n" },
		{ "a message alone needs the message; optional ones only corroborate",
			"# known structured\n"
			"KF-1 open high Said\n\tmessage disk is full\n"
			"KF-2 open high Maybe\n\tmatch test a::c\n\tmessage? disk is full\n"
			"> unit\n"
			"test failed a::b = disk is fuller\n"
			"test failed a::c = other words\n",
			"a::b: new-failure\n"
			"a::c: known-failure KF-2 strong excused | KF-2 entry strong\n"
			"KF-1: its entry matched nothing in this run\n" },
		{ "patterns match a line at a time",
			"# known structured\n"
			"KF-1 open high Regex\n\tmessage~ ^boom at \\d+$\n"
			"> unit\n"
			"test failed a::b = first\n\t| then\n"
			"test failed a::c = first\n\tboom at 7\n",
			"a::b: new-failure\n"
			"a::c: known-failure KF-1 strong excused | KF-1 entry strong\n" },
		{ "where no test is named, the message is the match: no other, and no pass",
			"# known structured\n"
			"KF-1 open high Lease\n\tmatch path src/**/*.java\n"
			"\tmessage~ lease \\d+ (lost|expired)\n"
			"KF-2 open high Folder\n\tmatch path lib/**\n"
			"KF-3 open high Suite\n\tmatch suite slow*\n"
			"> unit\n"
			"test failed a::b = lease 7 expired\n\tfile src/x/A.java\n"
			"test failed a::c = lease 7 renewed\n\tfile src/x/A.java\n"
			"test failed a::d = lease 7 expired\n\tfile lab/x/A.java\n"
			"test passed a::e\n\tfile src/x/A.java\n"
			"test failed a::f\n\tfile lib/f.c\n"
			"test failed a::g\n\tsuite slow ones\n",
			"a::b: known-failure KF-1 strong excused | KF-1 entry strong\n"
			"a::c: new-failure\n"
			"a::d: new-failure\n"
			"a::e: passed\n"
			"a::f: known-failure KF-2 strong excused | KF-2 entry strong\n"
			"a::g: known-failure KF-3 strong excused | KF-3 entry strong\n" },
		{ "renamed tests map and say so",
			"# known structured\n"
			"renamed a::old a::new\n"
			"KF-1 open high Clock\n\tmatch test a::old\n"
			"> unit\n"
			"test failed a::new\n",
			"a::new: known-failure KF-1 strong excused | KF-1 entry strong\n" },
		{ "issues by tool, rule and path",
			"# known structured\n"
			"KF-1 open high Shell\n\tmatch rule B602\n\tmatch path app/**\n"
			"> bandit lint\n"
			"issue bandit B602 app/x.py:3 shell\n"
			"issue bandit B602 lib/x.py:3 shell\n"
			"issue bandit B101 app/x.py:4 assert\n",
			"bandit B602 app/x.py: known-issue KF-1 strong excused"
				" | KF-1 entry strong\n"
			"bandit B602 lib/x.py: new-issue\n"
			"bandit B101 app/x.py: new-issue\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_test_case(void **state)
{
	static const struct row rows[] = {
		{ "by node ID, in any spelling, parameters left out or given",
			"# audit document\n"
			"F1 open high First\n\tcase tests/x.py::T::test_a\n"
			"F2 open high Second\n\tcase tests/x.py::test_p[2]\n"
			"> unit\n"
			"test failed tests/x.py::T::test_a\n"
			"test failed tests.x.T.test_a[7]\n"
			"test failed tests/x.py::test_p[1]\n"
			"test failed tests/x.py::test_p[2]\n",
			"tests/x.py::T::test_a: known-failure F1 strong | F1 test-case strong\n"
			"tests.x.T.test_a[7]: known-failure F1 strong | F1 test-case strong\n"
			"tests/x.py::test_p[1]: new-failure\n"
			"tests/x.py::test_p[2]: known-failure F2 strong | F2 test-case strong\n" },
		{ "a bare name that one case has, in all its parameters and legs",
			"# audit document\n"
			"F1 open high First\n\tcase test_only_here\n"
			"F2 open high Second\n\tcase FooTest#bar()\n"
			"> unit\n"
			"test failed a.py::test_only_here[1]\n"
			"test failed a.py::test_only_here[2]\n"
			"test failed com.x.FooTest#bar\n"
			"> other\n"
			"test failed a.py::test_only_here[1]\n",
			"a.py::test_only_here[1]: known-failure F1 strong | F1 test-case strong\n"
			"a.py::test_only_here[2]: known-failure F1 strong | F1 test-case strong\n"
			"com.x.FooTest#bar: known-failure F2 strong | F2 test-case strong\n"
			"a.py::test_only_here[1]: known-failure F1 strong"
				" | F1 test-case strong\n" },
		{ "a bare name that two have, a passing one too; longer and shorter names",
			"# audit document\n"
			"F1 open high First\n\tcase test_login\n"
			"F2 open high Second\n\tcase test_log\n"
			"> unit\n"
			"test failed a.py::test_login\n"
			"test passed b.py::test_login\n"
			"test failed a.py::test_logout\n"
			"test failed a.py::my_test_log\n",
			"a.py::test_login: new-failure\n"
			"b.py::test_login: passed\n"
			"a.py::test_logout: new-failure\n"
			"a.py::my_test_log: new-failure\n" },
		{ "the last title of a JavaScript case, not the last word of it",
			"# audit document\n"
			"F1 open high First\n\tcase numbers\n"
			"F2 open high Second\n\tcase subtracts two\n"
			"> unit\n"
			"test failed src/a.test.ts > sums > adds numbers\n"
			"test failed src/a.test.ts > sums > subtracts two\n",
			"src/a.test.ts > sums > adds numbers: new-failure\n"
			"src/a.test.ts > sums > subtracts two: known-failure F2 strong"
				" | F2 test-case strong\n" },
		{ "another file's case of that name",
			"# audit document\n"
			"F1 open high First\n\tcase tests/a.py::test_x\n"
			"> unit\n"
			"test failed tests/b.py::test_x\n",
			"tests/b.py::test_x: new-failure\n" },
		{ "what a statement names counts for what it speaks of",
			"# audit document\n"
			"F1 open high First\n"
			"# status document\n"
			"F1x open unknown Later\n\tabout F1\n\tcase a.py::test_x\n"
			"> unit\n"
			"test failed a.py::test_x\n",
			"a.py::test_x: known-failure F1 strong | F1 test-case strong\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_id(void **state)
{
	static const struct row rows[] = {
		{ "in name, file, property and message, whatever the case, - and _ alike",
			"# audit document\n"
			"BUG-A01 open high First\n"
			"> unit\n"
			"test failed t::test_bug_a01_again\n"
			"test failed t::b\n\tfile tests/test_BUG-A01.py\n"
			"test failed t::c\n\tprop jira=see BUG-A01.\n"
			"test failed t::d = still BUG-A01, as ever\n",
			"t::test_bug_a01_again: known-failure BUG-A01 strong | BUG-A01 id strong\n"
			"t::b: known-failure BUG-A01 strong | BUG-A01 id strong\n"
			"t::c: known-failure BUG-A01 strong | BUG-A01 id strong\n"
			"t::d: known-failure BUG-A01 strong | BUG-A01 id strong\n" },
		{ "token boundaries, and the longer ID where both are known",
			"# audit document\n"
			"BUG-A01 open high First\nBUG-A01-2 open high Second\n"
			"> unit\n"
			"test failed t::test_bug_a012\n"
			"test failed t::test_debug_a01\n"
			"test failed t::test_buga01\n"
			"test failed t::d = BUG-A01-2 again\n"
			"test failed t::e = BUG-A01-2, not BUG-A01\n"
			"test failed t::f = BUG-A01, BUG-A01, BUG-A01\n",
			"t::test_bug_a012: new-failure\n"
			"t::test_debug_a01: new-failure\n"
			"t::test_buga01: new-failure\n"
			"t::d: known-failure BUG-A01-2 strong | BUG-A01-2 id strong\n"
			"t::e: known-failure BUG-A01 strong | BUG-A01 id strong, "
				"BUG-A01-2 id strong\n"
			"t::f: known-failure BUG-A01 strong | BUG-A01 id strong\n" },
		{ "numbers of three digits; other places' numbers, characters, colours",
			"# audit document\n"
			"F1 open high First\n\talias #123\n\talias #12\n"
			"> unit\n"
			"test failed t::a = broken since #123.\n"
			"test failed t::b = see org/repo#123\n"
			"test failed t::c = a &#123; b\n"
			"test failed t::d = color #123abc and #1234\n"
			"test failed t::e = only #12\n"
			"test failed t::f = now [#12]\n",
			"t::a: known-failure F1 strong | F1 id strong\n"
			"t::b: new-failure\n"
			"t::c: new-failure\n"
			"t::d: new-failure\n"
			"t::e: new-failure\n"
			"t::f: known-failure F1 strong | F1 id strong\n" },
		{ "short ones only in properties or brackets",
			"# audit document\n"
			"F1 open high First\n"
			"> unit\n"
			"test failed t::test_f1\n"
			"test failed t::b = pressed F1\n"
			"test failed t::c = known [F1]\n"
			"test failed t::d\n\tprop audit=F1 F12\n"
			"test failed t::e = [F12]\n",
			"t::test_f1: new-failure\n"
			"t::b: new-failure\n"
			"t::c: known-failure F1 strong | F1 id strong\n"
			"t::d: known-failure F1 strong | F1 id strong\n"
			"t::e: new-failure\n" },
		{ "an entry of a list is the name of its test, no ID",
			"# baseline list\n"
			"a.py::test_b-1 open unknown\n"
			"> unit\n"
			"test failed z.py::q = like a.py::test_b-1 does\n"
			"test failed a.py::test_b-1\n",
			"z.py::q: new-failure\n"
			"a.py::test_b-1: known-failure a.py::test_b-1 strong excused"
				" | a.py::test_b-1 entry strong\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_id_patterns(void **state)
{
	struct err err = { 0 };
	struct correlate_id_pattern pattern = { .id = STR("#$1") };
	struct world w = { 0 };

	(void)state;
	pattern.regex = regex_new(STR("_(\\d{4})(?=[_.:]|$)"), 0, (struct pos){ 0 }, &err);
	assert_non_null(pattern.regex);
	w.opt.id_patterns = &pattern;
	w.opt.nid_patterns = 1;
	check_world(&w, "id-patterns",
		"# audit document\n"
		"F1 open high First\n\talias #2330\n"
		"> unit\n"
		"test failed t::test_login_2330\n"
		"test failed t::test_9999_2330_x\n"
		"test failed t::test_23301\n",
		"t::test_login_2330: known-failure F1 strong | F1 id strong\n"
		"t::test_9999_2330_x: known-failure F1 strong | F1 id strong\n"
		"t::test_23301: new-failure\n", true);
	regex_free(pattern.regex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_property),
		cmocka_unit_test(test_entry),
		cmocka_unit_test(test_test_case),
		cmocka_unit_test(test_id),
		cmocka_unit_test(test_id_patterns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
