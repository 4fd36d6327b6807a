/* test_run.c -- collecting a report, naming its cases, and what a producer delivered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/base/err.h"
#include "gate/base/mem.h"
#include "gate/model/run.h"
#include "gate/model/seen.h"

_Static_assert(sizeof(struct seen) == 16, "a passing case costs 16 bytes");

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

static void
check_sorted(struct seen *v, size_t n, enum seen_order order)
{
	for (size_t i = 1; i < n; i++) {
		assert_true(v[i - 1].id <= v[i].id);
		if (v[i - 1].id != v[i].id)
			continue;
		if (order == SEEN_BY_SUITE && v[i - 1].suite != v[i].suite)
			assert_true(v[i - 1].suite < v[i].suite);
		else
			assert_true(SEEN_SEQ(v[i - 1]) < SEEN_SEQ(v[i]));
	}
}

static void
test_sort(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 23, 25, 1000, 4095, 4096, 20000 };
	/* How ids are made: spread, few different, all equal, rising, falling. */
	for (int kind = 0; kind < 5; kind++) {
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
			size_t n = sizes[k];
			struct seen *v = xcalloc(n + 1, sizeof(*v));
			uint64_t sum = 0, after = 0;

			for (size_t i = 0; i < n; i++) {
				uint64_t h = hash_bytes(7, &i, sizeof(i));

				v[i].id = kind == 0 ? h : kind == 1 ? h % 7 : kind == 2 ? 5 :
					kind == 3 ? i << 40 : (n - i) << 40;
				v[i].suite = (uint32_t)(h >> 60);
				v[i].seq = (uint32_t)i | (uint32_t)(h & 7) << 29;
				sum += v[i].id + v[i].seq;
			}
			for (int order = SEEN_BY_SUITE; order <= SEEN_BY_ORDER; order++) {
				seen_sort(v, n, (enum seen_order)order);
				check_sorted(v, n, (enum seen_order)order);
			}
			for (size_t i = 0; i < n; i++)
				after += v[i].id + v[i].seq;
			assert_true(sum == after);
			if (n) {
				size_t at = seen_find(v, n, v[n / 2].id);

				assert_true(at <= n / 2 && v[at].id == v[n / 2].id);
				assert_true(at == 0 || v[at - 1].id < v[at].id);
				assert_int_equal(seen_find(v, n, v[n - 1].id + 1), n);
			}
			free(v);
		}
	}
	(void)state;
}

static void
test_counts_and_keeping(void **state)
{
	struct run run = { 0 };
	struct producer *p = vec_push(&run.producers);
	struct report *r = new_report(&run, p, "a.xml", "");
	struct sink s = report_sink(r, NULL);

	(void)state;
	add_case(&s, "s", "one", OUT_PASSED);
	add_case(&s, "s", "two", OUT_SKIPPED);
	add_case(&s, "s", "three", OUT_FAILED);
	add_case(&s, "s", "four", OUT_ERROR);
	add_case(&s, "s", "five", OUT_FLAKY);
	report_finish(r);
	run_finish(&run);
	assert_true(r->complete);
	assert_int_equal(r->total, 5);
	assert_int_equal(r->count[OUT_PASSED], 1);
	assert_int_equal(r->count[OUT_SKIPPED], 1);
	/* A pass and a skip cost their sixteen bytes only. */
	assert_int_equal(run.tests.n, 3);
	assert_int_equal(p->legs.n, 1);
	assert_int_equal(p->legs.v[0].n, 5);
	assert_true(str_eqz(run.tests.v[0]->id, "c::five"));
	assert_true(str_eqz(run.tests.v[1]->id, "c::four"));
	assert_true(str_eqz(run.tests.v[2]->id, "c::three"));
	run_release(&run);
}

static bool
watch_two(const void *ctx, const struct test_event *ev, struct str id)
{
	(void)ev;
	return str_eqz(id, ctx);
}

static void
test_watch(void **state)
{
	struct run run = { 0 };
	struct producer *p = vec_push(&run.producers);
	struct report *r = new_report(&run, p, "a.xml", "");
	struct collect_options opt = { .watch = watch_two, .watch_ctx = "c::two" };
	struct sink s = report_sink(r, &opt);

	(void)state;
	add_case(&s, "s", "one", OUT_PASSED);
	add_case(&s, "s", "two", OUT_PASSED);
	report_finish(r);
	assert_int_equal(r->tests.n, 1);
	assert_true(str_eqz(r->tests.v[0].id, "c::two"));
	run_release(&run);
}

/* The IDs of the kept tests, in the run's order, joined by ", ". */
static void
check_ids(const struct run *run, const char *want)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < run->tests.n; i++) {
		if (i)
			buf_addz(&b, ", ");
		buf_add(&b, run->tests.v[i]->id);
	}
	assert_string_equal(buf_z(&b), want);
	buf_release(&b);
}

static void
test_same_names(void **state)
{
	struct run run = { 0 };
	struct producer_spec spec = { .name = STR("unit") };
	struct producer *p = vec_push(&run.producers);
	struct report *r, *later, *other;
	struct sink s;

	(void)state;
	p->spec = &spec;
	later = new_report(&run, p, "b.xml", "");
	s = report_sink(later, NULL);
	add_case(&s, "s", "twice", OUT_FAILED);
	add_case(&s, "s", "once", OUT_FAILED);
	report_finish(later);
	r = new_report(&run, p, "a.xml", "");
	s = report_sink(r, NULL);
	add_case(&s, "s", "twice", OUT_PASSED);
	add_case(&s, "s", "twice", OUT_FAILED);
	add_case(&s, "s", "in two suites", OUT_PASSED);
	add_case(&s, "t", "in two suites", OUT_FAILED);
	add_case(&s, "t", "in two suites", OUT_FAILED);
	add_case(&s, "", "in two suites", OUT_FAILED);
	report_finish(r);
	/* Another leg counts for itself. */
	other = new_report(&run, p, "a.xml", "py39");
	s = report_sink(other, NULL);
	add_case(&s, "s", "twice", OUT_FAILED);
	report_finish(other);
	run_finish(&run);
	check_ids(&run, "c::in two suites, c::once, c::twice (2), c::twice (3), "
		"t::c::in two suites, t::c::in two suites (2), c::twice");
	assert_true(report_has(r, PROBLEM_DUPLICATE_CASE));
	assert_false(report_has(later, PROBLEM_DUPLICATE_CASE));
	/* That b.xml repeats a name of a.xml belongs to no single report. */
	assert_int_equal(p->problems.n, 1);
	assert_int_equal(p->problems.v[0].code, PROBLEM_DUPLICATE_CASE);
	assert_true(p->complete);
	run_release(&run);
}

static void
test_many_reports(void **state)
{
	struct run run = { 0 };
	struct producer *p = vec_push(&run.producers);
	char name[32];
	size_t failed = 0;

	(void)state;
	for (int f = 0; f < 40; f++) {
		struct report *r = new_report(&run, p,
			arena_z(&run.mem, arena_printf(&run.mem, "r%02d.xml", f)), "");
		struct sink s = report_sink(r, NULL);

		for (int i = 0; i < 300; i++) {
			snprintf(name, sizeof(name), "n%d", (f * 300 + i) % 6000);
			add_case(&s, "s", name, i % 100 ? OUT_PASSED : OUT_FAILED);
		}
		report_finish(r);
	}
	run_finish(&run);
	assert_int_equal(p->legs.v[0].n, 12000);
	assert_int_equal(run.tests.n, 120);
	for (size_t i = 0; i < run.tests.n; i++)
		failed += str_ends(run.tests.v[i]->id, " (2)");
	/* Every name comes twice; the second half of the reports holds the repeats. */
	assert_int_equal(failed, 60);
	run_release(&run);
}

static void
test_synthetic(void **state)
{
	struct run run = { 0 };
	struct producer_spec spec = { .name = STR("unit") };
	struct producer *p = vec_push(&run.producers);
	struct report *r = new_report(&run, p, "out/a.xml", "");
	struct sink s = report_sink(r, NULL);

	(void)state;
	p->spec = &spec;
	add_case(&s, "s", "one", OUT_PASSED);
	s.suite_error(s.ctx, STR("db"), STR("down\nmore"), 3);
	s.suite_error(s.ctx, STR("db"), STR("down again"), 9);
	s.suite_error(s.ctx, STR_NONE, STR_NONE, 12);
	s.elements(s.ctx, 0, 3);
	report_finish(r);
	run_finish(&run);
	check_ids(&run, "unit::[suite] a.xml::[error], unit::[suite] db::[error], "
		"unit::[suite] db::[error] (2)");
	assert_true(run.tests.v[1]->synthetic);
	assert_int_equal(run.tests.v[1]->outcome, OUT_ERROR);
	assert_int_equal(r->synthetic, 3);
	assert_int_equal(r->total, 1);
	assert_true(r->complete);
	assert_true(str_eqz(r->problems.v[0].message, "suite db: down"));
	run_release(&run);
}

struct declared_row {
	const char *what;
	long tests, failures, errors;  /* declared */
	long passed, failed;           /* cases */
	long element_failures, element_errors;
	long synthetic;
	bool noted;
};

static void
test_declared(void **state)
{
	static const struct declared_row rows[] = {
		{ "nothing declared", -1, -1, -1, 1, 1, 1, 0, 0, false },
		{ "right", 2, 1, 0, 1, 1, 1, 0, 0, false },
		{ "one error more", 2, 1, 1, 1, 1, 1, 0, 1, true },
		{ "elements explain it", 2, 2, 1, 1, 1, 2, 1, 0, false },
		{ "fewer declared", 2, 0, 0, 1, 1, 1, 0, 0, true },
		{ "only the tests differ", 3, 1, 0, 1, 1, 1, 0, 0, true },
		{ "failures without cases", 0, 3, 0, 0, 0, 0, 0, 3, true },
		{ "absurd", 2, 1000000000000L, 1000000000000L, 1, 1, 1, 0, 1000, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct declared_row *w = &rows[i];
		struct report r = { .path = STR("a.xml"), .kind = KIND_TESTS };
		struct sink s = report_sink(&r, NULL);
		struct totals t = { w->tests, w->failures, w->errors, -1 };
		char name[32];

		for (long k = 0; k < w->passed + w->failed; k++) {
			snprintf(name, sizeof(name), "n%ld", k);
			add_case(&s, "s", name, k < w->passed ? OUT_PASSED : OUT_FAILED);
		}
		s.elements(s.ctx, w->element_failures, w->element_errors);
		s.declared(s.ctx, &t);
		report_finish(&r);
		assert_int_equal(r.synthetic, w->synthetic);
		assert_int_equal(report_has(&r, PROBLEM_DECLARED_MISMATCH), w->noted);
		assert_true(r.complete);
		report_release(&r);
	}
}

static void
test_problems(void **state)
{
	struct report r = { .path = STR("a.xml"), .kind = KIND_TESTS };
	struct sink s = report_sink(&r, NULL);

	(void)state;
	for (int i = 0; i < 500; i++)
		s.problem(s.ctx, PROBLEM_ENCODING, i, STR("note"));
	/* Past the list, but never past its effect. */
	s.problem(s.ctx, PROBLEM_TRUNCATED, 7, STR("cut"));
	report_finish(&r);
	assert_false(r.complete);
	assert_int_equal(r.problems.n + r.problems_cut, 501);
	report_release(&r);
}

static void
test_redaction(void **state)
{
	struct redactor *red = redactor_new();
	struct collect_options opt = { .redactor = red };
	struct run run = { 0 };
	struct producer *p = vec_push(&run.producers);
	struct report *r = new_report(&run, p, "a.xml", "");
	struct sink s = report_sink(r, &opt);
	struct prop prop = { STR("hidden-word"), STR("my hidden-word") };
	struct test_event ev = { .class = STR("hidden-word"), .name = STR("n hidden-word"),
		.suite = STR("hidden-word"), .file = STR("hidden-word.c"),
			.type = STR("hidden-word"),
		.message = STR("m hidden-word"), .text = STR("t\nhidden-word\n"), .props = &prop,
		.nprops = 1, .outcome = OUT_FAILED };
	struct issue_event is = { .tool = STR("hidden-word"), .rule = STR("hidden-word"),
		.message = STR("hidden-word"), .file = STR("hidden-word"),
		.fingerprint = STR("hidden-word"), .severity = STR("hidden-word") };
	const struct test *t;
	const struct issue *i;

	(void)state;
	redactor_value(red, STR("hidden-word"));
	s.test(s.ctx, &ev);
	s.issue(s.ctx, &is);
	s.suite_error(s.ctx, STR("hidden-word"), STR("hidden-word"), 1);
	s.problem(s.ctx, PROBLEM_ENCODING, 1, STR("hidden-word"));
	report_finish(r);
	run_finish(&run);
	t = &r->tests.v[0];
	i = &r->issues.v[0];
	{
		struct str all[] = { t->id, t->base_id, t->suite, t->class, t->name, t->file,
			t->type,
			t->message, t->text, t->props[0].name, t->props[0].value, i->id, i->tool,
				i->rule,
			i->message, i->file, i->fingerprint, i->severity, r->tests.v[1].id,
			r->tests.v[1].message, r->problems.v[0].message, r->problems.v[1].message };

		for (size_t k = 0; k < sizeof(all) / sizeof(*all); k++) {
			assert_true(all[k].n > 0);
			assert_false(str_has(all[k], "hidden-word"));
		}
	}
	run_release(&run);
	redactor_free(red);
}

static void
test_paths(void **state)
{
	static const struct str strip[] = { { "/workspace/app/", 15 }, { "/other", 6 } };
	static const struct {
		const char *raw, *root, *want;
	} rows[] = {
		{ "src/a.c", "", "src/a.c" },
		{ "src\\a.c", "", "src/a.c" },
		{ "./src/./a.c", "", "src/a.c" },
		{ "src//a.c", "", "src/a.c" },
		{ "/workspace/app/src/a.c", "", "src/a.c" },
		{ "/workspace/apple/a.c", "", "/workspace/apple/a.c" },
		{ "/other/a.c", "", "a.c" },
		{ "/others/a.c", "", "/others/a.c" },
		{ "src/a.c", "services/x", "services/x/src/a.c" },
		{ "src/a.c", "services/x/", "services/x/src/a.c" },
		{ "/workspace/app/src/a.c", "services/x", "services/x/src/a.c" },
		{ "/elsewhere/a.c", "services/x", "/elsewhere/a.c" },
		{ "C:\\w\\a.c", "services/x", "C:/w/a.c" },
		{ "file:///workspace/app/a.c", "", "a.c" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct collect_options opt = { .keep_all = true, .strip = strip, .nstrip = 2,
			.root = str_of(rows[i].root) };
		struct report r = { .path = STR("a.xml") };
		struct sink s = report_sink(&r, &opt);
		struct test_event ev = { .name = STR("n"), .file = str_of(rows[i].raw) };

		s.test(s.ctx, &ev);
		report_finish(&r);
		assert_true(str_eqz(r.tests.v[0].file, rows[i].want));
		report_release(&r);
	}
}

static void
test_checkout_paths(void **state)
{
	struct collect_options opt = { .keep_all = true, .root = STR("svc") };
	struct report r = { .path = STR("a.xml") };
	struct sink s = report_sink(&r, &opt);
	struct buf path = BUF_INIT;
	char cwd[4096];
	struct test_event ev = { .name = STR("test_n"), .class = STR("t.test_a"),
		.dialect = DIALECT_PYTEST };

	(void)state;
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	buf_addf(&path, "%s/t/test_a.py", cwd);
	ev.file = buf_str(&path);
	s.test(s.ctx, &ev);
	ev.file = STR_NONE;
	s.test(s.ctx, &ev);
	report_finish(&r);
	/* The ID is the runner's own name: without the root. The file is the checkout's. */
	assert_true(str_eqz(r.tests.v[0].base_id, "t/test_a.py::test_n"));
	assert_true(str_eqz(r.tests.v[0].file, "svc/t/test_a.py"));
	assert_true(str_eqz(r.tests.v[1].file, "svc/t/test_a.py"));
	assert_true(r.tests.v[0].key == r.tests.v[1].key);
	buf_release(&path);
	report_release(&r);
}

static void
test_issues(void **state)
{
	struct run run = { 0 };
	struct producer *p = vec_push(&run.producers);
	struct report *r = new_report(&run, p, "a.txt", "");
	struct sink s = report_sink(r, NULL);
	struct issue_event ev = { .tool = STR("lint"), .rule = STR("R1"), .file = STR("a.c"),
		.message = STR("unused x"), .line = 3, .level = LEVEL_LOW };
	struct str first;

	(void)state;
	r->kind = KIND_LINT;
	s.issue(s.ctx, &ev);
	ev.line = 90;          /* another line of the same complaint: the second of its name */
	s.issue(s.ctx, &ev);
	ev.message = STR("unused y");
	s.issue(s.ctx, &ev);
	ev.fingerprint = STR("f00d");
	ev.suppressed = true;
	s.issue(s.ctx, &ev);
	report_finish(r);
	run_finish(&run);
	assert_int_equal(r->issue_total, 4);
	assert_int_equal(r->issue_actionable, 3);
	assert_int_equal(r->issue_suppressed, 1);
	assert_int_equal(r->issue_by_level[LEVEL_LOW], 3);
	first = r->issues.v[0].id;
	assert_true(str_starts(first, "lint:R1:a.c:"));
	assert_true(str_ends(r->issues.v[1].id, " (2)"));
	assert_true(str_eq(first, str_to(r->issues.v[1].id, first.n)));
	assert_false(str_eq(first, r->issues.v[2].id));
	assert_true(str_eqz(r->issues.v[3].id, "lint:f00d"));
	run_release(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_counts_and_keeping),
		cmocka_unit_test(test_watch),
		cmocka_unit_test(test_same_names),
		cmocka_unit_test(test_many_reports),
		cmocka_unit_test(test_synthetic),
		cmocka_unit_test(test_declared),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_redaction),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_checkout_paths),
		cmocka_unit_test(test_issues),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
