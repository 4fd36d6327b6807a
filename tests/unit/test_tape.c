/* test_tape.c -- what is recorded, what is given back, and what is too large to be kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "gate/base/limits.h"
#include "gate/base/tape.h"

static void
first_answer_holds(void **state)
{
	struct tape_answer a = { .text = STR("one"), .status = 1 }, got = { 0 };
	const struct tape_entry **v;
	struct tape *t;
	size_t n;

	(void)state;
	tape_put(TAPE_TEXT, STR("k"), &a); /* none runs */
	assert_false(tape_get(TAPE_TEXT, STR("k"), &got));
	tape_record();
	tape_put(TAPE_TEXT, STR("k"), &a);
	a.text = STR("two");
	tape_put(TAPE_TEXT, STR("k"), &a);
	tape_put(TAPE_FIND, STR("k"), &a);
	tape_put(TAPE_TEXT, STR("a"), &a);
	assert_true(tape_get(TAPE_TEXT, STR("k"), &got));
	assert_true(str_eqz(got.text, "one") && got.status == 1);
	tape_pause();
	assert_false(tape_recording());
	assert_false(tape_get(TAPE_TEXT, STR("k"), &got));
	tape_put(TAPE_TEXT, STR("paused"), &a);
	tape_resume();
	assert_false(tape_get(TAPE_TEXT, STR("paused"), &got));
	t = tape_end();
	v = tape_entries(t, &n);
	assert_int_equal(n, 3);
	assert_true(str_eqz(v[0]->key, "a") && str_eqz(v[1]->key, "k"));
	assert_int_equal(v[2]->kind, TAPE_FIND);
	free(v);
	tape_free(t);
}

/* The view is longer than what stands behind it: a tape that copied it would crash. */
static void
too_large(void **state)
{
	struct tape_answer a = { .text = { "x", (size_t)MAX_TAPE_BYTES + 1 } }, got = { 0 };
	const struct tape_entry *dropped;
	struct tape *t;
	size_t n;

	(void)state;
	tape_record();
	tape_put(TAPE_REPORT, STR("huge.xml"), &a);
	tape_put(TAPE_REPORT, STR("huge.xml"), &a);
	assert_false(tape_get(TAPE_REPORT, STR("huge.xml"), &got));
	t = tape_end();
	dropped = tape_dropped(t, &n);
	assert_int_equal(n, 1);
	assert_true(str_eqz(dropped[0].key, "huge.xml"));
	tape_free(t);
}

static void
plays_what_is_lent(void **state)
{
	struct tape_answer a = { .text = STR("lent"), .status = 1 }, got = { 0 };

	(void)state;
	tape_play(true);
	assert_true(tape_exact());
	tape_put(TAPE_VARIABLE, STR("HOME"), &a); /* nothing is recorded while it plays */
	assert_null(tape_getenv("HOME"));
	tape_lend(TAPE_VARIABLE, STR("HOME"), &a);
	assert_string_equal(tape_getenv("HOME"), "lent");
	assert_true(tape_get(TAPE_VARIABLE, STR("HOME"), &got));
	assert_false(tape_admits(TAPE_PRODUCER, STR("unit")));
	tape_admit(TAPE_PRODUCER, STR("unit"));
	assert_true(tape_admits(TAPE_PRODUCER, STR("unit")));
	assert_false(tape_admits(TAPE_REGISTER, STR("unit")));
	tape_free(tape_end());
	assert_false(tape_playing());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_answer_holds),
		cmocka_unit_test(too_large),
		cmocka_unit_test(plays_what_is_lent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
