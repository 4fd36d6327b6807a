/* test_judge.c -- rules over runs made by hand: outcomes, verdict, exit status, the sentence. */
#include "policy_files.h"

#include "run_by_hand.h"

#define says(h, text) assert_string_equal((h)->d.sentence.p, (text))

static void
a_clean_run_passes(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_passed(&h, 1000);
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 0);
	says(&h, "Passed: 1,000 tests, no lint or scan results.");
	assert_int_equal(h.d.counts[CLASS_PASSED], 1000);
	assert_int_equal(hand_rule(&h, "new-failures")->outcome, RESULT_PASS);
	assert_string_equal(hand_rule(&h, "new-failures")->message.p, "no new failures");
	hand_release(&h);
}

static void
new_failures_and_failed_fixes_block(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_passed(&h, 3);
	hand_test(&h, "b", OUT_FAILED, CLASS_NEW_FAILURE);
	hand_test(&h, "a", OUT_ERROR, CLASS_NEW_FAILURE);
	hand_test(&h, "c", OUT_FAILED, CLASS_FAILED_FIX);
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 1);
	says(&h, "Blocked: 2 new failures, 1 failed fix.");
	assert_string_equal(hand_rule(&h, "new-failures")->message.p, "2 new failures, 0 allowed");
	assert_true(str_eqz(hand_rule(&h, "new-failures")->items.v[0].id, "a"));
	assert_int_equal(h.d.counts[CLASS_PASSED], 3);
	assert_int_equal(h.d.counts[CLASS_NEW_FAILURE], 2);
	hand_judge(&h, "rules: {new-failures: 2, failed-fixes: warn}\n");
	says(&h, "Passed: 6 tests, no lint or scan results, 2 new failures. Warnings: 1 failed "
		"fix.");
	assert_int_equal(h.d.exit, 0);
	hand_release(&h);
}

/* Being in an audit is not consent to fail. */
static void
described_is_not_excused(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_known(&h, "a", false);
	hand_known(&h, "b", true);
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 1);
	says(&h, "Blocked: 1 new failure.");
	assert_int_equal(hand_rule(&h, "known-failures")->observed, 1);
	hand_release(&h);
}

static void
known_failures_by_level_number_and_evidence(void **state)
{
	static const struct { const char *rule; int exit; } cases[] = {
		{ "known-failures: 2", 0 },
		{ "known-failures: 1", 1 },
		{ "known-failures: fail", 1 },
		{ "known-failures: {tolerate: high}", 0 },
		{ "known-failures: {tolerate: medium}", 1 },
		{ "known-failures: {tolerate: medium, level: warn}", 0 },
		{ "known-failures: {tolerate: [high]}", 0 },
		{ "known-failures: {tolerate: [critical, low]}", 1 },
		{ "known-failures: {tolerate: none}", 1 },
		{ "known-failures: {tolerate: all, max: 1}", 1 },
		{ "known-failures: {tolerate: all, max: {high: 2}}", 0 },
		{ "known-failures: {tolerate: all, max: {high: 1}}", 1 },
		{ "known-failures: {evidence: strong}", 0 },
		{ "known-failures: {evidence: certain}", 1 },
		{ "known-failures: {max: baseline}", 3 },
		{ "known-failures: {max: baseline, level: warn}", 0 },
	};
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_known(&h, "a", true);
	hand_known(&h, "b", true);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char policy[200];

		snprintf(policy, sizeof(policy), "rules: {%s}\n", cases[i].rule);
		if (hand_judge(&h, policy)->exit != cases[i].exit)
			fail_msg("%s: %d", cases[i].rule, h.d.exit);
	}
	hand_release(&h);
}

static void
a_limit_without_its_baseline(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_issue(&h, "i", LEVEL_LOW, CLASS_NEW_ISSUE);
	assert_int_equal(hand_judge(&h, "rules: {total-issues: {max: baseline}}\n")->exit, 3);
	says(&h, "Inconclusive: 1 issue, and the limit `baseline` has no baseline to compare "
		"with.");
	hand_judge(&h, "rules: {total-issues: {max: baseline, level: warn}}\n");
	assert_int_equal(h.d.exit, 0);
	assert_string_equal(hand_rule(&h, "total-issues")->message.p,
		"1 issue; the limit `baseline` was not applied: there is no baseline");
	/* What can be said without one is said. */
	hand_judge(&h, "rules: {total-issues: {max: {high: baseline, low: 0}}}\n");
	assert_int_equal(h.d.exit, 1);
	hand_release(&h);
}

static void
issues_by_level_tool_and_path(void **state)
{
	static const struct { const char *rule; int exit; } cases[] = {
		{ "new-issues: 2", 0 },
		{ "new-issues: 1", 1 },
		{ "new-issues: {max: {high: 0}}", 1 },
		{ "new-issues: {max: {critical: 0}}", 0 },
		{ "new-issues: {max: {high: 1, low: 1}}", 0 },
		{ "new-issues: {tool: bandit, max: 0}", 0 },
		{ "new-issues: {tool: [bandit, ruff], max: 0}", 1 },
		{ "new-issues: {path: 'app/*', max: 0}", 1 },
		{ "new-issues: {path: app, max: 0}", 0 },
		{ "new-issues: {rule: 'E5*', level: warn}", 0 },
		{ "new-issues: {rule: 'E5*', level: [high], max: 1}", 0 },
		{ "new-issues: {kind: lint}", 1 },
		{ "new-issues: {kind: [tests, security]}", 0 },
		{ "new-issues: {report: ruff}", 1 },
		{ "new-issues: {leg: 'py*'}", 0 },
		{ "new-issues: {max: {critical: 0}, without-baseline: fail}", 1 },
		{ "new-issues: {max: 0, without-baseline: warn}", 0 },
		{ "new-issues: [{tool: bandit, max: 0}, {tool: ruff, max: 1}]", 1 },
	};
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_issue(&h, "i", LEVEL_LOW, CLASS_NEW_ISSUE);
	hand_issue(&h, "j", LEVEL_HIGH, CLASS_KNOWN_ISSUE)->judged.finding = h.f1; /* described */
	hand_issue(&h, "k", LEVEL_HIGH, CLASS_KNOWN_ISSUE)->judged.excused = true;
	hand_issue(&h, "l", LEVEL_HIGH, CLASS_NEW_ISSUE)->info_only = true;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char policy[200];

		snprintf(policy, sizeof(policy), "rules: {%s}\n", cases[i].rule);
		if (hand_judge(&h, policy)->exit != cases[i].exit)
			fail_msg("%s: %d", cases[i].rule, h.d.exit);
	}
	hand_judge(&h, "rules: {new-issues: {max: {high: 0}}}\n");
	says(&h, "Blocked: 1 new issue of level high.");
	assert_string_equal(hand_rule(&h, "new-issues")->message.p,
		"2 new issues (1 high, 1 low), allowed: high 0");
	hand_judge(&h, "rules: {new-issues: [{tool: ruff}, {path: 'app/**'}]}\n");
	says(&h, "Blocked: 2 new issues."); /* overlapping instances count once */
	hand_release(&h);
}

static void
not_delivered_is_inconclusive(void **state)
{
	struct hand h;
	struct problem cut = { PROBLEM_TRUNCATED, 9, STR("cut") };
	struct problem cry = { PROBLEM_TOOL_NOT_FOUND, 1, STR("not found") };

	(void)state;
	hand_init(&h);
	*vec_push(&h.lint.problems) = cry;
	h.lint.complete = h.run.producers.v[0].complete = false;
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 3);
	says(&h, "Inconclusive: ruff did not deliver (tool-not-found).");
	*vec_push(&h.tests.problems) = cut;
	h.tests.complete = h.run.producers.v[1].complete = false;
	hand_test(&h, "a", OUT_FAILED, CLASS_NEW_FAILURE);
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 1);
	says(&h, "Blocked: 1 new failure. Also inconclusive: ruff did not deliver "
		"(tool-not-found); unit is incomplete (truncated).");
	/* Only its own rule can tolerate it, and what that rule does not name stays. */
	hand_judge(&h, "rules: {incomplete-input: {report: ruff, level: warn}}\n");
	says(&h, "Inconclusive: unit is incomplete (truncated).");
	hand_judge(&h, "rules: {incomplete-input: warn}\n");
	says(&h, "Passed: 1 test, no lint or scan results, 1 new failure. Warnings: 2 incomplete "
		"inputs.");
	hand_judge(&h, "rules: {incomplete-input: fail}\n");
	says(&h, "Blocked: 2 incomplete inputs.");
	hand_judge(&h, "rules: {incomplete-input: 2}\n");
	assert_int_equal(h.d.exit, 0);
	hand_judge(&h, "rules: {incomplete-input: off}\n");
	assert_int_equal(h.d.exit, 0);
	assert_int_equal(h.d.remarks.n, 1);
	hand_release(&h);
}

static void
nothing_at_all_is_no_pass(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	h.run.producers.n = 0;
	assert_int_equal(hand_judge(&h, "rules: {new-failures: 0}\n")->exit, 3);
	says(&h, "Inconclusive: no report was asked for.");
	h.run.producers.n = 2;
	hand_release(&h);
}

static void
optional_forgives_absence_only(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	h.run.producers.v[0].tool_only_absent = true;
	h.run.producers.v[0].complete = false;
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 0);
	hand_release(&h);
}

static void
too_few_tests_and_absent_legs(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	producer_problem(&h.run, &h.run.producers.v[1], PROBLEM_NOTHING_RAN,
		"3 tests ran; at least 600 must");
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 3);
	says(&h, "Inconclusive: unit: 3 tests ran; at least 600 must (nothing-ran).");
	hand_release(&h);
}

static void
indeterminate_is_inconclusive(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_test(&h, "unit::x", OUT_UNKNOWN, CLASS_INDETERMINATE);
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 3);
	says(&h, "Inconclusive: unit::x has no readable outcome.");
	hand_release(&h);
}

static void
exit_statuses_need_an_explanation(void **state)
{
	static const struct { long status, failures; int exit; const char *sentence; } cases[] = {
		{ 0, 0, 0, NULL },
		{ 1, 1, 0, NULL },
		{ 1, 0, 3, "Inconclusive: unit ended in exit status 1, though nothing failed." },
		{ 0, 1, 3, "Inconclusive: unit ended in exit status 0, though tests failed." },
		{ 139, 1, 3, "Inconclusive: unit was killed by signal 11 (SIGSEGV), exit status "
		"139." },
		{ 127, 1, 3, "Inconclusive: unit could not be started, exit status 127." },
		{ 255, 1, 3, "Inconclusive: unit ended abnormally, exit status 255." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct hand h;

		hand_init(&h);
		hand_passed(&h, 5);
		for (long k = 0; k < cases[i].failures; k++)
			hand_known(&h, "a", true);
		h.run.producers.v[1].exit_known = EXIT_GIVEN;
		h.run.producers.v[1].exit_status = cases[i].status;
		if (hand_judge(&h, "version: 1\n")->exit != cases[i].exit)
			fail_msg("%ld with %ld: %d", cases[i].status, cases[i].failures, h.d.exit);
		if (cases[i].sentence)
			says(&h, cases[i].sentence);
		hand_release(&h);
	}
}

static void
a_required_baseline_is_not_ignored(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	assert_int_equal(hand_judge(&h, "baseline: b.json\nrules: {incomplete-input: off}\n")->exit,
		3);
	says(&h, "Inconclusive: the baseline b.json is missing (`gate baseline save` makes one; "
		"`required: false` judges without).");
	hand_judge(&h, "baseline: {path: b.json, required: false}\n");
	assert_int_equal(h.d.exit, 0);
	assert_int_equal(h.d.remarks.n, 1);
	hand_release(&h);
}

static void
add_waiver(struct hand *h, const char *owner, const char *reason, const char *expires)
{
	struct entry *e = arena_new(&h->fs.mem, struct entry);

	e->has_waiver = true;
	e->waiver_owner = str_of(owner);
	e->waiver_reason = str_of(reason);
	e->waiver_expires = DATE_NONE;
	if (expires)
		assert_true(date_parse(str_of(expires), &e->waiver_expires));
	h->f1->entry = e;
}

/* --now is 2026-01-15. */
static void
waivers_are_honest(void **state)
{
	static const struct { const char *owner, *reason, *expires, *rule, *why; } cases[] = {
		{ "ann", "clock", "2026-02-01", "waivers: {max-days: 90}", NULL },
		{ "ann", "clock", "2026-04-15", "waivers: {max-days: 90}", NULL },
		{ "ann", "clock", "2026-04-16", "waivers: {max-days: 90}",
			"the waiver expires on 2026-04-16, more than 90 days ahead" },
		{ "", "clock", "2026-02-01", "waivers: {max-days: 90}", "the waiver lacks "
		"`owner`" },
		{ " ", "", NULL, "waivers: 5", "the waiver lacks `owner` and `reason` and "
		"`expires`" },
		{ "", "clock", NULL, "waivers: {require: reason}", NULL },
		{ "", "", NULL, "waivers: {require: []}", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char policy[200];
		struct hand h;

		hand_init(&h);
		add_waiver(&h, cases[i].owner, cases[i].reason, cases[i].expires);
		snprintf(policy, sizeof(policy), "rules: {%s}\n", cases[i].rule);
		hand_judge(&h, policy);
		assert_int_equal(h.d.exit, cases[i].why ? 1 : 0);
		if (cases[i].why)
			assert_string_equal(hand_rule(&h, "waivers")->items.v[0].text.p,
			cases[i].why);
		hand_release(&h);
	}
}

static void
grace_warns_and_the_most_at_once(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_test(&h, "a", OUT_FAILED, CLASS_WAIVED);
	hand_test(&h, "b", OUT_FAILED, CLASS_WAIVED)->judged.in_grace = true;
	assert_int_equal(hand_judge(&h, "extends: ratchet\n")->exit, 0);
	says(&h, "Passed: 2 tests, no lint or scan results, 2 waived. Warnings: 1 waived result "
		"in grace.");
	assert_int_equal(hand_rule(&h, "waivers")->items.n, 1);
	assert_int_equal(hand_judge(&h, "rules: {waivers: 1}\n")->exit, 1);
	says(&h, "Blocked: 2 waived results (1 allowed).");
	hand_release(&h);
}

static void
register_problems_by_code_and_path(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	findings_note(&h.fs, REGP_NO_OWNER, h.fs.regs.v[0], 4, "F1 has no owner");
	findings_note(&h.fs, REGP_DANGLING_LINK, h.fs.regs.v[0], 7, "names nothing");
	assert_int_equal(hand_judge(&h, "rules: {register-health: 1}\n")->exit, 1);
	assert_true(str_eqz(hand_rule(&h, "register-health")->items.v[0].id, "known.yaml:4 "
		"no-owner"));
	assert_int_equal(hand_judge(&h, "rules: {register-health: {codes: no-owner, max: "
		"1}}\n")->exit,
		0);
	assert_int_equal(hand_judge(&h, "rules: {register-health: {path: 'docs/**'}}\n")->exit, 0);
	hand_release(&h);
}

static void
skipped_in_number_and_percent(void **state)
{
	struct hand h;

	(void)state;
	hand_init(&h);
	hand_passed(&h, 9);
	hand_test(&h, "s", OUT_SKIPPED, CLASS_SKIPPED);
	assert_int_equal(hand_judge(&h, "rules: {skipped-tests: {max-percent: 10}}\n")->exit, 0);
	assert_int_equal(hand_judge(&h, "rules: {skipped-tests: {max-percent: 9%}}\n")->exit, 1);
	says(&h, "Blocked: 1 skipped test of 10.");
	assert_string_equal(hand_rule(&h, "skipped-tests")->message.p,
		"1 skipped test of 10, 9 % allowed");
	assert_int_equal(hand_judge(&h, "rules: {skipped-tests: 0}\n")->exit, 1);
	assert_int_equal(hand_judge(&h, "rules: {skipped-tests: {report: e2e}}\n")->exit, 0);
	hand_release(&h);
}

/* Order of anything never changes a decision. */
static void
order_changes_nothing(void **state)
{
	struct hand h;
	struct test *swap;
	char first[300];

	(void)state;
	hand_init(&h);
	hand_test(&h, "b", OUT_FAILED, CLASS_NEW_FAILURE);
	hand_test(&h, "a", OUT_FAILED, CLASS_REGRESSION);
	hand_test(&h, "c", OUT_FAILED, CLASS_NEW_FAILURE);
	hand_judge(&h, "extends: ratchet\n");
	snprintf(first, sizeof(first), "%s", h.d.sentence.p);
	swap = h.run.tests.v[0];
	h.run.tests.v[0] = h.run.tests.v[2];
	h.run.tests.v[2] = swap;
	hand_judge(&h, "extends: ratchet\n");
	assert_string_equal(first, h.d.sentence.p);
	assert_true(str_eqz(hand_rule(&h, "new-failures")->items.v[0].id, "b"));
	hand_release(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_run_passes),
		cmocka_unit_test(new_failures_and_failed_fixes_block),
		cmocka_unit_test(described_is_not_excused),
		cmocka_unit_test(known_failures_by_level_number_and_evidence),
		cmocka_unit_test(a_limit_without_its_baseline),
		cmocka_unit_test(issues_by_level_tool_and_path),
		cmocka_unit_test(not_delivered_is_inconclusive),
		cmocka_unit_test(nothing_at_all_is_no_pass),
		cmocka_unit_test(optional_forgives_absence_only),
		cmocka_unit_test(too_few_tests_and_absent_legs),
		cmocka_unit_test(indeterminate_is_inconclusive),
		cmocka_unit_test(exit_statuses_need_an_explanation),
		cmocka_unit_test(a_required_baseline_is_not_ignored),
		cmocka_unit_test(waivers_are_honest),
		cmocka_unit_test(grace_warns_and_the_most_at_once),
		cmocka_unit_test(register_problems_by_code_and_path),
		cmocka_unit_test(skipped_in_number_and_percent),
		cmocka_unit_test(order_changes_nothing),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
