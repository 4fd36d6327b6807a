/* test_limits.c -- how many are allowed: numbers, levels, the unknown, what is not named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/report/support/view.h"
#include "policies/engine/count.h"

static bool
over(const struct limit *l, long critical, long high, long medium, long low, long unknown)
{
	long n[LEVELS] = { 0 };

	n[LEVEL_CRITICAL] = critical;
	n[LEVEL_HIGH] = high;
	n[LEVEL_MEDIUM] = medium;
	n[LEVEL_LOW] = low;
	n[LEVEL_UNKNOWN] = unknown;
	return limit_exceeded(l, n, critical + high + medium + low + unknown);
}

static void
a_number_counts_all_levels(void **state)
{
	struct limit l = { .kind = LIMIT_NUMBER, .number = 2 };

	(void)state;
	assert_false(over(&l, 0, 1, 0, 1, 0));
	assert_true(over(&l, 1, 1, 0, 0, 1));
	l.kind = LIMIT_NONE;
	assert_false(over(&l, 9, 9, 9, 9, 9));
}

/* {high: 0}: above it the same, below it unlimited, unknown with high. */
static void
the_highest_named_holds_above(void **state)
{
	struct limit l = { .kind = LIMIT_BY_LEVEL };

	(void)state;
	l.named[LEVEL_HIGH] = true;
	assert_false(over(&l, 0, 0, 50, 50, 0));
	assert_true(over(&l, 0, 1, 0, 0, 0));
	assert_true(over(&l, 1, 0, 0, 0, 0));
	assert_true(over(&l, 0, 0, 0, 0, 1));
}

static void
each_level_by_itself(void **state)
{
	struct limit l = { .kind = LIMIT_BY_LEVEL };

	(void)state;
	l.named[LEVEL_HIGH] = l.named[LEVEL_LOW] = true;
	l.level[LEVEL_HIGH] = 1;
	l.level[LEVEL_LOW] = 3;
	assert_false(over(&l, 1, 1, 3, 3, 0)); /* critical and medium have limits of their own */
	assert_true(over(&l, 0, 1, 0, 0, 1));  /* unknown is counted with high */
	assert_true(over(&l, 2, 0, 0, 0, 0));
	assert_true(over(&l, 0, 0, 4, 0, 0));  /* above low, below high: low's limit */
	assert_true(over(&l, 0, 0, 0, 4, 0));
}

static void
unknown_named_is_counted_alone(void **state)
{
	struct limit l = { .kind = LIMIT_BY_LEVEL };

	(void)state;
	l.named[LEVEL_HIGH] = l.named[LEVEL_UNKNOWN] = true;
	l.level[LEVEL_UNKNOWN] = 5;
	assert_false(over(&l, 0, 0, 0, 0, 5));
	assert_true(over(&l, 0, 0, 0, 0, 6));
	assert_true(over(&l, 0, 1, 0, 0, 0));
}

/* {critical: 0}: high is below the lowest, so unknown is unlimited with it. */
static void
unknown_goes_with_high_when_that_is_unlimited(void **state)
{
	struct limit l = { .kind = LIMIT_BY_LEVEL };

	(void)state;
	l.named[LEVEL_CRITICAL] = true;
	assert_false(over(&l, 0, 9, 9, 9, 9));
	assert_true(over(&l, 1, 0, 0, 0, 0));
}

static void
a_baseline_is_not_a_number(void **state)
{
	struct limit l = { .kind = LIMIT_BASELINE };

	(void)state;
	assert_true(limit_needs_baseline(&l));
	assert_false(over(&l, 9, 9, 9, 9, 9));
	l.kind = LIMIT_BY_LEVEL;
	l.named[LEVEL_HIGH] = true;
	assert_false(limit_needs_baseline(&l));
	l.named[LEVEL_LOW] = l.level_baseline[LEVEL_LOW] = true;
	assert_true(limit_needs_baseline(&l));
	assert_false(over(&l, 0, 0, 9, 9, 0));
	assert_true(over(&l, 0, 1, 9, 9, 0));
}

static void
described(void **state)
{
	struct limit l = { .kind = LIMIT_BY_LEVEL };
	struct buf b = BUF_INIT;

	(void)state;
	l.named[LEVEL_HIGH] = l.named[LEVEL_MEDIUM] = l.named[LEVEL_LOW] = true;
	l.level[LEVEL_MEDIUM] = 5;
	l.level_baseline[LEVEL_LOW] = true;
	limit_describe(&l, &b);
	assert_string_equal(buf_z(&b), "high 0, medium 5, low baseline");
	buf_reset(&b);
	count_number(&b, 1234567);
	buf_addc(&b, ' ');
	count_number(&b, 999);
	buf_addc(&b, ' ');
	count_words(&b, 1, "failed fix", "failed fixes");
	buf_addc(&b, ' ');
	count_words(&b, 0, "failed fix", "failed fixes");
	assert_string_equal(buf_z(&b), "1,234,567 999 1 failed fix no failed fixes");
	buf_release(&b);
}

/* Reports show as blocking what the limit says is too much, and nothing else. */
static void
what_is_over_is_shown(void **state)
{
	static const struct {
		const char *limits, *items, *over; /* a letter a level: c h m l i u */
	} t[] = {
		{ "h0", "hm", "hu" },
		{ "h0", "u", "hu" },
		{ "h0", "cm", "c" },
		{ "h1m0", "hm", "m" },
		{ "h0u0", "u", "u" },
		{ "h0u0", "hu", "hu" },
		{ "h0u1", "hu", "h" },
		{ "h0u1", "u", "chmliu" }, /* nothing is: the rule has its own reason */
		{ "h-m0", "hm", "chmu" },  /* -: the baseline's number is not known */
	};
	static const char letters[] = "cuhmli";
	static const enum level levels[] = { LEVEL_CRITICAL, LEVEL_UNKNOWN, LEVEL_HIGH,
		LEVEL_MEDIUM, LEVEL_LOW, LEVEL_INFO };

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct rule_result r = { .limit.kind = LIMIT_BY_LEVEL };
		struct finding of[8] = { 0 };
		bool over[LEVELS];

		for (const char *p = t[i].limits; *p; p += 2) {
			enum level l = levels[strchr(letters, p[0]) - letters];

			r.limit.named[l] = true;
			r.limit.level_baseline[l] = p[1] == '-';
			r.limit.level[l] = p[1] == '-' ? 0 : p[1] - '0';
		}
		for (size_t k = 0; t[i].items[k]; k++) {
			of[k].level = levels[strchr(letters, t[i].items[k]) - letters];
			*vec_push(&r.items) = (struct item){ .kind = ITEM_FINDING,
				.finding = &of[k] };
		}
		view_levels_over(&r, over);
		for (size_t k = 0; k < LEVELS; k++)
			assert_int_equal(over[levels[k]],
				strchr(t[i].over, letters[k]) != NULL);
		vec_release(&r.items);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_counts_all_levels),
		cmocka_unit_test(the_highest_named_holds_above),
		cmocka_unit_test(each_level_by_itself),
		cmocka_unit_test(unknown_named_is_counted_alone),
		cmocka_unit_test(unknown_goes_with_high_when_that_is_unlimited),
		cmocka_unit_test(a_baseline_is_not_a_number),
		cmocka_unit_test(described),
		cmocka_unit_test(what_is_over_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
