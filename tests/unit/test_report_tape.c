/* test_report_tape.c -- a report written down and restored is the same; a damaged one is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "gate/base/mem.h"
#include "gate/model/report_tape.h"

static const struct prop props[] = {
	{ { "finding", 7 }, { "F-1\ttab", 7 } },
	{ { "empty", 5 }, { NULL, 0 } },
};

static void
fill(struct sink *s)
{
	const struct totals declared = { 5, 3, 0, 0 };
	struct test_event e = { .class = STR("tests.test_a"), .name = STR("test_one"),
		.file = STR("tests/test_a.py"), .message = STR("boom\nat noon"),
		.text = STR("boom\nat noon"), .type = STR("="), .props = props, .nprops = 2,
		.line = 3, .at = 7, .seconds = 0.1, .outcome = OUT_FAILED,
		.dialect = DIALECT_PYTEST, .attempts = 1, .suite = STR("s") };
	struct issue_event i = { .rule = STR("R1"), .severity = STR("error"),
		.message = STR("bad\\thing"), .file = STR("a.c"), .line = 2, .level = LEVEL_HIGH };

	s->tool(s->ctx, STR("pytest"), STR_NONE);
	assert_int_equal(s->test(s->ctx, &e), 0);
	e.outcome = OUT_PASSED;
	e.name = STR("test_two");
	e.message = e.text = e.type = STR_NONE;
	e.nprops = 0;
	assert_int_equal(s->test(s->ctx, &e), 0);
	e.name = STR("test_[ghp_0123456789abcdefghijABCDEFGHIJ012345]");
	e.outcome = OUT_SKIPPED;
	e.seconds = -1;
	assert_int_equal(s->test(s->ctx, &e), 0);
	s->unnamed(s->ctx, OUT_PASSED, 2);
	assert_int_equal(s->issue(s->ctx, &i), 0);
	s->suite_error(s->ctx, STR("set up"), STR("no database"), 9);
	s->problem(s->ctx, PROBLEM_ENCODING, 4, STR("a byte"));
	s->elements(s->ctx, 1, 0);
	s->declared(s->ctx, &declared);
}

static void
record(struct buf *text, struct report *r, const struct collect_options *opt)
{
	struct report_recorder rec = { 0 };
	struct collect_options listening = *opt;
	struct sink s;

	listening.recorder = &rec;
	r->path = STR("unit.xml");
	r->format = STR("junit");
	r->kind = KIND_TESTS;
	memset(r->sha256, 'a', SHA256_HEX - 1);
	s = report_sink(r, &listening);
	fill(&s);
	report_record_end(&rec, r);
	buf_add(text, buf_str(&rec.out));
	report_finish(r);
	report_recorder_release(&rec);
}

static void
same_tests(const struct report *a, const struct report *b)
{
	assert_int_equal(a->tests.n, b->tests.n);
	for (size_t i = 0; i < a->tests.n; i++) {
		const struct test *x = &a->tests.v[i], *y = &b->tests.v[i];

		assert_true(str_eq(x->id, y->id) && str_eq(x->suite, y->suite));
		assert_true(str_eq(x->name, y->name) && str_eq(x->file, y->file));
		assert_true(str_eq(x->type, y->type) && str_eq(x->message, y->message));
		assert_true(str_eq(x->text, y->text));
		assert_true(x->key == y->key && x->seq == y->seq && x->outcome == y->outcome);
		assert_true(x->line == y->line && x->at == y->at && x->attempts == y->attempts);
		assert_true(x->synthetic == y->synthetic && x->dialect == y->dialect);
		assert_memory_equal(&x->seconds, &y->seconds, sizeof(x->seconds));
		assert_int_equal(x->nprops, y->nprops);
		for (size_t k = 0; k < x->nprops; k++)
			assert_true(str_eq(x->props[k].name, y->props[k].name) &&
				str_eq(x->props[k].value, y->props[k].value));
	}
}

static void
round_trip(void **state)
{
	struct redactor *redactor = redactor_new();
	struct collect_options opt = { .redactor = redactor };
	struct report a = { 0 }, b = { .path = STR("unit.xml") };
	struct buf text = BUF_INIT;

	(void)state;
	record(&text, &a, &opt);
	assert_int_equal(str_find(buf_str(&text), STR("ghp_")), STR_NPOS);
	report_sink(&b, &opt);
	assert_true(report_restore(&b, buf_str(&text), &opt, true));
	report_finish(&b);
	same_tests(&a, &b);
	assert_int_equal(a.seen.n, b.seen.n);
	assert_memory_equal(a.seen.v, b.seen.v, a.seen.n * sizeof(*a.seen.v));
	assert_int_equal(a.total, b.total);
	assert_memory_equal(a.count, b.count, sizeof(a.count));
	assert_int_equal(a.problems.n, b.problems.n);
	for (size_t i = 0; i < a.problems.n; i++)
		assert_true(str_eq(a.problems.v[i].message, b.problems.v[i].message) &&
			a.problems.v[i].code == b.problems.v[i].code);
	assert_int_equal(b.issues.n, 1);
	assert_true(str_eqz(b.issues.v[0].message, "bad\\thing"));
	assert_true(str_eq(a.tool, b.tool) && str_eq(a.format, b.format));
	assert_string_equal(a.sha256, b.sha256);
	assert_int_equal(a.complete, b.complete);
	report_release(&a);
	report_release(&b);
	buf_release(&text);
	redactor_free(redactor);
}

static bool
everything(const void *ctx, const struct test_event *ev, struct str id)
{
	(void)ctx;
	(void)id;
	return ev->outcome == OUT_PASSED;
}

/* What another register asks for is there, though the run did not keep it. */
static void
watched(void **state)
{
	struct collect_options opt = { 0 }, other = { .watch = everything };
	struct report a = { 0 }, b = { .path = STR("unit.xml") };
	struct buf text = BUF_INIT;

	(void)state;
	record(&text, &a, &opt);
	report_sink(&b, &other);
	assert_true(report_restore(&b, buf_str(&text), &other, false));
	report_finish(&b);
	assert_int_equal(b.tests.n, a.tests.n + 1);
	report_release(&a);
	report_release(&b);
	buf_release(&text);
}

/* Whatever happens to it, it is refused or read; cut anywhere, it is refused. */
static void
damaged(void **state)
{
	struct collect_options opt = { 0 };
	struct report a = { 0 };
	struct buf text = BUF_INIT;
	uint32_t random = 1;

	(void)state;
	record(&text, &a, &opt);
	for (size_t n = 0; n + 1 < text.n; n++) {
		struct report b = { .path = STR("unit.xml") };

		report_sink(&b, &opt);
		assert_false(report_restore(&b, str_to(buf_str(&text), n), &opt, true) &&
			n < text.n - 1);
		report_finish(&b);
		report_release(&b);
	}
	for (int i = 0; i < 20000; i++) {
		static const char bytes[] = "\t\n=-9\\x0t";
		struct report b = { .path = STR("unit.xml") };
		size_t at;
		char was;

		random = random * 1664525u + 1013904223u;
		at = (random >> 8) % text.n;
		was = text.p[at];
		text.p[at] = bytes[(random >> 4) % (sizeof(bytes) - 1)];
		report_sink(&b, &opt);
		report_restore(&b, buf_str(&text), &opt, true);
		report_finish(&b);
		report_release(&b);
		text.p[at] = was;
	}
	report_release(&a);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(watched),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
