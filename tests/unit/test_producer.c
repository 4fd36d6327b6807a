/* test_producer.c -- what a producer delivered: completeness as the contract defines it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/mem.h"
#include "gate/model/run.h"

static struct report *
new_report(struct run *run, struct producer *p, const char *path, const char *leg)
{
	struct report *r = arena_new(&run->mem, struct report);

	r->path = str_of(path);
	r->leg = str_of(leg);
	r->kind = KIND_TESTS;
	r->producer = p;
	*vec_push(&p->reports) = r;
	return r;
}

static void
add_case(const struct sink *s, const char *suite, const char *name, enum outcome o)
{
	struct test_event ev = { .suite = str_of(suite), .class = STR("c"), .name = str_of(name),
		.outcome = o, .seconds = -1, .message = STR("m"), .text = STR("t") };

	assert_int_equal(s->test(s->ctx, &ev), 0);
}

enum { BROKEN = 1, GONE = 2, VOID = 4 };

struct producer_row {
	const char *what;
	struct producer_spec spec;
	long cases;            /* in the one report there is; -1: no report at all */
	int state;
	enum exit_known exit_known;
	long exit_status;
	bool complete;
	int problem;           /* of the producer; -1: none */
};

static void
test_producers(void **state)
{
	static struct str legs[] = { { "", 0 }, { "py39", 4 } };
	const struct producer_row rows[] = {
		{ "delivers", { .optional = false }, 3, 0, 0, 0, true, -1 },
		{ "broken", { .optional = false }, 3, BROKEN, 0, 0, false, -1 },
		{ "nothing ran", { .optional = false }, 0, 0, 0, 0, false, PROBLEM_NOTHING_RAN },
		{ "may be none", { .min_tests = 0, .min_tests_set = true }, 0, 0, 0, 0, true, -1 },
		{ "too few", { .min_tests = 4, .min_tests_set = true }, 3, 0, 0, 0, false,
		  PROBLEM_NOTHING_RAN },
		{ "enough", { .min_tests = 3, .min_tests_set = true }, 3, 0, 0, 0, true, -1 },
		{ "no report", { .optional = false }, -1, 0, 0, 0, false, PROBLEM_MISSING },
		{ "gone", { .optional = false }, 0, GONE, 0, 0, false, -1 },
		{ "one file of two", { .expect_files = 2 }, 3, 0, 0, 0, false, PROBLEM_MISSING },
		{ "exactly one", { .expect_files = 1 }, 3, 0, 0, 0, true, -1 },
		{ "a leg is absent", { .legs = { legs, 2, 2 } }, 3, 0, 0, 0, false,
		  PROBLEM_MISSING },
		{ "empty", { .optional = false }, 0, VOID, 0, 0, false, -1 },
		{ "empty, no status", { .empty_clean = true }, 0, VOID, EXIT_NOT_GIVEN, 0, false,
		  -1 },
		{ "empty and 0", { .empty_clean = true }, 0, VOID, EXIT_GIVEN, 0, true, -1 },
		{ "empty and 1", { .empty_clean = true }, 0, VOID, EXIT_GIVEN, 1, false, -1 },
		{ "optional but broken", { .optional = true }, 3, BROKEN, 0, 0, false, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct producer_row *w = &rows[i];
		struct run run = { 0 };
		struct producer *p = vec_push(&run.producers);
		char name[32];

		p->spec = &w->spec;
		p->exit_known = w->exit_known;
		p->exit_status = w->exit_status;
		if (w->cases >= 0) {
			struct report *r = new_report(&run, p, "a.xml", "");
			struct sink s = report_sink(r, NULL);

			for (long k = 0; k < w->cases; k++) {
				snprintf(name, sizeof(name), "n%ld", k);
				add_case(&s, "s", name, OUT_PASSED);
			}
			if (w->state == VOID)
				r->kind = KIND_NONE;
			r->absent = w->state == GONE;
			if (w->state)
				report_problem(r, w->state == BROKEN ? PROBLEM_TRUNCATED :
					w->state == GONE ? PROBLEM_MISSING : PROBLEM_EMPTY, 0, "x");
			report_finish(r);
		}
		run_finish(&run);
		if (p->complete != w->complete)
			fail_msg("%s: complete is %d", w->what, p->complete);
		if (w->problem < 0 ? p->problems.n != 0 : p->problems.n != 1 ||
			p->problems.v[0].code != (enum problem_code)w->problem)
			fail_msg("%s: %zu problems", w->what, p->problems.n);
		run_release(&run);
	}
}

static void
test_optional(void **state)
{
	struct producer_spec spec = { .optional = true };
	struct run run = { 0 };
	struct producer *p = vec_push(&run.producers);

	(void)state;
	p->spec = &spec;
	run_finish(&run);
	assert_true(p->tool_only_absent);
	run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_producers),
		cmocka_unit_test(test_optional),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
