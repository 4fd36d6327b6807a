/* judge.c -- see judge.h. */
#include "policies/engine/judge.h"

#include "gate/model/baseline.h"
#include "gate/model/history.h"
#include "policies/engine/count.h"
#include "policies/engine/floor.h"
#include "policies/engine/sentence.h"

#define FINDINGS_REMARKED 5 /* of one rule that only informs */

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

static void
remark(struct decision *d, struct str text)
{
	*vec_push(&d->remarks) = text;
}

static void
remark_history(const struct history *h, struct decision *d)
{
	if (h && h->why.n)
		remark(d, arena_printf(&d->mem, "The history %.*s was not used: %.*s.",
			STR_FMT(h->path), STR_FMT(h->why)));
}

/*
 * A baseline that is named is required unless the policy says otherwise: to judge as if none
 * were named would call regressions new at best and pass removed tests at worst. `required:
 * false` forgives absence only, never a broken one.
 */
static void
require_baseline(const struct policy *p, const struct run *run, struct decision *d)
{
	const struct baseline *b = run->baseline;
	struct baseline none = { .state = BASELINE_MISSING, .path = p->baseline,
		.required = p->baseline_required, .at = p->baseline_at };
	struct rule_result *r;

	if (b == NULL && (p->baseline.n || p->needs_baseline))
		b = &none;
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->remarks.n; i++)
		remark(d, b->remarks.v[i]);
	if (b->state == BASELINE_THERE)
		return;
	if (b->state == BASELINE_MISSING && !b->required && !p->needs_baseline) {
		remark(d, arena_printf(&d->mem, "The baseline %.*s is not there, and the policy "
			"does not require it: nothing was compared.", STR_FMT(b->path)));
		return;
	}
	r = add_result(d, STR("incomplete-input"), RULE_FAIL, b->at);
	r->outcome = RESULT_INCONCLUSIVE;
	r->observed = 1;
	r->limit.kind = LIMIT_NUMBER;
	if (b->path.n == 0)
		r->message = STR("the floor requires a baseline, and the policy names none");
	else if (b->state == BASELINE_MISSING)
		r->message = arena_printf(&d->mem, "the baseline %.*s is missing (`gate baseline "
			"save` makes one; `required: false` judges without)", STR_FMT(b->path));
	else
		r->message = arena_printf(&d->mem, "the baseline %.*s can't be compared with: %.*s",
			STR_FMT(b->path), STR_FMT(b->why));
}

/* What the change tightens judges too, as its own policy understands it. */
static void
judge_also(const struct policy *p, struct judge_input in, struct decision *d)
{
	for (size_t i = 0; i < p->also.n; i++) {
		in.instances = p->also.v[i].all;
		in.ninstances = p->also.v[i].nall;
		judge_instance(&in, p->also.v[i].rule, d);
	}
}

/* The change's own policy judges only for want of the trusted one: it can't conclude. */
static void
require_trust(const struct policy *p, struct decision *d)
{
	struct rule_result *r;

	if (p->untrusted.n == 0)
		return;
	r = add_result(d, STR("incomplete-input"), RULE_FAIL, (struct pos){ 0 });
	r->outcome = RESULT_INCONCLUSIVE;
	r->observed = 1;
	r->limit.kind = LIMIT_NUMBER;
	r->message = p->untrusted;
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
		for (size_t j = 0; j < p->also.n; j++)
			judged |= p->also.v[j].rule->rule == rules[i];
		if (rules[i]->always && !judged)
			*vec_push(&d->remarks) = arena_printf(&d->mem,
				"The policy switches the rule %s off.", rules[i]->name);
	}
}

/* What a rule says of findings without judging is for people: they are asked, a few at a time. */
static void
remark_findings(struct decision *d)
{
	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];
		size_t shown = 0;

		for (size_t j = 0; r->outcome == RESULT_INFO && j < r->items.n; j++) {
			const struct item *it = &r->items.v[j];

			if (it->kind != ITEM_FINDING || it->text.n == 0)
				continue;
			if (shown++ < FINDINGS_REMARKED)
				*vec_push(&d->remarks) = arena_printf(&d->mem, "%.*s: %.*s",
					STR_FMT(it->finding->id), STR_FMT(it->text));
		}
		if (shown > FINDINGS_REMARKED)
			*vec_push(&d->remarks) = arena_printf(&d->mem, "%.*s: %zu more like these.",
				STR_FMT(r->rule), shown - FINDINGS_REMARKED);
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
		.have_baseline = run->baseline && run->baseline->state == BASELINE_THERE,
	};

	d->name = p->name;
	d->run = run;
	d->findings = fs;
	d->excuse_at = p->excuse_at;
	d->suggest_at = p->suggest_at;
	d->delivery = p->delivery;
	d->waiver_days = policy_longest_waiver(p);
	d->policy_path = p->path;
	d->policy_base = p->base;
	memcpy(d->policy_sha256, p->sha256, sizeof(d->policy_sha256));
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].level != RULE_OFF)
			judge_instance(&in, &p->rules.v[i], d);
	judge_also(p, in, d);
	require_trust(p, d);
	require_baseline(p, run, d);
	floor_judge(p, run, d);
	remark_history(run->history, d);
	remark_silenced(p, d);
	remark_findings(d);
	count_classes(d);
	d->verdict = verdict_of(d);
	d->exit = exits[d->verdict];
	d->sentence = sentence_make(d);
}
