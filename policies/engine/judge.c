/* judge.c -- see judge.h. */
#include "policies/engine/judge.h"

#include "policies/engine/count.h"
#include "policies/engine/sentence.h"

static struct rule_result *
add_result(struct decision *d, struct str rule, enum rule_level level, struct pos at)
{
	struct rule_result *r = vec_push(&d->rules);

	r->rule = rule;
	r->level = level;
	r->at = at;
	return r;
}

static void
judge_instance(const struct judge_input *in, const struct rule_instance *inst,
	struct decision *d)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	struct rule_result *r = add_result(d, str_of(inst->rule->name), inst->level, inst->at);
	struct buf b = BUF_INIT;

	selectors_describe(&inst->where, &b);
	if (inst->rest)
		buf_addz(&b, "everything else");
	r->selected = arena_dup(&d->mem, buf_str(&b));
	buf_release(&b);
	if (inst->rule->judge) {
		inst->rule->judge(in, inst, &d->mem, r);
		return;
	}
	rule_collect(in, inst, inst->rule->classes, r);
	rule_settle(in, inst, inst->max.kind == LIMIT_NONE ? &none : &inst->max, &d->mem, r);
}

/*
 * A baseline that the policy names is required unless it says otherwise. This version has
 * nothing that reads one, and to judge as if none were named would call regressions new at
 * best and pass removed tests at worst: so nothing is concluded.
 */
static void
require_baseline(const struct policy *p, const struct judge_input *in, struct decision *d)
{
	struct rule_result *r;

	if (p->baseline.n == 0 || in->have_baseline)
		return;
	if (!p->baseline_required) {
		*vec_push(&d->remarks) = arena_printf(&d->mem, "The baseline %.*s was not compared "
			"with: baselines are not supported yet, and the policy does not "
			"require it.",
			STR_FMT(p->baseline));
		return;
	}
	r = add_result(d, STR("incomplete-input"), RULE_FAIL, p->baseline_at);
	r->outcome = RESULT_INCONCLUSIVE;
	r->observed = 1;
	r->limit.kind = LIMIT_NUMBER;
	r->message = arena_printf(&d->mem, "the policy requires the baseline %.*s, and baselines "
		"are not supported yet (`required: false` judges without one)",
		STR_FMT(p->baseline));
}

static enum verdict
verdict_of(const struct decision *d)
{
	enum rule_outcome worst = RESULT_PASS;

	for (size_t i = 0; i < d->rules.n; i++)
		if (d->rules.v[i].outcome > worst)
			worst = d->rules.v[i].outcome;
	if (worst == RESULT_FAIL)
		return VERDICT_FAIL;
	return worst == RESULT_INCONCLUSIVE ? VERDICT_INCONCLUSIVE : VERDICT_PASS;
}

/* The class of a case that was only counted, since nothing was to be said of it. */
static enum class
class_of_counted(enum outcome o)
{
	switch (o) {
	case OUT_PASSED:
		return CLASS_PASSED;
	case OUT_FLAKY:
		return CLASS_FLAKY;
	case OUT_SKIPPED:
		return CLASS_SKIPPED;
	default:
		return CLASS_INDETERMINATE; /* a failure past the ceiling of what is kept */
	}
}

static void
count_classes(struct decision *d)
{
	const struct run *run = d->run;
	long only_counted[OUTCOMES] = { 0 };

	for (size_t i = 0; i < run->producers.n; i++)
		for (size_t j = 0; j < run->producers.v[i].reports.n; j++)
			for (int o = 0; o < OUTCOMES; o++)
				only_counted[o] += run->producers.v[i].reports.v[j]->count[o];
	for (size_t i = 0; i < run->tests.n; i++) {
		d->counts[run->tests.v[i]->judged.cls]++;
		if (!run->tests.v[i]->synthetic)
			only_counted[run->tests.v[i]->outcome]--;
	}
	for (int o = 0; o < OUTCOMES; o++)
		if (only_counted[o] > 0)
			d->counts[class_of_counted((enum outcome)o)] += only_counted[o];
	for (size_t i = 0; i < run->issues.n; i++)
		if (!run->issues.v[i]->info_only)
			d->counts[run->issues.v[i]->judged.cls]++;
	for (size_t i = 0; i < run->absents.n; i++)
		d->counts[run->absents.v[i].judged.cls]++;
}

/* What the policy has switched off, though every policy judges it, is not left unsaid. */
static void
remark_silenced(const struct policy *p, struct decision *d)
{
	for (size_t i = 0; rules[i]; i++) {
		bool judged = false;

		for (size_t j = 0; j < p->rules.n; j++)
			judged |= p->rules.v[j].rule == rules[i] && p->rules.v[j].level != RULE_OFF;
		if (rules[i]->always && !judged)
			*vec_push(&d->remarks) = arena_printf(&d->mem,
				"The policy switches the rule %s off.", rules[i]->name);
	}
}

void
policy_judge(const struct policy *p, const struct run *run, const struct findings *fs,
	struct decision *d)
{
	static const int exits[] = {
		[VERDICT_PASS] = 0, [VERDICT_FAIL] = 1, [VERDICT_INCONCLUSIVE] = 3,
	};
	struct judge_input in = {
		.run = run, .findings = fs, .now = d->now, .instances = p->rules.v,
		.ninstances = p->rules.n,
	};

	d->name = p->name;
	d->run = run;
	d->findings = fs;
	d->excuse_at = p->excuse_at;
	d->suggest_at = p->suggest_at;
	d->delivery = p->delivery;
	d->policy_path = p->path;
	memcpy(d->policy_sha256, p->sha256, sizeof(d->policy_sha256));
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].level != RULE_OFF)
			judge_instance(&in, &p->rules.v[i], d);
	require_baseline(p, &in, d);
	remark_silenced(p, d);
	count_classes(d);
	d->verdict = verdict_of(d);
	d->exit = exits[d->verdict];
	d->sentence = sentence_make(d);
}
