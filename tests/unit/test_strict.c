/*
 * test_strict.c -- which of two rules asks for more, parameter by parameter: the table by which a
 * change's edits are told apart and a floor holds. A parameter that this file does not name is a
 * failure: its direction must be thought of.
 */
#include "tests/unit/policy_files.h"

#include "policies/engine/strict.h"

/* Two values of one parameter, the second stricter; joined, the third (NULL: the second). */
struct pair {
	const char *rule, *param;
	const char *loose, *strict, *joined;
};

static const struct pair pairs[] = {
	{ "new-failures", "max", "{max: 5}", "{max: 0}", NULL },
	{ "new-failures", "max", "{max: 5}", "0", NULL },
	{ "new-failures", "max", "{max: 5}", "{level: fail}", NULL }, /* none is allowed */
	{ "new-failures", "max", "{max: baseline}", "{max: 0}", NULL },
	{ "new-failures", "max", "{max: {critical: 0}}", "{max: {high: 0}}", NULL },
	{ "new-failures", "max", "{max: {high: 3, low: 5}}", "{max: {high: 3, low: 4}}", NULL },
	{ "new-failures", "max", "{max: {high: 3}}", "{max: 0}", NULL },
	{ "new-failures", "level", "warn", "0", NULL },
	{ "new-failures", "level", "info", "warn", NULL },
	{ "runner-exit", "level", "warn", "0", NULL },
	{ "runner-exit", "level", "0", "fail", NULL },
	{ "known-failures", "max", "{tolerate: all}", "{tolerate: all, max: 9}", NULL },
	{ "known-failures", "tolerate", "{tolerate: high}", "{tolerate: medium}", NULL },
	{ "known-failures", "tolerate", "{tolerate: all}", "{tolerate: none}", NULL },
	{ "known-failures", "tolerate", "{max: 9}", "{max: 9, tolerate: low}", NULL },
	{ "known-failures", "evidence", "{evidence: strong}", "{evidence: certain}", NULL },
	{ "known-failures", "evidence", "{max: 9}", "{max: 9, evidence: possible}", NULL },
	{ "known-failures", "max-age-days", "{max-age-days: 90}", "{max-age-days: 30}", NULL },
	{ "known-failures", "max-age-days", "{max: 9}", "{max: 9, max-age-days: 900}", NULL },
	{ "waivers", "require", "{require: [owner]}", "{require: [owner, reason]}", NULL },
	{ "waivers", "require", "{require: owner}", "{max-days: 9}", "{require: [owner, reason, "
		"expires], max-days: 9}" },
	{ "waivers", "max-days", "{max-days: 90}", "{max-days: 30}", NULL },
	{ "waivers", "max-days", "{grace-days: 0}", "{max-days: 90}", NULL },
	{ "waivers", "grace-days", "{grace-days: 7}", "{grace-days: 0}", NULL },
	{ "waivers", "grace-days", "{max-days: 9, grace-days: 1}", "{max-days: 9}", NULL },
	{ "new-issues", "without-baseline", "{without-baseline: warn}", "{without-baseline: fail}",
		NULL },
	{ "skipped-tests", "max-percent", "{max-percent: 10}", "{max-percent: 5}", NULL },
	{ "skipped-tests", "max-percent", "{max: 3}", "{max: 3, max-percent: 5}", NULL },
	{ "skipped-tests", "max", "{max-percent: 5}", "{max-percent: 5, max: 3}", NULL },
	{ "register-health", "codes", "{codes: expired}", "{codes: [expired, no-owner]}", NULL },
	{ "register-health", "codes", "{codes: expired}", "0", NULL },
	{ "register-health", "require", "{require: owner}", "{require: [owner, reason]}", NULL },
	{ "register-health", "require", "0", "{require: owner}", NULL },
	{ "duration", "percent", "{percent: 100}", "{percent: 50}", NULL },
	{ "duration", "min-ms", "{min-ms: 900}", "{min-ms: 100}", NULL },
	{ "duration", "outliers", "{outliers: 5}", "{outliers: 0}", NULL },
	{ "duration", "max-seconds", "{max-seconds: 9}", "{max-seconds: 3}", NULL },
	{ "duration", "max-seconds", "0", "{max-seconds: 900}", NULL },
	{ "duration", "max-total-seconds", "{max-total-seconds: 9}", "{max-total-seconds: 3}",
		NULL },
};
#define PAIRS (sizeof(pairs) / sizeof(pairs[0]))

/* Neither is the stricter one; joined (NULL: no instance says both), and back again. */
static const struct pair neither[] = {
	{ "new-failures", "", "{max: 5, level: fail}", "{max: 0, level: warn}",
		"{max: 0, level: fail}" },
	{ "new-failures", "", "{max: {high: 0}}", "{max: {high: 3, low: 3}}",
		"{max: {critical: 0, high: 0, medium: 3, low: 3}}" },
	{ "new-failures", "", "{max: 3}", "{max: {high: 0}}", NULL },
	{ "new-failures", "", "{max: baseline}", "{max: 3}", NULL },
	{ "new-failures", "", "{max: {high: baseline}}", "{max: {high: 3}}", NULL },
	{ "new-failures", "", "{max: {unknown: 0}}", "{max: {high: 3}}", NULL },
	{ "new-failures", "", "{test: 'a::b'}", "{test: 'a::c'}", NULL },
	{ "new-failures", "", "{test: 'a::b', max: 0}", "{max: 5}", NULL },
	{ "known-failures", "", "{tolerate: [high, low]}", "{tolerate: [medium, low]}",
		"{tolerate: [low]}" },
	{ "known-failures", "", "{tolerate: low, max: 9}", "{tolerate: all, max: 3}",
		"{tolerate: low, max: 3}" },
	{ "waivers", "", "{require: owner}", "{require: expires}", "{require: [owner, expires]}" },
	{ "new-issues", "", "{max: {high: 0}}", "{max: {high: 0}, without-baseline: off}", NULL },
	{ "skipped-tests", "", "{max: 3}", "{max-percent: 5}", "{max: 3, max-percent: 5}" },
};
#define NEITHERS (sizeof(neither) / sizeof(neither[0]))

static struct rule_instance *
instance(struct policy *p, const char *rule, const char *value)
{
	struct diags d = { 0 };
	char text[400];
	struct rule_instance *found = NULL;

	snprintf(text, sizeof(text), "rules: {%s: %s}\n", rule, value);
	if (load(p, &d, text) < 0) {
		diags_print(stderr, &d, DIAG_ERROR);
		fail_msg("%s", text);
	}
	for (size_t i = 0; i < p->rules.n; i++)
		if (strcmp(p->rules.v[i].rule->name, rule) == 0)
			found = &p->rules.v[i];
	assert_non_null(found);
	diags_release(&d);
	return found;
}

static void
check_join(const struct pair *t, const char *a, const char *b, const char *want)
{
	struct policy pa, pb, pw;
	struct rule_instance *x = instance(&pa, t->rule, a), *y = instance(&pb, t->rule, b), was;

	was = *x;
	if (instance_join(x, y, NULL, NULL) != (want != NULL))
		fail_msg("%s: %s and %s: %s", t->rule, a, b, want ? "not joined" : "joined");
	if (want) {
		if (measure_instance(x, instance(&pw, t->rule, want)) != SAME)
			fail_msg("%s: %s and %s do not make %s", t->rule, a, b, want);
		policy_release(&pw);
	} else {
		assert_memory_equal(&was, x, sizeof(was));
	}
	policy_release(&pa);
	policy_release(&pb);
}

static void
check_measure(const struct pair *t, const char *a, const char *b, enum measure want)
{
	struct policy pa, pb;
	enum measure is = measure_instance(instance(&pa, t->rule, a), instance(&pb, t->rule, b));

	if (is != want)
		fail_msg("%s: %s beside %s: %d, not %d", t->rule, a, b, (int)is, (int)want);
	policy_release(&pa);
	policy_release(&pb);
}

static void
each_has_its_direction(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS; i++) {
		const struct pair *t = &pairs[i];
		const char *joined = t->joined ? t->joined : t->strict;

		check_measure(t, t->loose, t->loose, SAME);
		check_measure(t, t->strict, t->strict, SAME);
		if (t->joined == NULL) {
			check_measure(t, t->strict, t->loose, STRICTER);
			check_measure(t, t->loose, t->strict, LOOSER);
		}
		check_join(t, t->loose, t->strict, joined);
		check_join(t, t->strict, t->loose, joined);
	}
}

static void
what_is_neither_is_joined_or_both_judge(void **state)
{
	(void)state;
	for (size_t i = 0; i < NEITHERS; i++) {
		const struct pair *t = &neither[i];

		check_measure(t, t->loose, t->strict, NEITHER);
		check_measure(t, t->strict, t->loose, NEITHER);
		check_join(t, t->loose, t->strict, t->joined);
		check_join(t, t->strict, t->loose, t->joined);
	}
}

static void
no_parameter_is_forgotten(void **state)
{
	(void)state;
	for (size_t i = 0; rules[i]; i++) {
		for (size_t k = 0; k < rules[i]->nparams; k++) {
			bool named = false;

			for (size_t n = 0; n < PAIRS; n++)
				named |= strcmp(pairs[n].rule, rules[i]->name) == 0 &&
					strcmp(pairs[n].param, rules[i]->params[k].name) == 0;
			if (!named)
				fail_msg("%s.%s: which of two values is stricter?", rules[i]->name,
					rules[i]->params[k].name);
		}
	}
}

static void
loosers(void *ctx, const struct looser *l)
{
	struct buf *out = ctx;

	buf_addf(out, "%s: ", l->name);
	looser_describe(l, l->a, out);
	buf_addz(out, " / ");
	looser_describe(l, l->b, out);
	buf_addc(out, '\n');
}

static void
what_was_looser_is_told(void **state)
{
	struct policy pa, pb;
	struct rule_instance *a = instance(&pa, "known-failures",
		"{max: 216, tolerate: all, level: warn}");
	struct rule_instance *b = instance(&pb, "known-failures",
		"{max: {high: 1}, tolerate: [high, low], evidence: certain}");
	struct buf out = BUF_INIT;

	(void)state;
	assert_false(instance_join(a, b, loosers, &out));
	assert_int_equal(out.n, 0);
	a->max = (struct limit){ .kind = LIMIT_NONE };
	assert_true(instance_join(a, b, loosers, &out));
	assert_string_equal(buf_z(&out), "max: unlimited / high 1\nlevel: warn / fail\n"
		"tolerate: all / high, low, unknown\nevidence: not given / certain\n");
	buf_release(&out);
	policy_release(&pa);
	policy_release(&pb);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_direction),
		cmocka_unit_test(what_is_neither_is_joined_or_both_judge),
		cmocka_unit_test(no_parameter_is_forgotten),
		cmocka_unit_test(what_was_looser_is_told),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
