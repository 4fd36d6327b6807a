/* test_policy_names.c -- where the policy is found, which files its registers are, and whether
 * the findings it names exist. */
#include "policy_files.h"

static void
has_diag(const struct diags *d, size_t i, const char *text)
{
	assert_true(i < d->n);
	assert_string_equal(d->v[i].text.p, text);
}

/* From the working folder up to the repository's root, and no further. */
static void
searched_up_to_the_root(void **state)
{
	struct arena mem = { 0 };

	(void)state;
	assert_null(policy_search(&mem));
	put("gate.yaml", "version: 1\n");
	assert_string_equal(policy_search(&mem), "gate.yaml");
	assert_int_equal(mkdir("repo", 0755) | mkdir("repo/a", 0755) | mkdir("repo/a/b", 0755), 0);
	assert_int_equal(chdir("repo/a/b"), 0);
	assert_null(policy_search(&mem)); /* no repository: a stranger's policy is none of ours */
	assert_int_equal(mkdir("../../.git", 0755), 0);
	assert_null(policy_search(&mem)); /* it lies above the root */
	put("../../gate.json", "{}");
	assert_string_equal(policy_search(&mem), "../../gate.json");
	put("../.gate.yaml", "version: 1\n");
	assert_string_equal(policy_search(&mem), "../.gate.yaml");
	put("gate.yml", "version: 1\n");
	assert_string_equal(policy_search(&mem), "gate.yml");
	assert_int_equal(mkdir("gate.yaml", 0755), 0); /* a folder is no policy */
	assert_string_equal(policy_search(&mem), "gate.yml");
	assert_int_equal(chdir(top), 0);
	arena_release(&mem);
}

static void
registers_become_files(void **state)
{
	struct findings fs = { 0 };
	struct diags d = { 0 };
	struct policy p;

	(void)state;
	put("a.md", "# A\n");
	put("sub/b.md", "# B\n");
	put("sub/c.md", "# C\n");
	put("sub/gate.yaml", "severities: {S1: high}\nregisters:\n  - {path: '*.md', owner: ann}\n"
		"  - {path: c.md, excuses: true, expires: 2027-03-31, severities: {S1: low}}\n"
		"  - ../a.md\n");
	assert_int_equal(policy_load(&p, "sub/gate.yaml", &d), 0);
	assert_int_equal(policy_registers(&p, &fs, &d), 0);
	assert_int_equal(fs.regs.n, 3);
	assert_string_equal(fs.regs.v[0]->path.p, "sub/b.md");
	assert_string_equal(fs.regs.v[0]->shown.p, "b.md");
	assert_true(str_eqz(fs.regs.v[0]->name, "b"));
	assert_true(str_eqz(fs.regs.v[0]->fill_owner, "ann"));
	assert_false(fs.regs.v[0]->excuses_set);
	/* What names the file itself holds, wherever it stands. */
	assert_true(fs.regs.v[1]->excuses_set && fs.regs.v[1]->excuses);
	assert_int_equal(fs.regs.v[1]->fill_owner.n, 0);
	assert_true(fs.regs.v[1]->fill_expires != DATE_NONE);
	assert_int_equal(words_level(&fs.regs.v[1]->severities, STR("S1")), LEVEL_LOW);
	assert_int_equal(words_level(&fs.regs.v[0]->severities, STR("S1")), LEVEL_HIGH);
	assert_true(str_eqz(fs.regs.v[2]->name, "../a"));
	findings_release(&fs);
	policy_release(&p);
	diags_release(&d);
}

static void
a_register_that_is_not_there(void **state)
{
	struct findings fs = { 0 };
	struct diags d = { 0 };
	struct policy p;

	(void)state;
	put("a.md", "# A\n");
	assert_int_equal(load(&p, &d, "registers: [gone.md, 'none/*.md', {path: a.md, owner: x}, "
		"{path: a.md, owner: y}]\n"), 0);
	assert_int_equal(policy_registers(&p, &fs, &d), -1);
	assert_int_equal(d.errors, 3);
	has_diag(&d, 0, "the register 'gone.md' does not exist");
	assert_int_equal(d.v[0].at.col, 13);
	has_diag(&d, 1, "the register 'none/*.md' matches no file");
	has_diag(&d, 2, "'a.md' is already named on line 1, with other settings");
	findings_release(&fs);
	policy_release(&p);
	diags_release(&d);
}

static void
named_findings_exist(void **state)
{
	struct findings fs = { 0 };
	struct reg *a = findings_reg(&fs, STR("a.md"), STR("a.md"));
	struct reg *b = findings_reg(&fs, STR("b.md"), STR("b.md"));
	struct diags d = { 0 };
	struct policy p;

	(void)state;
	findings_add(&fs, a, STR("F1"), STR("one"), 1);
	findings_add(&fs, b, STR("F1"), STR("another"), 1);
	findings_add(&fs, b, STR("TD-001"), STR("two"), 2);
	assert_int_equal(load(&p, &d, "reports:\n  u: {path: x, finding: b/F1}\n"
		"  v: {path: x, finding: F1}\n  w: {path: x, finding: TD-002}\n"
		"rules: {new-failures: {finding: ['TD-*', 'ZZ-*', TD-001]}}\n"), 0);
	assert_int_equal(policy_check_findings(&p, &fs, &d), -1);
	assert_int_equal(d.errors, 3);
	has_diag(&d, 0, "the finding 'F1' is ambiguous: 2 findings bear this name");
	assert_string_equal(d.v[0].hint.p, "write one of: a/F1, b/F1");
	assert_int_equal(d.v[0].at.line, 3);
	has_diag(&d, 1, "no register holds the finding 'TD-002'");
	assert_string_equal(d.v[1].hint.p, "did you mean 'TD-001'?");
	has_diag(&d, 2, "the pattern 'ZZ-*' matches no finding");
	findings_release(&fs);
	policy_release(&p);
	diags_release(&d);
}

static void
named_producers_exist(void **state)
{
	struct findings fs = { 0 };
	struct diags d = { 0 };
	struct policy p;

	(void)state;
	assert_int_equal(load(&p, &d, "reports: {unit: x.xml, e2e: y.xml}\n"
		"rules:\n  new-failures: {report: [unit, 'e*', cli]}\n"
		"  flaky-tests: {report: unti, level: warn}\n"), 0);
	assert_int_equal(policy_check_findings(&p, &fs, &d), -1);
	assert_int_equal(d.errors, 1);
	has_diag(&d, 0, "the policy has no producer 'unti'");
	assert_string_equal(d.v[0].hint.p, "did you mean 'unit'?");
	assert_int_equal(d.v[0].at.line, 4);
	policy_release(&p);
	diags_release(&d);
	assert_int_equal(load(&p, &d, "rules: {new-failures: {report: any}}\n"), 0);
	assert_int_equal(policy_check_findings(&p, &fs, &d), 0);
	findings_release(&fs);
	policy_release(&p);
	diags_release(&d);
}

/* A policy's own secrets leave every text. */
static void
redaction_is_set_up(void **state)
{
	struct buf out = BUF_INIT;
	struct diags d = { 0 };
	struct policy p;

	(void)state;
	setenv("GATE_TEST_SECRET", "hunter-two", 1);
	setenv("GATE_TEST_SHORT", "abc", 1);
	assert_int_equal(load(&p, &d, "redact: {patterns: 'acme_[a-z0-9]{4}', env: "
		"[GATE_TEST_SECRET, GATE_TEST_SHORT, GATE_TEST_UNSET]}\n"), 0);
	assert_int_equal(d.warnings, 1);
	has_diag(&d, 0,
		"the value of GATE_TEST_SHORT is shorter than four bytes: it is not redacted");
	assert_true(redact(p.redactor, STR("key acme_ab12 for hunter-two"), &out));
	assert_string_equal(buf_z(&out), "key [redacted] for [redacted]");
	buf_release(&out);
	policy_release(&p);
	diags_release(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searched_up_to_the_root),
		cmocka_unit_test(registers_become_files),
		cmocka_unit_test(a_register_that_is_not_there),
		cmocka_unit_test(named_findings_exist),
		cmocka_unit_test(named_producers_exist),
		cmocka_unit_test(redaction_is_set_up),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
