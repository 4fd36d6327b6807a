/* count.c -- see count.h. */
#include "policies/engine/count.h"

#include <stdlib.h>

static bool
selected_elsewhere(const struct judge_input *in, const struct rule_instance *inst,
	const struct item *item)
{
	for (size_t i = 0; i < in->ninstances; i++) {
		const struct rule_instance *other = &in->instances[i];

		if (other != inst && other->rule == inst->rule && !other->rest &&
		    selectors_match(&other->where, item))
			return true;
	}
	return false;
}

bool
instance_selects(const struct judge_input *in, const struct rule_instance *inst,
	const struct item *item)
{
	return selectors_match(&inst->where, item) &&
	       !(inst->rest && selected_elsewhere(in, inst, item));
}

struct item *
rule_item(struct rule_result *out, enum item_kind kind, struct str id)
{
	struct item *item = vec_push(&out->items);

	item->kind = kind;
	item->id = id;
	return item;
}

static void
collect(const struct judge_input *in, const struct rule_instance *inst, struct item item,
	struct rule_result *out)
{
	if (!instance_selects(in, inst, &item))
		return;
	if (inst->rule->counts && !inst->rule->counts(in, inst, &item))
		return;
	*vec_push(&out->items) = item;
}

static const struct report *
report_of(const struct item *it)
{
	return it->test ? it->test->report : it->issue ? it->issue->report : NULL;
}

/* By id; equal ones by producer and leg, so that no order of reading shows. */
static int
compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	const struct report *rx = report_of(x), *ry = report_of(y);
	int c = str_cmp(x->id, y->id);

	if (c == 0 && rx && ry && rx->producer && ry->producer)
		c = str_cmp(rx->producer->spec->name, ry->producer->spec->name);
	if (c == 0 && rx && ry)
		c = str_cmp(rx->leg, ry->leg);
	return c ? c : str_cmp(x->text, y->text);
}

void
rule_sort_items(struct rule_result *out)
{
	if (out->items.n > 1)
		qsort(out->items.v, out->items.n, sizeof(*out->items.v), compare);
}

void
rule_collect(const struct judge_input *in, const struct rule_instance *inst, uint64_t classes,
	struct rule_result *out)
{
	const struct run *run = in->run;

	for (size_t i = 0; i < run->tests.n; i++) {
		const struct test *t = run->tests.v[i];

		if (classes & CLASS_BIT(t->judged.cls))
			collect(in, inst, (struct item){ .kind = ITEM_TEST, .id = t->id, .test = t,
				.text = t->judged.note }, out);
	}
	for (size_t i = 0; i < run->issues.n; i++) {
		const struct issue *is = run->issues.v[i];

		if (!is->info_only && classes & CLASS_BIT(is->judged.cls))
			collect(in, inst, (struct item){ .kind = ITEM_ISSUE, .id = is->id,
				.issue = is, .text = is->judged.note }, out);
	}
	for (size_t i = 0; i < run->absents.n; i++) {
		const struct absent *a = &run->absents.v[i];
		struct str id = a->ref.n || a->finding == NULL ? a->ref : a->finding->qualified;

		if (classes & CLASS_BIT(a->judged.cls))
			collect(in, inst, (struct item){ .kind = ITEM_ABSENT, .id = id,
				.finding = a->finding, .absent = a, .text = a->judged.note }, out);
	}
	rule_sort_items(out);
}

enum rule_outcome
rule_broken(const struct rule_instance *inst)
{
	static const enum rule_outcome outcomes[] = {
		[RULE_OFF] = RESULT_PASS, [RULE_INFO] = RESULT_INFO, [RULE_WARN] = RESULT_WARN,
		[RULE_FAIL] = RESULT_FAIL,
	};

	if (inst->rule->inconclusive && !inst->level_given)
		return RESULT_INCONCLUSIVE;
	return outcomes[inst->level];
}

const struct param_value *
rule_param(const struct rule_instance *inst, const char *name)
{
	for (size_t i = 0; i < inst->rule->nparams; i++)
		if (strcmp(inst->rule->params[i].name, name) == 0)
			return inst->params[i].set ? &inst->params[i] : NULL;
	return NULL;
}

enum level
item_level(const struct item *it)
{
	const struct finding *f = it->test ? it->test->judged.finding : it->finding;

	if (it->issue)
		return it->issue->level;
	return f ? f->level : LEVEL_UNKNOWN;
}

void
items_by_level(const struct rule_result *r, long by_level[LEVELS])
{
	for (int i = 0; i < LEVELS; i++)
		by_level[i] = 0;
	for (size_t i = 0; i < r->items.n; i++)
		by_level[item_level(&r->items.v[i])]++;
}

void
count_number(struct buf *b, long n)
{
	char digits[32];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%ld", n);

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0 && digits[i - 1] != '-')
			buf_addc(b, ',');
		buf_addc(b, digits[i]);
	}
}

void
count_words(struct buf *b, long n, const char *singular, const char *plural)
{
	if (n == 0)
		buf_addz(b, "no");
	else
		count_number(b, n);
	buf_addf(b, " %s", n == 1 ? singular : plural);
}

/* "3 new issues (2 high, 1 low)": by level where the limit is. */
static void
say_observed(struct buf *b, const struct rule *rule, const struct limit *max, long n,
	const long by_level[LEVELS])
{
	const char *sep = " (";

	count_words(b, n, rule->singular, rule->plural);
	if (max->kind != LIMIT_BY_LEVEL || n == 0)
		return;
	for (int i = LEVELS - 1; i >= 0; i--) {
		if (by_level[i] == 0)
			continue;
		buf_addz(b, sep);
		count_number(b, by_level[i]);
		buf_addf(b, " %s", level_name((enum level)i));
		sep = ", ";
	}
	buf_addc(b, ')');
}

static void
say_limit(struct buf *b, const struct limit *max)
{
	if (max->kind == LIMIT_NUMBER) {
		buf_addz(b, ", ");
		count_number(b, max->number);
		buf_addz(b, " allowed");
	} else if (max->kind == LIMIT_BY_LEVEL) {
		buf_addz(b, ", allowed: ");
		limit_describe(max, b);
	}
}

void
rule_settle(const struct judge_input *in, const struct rule_instance *inst,
	const struct limit *max, struct arena *mem, struct rule_result *out)
{
	long by_level[LEVELS], n = (long)out->items.n;
	bool relative = limit_needs_baseline(max), known;
	struct buf b = BUF_INIT;
	struct limit is;

	known = limit_resolve(in, inst, inst->rule->classes, max, &is);
	items_by_level(out, by_level);
	out->observed = n;
	out->limit = is;
	out->outcome = limit_exceeded(&is, by_level, n) ? rule_broken(inst) : RESULT_PASS;
	say_observed(&b, inst->rule, &is, n, by_level);
	if (n > 0 || out->outcome != RESULT_PASS) {
		say_limit(&b, &is);
		if (relative && known)
			buf_addz(&b, " by the baseline");
	}
	if (!known && out->outcome == RESULT_PASS) {
		const char *why = in->have_baseline ? "a baseline does not hold the levels" :
			"there is no baseline";

		if (rule_broken(inst) >= RESULT_INCONCLUSIVE) {
			out->outcome = RESULT_INCONCLUSIVE;
			buf_addz(&b, in->have_baseline ?
				", and the limit `baseline` by level has nothing to compare "
				"with: " :
				", and the limit `baseline` has no baseline to compare with");
			buf_addz(&b, in->have_baseline ? why : "");
		} else {
			buf_addf(&b, "; the limit `baseline` was not applied: %s", why);
		}
	}
	out->message = arena_dup(mem, buf_str(&b));
	buf_release(&b);
}
