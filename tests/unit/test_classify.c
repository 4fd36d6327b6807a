/*
 * test_classify.c -- the rules of the decision model, each with the case that shows it. The
 * language of the tables is in correlate_text.h; the day is 2026-11-20.
 */
#include "tests/unit/correlate_text.h"

static void
check(const char *name, const char *in, const char *out)
{
	struct world w = { 0 };

	check_world(&w, name, in, out, false);
}

static void
rule_1_known_test_new_message(void **state)
{
	(void)state;
	check("entry",
		"# known structured\n"
		"KF-1 open high Clock\n\tmatch test a::b\n\tmessage boom at noon\n"
		"> unit\n"
		"test failed a::b = quite another thing\n",
		"a::b: new-failure mismatch -- signature-mismatch: KF-1 is about this, but its "
		"message 'boom at noon' does not occur\n");
	check("required signature of a finding",
		"# known structured\n"
		"KF-1 open high Clock\n\tentry\n\tcase a::b\n"
		"\tsig! boom at noon\n\tsig! or midnight\n"
		"> unit\n"
		"test failed a::b = boom at dusk or midnight\n"
		"test error a::b = boom\n",
		"a::b: known-failure KF-1 strong excused\n"
		"a::b: new-failure mismatch -- signature-mismatch: KF-1 is about this, but its "
		"message 'boom at noon' does not occur\n");
	check("signatures read from prose only corroborate",
		"# audit document\n"
		"F1 open high Clock\n\tcase a::b\n\tsig boom at noon\n"
		"> unit\n"
		"test failed a::b = quite another thing\n",
		"a::b: known-failure F1 strong\n");
	check("a pass has no message to miss",
		"# known structured\n"
		"KF-1 open high Clock\n\tmatch test a::b\n\tmessage boom at noon\n"
		"> unit\n"
		"test passed a::b\n",
		"a::b: unexpected-pass KF-1 strong\n");
}

static void
rule_2_outcome_is_part_of_the_expectation(void **state)
{
	(void)state;
	check("expected failed, got error; expected error, got failed",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::b\n\toutcome failed\n"
		"KF-2 open high Two\n\tmatch test a::c\n\toutcome error\n"
		"KF-3 open high Three\n\tmatch test a::d\n\toutcome error\n\toutcome failed\n"
		"> unit\n"
		"test error a::b\n"
		"test failed a::c\n"
		"test error a::d\n",
		"a::b: new-failure -- outcome-mismatch: KF-1 expects a failure, this is an error\n"
		"a::c: known-failure KF-2 strong excused -- KF-2 expects an error, this is a "
		"failure: an improvement\n"
		"a::d: known-failure KF-3 strong excused\n");
}

static void
rule_3_names_are_anchored(void **state)
{
	(void)state;
	check("a/foo does not cover a/foobar",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a/foo\n"
		"KF-2 open high Two\n\tmatch path b/foo/**\n"
		"> unit\n"
		"test failed a/foobar\n"
		"test failed x\n\tfile b/foobar/x.c\n"
		"test failed y\n\tfile b/foo/x.c\n"
		"test passed a/foo\n",
		"a/foobar: new-failure\n"
		"x: new-failure\n"
		"y: known-failure KF-2 strong excused\n"
		"a/foo: unexpected-pass KF-1 strong\n");
}

static void
rule_6_volatile_text(void **state)
{
	(void)state;
	check("another address, another time",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::b\n"
		"\tmessage object at 0x7f531db0ca50 died after 3.2s\n"
		"> unit\n"
		"test failed a::b = object at 0x7fff00001234 died after 17.9s\n",
		"a::b: known-failure KF-1 certain excused\n");
}

static void
rule_7_scope_is_part_of_a_match(void **state)
{
	(void)state;
	check("Python 3.9 only is no excuse for 3.12",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::b\n\tmatch leg py39\n"
		"KF-2 open high Two\n\tmatch test a::c\n\tmatch report e2e\n"
		"> unit leg=py39\n"
		"test failed a::b\n"
		"test failed a::c\n"
		"> unit leg=py312\n"
		"test failed a::b\n"
		"> e2e\n"
		"test failed a::c\n",
		"a::b: known-failure KF-1 strong excused\n"
		"a::c: new-failure\n"
		"a::b: new-failure\n"
		"a::c: known-failure KF-2 strong excused\n");
}

static const char several[] =
	"# audit document\n"
	"F1 open high Open, described\n\tcase a::b\n\tcase a::c\n\tcase a::d\n\tcase a::e\n"
	"F2 open critical Worse\n\tcase a::b\n"
	"F3 done low Done\n\tcase a::c\n"
	"F4 rejected high Not a bug\n\tcase a::f\n\tcase a::b\n"
	"# known structured\n"
	"KF-1 open low Accepted\n\tmatch test a::b\n\tmatch test a::c\n\tmatch test a::d\n"
	"KF-2 open low Waived\n\tmatch test a::d\n\tmatch test a::e\n"
	"\twaiver ann|clock|2026-12-31\n"
	"KF-3 open low Expired\n\tmatch test a::e\n\twaiver ann|clock|2026-10-01\n"
	"KF-4 open low Other message\n\tmatch test a::b\n\tmessage never said here\n"
	"> unit\n"
	"test failed a::b\ntest failed a::c\ntest failed a::d\ntest failed a::e\n"
	"test failed a::f\n";

static void
rule_8_the_strictest_decides(void **state)
{
	struct world w = { .backwards = true };
	static const char out[] =
		"a::b: known-failure KF-1 strong excused mismatch -- signature-mismatch: KF-4 is "
		"about this, but its message 'never said here' does not occur\n"
		"a::c: failed-fix F3 strong\n"
		"a::d: waived KF-2 strong excused\n"
		"a::e: waiver-expired KF-3 strong\n"
		"a::f: new-failure -- F4 names it, but was rejected\n";

	(void)state;
	check("strictest", several, out);
	check_world(&w, "the other way round", several, out, false);
	check("of describing ones, the highest level",
		"# audit document\n"
		"F1 open medium One\n\tcase a::b\n"
		"F2 open unknown Two\n\tcase a::b\n"
		"F3 open low Three\n"
		"> unit\n"
		"test failed a::b\n\tprop finding=F3\n",
		"a::b: known-failure F2 strong\n");
}

static void
rule_9_all_are_classified(void **state)
{
	struct world w = { 0 };
	struct buf in = BUF_INIT;

	(void)state;
	buf_addz(&in, "# baseline list\n");
	for (int i = 0; i < 2000; i++)
		buf_addf(&in, "pkg::case_%d open unknown\n", i);
	buf_addz(&in, "> unit\n");
	for (int i = 0; i < 20001; i++)
		buf_addf(&in, "test failed pkg::case_%d\n", i);
	world_correlate(&w, buf_z(&in));
	for (size_t i = 0; i < w.tests.n; i++)
		assert_int_equal(w.tests.v[i]->judged.cls,
			i < 2000 ? CLASS_KNOWN_FAILURE : CLASS_NEW_FAILURE);
	world_release(&w);
	buf_release(&in);
}

static void
rule_10_renames_map_and_say_so(void **state)
{
	struct world w = { 0 };

	(void)state;
	world_correlate(&w,
		"# known structured\n"
		"renamed a::old a::new\n"
		"KF-1 open high One\n\tmatch test a::old\n"
		"# audit document\n"
		"F1 open high One\n\tcase a::old\n"
		"> unit\n"
		"test failed a::new\n");
	assert_int_equal(w.tests.v[0]->judged.nevidence, 2);
	for (size_t i = 0; i < 2; i++)
		assert_true(str_eqz(w.tests.v[0]->judged.evidence[i].detail,
			"a::old, renamed to a::new"));
	assert_int_equal(w.run.absents.n, 0);
	world_release(&w);
}

static void
rule_11_always_and_sometimes(void **state)
{
	(void)state;
	check("entries are always unless they say otherwise, documents sometimes",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::b\n"
		"KF-2 open high Two\n\tmatch test a::c\n\tsometimes\n"
		"# audit document excuses\n"
		"F1 open high Doc\n\tcase a::d\n\tcase a::e\n"
		"> unit\n"
		"test passed a::b\n"
		"test passed a::c\n"
		"test passed a::d\n"
		"test failed a::e\n",
		"a::b: unexpected-pass KF-1 strong\n"
		"a::c: passed KF-2 strong\n"
		"a::d: passed F1 strong\n"
		"a::e: known-failure F1 strong excused\n");
	check("all that a document names passed: one note",
		"# audit document\n"
		"F1 open high Doc\n\tcase a::d\n\tcase a::e\n"
		"F2 open high Doc\n\tcase a::d\n\tcase a::gone\n"
		"F3 done high Doc\n\tcase a::d\n"
		"F4 open high Doc\n\tcase a::s\n"
		"F5 open high Doc\n\tcase a::d\n\tfile a\n"
		"> unit\n"
		"test passed a::d\n"
		"test passed a::e\n"
		"test skipped a::s\n",
		"a::d: verified-fix F3 strong\n"
		"a::e: passed F1 strong\n"
		"a::s: known-skip F4 strong\n"
		"F1: all 2 tests it names passed: it may be done\n"
		"F5: the test it names passed: it may be done\n");
	check("an entry expects something of its own match only",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::b\n"
		"KF-2 open high Two\n\tentry\n"
		"> unit\n"
		"test passed a::test_kf_1\n"
		"test passed a::test_kf_2\n"
		"test failed a::b\n",
		"a::test_kf_1: passed KF-1 strong\n"
		"a::test_kf_2: unexpected-pass KF-2 strong\n"
		"a::b: known-failure KF-1 strong excused\n");
}

static void
rule_12_done_and_failing(void **state)
{
	(void)state;
	check("failed-fix, though it excuses; unknown ancestry blocks, with the hint",
		"# known structured\n"
		"KF-1 done high One\n\tmatch test a::b\n"
		"KF-2 done high Two\n\tmatch test a::c\n\tfixed-in 4f2a91c\n"
		"> unit\n"
		"test failed a::b\n"
		"test flaky a::b\n"
		"test failed a::c\n",
		"a::b: failed-fix KF-1 strong\n"
		"a::b: failed-fix KF-1 strong\n"
		"a::c: failed-fix KF-2 strong -- KF-2 names 4f2a91c as its fix; whether this "
		"revision contains it is not known (hint: check out the history, fetch-depth: 0)"
		"\n");
}

static void
rule_15_orphans_need_a_producer_that_ran(void **state)
{
	static const char findings[] =
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::gone\n"
		"KF-2 done high Two\n\tmatch test a::fixed\n"
		"KF-3 open high Three\n\tmatch test b/**\n\tmatch test a::here\n"
		"KF-4 open high Four\n\tmatch test e::x\n\tmatch report e2e\n";
	struct buf in = BUF_INIT;

	(void)state;
	buf_addf(&in, "%s> unit\ntest failed a::here\n> lint lint incomplete\n", findings);
	check("complete", buf_z(&in),
		"a::here: known-failure KF-3 strong excused\n"
		"lint: indeterminate\n"
		"a::gone: orphaned KF-1 strong -- KF-1 expects 'a::gone', which did not run\n"
		"a::fixed: unverified-fix KF-2 strong -- KF-2 expects 'a::fixed', which did not "
		"run\n"
		"b/**: orphaned KF-3 strong -- KF-3 expects 'b/**', which did not run\n");
	buf_reset(&in);
	buf_addf(&in, "%s> unit incomplete\ntest failed a::here\n> e2e\ntest passed e::y\n",
		findings);
	check("incomplete", buf_z(&in),
		"a::here: known-failure KF-3 strong excused\n"
		"e::y: passed\n"
		"unit: indeterminate\n"
		"e::x: orphaned KF-4 strong -- KF-4 expects 'e::x', which did not run\n");
	buf_release(&in);
}

static void
nothing_is_absent_from_a_part(void **state)
{
	struct world w = { .opt.partial = true };

	(void)state;
	check_world(&w, "--only",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::gone\n"
		"> unit\n"
		"test passed a::here\n",
		"a::here: passed\n", false);
}

static void
rule_16_skipped_is_neither(void **state)
{
	(void)state;
	check("neither a pass nor a fix",
		"# audit document\n"
		"F1 open high One\n\tcase a::b\n"
		"F2 done high Two\n\tcase a::c\n"
		"> unit\n"
		"test skipped a::b\n"
		"test skipped a::c\n"
		"test skipped a::d\n",
		"a::b: known-skip F1 strong\n"
		"a::c: unverified-fix F2 strong\n"
		"a::d: skipped\n");
}

static void
rule_18_named_is_not_excused(void **state)
{
	(void)state;
	check("documents describe, unless the policy says so; lists excuse, unless it says so",
		"# audit document\n"
		"F1 open high One\n\tcase a::b\n"
		"# todo document excuses\n"
		"F2 open high Two\n\tcase a::c\n"
		"# baseline list describes\n"
		"a::d open unknown\n"
		"> unit\n"
		"test failed a::b\n"
		"test failed a::c\n"
		"test failed a::d\n"
		"test flaky a::c\n",
		"a::b: known-failure F1 strong\n"
		"a::c: known-failure F2 strong excused\n"
		"a::d: known-failure a::d strong\n"
		"a::c: known-flaky F2 strong excused\n");
}

static void
states_and_their_columns(void **state)
{
	(void)state;
	check("in progress, unknown words, duplicates",
		"# audit document\n"
		"F1 in-progress high One\n\tcase a::b\n"
		"F2 unknown high Two\n\tcase a::c\n"
		"F3 done high Three\n"
		"F4 duplicate high Four\n\tduplicates F3\n\tcase a::d\n"
		"F5 duplicate high Five\n\tcase a::e\n"
		"F6 waived high Said so, without a waiver\n\tcase a::f\n"
		"> unit\n"
		"test failed a::b\ntest failed a::c\ntest failed a::d\ntest failed a::e\n"
		"test failed a::f\n",
		"a::b: known-failure F1 strong\n"
		"a::c: known-failure F2 strong\n"
		"a::d: failed-fix F4 strong\n"
		"a::e: known-failure F5 strong\n"
		"a::f: known-failure F6 strong\n");
	check("for issues",
		"# known structured\n"
		"KF-1 open high One\n\tmatch rule A1\n"
		"KF-2 done high Two\n\tmatch rule A2\n"
		"KF-3 rejected high Three\n\tmatch rule A3\n"
		"KF-4 open high Four\n\tmatch rule A4\n\twaiver ann|x|2026-12-31\n"
		"KF-5 open high Five\n\tmatch rule A5\n\twaiver ann|x|2026-10-31\n"
		"> lint lint\n"
		"issue t A1 a.c:1 m\nissue t A2 a.c:1 m\nissue t A3 a.c:1 m\nissue t A4 a.c:1 m\n"
		"issue t A5 a.c:1 m\nissue t A6 a.c:1 m\n",
		"t A1 a.c: known-issue KF-1 strong excused\n"
		"t A2 a.c: resurfaced KF-2 strong\n"
		"t A3 a.c: rejected-issue KF-3 strong\n"
		"t A4 a.c: waived KF-4 strong excused\n"
		"t A5 a.c: waiver-expired KF-5 strong\n"
		"t A6 a.c: new-issue\n");
}

static void
a_tracker_and_its_target_are_one_thing(void **state)
{
	(void)state;
	check("even evidence: where it was described, whatever the order of the registers",
		"# audit document\n"
		"F1 open high One\n\tcase a::b\n\tfile tests/c.py\n"
		"# todo document\n"
		"TD-1 open high Track\n\ttracks F1\n\tcase a::b\n\tcase tests/c.py::x\n"
		"> unit\n"
		"test failed a::b\n"
		"test failed tests/c.py::x\n",
		"a::b: known-failure F1 strong\n"
		"tests/c.py::x: known-failure TD-1 strong\n");
	check("a finding that follows, in the register before",
		"# zero document\n"
		"F0 open high Zero\n"
		"# todo document\n"
		"TD-1 open high Track\n\tcase a::b\n\ttracks F0\n"
		"> unit\n"
		"test failed a::b\n\tprop finding=F0\n",
		"a::b: known-failure F0 certain\n");
}

static void
excuse_at_certain(void **state)
{
	struct world w = { .opt.excuse_at = STRENGTH_CERTAIN };

	(void)state;
	check_world(&w, "only what the test or a message proves",
		"# known structured\n"
		"KF-1 open high One\n\tmatch test a::b\n\tmessage boom at noon\n"
		"KF-2 open high Two\n\tmatch test a::c\n"
		"> unit\n"
		"test failed a::b = boom at noon\n"
		"test failed a::c\n",
		"a::b: known-failure KF-1 certain excused\n"
		"a::c: new-failure\n", false);
}

static void
a_property_that_names_nothing(void **state)
{
	(void)state;
	check("a slip of the pen is said",
		"# audit document\n"
		"F1 open high One\n"
		"> unit\n"
		"test failed a::b\n\tprop finding=F11\n",
		"a::b: new-failure -- its property finding names 'F11', which no register knows\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rule_1_known_test_new_message),
		cmocka_unit_test(rule_2_outcome_is_part_of_the_expectation),
		cmocka_unit_test(rule_3_names_are_anchored),
		cmocka_unit_test(rule_6_volatile_text),
		cmocka_unit_test(rule_7_scope_is_part_of_a_match),
		cmocka_unit_test(rule_8_the_strictest_decides),
		cmocka_unit_test(rule_9_all_are_classified),
		cmocka_unit_test(rule_10_renames_map_and_say_so),
		cmocka_unit_test(rule_11_always_and_sometimes),
		cmocka_unit_test(rule_12_done_and_failing),
		cmocka_unit_test(rule_15_orphans_need_a_producer_that_ran),
		cmocka_unit_test(nothing_is_absent_from_a_part),
		cmocka_unit_test(rule_16_skipped_is_neither),
		cmocka_unit_test(rule_18_named_is_not_excused),
		cmocka_unit_test(states_and_their_columns),
		cmocka_unit_test(a_tracker_and_its_target_are_one_thing),
		cmocka_unit_test(excuse_at_certain),
		cmocka_unit_test(a_property_that_names_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
