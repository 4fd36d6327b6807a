/* test_policy_load.c -- each kind of bad policy has its one message. */
#include "policy_files.h"

struct bad {
	const char *text;
	const char *message; /* "line:col: text" */
	const char *hint;    /* NULL: any */
};

static const struct bad bad[] = {
	/* the file */
	{ "", "1:1: the policy is empty", "extends: ratchet" },
	{ "- a\n", "1:1: the policy must be a map, not a list", NULL },
	{ "version: 2\n", "1:10: unknown version of the policy format: '2'", NULL },
	{ "requires: '>=99.0'\n",
		"1:11: this policy requires gate >=99.0, and this is gate 0.1.0", "" },
	{ "requires: soon\n", "1:11: `requires` is no version: 'soon'", NULL },
	{ "nmae: x\n", "1:1: unknown key 'nmae'", "did you mean 'name'?" },
	{ "name: ''\n", "1:7: `name` is empty", "" },
	{ "name: [a]\n", "1:7: `name` must be a text, not a list", "" },
	{ "name: \"a\\nb\"\n", "1:7: `name` holds a control character", "" },
	{ "extends: ratched\n", "1:10: unknown preset 'ratched'", "did you mean 'ratchet'?" },
	{ "extends: gone.yaml\n",
		"1:10: can't extend 'gone.yaml': can't read it: no such file", "" },
	{ "extends: gate.yaml\n", "1:10: the policy extends itself: gate.yaml -> gate.yaml", "" },
	{ "exempt: []\n", "1:1: `exempt` belongs in a floor", NULL },
	/* registers */
	{ "registers: ['']\n", "1:13: the value is empty", "" },
	{ "registers: [{pth: a}]\n", "1:13: a register needs a `path`", NULL },
	{ "registers: ['**/*']\n", "1:13: the pattern '**/*' matches every file", NULL },
	{ "registers: {path: a.md, expires: 2026-02-30}\n",
		"1:34: '2026-02-30' is not a date", NULL },
	{ "registers: {path: a.md, excuses: maybe}\n",
		"1:34: `excuses` must be true or false, not 'maybe'", "" },
	{ "registers: {path: a.md, severity: huge}\n", "1:35: 'huge' is no known severity", NULL },
	/* reports */
	{ "reports: [a.xml]\n", "1:11: a report in a list must be a map with `name`", NULL },
	{ "reports: [{name: a, path: x}, {name: a, path: y}]\n",
		"1:38: the report 'a' is named twice", "" },
	{ "reports: {u: {min-tests: 1}}\n", "1:11: the report 'u' has no `path`", NULL },
	{ "reports: {u: {path: ''}}\n", "1:21: `path` is empty", "" },
	{ "reports: {u: {path: []}}\n", "1:21: `path` is an empty list", "" },
	{ "reports: {u: {path: '**'}}\n", "1:21: the pattern '**' matches every file", NULL },
	{ "reports: {u: {path: x, formt: y}}\n",
		"1:24: unknown key 'formt' in `u`", "did you mean 'format'?" },
	{ "reports: {u: {path: x, min-tests: -1}}\n",
		"1:35: `min-tests` must be a whole number from 0 to 500000000, not '-1'", "" },
	{ "reports: {u: {path: x, min-tests: 1.5}}\n",
		"1:35: `min-tests` must be a whole number from 0 to 500000000, not '1.5'", "" },
	{ "reports: {u: {path: x, legs: [a, a]}}\n", "1:30: the leg 'a' is listed twice", "" },
	{ "reports: {u: {path: x, expect-files: 0}}\n",
		"1:38: `expect-files` must be a whole number from 1 to 200000, not '0'", "" },
	{ "reports: {u: {path: x, empty: full}}\n",
		"1:31: unknown value of `empty`: 'full'", "known: clean" },
	{ "reports: {u: {path: x, optional: yes}}\n",
		"1:34: `optional` must be true or false, not 'yes'", "" },
	{ "reports: {u: {path: x, when-changed: '**'}}\n",
		"1:38: the pattern '**' matches everything", NULL },
	{ "reports: {cli: x}\n",
		"1:11: 'cli' is the name of the reports that the command line lists", NULL },
	{ "reports: {a/b: x}\n", "1:11: the name of a report can't hold '/' or '=': 'a/b'", "" },
	{ "reports: {a: x, a: y}\n", NULL, NULL }, /* a duplicate key: the tree's words */
	/* the rest */
	{ "baseline: {required: false}\n", "1:11: `baseline` needs a `path`", "" },
	{ "baseline: {path: x, requierd: false}\n",
		"1:21: unknown key 'requierd' in `baseline`", "did you mean 'required'?" },
	{ "match: {excuse-at: likely}\n", "1:20: unknown value of `excuse-at`: 'likely'", NULL },
	{ "match: {suggest-at: strong}\n", "1:21: unknown value of `suggest-at`: 'strong'", NULL },
	{ "match: {id-patterns: [{pattern: '(.*)', id: '$1'}]}\n",
		"1:33: the pattern '(.*)' matches everything", "" },
	{ "match: {id-patterns: [{pattern: '_(', id: '$1'}]}\n",
		"1:33: bad regular expression '_(': missing closing parenthesis at character 3",
		"" },
	{ "match: {id-patterns: [{pattern: '_(\\d+)', id: '$2'}]}\n",
		"1:47: `id` uses the group $2, which the pattern does not have", "" },
	{ "match: {id-patterns: [{pattern: '_(\\d+)', id: x}]}\n",
		"1:47: `id` uses no group of the pattern: every match would mean the same finding",
		NULL },
	{ "match: {id-patterns: [{pattern: '_(\\d+)'}]}\n",
		"1:23: an ID pattern needs `pattern` and `id`", NULL },
	{ "match: {strip: ['']}\n", "1:17: the value is empty", "" },
	{ "severities: {P9: grave}\n", "1:18: unknown value of `P9`: 'grave'", NULL },
	{ "statuses: {vorbei: waived}\n", "1:20: unknown value of `vorbei`: 'waived'", NULL },
	{ "redact: {patterns: ['.*']}\n", "1:21: '.*' would redact everyday words", "" },
	{ "redact: {env: [1X]}\n", "1:16: '1X' is no name of an environment variable", "" },
	{ "delivery: {comment: sometimes}\n",
		"1:21: unknown value of `comment`: 'sometimes'", NULL },
	{ "delivery: {check: maybe}\n", "1:19: unknown value of `check`: 'maybe'", NULL },
	{ "delivery: {annotations: -1}\n",
		"1:25: `annotations` must be a whole number from 0 to 10000, not '-1'", "" },
	/* rules */
	{ "rules: {new-failure: 0}\n",
		"1:9: unknown rule 'new-failure'", "did you mean 'new-failures'?" },
	{ "rules: {duration: {percent: 0}}\n",
		"1:29: `percent` must be a whole number from 1 to 100000, not '0'", NULL },
	{ "rules: [new-failures]\n", "1:8: `rules` must be a map, not a list", "" },
	{ "rules: {new-failures: -1}\n",
		"1:23: '-1' is no value for the rule `new-failures`", NULL },
	{ "rules: {new-failures: }\n", "1:9: the rule `new-failures` has no value", NULL },
	{ "rules: {new-failures: true}\n",
		"1:23: 'true' is no value for the rule `new-failures`", NULL },
	{ "rules: {new-failures: []}\n",
		"1:23: a list is no value for the rule `new-failures`", NULL },
	{ "rules: {new-failures: {}}\n",
		"1:23: an empty map says nothing about `new-failures`", NULL },
	{ "rules: {new-failures: [3]}\n",
		"1:24: '3' is no value for the rule `new-failures`", NULL },
	{ "rules: {flaky-tests: warm}\n",
		"1:22: 'warm' is no value for the rule `flaky-tests`", NULL },
	{ "rules: {total-issues: baseline}\n",
		"1:23: 'baseline' is no value for the rule `total-issues`",
		"total-issues: {max: baseline}" },
	{ "rules: {new-issues: {max: many}}\n",
		"1:27: `max` must be a number, `baseline` or a map from level to either", NULL },
	{ "rules: {new-issues: {max: {hihg: 0}}}\n",
		"1:28: unknown level 'hihg' in `max`", "did you mean 'high'?" },
	{ "rules: {new-issues: {max: {}}}\n", "1:27: `max` names no level", "" },
	{ "rules: {new-issues: {tol: bandit}}\n",
		"1:22: unknown key 'tol' in `new-issues`", "did you mean 'tool'?" },
	{ "rules: {new-issues: {tool: '*'}}\n", "1:28: the pattern '*' matches everything", NULL },
	{ "rules: {new-issues: {tool: ''}}\n", "1:28: `tool` is empty", "" },
	{ "rules: {new-issues: {level: error}}\n",
		"1:29: unknown value of `level`: 'error'", NULL },
	{ "rules: {new-issues: {level: [high, fail]}}\n", "1:36: unknown value 'fail'", NULL },
	{ "rules: {new-issues: {kind: test}}\n",
		"1:28: unknown value of `kind`: 'test'", "did you mean 'tests'?" },
	{ "rules: {new-failures: {test: error}}\n",
		"1:30: the pattern 'error' matches everyday words", NULL },
	{ "rules: {new-failures: {since: 2026-01-01}}\n",
		"1:24: `since` belongs in a floor", NULL },
	{ "rules: {known-failures: {tolerate: hihg}}\n",
		"1:36: unknown value of `tolerate`: 'hihg'", "did you mean 'high'?" },
	{ "rules: {waivers: {require: [owner, name]}}\n", "1:36: unknown value 'name'", NULL },
	{ "rules: {waivers: {max-days: 0}}\n",
		"1:29: `max-days` must be a whole number from 1 to 36500, not '0'", "" },
	{ "rules: {skipped-tests: {max-percent: 101}}\n",
		"1:38: `max-percent` must be a whole number from 0 to 100, not '101'", "" },
	{ "rules: {skipped-tests: {path: a/**}}\n",
		"1:25: `skipped-tests` can't be limited by `path`", NULL },
	/* JSON */
	{ "{\"name\": 3, \"x\": 1}", "1:13: unknown key 'x'", NULL },
};

static bool
same(const char *got, const char *want)
{
	if (strcmp(got, want) == 0)
		return true;
	print_error("got  %s\nwant %s\n", got, want);
	return false;
}

static void
each_has_its_message(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct policy p;
		struct diags d = { 0 };
		struct buf got = BUF_INIT;

		assert_int_equal(load(&p, &d, bad[i].text), -1);
		assert_true(d.n >= 1);
		buf_addf(&got, "%ld:%ld: %.*s", d.v[0].at.line, d.v[0].at.col,
			STR_FMT(d.v[0].text));
		wrong += bad[i].message && !same(buf_z(&got), bad[i].message);
		wrong += bad[i].hint && !same(d.v[0].hint.n ? d.v[0].hint.p : "", bad[i].hint);
		assert_string_equal(d.v[0].at.file, "gate.yaml");
		buf_release(&got);
		policy_release(&p);
		diags_release(&d);
	}
	assert_int_equal(wrong, 0);
}

static void
all_problems_at_once_in_order(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	assert_int_equal(load(&p, &d, "rules: {x: 0}\nextends: nowhere.yaml\nfoo: 1\n"
		"reports: {u: {path: x, min-tests: no}}\nname: ''\n"), -1);
	assert_int_equal(d.errors, 5);
	for (size_t i = 0; i < d.n; i++)
		assert_int_equal(d.v[i].at.line, (long)i + 1);
	policy_release(&p);
	diags_release(&d);
}

static const struct rule_instance *
find(const struct policy *p, const char *rule, size_t nth)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (strcmp(p->rules.v[i].rule->name, rule) == 0 && nth-- == 0)
			return &p->rules.v[i];
	return NULL;
}

static void
must_load(struct policy *p, struct diags *d, const char *text)
{
	int rc = load(p, d, text);

	diags_print(stderr, d, DIAG_NOTE);
	assert_int_equal(rc, 0);
	assert_int_equal(d->n, 0);
}

static void
a_rule_has_four_forms(void **state)
{
	struct policy p;
	struct diags d = { 0 };
	const struct rule_instance *r;

	(void)state;
	must_load(&p, &d, "rules:\n  new-failures: 3\n  flaky-tests: warn\n  missing-tests: off\n"
		"  new-issues: {tool: [bandit, ruff], max: {high: 0, low: baseline}, level: info}\n"
		"  unexpected-passes: [{report: unit, level: fail}, {level: [info], max: 2}, "
		"{level: high}]\n");
	r = find(&p, "new-failures", 0);
	assert_int_equal(r->level, RULE_FAIL);
	assert_false(r->level_given);
	assert_int_equal(r->max.number, 3);
	r = find(&p, "flaky-tests", 0);
	assert_int_equal(r->level, RULE_WARN);
	assert_int_equal(r->max.kind, LIMIT_NUMBER);
	assert_null(find(&p, "missing-tests", 0));
	r = find(&p, "new-issues", 0);
	assert_int_equal(r->level, RULE_INFO);
	assert_int_equal(r->where.pattern[SEL_TOOL].n, 2);
	assert_int_equal(r->where.pattern[SEL_LEVEL].n, 0);
	assert_true(r->max.named[LEVEL_HIGH] && r->max.level_baseline[LEVEL_LOW]);
	r = find(&p, "unexpected-passes", 1);
	assert_int_equal(r->level, RULE_FAIL);
	assert_int_equal(r->where.pattern[SEL_LEVEL].n, 1);
	assert_int_equal(find(&p, "unexpected-passes", 2)->where.pattern[SEL_LEVEL].n, 1);
	assert_null(find(&p, "unexpected-passes", 3));
	policy_release(&p);
	diags_release(&d);
}

/* Without `extends` only the named rules, runner-exit and incomplete-input judge. */
static void
two_rules_always_judge(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	must_load(&p, &d, "version: 1\n");
	assert_int_equal(p.rules.n, 2);
	assert_non_null(find(&p, "runner-exit", 0));
	assert_false(find(&p, "incomplete-input", 0)->level_given);
	policy_release(&p);
	must_load(&p, &d, "rules: {runner-exit: off, incomplete-input: {report: e2e, level: "
		"off}}\n");
	assert_int_equal(p.rules.n, 2);
	assert_int_equal(find(&p, "incomplete-input", 0)->level, RULE_OFF);
	assert_true(find(&p, "incomplete-input", 1)->rest);
	policy_release(&p);
	diags_release(&d);
}

static void
presets_are_understood(void **state)
{
	(void)state;
	for (size_t i = 0; presets[i].name; i++) {
		struct policy p;
		struct diags d = { 0 };

		assert_int_equal(policy_load(&p, presets[i].name, &d), 0);
		assert_int_equal(d.n, 0);
		assert_true(p.rules.n > 0);
		if (strcmp(presets[i].name, "ratchet") == 0 ||
			strcmp(presets[i].name, "strict") == 0) {
			assert_int_equal(find(&p, "new-failures", 0)->max.number, 0);
			assert_int_equal(find(&p, "waivers", 0)->params[0].number, 7);
		}
		policy_release(&p);
		diags_release(&d);
	}
}

/* Maps merge by key, lists and rules are replaced, later wins, this file last. */
static void
extends_merges(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	put("sub/base.yaml", "registers: [a.md, ../b.md]\nreports: {unit: {path: x/*.xml, "
		"min-tests: 3}}\n"
		"severities: {P9: low, S1: high}\nrules: {new-issues: {tool: ruff, max: 9}}\n");
	must_load(&p, &d, "extends: [ratchet, sub/base.yaml]\nreports: [{name: unit, "
		"min-tests: 7}, {name: e2e, path: e.xml}]\nseverities: {P9: high}\n"
		"rules: {new-issues: 2}\n");
	assert_int_equal(p.registers.n, 2);
	assert_true(str_eqz(p.registers.v[0].path, "sub/a.md"));
	assert_true(str_eqz(p.registers.v[1].path, "b.md"));
	assert_int_equal(p.producers.n, 2);
	assert_true(str_eqz(p.producers.v[0].name, "e2e"));
	assert_true(str_eqz(p.producers.v[1].paths.v[0], "sub/x/*.xml"));
	assert_int_equal(p.producers.v[1].min_tests, 7);
	assert_int_equal(p.severities.n, 2);
	assert_int_equal(p.severities.v[0].value, LEVEL_HIGH);
	assert_int_equal(find(&p, "new-issues", 0)->max.number, 2);
	assert_int_equal(find(&p, "new-issues", 0)->where.pattern[SEL_TOOL].n, 0);
	assert_null(find(&p, "new-issues", 1));
	assert_string_equal(find(&p, "new-failures", 0)->origin.p, "preset ratchet");
	policy_release(&p);
	diags_release(&d);
}

/* What another file replaces can't hide a mistake, and each mistake is told once. */
static void
replaced_values_are_checked(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	put("sub/base.yaml", "rules: {new-failures: lots}\n");
	assert_int_equal(load(&p, &d, "extends: sub/base.yaml\nrules: {new-failures: 0}\n"), -1);
	assert_int_equal(d.n, 1);
	assert_string_equal(d.v[0].at.file, "sub/base.yaml");
	policy_release(&p);
	diags_release(&d);
}

static void
a_cycle_ends(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	put("sub/base.yaml", "extends: ../gate.yaml\n");
	assert_int_equal(load(&p, &d, "extends: sub/base.yaml\n"), -1);
	assert_int_equal(d.n, 1);
	assert_string_equal(d.v[0].text.p,
		"the policy extends itself: gate.yaml -> sub/base.yaml -> gate.yaml");
	policy_release(&p);
	diags_release(&d);
}

static void
single_items_and_defaults(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	must_load(&p, &d, "registers: a.md\nreports:\n  a: x.xml\n  b: [y.xml, z/*.xml]\n"
		"  c: {path: c.xml, legs: 3.10, format: auto, min-tests: 0}\nbaseline: base.json\n"
		"match: {strip: [/a/, /long/], id-patterns: {pattern: '_(\\d{4})', id: '#$1'}}\n"
		"redact: {patterns: 'acme_[a-z0-9]{8}'}\nrules:\n");
	assert_int_equal(p.registers.n, 1);
	assert_int_equal(p.producers.v[0].min_tests, 1);
	assert_false(p.producers.v[0].min_tests_set);
	assert_int_equal(p.producers.v[1].paths.n, 2);
	assert_true(str_eqz(p.producers.v[2].legs.v[0], "3.10"));
	assert_int_equal(p.producers.v[2].format.n, 0);
	assert_true(p.producers.v[2].min_tests_set);
	assert_true(p.baseline_required);
	assert_true(str_eqz(p.strip.v[0], "/long/"));
	assert_int_equal(p.id_patterns.n, 1);
	assert_int_equal(p.excuse_at, STRENGTH_STRONG);
	assert_int_equal(p.suggest_at, STRENGTH_POSSIBLE);
	assert_int_equal(p.delivery.annotations, 10);
	assert_true(str_eqz(p.name, "gate.yaml"));
	policy_release(&p);
	diags_release(&d);
}

/* Commented-out sections, and an empty list that takes back what another file lists. */
static void
nothing_is_an_answer_where_it_can_be(void **state)
{
	struct policy p;
	struct diags d = { 0 };

	(void)state;
	put("sub/base.yaml", "registers: [a.md]\nmatch: {strip: /w/}\n");
	must_load(&p, &d, "extends: sub/base.yaml\nregisters: []\nreports:\nrules:\nmatch:\n"
		"redact: {patterns: [], env: []}\ndelivery:\nseverities:\n");
	assert_int_equal(p.registers.n, 0);
	assert_int_equal(p.producers.n, 0);
	assert_int_equal(p.strip.n, 1);
	policy_release(&p);
	diags_release(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_message),
		cmocka_unit_test(all_problems_at_once_in_order),
		cmocka_unit_test(a_rule_has_four_forms),
		cmocka_unit_test(two_rules_always_judge),
		cmocka_unit_test(presets_are_understood),
		cmocka_unit_test(extends_merges),
		cmocka_unit_test(replaced_values_are_checked),
		cmocka_unit_test(a_cycle_ends),
		cmocka_unit_test(single_items_and_defaults),
		cmocka_unit_test(nothing_is_an_answer_where_it_can_be),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
