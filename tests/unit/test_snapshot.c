/* test_snapshot.c -- a run as a snapshot and back; cut, broken and foreign ones are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/mem.h"
#include "gate/model/seen.h"
#include "gate/model/snapshot.h"

struct fixture {
	struct run run;
	struct producer_spec spec;
	struct redactor *redactor;
	struct collect_options opt;
};

static void
fixture_init(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->spec.name = STR("unit");
	f->redactor = redactor_new();
	f->opt = (struct collect_options){ .names = true, .redactor = f->redactor };
	vec_push(&f->run.producers)->spec = &f->spec;
}

static struct sink
add_report(struct fixture *f, const char *path, const char *leg)
{
	struct report *r = arena_new(&f->run.mem, struct report);

	r->path = str_of(path);
	r->leg = str_of(leg);
	r->kind = KIND_TESTS;
	r->format = STR("junit");
	r->producer = &f->run.producers.v[0];
	*vec_push(&f->run.producers.v[0].reports) = r;
	return report_sink(r, &f->opt);
}

static void
add_case(const struct sink *s, const char *suite, const char *name, enum outcome o)
{
	struct test_event ev = { .suite = str_of(suite), .name = str_of(name), .outcome = o,
		.seconds = -1 };

	assert_int_equal(s->test(s->ctx, &ev), 0);
}

static void
add_issue(const struct sink *s, const char *rule, const char *file, long line, const char *message)
{
	struct issue_event ev = { .tool = STR("ruff"), .rule = str_of(rule), .file = str_of(file),
		.line = line, .message = str_of(message), .level = LEVEL_LOW };

	assert_int_equal(s->issue(s->ctx, &ev), 0);
}

static void
finish(struct fixture *f, struct buf *text)
{
	struct snapshot_about about = { .name = STR("p"), .revision = STR("4f2a91c"),
		.saved = 86400 };
	struct producer *p = &f->run.producers.v[0];

	for (size_t i = 0; i < p->reports.n; i++)
		report_finish(p->reports.v[i]);
	run_finish(&f->run);
	snapshot_write(&f->run, &about, text);
}

static void
fixture_release(struct fixture *f)
{
	run_release(&f->run);
	redactor_free(f->redactor);
}

/* Two suites with one name, repeats, odd characters, a secret, legs, issues. */
static void
rich(struct fixture *f, struct buf *text)
{
	struct sink s;

	fixture_init(f);
	s = add_report(f, "a.xml", "py39");
	add_case(&s, "s1", "same", OUT_PASSED);
	add_case(&s, "s2", "same", OUT_FAILED);
	add_case(&s, "s1", "again", OUT_PASSED);
	add_case(&s, "s1", "again", OUT_ERROR);
	add_case(&s, "s1", "tab\there\nand \\ back", OUT_SKIPPED);
	add_case(&s, "s1", "token ghp_0123456789abcdefghijklmnopqrstuvwxyz", OUT_PASSED);
	add_case(&s, "s1", "\xc3\xa4\xc3\xb6\xc3\xbc", OUT_FLAKY);
	s.suite_error(s.ctx, STR("s3"), STR("setup broke"), 3);
	s = add_report(f, "b.xml", "py312");
	add_case(&s, "", "alone", OUT_PASSED);
	add_issue(&s, "E501", "a.py", 7, "line\ttoo long\nmore");
	finish(f, text);
}

static const char *
expected_ids[] = {
	"py39 again passed", "py39 again (2) error",
	"py39 tab\there\nand \\ back skipped", "py39 token [redacted] passed",
	"py39 \xc3\xa4\xc3\xb6\xc3\xbc flaky", "py39 s1::same passed", "py39 s2::same failed",
	"py39 unit::[suite] s3::[error] error", "py312 alone passed",
};

static void
test_round_trip(void **state)
{
	struct fixture f;
	struct snapshot s;
	struct buf text = BUF_INIT, id = BUF_INIT, line = BUF_INIT;
	struct err err = { 0 };
	bool seen[sizeof(expected_ids) / sizeof(*expected_ids)] = { false };
	size_t n = 0;

	(void)state;
	rich(&f, &text);
	assert_int_equal(snapshot_parse(&s, &text, "b", &err), 0);
	assert_string_equal(s.revision.p, "4f2a91c");
	assert_int_equal(s.tests, 8);
	assert_int_equal(s.issues, 1);
	assert_int_equal(s.producers.n, 1);
	for (size_t i = 0; i < s.producers.v[0]->legs.n; i++) {
		const struct snapshot_leg *leg = s.producers.v[0]->legs.v[i];
		struct snapshot_case c = { .snapshot = &s, .leg = leg };

		while (snapshot_next(&c)) {
			bool known = false;

			snapshot_case_id(&c, &id);
			buf_reset(&line);
			buf_addf(&line, "%.*s %.*s %s", STR_FMT(leg->report->leg),
				STR_FMT(buf_str(&id)), outcome_name(c.outcome));
			for (size_t k = 0; k < sizeof(seen) / sizeof(*seen); k++) {
				if (strcmp(expected_ids[k], line.p) != 0)
					continue;
				known = seen[k] = true;
			}
			if (!known)
				print_error("not expected: %s\n", line.p);
			assert_true(known);
			n++;
		}
		snapshot_case_release(&c);
	}
	assert_int_equal(n, sizeof(seen) / sizeof(*seen));
	snapshot_release(&s);
	buf_release(&id);
	buf_release(&line);
	fixture_release(&f);
}

/* Every case of the run is found again by the id that struct seen holds, secrets too. */
static void
test_keys_hold(void **state)
{
	struct fixture f;
	struct snapshot s;
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	const struct producer *p;

	(void)state;
	rich(&f, &text);
	assert_int_equal(snapshot_parse(&s, &text, "b", &err), 0);
	p = &f.run.producers.v[0];
	for (size_t i = 0; i < p->legs.n; i++) {
		const struct snapshot_leg *leg = s.producers.v[0]->legs.v[i];

		assert_true(str_eq(leg->report->leg, p->legs.v[i].leg));
		for (size_t k = 0; k < p->legs.v[i].n; k++)
			assert_true(seen_find(leg->v, leg->n, p->legs.v[i].v[k].id) < leg->n);
	}
	snapshot_release(&s);
	fixture_release(&f);
}

static void
test_same_bytes_whatever_the_order(void **state)
{
	struct buf one = BUF_INIT, two = BUF_INIT;

	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		struct fixture f;
		struct sink s;

		fixture_init(&f);
		s = add_report(&f, "a.xml", "");
		for (int i = 0; i < 50; i++) {
			char name[16];

			snprintf(name, sizeof(name), "t%02d", turn ? 49 - i : i);
			add_case(&s, "s", name, OUT_PASSED);
		}
		finish(&f, turn ? &two : &one);
		fixture_release(&f);
	}
	assert_string_equal(one.p, two.p);
	buf_release(&one);
	buf_release(&two);
}

static int
parse(struct str text, struct err *err)
{
	struct buf copy = BUF_INIT;
	struct snapshot s;
	int rc;

	*err = (struct err){ 0 };
	buf_add(&copy, text);
	rc = snapshot_parse(&s, &copy, "b", err);
	snapshot_release(&s);
	return rc;
}

/* Cut anywhere, it is never taken for whole; damaged anywhere, it never crashes. */
static void
test_cut_and_damaged(void **state)
{
	struct fixture f;
	struct buf text = BUF_INIT;
	struct err err;

	(void)state;
	rich(&f, &text);
	for (size_t n = 0; n < text.n; n++) {
		assert_int_equal(parse(str_to(buf_str(&text), n), &err), -1);
		assert_true(err.set);
	}
	for (size_t i = 0; i < text.n; i++) {
		char was = text.p[i];

		for (int k = 0; k < 4; k++) {
			text.p[i] = "\n9@\xff"[k];
			parse(buf_str(&text), &err);
		}
		text.p[i] = was;
	}
	assert_int_equal(parse(buf_str(&text), &err), 0);
	buf_release(&text);
	fixture_release(&f);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "hello\n", "this is no baseline" },
		{ "regression-gate/baseline@2\n@end 0\t0\n", "schema 2, written by a newer gate" },
		{ "regression-gate/baseline@x\n", "version can't be read" },
		{ "regression-gate/baseline@1\n", "cut: its end is missing" },
		{ "regression-gate/baseline@1\n@end 1\t0\n", "not hold what its end says" },
		{ "regression-gate/baseline@1\np0 a\n@end 1\t0\n", "a case without a leg" },
		{ "regression-gate/baseline@1\n@producer u\n@leg \np0 a\n@end 1\t0\n",
			"a case without a suite" },
		{ "regression-gate/baseline@1\n@producer u\n@leg \n@suite \np9 a\n@end 1\t0\n",
			"a case that can't be read" },
		{ "regression-gate/baseline@1\n@producer u\n@leg \n@suite \nq0 a\n@end 1\t0\n",
			"a case that can't be read" },
		{ "regression-gate/baseline@1\n@producer b\n@producer a\n@end 0\t0\n",
			"not in order" },
		{ "regression-gate/baseline@1\n@future thing\n@end 0\t0\n", "nothing known" },
		{ "regression-gate/baseline@1\n@saved yesterday\n@end 0\t0\n", "a bad date" },
		{ "regression-gate/baseline@1\n@producer u\n@leg \n@issue low\ta\tb\n@end 0\t1\n",
			"too few fields" },
		{ "regression-gate/baseline@1\n@end 0\t0\nmore\n", "end can't be read" },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(parse(str_of(cases[i].text), &err), -1);
		if (strstr(err.text, cases[i].says) == NULL)
			print_error("%zu: %s\n", i, err.text);
		assert_non_null(strstr(err.text, cases[i].says));
	}
}

static void
test_watch(void **state)
{
	static const char text[] = "regression-gate/baseline@1\n@producer u\n@leg \n@suite s\n"
		"p0 fine\nf0 red\ns0 idle\n@suite+ t\np0 twin\n@end 4\t0\n";
	static const struct {
		const char *suite, *name;
		enum outcome o;
		bool watched;
	} cases[] = {
		{ "s", "fine", OUT_PASSED, false }, { "s", "red", OUT_PASSED, true },
		{ "s", "fine", OUT_SKIPPED, true }, { "s", "unknown", OUT_SKIPPED, false },
		{ "t", "twin", OUT_SKIPPED, true }, { "other", "twin", OUT_SKIPPED, false },
		{ "s", "idle", OUT_PASSED, false },
	};
	struct snapshot s;
	struct buf copy = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	buf_addz(&copy, text);
	assert_int_equal(snapshot_parse(&s, &copy, "b", &err), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct test_event ev = { .suite = str_of(cases[i].suite), .outcome = cases[i].o };

		assert_int_equal(snapshot_watch(&s, &ev, str_of(cases[i].name)), cases[i].watched);
	}
	snapshot_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_keys_hold),
		cmocka_unit_test(test_same_bytes_whatever_the_order),
		cmocka_unit_test(test_cut_and_damaged),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_watch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
