/*
 * duration.c -- tests and whole reports that take longer than they did, or than they may.
 *
 * Times are noisy, so a difference counts only where noise is no explanation:
 *
 * - A test is compared where it passed now and on the baseline. It is slower when it took more
 *   than `percent` longer, and at least `min-ms` longer, after its time on the baseline was
 *   stretched by how much slower the machine is: the median of the ratios of all compared tests of
 *   its leg (at least five; a faster machine shrinks nothing). A test too short to be kept on the
 *   baseline counts as a tenth of a second then.
 * - Of the compared tests the share `outliers`, at least one, may be slower without being counted.
 * - A leg as a whole is slower when that median is more than `percent` over 1, and its compared
 *   tests took at least `min-ms` longer together: no single test can move a median.
 * - `max-seconds` of a test and `max-total-seconds` of a leg hold as they are, on any baseline.
 *
 * Integers only, so that the same reports give the same bytes on every machine.
 */
#include <stdlib.h>

#include "gate/model/baseline.h"
#include "gate/model/seen.h"
#include "gate/model/timing.h"
#include "policies/engine/count.h"

#define LEAST_PAIRS 5 /* of which a median says something */

enum { PERCENT, MIN_MS, OUTLIERS, MAX_SECONDS, MAX_TOTAL };

static const struct param params[] = {
	[PERCENT] = {
		.name = "percent",
		.help = "slower by more than this share of the time on the baseline",
		.type = PARAM_NUMBER,
		.min = 1,
		.max = 100000,
		.has_standard = true,
		.standard = 50,
	},
	[MIN_MS] = {
		.name = "min-ms",
		.help = "and by at least so many milliseconds",
		.type = PARAM_NUMBER,
		.max = 86400000,
		.has_standard = true,
		.standard = 500,
	},
	[OUTLIERS] = {
		.name = "outliers",
		.help = "the share of the compared tests, at least one, that may be slower without "
			"being counted, in percent; 0: none",
		.type = PARAM_PERCENT,
		.max = 100,
		.has_standard = true,
		.standard = 1,
	},
	[MAX_SECONDS] = {
		.name = "max-seconds",
		.help = "the longest time of one passing test, whatever the baseline says",
		.type = PARAM_NUMBER,
		.min = 1,
		.max = 31536000,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
	[MAX_TOTAL] = {
		.name = "max-total-seconds",
		.help = "the longest time of all passing tests of a report's leg together",
		.type = PARAM_NUMBER,
		.min = 1,
		.max = 31536000,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
};

/* One test now, and how long it took on the baseline; 0: it can't be compared. */
struct pair {
	const struct report *report;
	const struct timed *now;
	uint64_t then;
	bool exact;             /* `then` is a time, not the most it can have been */
};

struct judging {
	const struct judge_input *in;
	const struct rule_instance *inst;
	struct arena *mem;
	struct rule_result *out;
	VEC(struct pair) pairs; /* of the leg at hand */
	struct { struct item *v; size_t n, cap; } slower; /* of all legs */
	long compared, legs;
};

static long
value(const struct judging *j, int param)
{
	return j->inst->params[param].set ? j->inst->params[param].number : 0;
}

/* "350 ms", "4.2 s", "3 min 20 s" */
static void
add_time(struct buf *b, uint64_t ms)
{
	if (ms < 1000)
		buf_addf(b, "%llu ms", (unsigned long long)ms);
	else if (ms < 60000)
		buf_addf(b, "%llu.%llu s", (unsigned long long)(ms / 1000),
			(unsigned long long)(ms % 1000 / 100));
	else
		buf_addf(b, "%llu min %llu s", (unsigned long long)(ms / 60000),
			(unsigned long long)(ms % 60000 / 1000));
}

/* "unit/py39" */
static struct str
leg_name(struct arena *mem, const struct producer *p, struct str leg)
{
	return leg.n ? arena_printf(mem, "%.*s/%.*s", STR_FMT(p->spec->name), STR_FMT(leg))
		     : p->spec->name;
}

static struct item
text_item(struct judging *j, struct str id, const struct buf *text)
{
	return (struct item){ .kind = ITEM_TEXT, .id = id,
		.text = arena_dup(j->mem, buf_str(text)) };
}

/* ---- who took how long ---- */

static bool
selects(const struct judging *j, const struct report *r, struct str name)
{
	/* A passing case that is known by its name and its report. */
	struct test probe = { .report = (struct report *)r, .id = name, .base_id = name };
	struct item item = { .kind = ITEM_TEST, .id = name, .test = &probe };

	return instance_selects(j->in, j->inst, &item);
}

static const struct snapshot_leg *
leg_then(const struct judging *j, const struct producer *p, struct str leg)
{
	const struct snapshot *s = j->in->have_baseline ? &j->in->run->baseline->snapshot : NULL;

	for (size_t i = 0; s && i < s->producers.n; i++) {
		const struct snapshot_producer *then = s->producers.v[i];
		bool any = then->spec.name.n == 0; /* reports of the target branch */

		if (!any && !str_eq(then->spec.name, p->spec->name))
			continue;
		for (size_t k = 0; k < then->legs.n; k++)
			if ((any || str_eq(then->legs.v[k]->report->leg, leg)) &&
			    then->legs.v[k]->has_times)
				return then->legs.v[k];
	}
	return NULL;
}

static int
by_case(const void *x, const void *y)
{
	const struct timed *a = *(const struct timed *const *)x;
	const struct timed *b = *(const struct timed *const *)y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->suite > b->suite) - (a->suite < b->suite);
}

typedef VEC(const struct timed *) timed_list;

/* The only one of that name, else the only one of that name and suite. */
static const struct timed *
find(const timed_list *l, const struct timed *want)
{
	const struct timed *found = NULL;
	size_t lo = 0, hi = l->n, same = 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->v[mid]->key < want->key)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (size_t i = lo; i < l->n && l->v[i]->key == want->key; i++, same++)
		found = l->v[i];
	if (same < 2)
		return found;
	found = NULL;
	for (size_t i = lo, n = 0; i < lo + same; i++)
		if (l->v[i]->suite == want->suite)
			found = n++ ? NULL : l->v[i];
	return found;
}

/* It passed on the baseline, too fast to be kept; every case there had its time. */
static bool
was_short(const struct snapshot_leg *then, const struct timed *now)
{
	size_t at = seen_find(then->v, then->n, now->key);

	return then->timed == then->count[OUT_PASSED] && at < then->n &&
		seen_run(then->v, then->n, at) == 1 && SEEN_OUTCOME(then->v[at]) == OUT_PASSED;
}

static void
pair_up(struct judging *j, const struct snapshot_leg *then, struct report *const *reports, size_t n)
{
	timed_list now = { 0 }, old = { 0 };
	VEC(struct timed) kept = { 0 };
	struct snapshot_case c = { .snapshot = &j->in->run->baseline->snapshot, .leg = then };

	j->pairs.n = 0;
	while (snapshot_next(&c))
		if (c.ms)
			*vec_push(&kept) = (struct timed){ .key = c.key, .suite = c.suite_hash,
				.ms = c.ms };
	snapshot_case_release(&c);
	for (size_t i = 0; i < kept.n; i++)
		*vec_push(&old) = &kept.v[i];
	vec_sort(&old, by_case);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; reports[i]->timings && k < reports[i]->timings->v.n; k++)
			*vec_push(&now) = &reports[i]->timings->v.v[k];
	vec_sort(&now, by_case);
	for (size_t i = 0; i < n; i++) {
		const struct timings *t = reports[i]->timings;

		for (size_t k = 0; t && k < t->v.n; k++) {
			const struct timed *x = &t->v.v[k], *was;
			struct pair pair = { .report = reports[i], .now = x };

			/* A name that several bear is none. */
			if (find(&now, x) != x || !selects(j, reports[i], timing_name(t, x)))
				continue;
			was = find(&old, x);
			pair.exact = was != NULL;
			pair.then = was ? was->ms : was_short(then, x) ? TIMED_MS : 0;
			if (pair.then)
				*vec_push(&j->pairs) = pair;
		}
	}
	vec_release(&now);
	vec_release(&old);
	vec_release(&kept);
}

/* ---- what is slower ---- */

static int
by_number(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* How many times as long in thousandths, by the median; 0: too few to say. */
static uint64_t
median_ratio(const struct judging *j)
{
	VEC(uint64_t) ratios = { 0 };
	uint64_t median = 0;

	for (size_t i = 0; i < j->pairs.n; i++)
		if (j->pairs.v[i].exact)
			*vec_push(&ratios) = j->pairs.v[i].now->ms * 1000ull / j->pairs.v[i].then;
	vec_sort(&ratios, by_number);
	if (ratios.n >= LEAST_PAIRS)
		median = ratios.v[(ratios.n - 1) / 2];
	vec_release(&ratios);
	return median;
}

static void
compare_tests(struct judging *j, uint64_t ratio)
{
	uint64_t stretch = ratio > 1000 ? ratio : 1000;
	uint64_t share = 100 + (uint64_t)value(j, PERCENT);
	uint64_t max = (uint64_t)value(j, MAX_SECONDS) * 1000;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < j->pairs.n; i++) {
		const struct pair *p = &j->pairs.v[i];
		uint64_t then = p->then * stretch / 1000, now = p->now->ms;

		if (max && now > max)
			continue; /* that counts already */
		if (now * 100 <= then * share || now - then < (uint64_t)value(j, MIN_MS))
			continue;
		buf_reset(&b);
		buf_addz(&b, "took ");
		add_time(&b, now);
		buf_addz(&b, p->exact ? ", on the baseline " : ", on the baseline less than ");
		add_time(&b, p->then);
		*vec_push(&j->slower) = text_item(j, timing_name(p->report->timings, p->now), &b);
	}
	j->compared += (long)j->pairs.n;
	buf_release(&b);
}

static void
compare_leg(struct judging *j, struct str name, uint64_t ratio)
{
	uint64_t now = 0, then = 0, exact = 0;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < j->pairs.n; i++) {
		if (!j->pairs.v[i].exact)
			continue;
		now += j->pairs.v[i].now->ms;
		then += j->pairs.v[i].then;
		exact++;
	}
	if (ratio <= 1000 + 10 * (uint64_t)value(j, PERCENT) || now < then ||
	    now - then < (uint64_t)value(j, MIN_MS))
		return;
	buf_addf(&b, "its tests took %llu.%llu times as long (median of %llu): ",
		(unsigned long long)(ratio / 1000), (unsigned long long)(ratio % 1000 / 100),
		(unsigned long long)exact);
	add_time(&b, now);
	buf_addz(&b, ", on the baseline ");
	add_time(&b, then);
	*vec_push(&j->out->items) = text_item(j, name, &b);
	buf_release(&b);
}

/* ---- what is too slow by itself ---- */

static void
hold_tests(struct judging *j, const struct report *r)
{
	const struct timings *t = r->timings;
	uint64_t max = (uint64_t)value(j, MAX_SECONDS) * 1000;
	struct buf b = BUF_INIT;

	for (size_t i = 0; max && t && i < t->v.n; i++) {
		if (t->v.v[i].ms <= max || !selects(j, r, timing_name(t, &t->v.v[i])))
			continue;
		buf_reset(&b);
		buf_addz(&b, "took ");
		add_time(&b, t->v.v[i].ms);
		buf_addz(&b, ", at most ");
		add_time(&b, max);
		buf_addz(&b, " allowed");
		*vec_push(&j->out->items) = text_item(j, timing_name(t, &t->v.v[i]), &b);
	}
	buf_release(&b);
}

static void
hold_leg(struct judging *j, struct str name, struct report *const *reports, size_t n)
{
	uint64_t max = (uint64_t)value(j, MAX_TOTAL) * 1000000, us = 0;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		us += reports[i]->timings ? reports[i]->timings->total_us : 0;
	if (max == 0 || us <= max)
		return;
	buf_addz(&b, "its tests took ");
	add_time(&b, us / 1000);
	buf_addz(&b, " together, at most ");
	add_time(&b, max / 1000);
	buf_addz(&b, " allowed");
	*vec_push(&j->out->items) = text_item(j, name, &b);
	buf_release(&b);
}

/* ---- the rule ---- */

static bool
looks_at(const struct judging *j, const struct report *r)
{
	struct selectors where = j->inst->where;
	struct test probe = { .report = (struct report *)r };
	struct item item = { .kind = ITEM_TEST, .test = &probe };

	where.pattern[SEL_TEST] = (struct str_list){ 0 };
	return r->kind == KIND_TESTS && selectors_match(&where, &item);
}

static void
judge_leg(struct judging *j, const struct producer *p, struct report *const *reports, size_t n)
{
	const struct snapshot_leg *then = leg_then(j, p, reports[0]->leg);
	struct str name = leg_name(j->mem, p, reports[0]->leg);
	bool all = j->inst->where.pattern[SEL_TEST].n == 0;

	if (!looks_at(j, reports[0]))
		return;
	for (size_t i = 0; i < n; i++)
		hold_tests(j, reports[i]);
	if (all)
		hold_leg(j, name, reports, n);
	if (then) {
		uint64_t ratio;

		pair_up(j, then, reports, n);
		ratio = median_ratio(j);
		compare_tests(j, ratio);
		compare_leg(j, name, ratio);
		j->legs++;
	}
}

/* A few slower ones among many are noise, not news. */
static bool
is_noise(const struct judging *j)
{
	long share = value(j, OUTLIERS), allowed = j->compared * share / 100;

	if (share && allowed < 1)
		allowed = 1;
	return (long)j->slower.n <= allowed;
}

/* Nothing to compare with, and nothing else to hold the times against. */
static bool
says_nothing(const struct judging *j)
{
	return j->legs == 0 && value(j, MAX_SECONDS) == 0 && value(j, MAX_TOTAL) == 0;
}

static void
conclude(struct judging *j, bool noise)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	const struct limit *max = j->inst->max.kind == LIMIT_NONE ? &none : &j->inst->max;
	struct buf b = BUF_INIT;

	rule_sort_items(j->out);
	rule_settle(j->in, j->inst, max, j->mem, j->out);
	buf_add(&b, j->out->message);
	if (noise && j->slower.n) {
		buf_addz(&b, "; ");
		count_words(&b, (long)j->slower.n, "test was", "tests were");
		buf_addf(&b, " slower, few enough of %ld to be noise", j->compared);
	}
	if (j->legs == 0)
		buf_addz(&b, j->in->have_baseline ? "; the baseline holds no times to compare with"
						  : "; there is no baseline to compare with");
	if (says_nothing(j) && j->out->outcome == RESULT_PASS &&
	    rule_broken(j->inst) == RESULT_FAIL)
		j->out->outcome = RESULT_INCONCLUSIVE;
	j->out->message = arena_dup(j->mem, buf_str(&b));
	buf_release(&b);
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	struct judging j = { .in = in, .inst = inst, .mem = mem, .out = out };
	bool noise;

	for (size_t i = 0; i < in->run->producers.n; i++) {
		const struct producer *p = &in->run->producers.v[i];

		for (size_t k = 0, n; k < p->reports.n; k += n) {
			for (n = 1; k + n < p->reports.n; n++)
				if (!str_eq(p->reports.v[k]->leg, p->reports.v[k + n]->leg))
					break;
			judge_leg(&j, p, p->reports.v + k, n);
		}
	}
	noise = is_noise(&j);
	for (size_t i = 0; !noise && i < j.slower.n; i++)
		*vec_push(&out->items) = j.slower.v[i];
	conclude(&j, noise);
	vec_release(&j.pairs);
	vec_release(&j.slower);
}

const struct rule rule_duration = {
	.name = "duration",
	.help = "passing tests, and legs of reports, that take longer than on the baseline by more "
		"than noise explains, or than is allowed",
	.level = RULE_FAIL,
	.times = true,
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "duration: {percent: 100, min-ms: 1000, max-seconds: 60, level: warn}",
	.singular = "slower test or report",
	.plural = "slower tests or reports",
	.judge = judge,
};
