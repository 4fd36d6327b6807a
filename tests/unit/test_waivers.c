/*
 * test_waivers.c -- rule 13 of the decision model: what a waiver covers, and how long. The
 * day is 2026-11-20. The language of the tables is in correlate_text.h.
 */
#include "tests/unit/correlate_text.h"

static void
check(const char *name, const char *in, const char *out)
{
	struct world w = { 0 };

	check_world(&w, name, in, out, false);
}

static void
waivers_with(const char *in, const char *out, bool needs, long grace)
{
	struct world w = { .opt = { .waiver_needs_owner = needs, .waiver_needs_reason = needs,
		.waiver_needs_expires = needs, .waiver_grace_days = grace } };

	check_world(&w, "waivers", in, out, false);
}

static void
rule_13_waivers(void **state)
{
	static const char covered[] =
		"# known structured\n"
		"KF-1 open high Waived\n\tmatch test a::b\n\twaiver ann|clock|2026-12-31\n"
		"\talias #4562\n"
		"> unit\n"
		"test failed a::b\n"
		"test failed a::c = see #4562\n";
	static const char over[] =
		"# known structured\n"
		"KF-1 open high Over\n\tmatch test a::b\n\twaiver ann|clock|2026-10-31\n"
		"\talias #4562\n"
		"KF-2 open high No owner\n\tmatch test a::x\n\twaiver |clock|2026-12-31\n"
		"\talias #4563\n"
		"> unit\n"
		"test failed a::b\n"
		"test failed a::c = see #4562\n"
		"test failed a::d = see #4563\n"
		"test passed a::x\n";
	static const char lacking[] =
		"# known structured\n"
		"KF-1 open high No owner\n\tmatch test a::b\n\twaiver |clock|2026-12-31\n"
		"KF-2 open high No date\n\tmatch test a::c\n\twaiver ann|clock|\n"
		"> unit\n"
		"test failed a::b\n"
		"test failed a::c\n";
	static const char dates[] =
		"# known structured\n"
		"KF-1 open high Yesterday\n\tmatch test a::b\n\twaiver ann|clock|2026-11-19\n"
		"KF-2 open high Today\n\tmatch test a::c\n\twaiver ann|clock|2026-11-20\n"
		"KF-3 open high Soon\n\tmatch test a::d\n\twaiver ann|clock|2026-11-25\n"
		"KF-4 open high Long ago\n\tmatch test a::e\n\twaiver ann|clock|2026-11-01\n"
		"KF-5 open high Later\n\tmatch test a::f\n\twaiver ann|clock|2027-01-01\n"
		"> unit\n"
		"test failed a::b\ntest failed a::c\ntest failed a::d\ntest failed a::e\n"
		"test failed a::f\n";

	(void)state;
	waivers_with(covered,
		"a::b: waived KF-1 strong excused\n"
		"a::c: known-failure KF-1 strong excused\n", true, 0);
	waivers_with(over,
		"a::b: waiver-expired KF-1 strong\n"
		"a::c: known-failure KF-1 strong -- KF-1 names it, outside its match, and its "
		"waiver is over or lacks a field: it excuses nothing\n"
		"a::d: known-failure KF-2 strong -- KF-2 names it, outside its match, and its "
		"waiver is over or lacks a field: it excuses nothing\n"
		"a::x: unexpected-pass KF-2 strong\n", true, 0);
	waivers_with(over,
		"a::b: waived KF-1 strong excused grace -- the waiver of KF-1 is within the grace "
		"days of its end\n"
		"a::c: known-failure KF-1 strong excused\n"
		"a::d: known-failure KF-2 strong excused\n"
		"a::x: unexpected-pass KF-2 strong -- the waiver of KF-2 was not needed\n", false,
		30);
	waivers_with(lacking,
		"a::b: known-failure KF-1 strong -- the waiver of KF-1 lacks a field the policy "
		"requires, so it excuses nothing\n"
		"a::c: known-failure KF-2 strong -- the waiver of KF-2 lacks a field the policy "
		"requires, so it excuses nothing\n", true, 0);
	waivers_with(lacking,
		"a::b: waived KF-1 strong excused\n"
		"a::c: waived KF-2 strong excused\n", false, 0);
	waivers_with(dates,
		"a::b: waiver-expired KF-1 strong\n"
		"a::c: waived KF-2 strong excused\n"
		"a::d: waived KF-3 strong excused\n"
		"a::e: waiver-expired KF-4 strong\n"
		"a::f: waived KF-5 strong excused\n", true, 0);
	waivers_with(dates,
		"a::b: waived KF-1 strong excused grace -- the waiver of KF-1 is within the grace "
		"days of its end\n"
		"a::c: waived KF-2 strong excused grace -- the waiver of KF-2 is within the grace "
		"days of its end\n"
		"a::d: waived KF-3 strong excused grace -- the waiver of KF-3 is within the grace "
		"days of its end\n"
		"a::e: waiver-expired KF-4 strong\n"
		"a::f: waived KF-5 strong excused\n", true, 7);
	waivers_with(
		"# known structured\n"
		"KF-1 open high Waived\n\tmatch test a::b\n\twaiver ann|clock|2026-12-31\n"
		"KF-2 open high Gone\n\tmatch test a::c\n\twaiver ann|clock|2026-10-31\n"
		"KF-3 done high Fixed\n\tmatch test a::d\n\twaiver ann|clock|2026-12-31\n"
		"> unit\n"
		"test passed a::b\n"
		"test passed a::c\n"
		"test skipped a::c\n"
		"test failed a::d\n",
		"a::b: unexpected-pass KF-1 strong -- the waiver of KF-1 was not needed\n"
		"a::c: unexpected-pass KF-2 strong\n"
		"a::c: waiver-expired KF-2 strong\n"
		"a::d: failed-fix KF-3 strong\n", true, 0);
}

static void
excuses_with_a_date_end(void **state)
{
	(void)state;
	check("entries of a list",
		"# baseline list\n"
		"a::b open unknown\n\texpires 2026-11-20\n"
		"a::c open unknown\n\texpires 2026-11-19\n"
		"# audit document\n"
		"F1 open high Dated, describing\n\tcase a::d\n\texpires 2026-01-01\n"
		"> unit\n"
		"test failed a::b\n"
		"test failed a::c\n"
		"test failed a::d\n",
		"a::b: known-failure a::b strong excused\n"
		"a::c: waiver-expired a::c strong\n"
		"a::d: known-failure F1 strong\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rule_13_waivers),
		cmocka_unit_test(excuses_with_a_date_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
