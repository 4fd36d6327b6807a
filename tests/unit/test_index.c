/* test_index.c -- looking up: order changes nothing, passing tests are cheap, texts are found. */
#include <time.h>

#include "gate/correlate/engine/index.h"
#include "gate/correlate/engine/place.h"
#include "tests/unit/correlate_text.h"

static const char many[] =
	"# audit document\n"
	"F1 open high Playlist cache invalidation\n\tfile tests/a.py\n\tsig no such table\n"
	"F2 open low Scheduler leases\n\tcase tests/a.py::test_x\n\tident app.lease\n"
	"F3 done medium Search\n\tcase test_y\n\tloc app/search.py:10-20\n"
	"# todo document\n"
	"TD-1 open high Track\n\ttracks F1\n\tsig no such table\n\tfile tests/a.py\n"
	"TD-2 open high Track\n\ttracks F2\n\tcase tests/a.py::test_x\n"
	"# known structured\n"
	"KF-1 open low One\n\tmatch test tests/**\n\tmessage app.lease\n"
	"KF-2 open low Two\n\tmatch test tests/b.py::test_y\n\twaiver ann|why|2026-12-31\n"
	"# more list\n"
	"tests/c.py::test_z open unknown\n"
	"tests/c.py::gone open unknown\n"
	"> unit\n"
	"test failed tests/a.py::test_x = no app.lease here\n"
	"test failed tests/a.py::test_w = no such table: x\n"
	"test failed tests/b.py::test_y\n\t| app/search.py:12: Error\n"
	"test error tests/c.py::test_z\n\tprop finding=F1\n"
	"test passed tests/c.py::test_q\n"
	"> other\n"
	"test failed tests/d.py::test_playlist_cache\n"
	"test skipped tests/b.py::test_y\n";

/* What is decided about each; evidence in its rank. */
static void
decided(bool backwards, struct buf *out)
{
	struct world w = { .backwards = backwards };

	world_correlate(&w, many);
	world_say(&w, true, out);
	world_release(&w);
}

static void
order_of_results_changes_nothing(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT;

	(void)state;
	decided(false, &a);
	decided(true, &b);
	assert_string_equal(buf_z(&a), buf_z(&b));
	assert_true(str_has(buf_str(&a), "tests/b.py::test_y: failed-fix F3 strong"));
	buf_release(&a);
	buf_release(&b);
}

/* The registers of `many` in every order: classes, and what they rest on, stay. */
static void
order_of_registers_changes_no_class(void **state)
{
	static const int orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 },
		{ 2, 0, 1 }, { 2, 1, 0 } };
	static const char *const parts[] = {
		"# audit document\n"
		"F1 open high One\n\tcase a::b\n\tcase a::c\n"
		"F2 done low Two\n\tcase a::c\n",
		"# notes document\n"
		"N1 open critical Three\n\tcase a::b\n\tfile a\n"
		"N2 open high Four\n\tcase a::d\n",
		"# known structured\n"
		"KF-1 open low Five\n\tmatch test a::d\n"
		"KF-2 open low Six\n\tmatch test a::c\n\tmatch test a::e\n",
	};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct world w = { 0 };
		struct buf in = BUF_INIT;

		for (int j = 0; j < 3; j++)
			buf_addz(&in, parts[orders[i][j]]);
		buf_addz(&in, "> unit\ntest failed a::b\ntest failed a::c\ntest failed a::d\n"
			"test passed a::e\n");
		check_world(&w, "registers", buf_z(&in),
			"a::b: known-failure N1 strong\n"
			"a::c: failed-fix F2 strong\n"
			"a::d: known-failure KF-1 strong excused\n"
			"a::e: unexpected-pass KF-2 strong\n", false);
		buf_release(&in);
	}
}

static bool
watches(const char *findings, const char *id, enum outcome o)
{
	struct world w = { 0 };
	struct test_event ev = { .outcome = o, .name = str_of(id) };
	struct index *ix;
	bool yes;

	world_read(&w, findings);
	ix = index_new(&w.fs, &w.opt);
	yes = index_watch(ix, &ev, str_of(id));
	index_free(ix);
	world_release(&w);
	return yes;
}

static void
what_is_watched(void **state)
{
	static const char doc[] = "# audit document\nBUG-A01 open high One\n"
		"\tcase tests/x.py::test_a\n\tcase test_bare\n\tfile tests/y.py\n";
	static const char fixed[] = "# audit document\nBUG-A01 done high One\n";
	static const char known[] = "# known structured\nKF-1 open high One\n"
		"\tmatch test tests/clock/**\n\tmatch test com.x.FooTest.bar\n";
	static const char loose[] = "# known structured\nKF-1 open high One\n\tmatch test *\n"
		"\tmatch suite slow\n";

	(void)state;
	assert_false(watches("", "tests/x.py::test_a", OUT_PASSED));
	assert_true(watches(doc, "tests/x.py::test_a", OUT_PASSED));
	assert_true(watches(doc, "tests/x.py::test_a[3]", OUT_PASSED));
	assert_true(watches(doc, "tests.x.test_a", OUT_PASSED));
	assert_true(watches(doc, "any.py::test_bare", OUT_PASSED));
	assert_false(watches(doc, "other/x.py::test_b", OUT_PASSED));
	assert_false(watches(doc, "tests/y.py::test_c", OUT_PASSED));
	assert_false(watches(doc, "t::test_bug_a01", OUT_PASSED));
	assert_true(watches(doc, "t::test_bug_a01", OUT_SKIPPED));
	assert_true(watches(fixed, "t::test_bug_a01", OUT_PASSED));
	assert_false(watches(fixed, "t::test_bug_a012", OUT_PASSED));
	assert_true(watches(known, "tests/clock/a::b", OUT_PASSED));
	assert_false(watches(known, "tests/clockwork/a::b", OUT_PASSED));
	assert_true(watches(known, "com.x.FooTest#bar", OUT_PASSED));
	assert_false(watches(known, "com.x.FooTest#bars", OUT_PASSED));
	assert_true(watches("# baseline list\na::b open unknown\n", "a::b", OUT_PASSED));
	assert_true(watches("# baseline list\ns::a::b open unknown\n", "a::b", OUT_PASSED));
	assert_true(watches("# known structured\nKF-1 open high One\n\tmatch test a::b (2)\n",
		"a::b", OUT_PASSED));
	assert_false(watches("# known structured\nKF-1 open high One\n\tmessage boom at noon\n",
		"a::b", OUT_PASSED));
	assert_false(watches(loose, "a::b", OUT_PASSED));
	assert_false(watches("# known structured\nKF-1 open high One\n\tmatch path a/**\n"
		"\tmessage boom at noon\n", "a/b::c", OUT_PASSED));
	assert_true(watches("# known structured\nKF-1 open high One\n\tmatch path a/**\n",
		"a/b::c", OUT_PASSED));
}

struct counted {
	struct str text;
	char seen[256];
};

static bool
count(void *ctx, void *value, size_t end)
{
	struct counted *c = ctx;
	size_t n = strlen(c->seen);

	snprintf(c->seen + n, sizeof(c->seen) - n, "%s@%zu ", (const char *)value, end);
	return false;
}

static void
literals_are_found(void **state)
{
	static const struct {
		const char *patterns[6], *text, *want;
	} rows[] = {
		{ { "he", "she", "his", "hers" }, "ushers", "she@4 he@4 hers@6 " },
		{ { "a-1", "A_1" }, "xa_1", "a-1@4 A_1@4 " },
		{ { "aa", "aaa" }, "aaaa", "aa@2 aaa@3 aa@3 aaa@4 aa@4 " },
		{ { "abc" }, "ab", "" },
		{ { "" }, "abc", "" },
		{ { "\xc3\xa4u" }, "b\xc3\xa4ume", "\xc3\xa4u@4 " },
		{ { "the last twenty-four bytes of a long text are looked for" },
			"only OF A LONG TEXT ARE LOOKED FOR",
			"the last twenty-four bytes of a long text are looked for@34 " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct literals *l = literals_new();
		struct counted c = { .seen = "" };

		for (size_t j = 0; rows[i].patterns[j]; j++)
			literals_add(l, str_of(rows[i].patterns[j]),
				(void *)(uintptr_t)rows[i].patterns[j]);
		literals_build(l);
		literals_scan(l, str_of(rows[i].text), count, &c);
		assert_string_equal(c.seen, rows[i].want);
		literals_free(l);
	}
}

static bool
count_one(void *ctx, void *value, size_t end)
{
	(void)value;
	*(size_t *)ctx += end;
	return false;
}

/* The same as looking for each text everywhere, for many small alphabets and lengths. */
static void
literals_are_found_as_by_trying(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct literals *l = literals_new();
		size_t sum = 0, want = 0, shortest = 1 + (size_t)round % 5;
		char text[40], pattern[6][9];

		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			text[i] = (char)('a' + (seed >> 33) % (2 + (uint64_t)round % 3));
		}
		for (size_t p = 0; p < 6; p++) {
			size_t n = shortest + (seed >> (20 + p)) % 4, at = (seed >> (30 + p)) % 30;

			/* Parts of the text and its mirror: some occur, some nearly. */
			for (size_t i = 0; i < n; i++)
				pattern[p][i] = p % 2 ? text[at + i] : text[39 - at - i];
			literals_add(l, str_n(pattern[p], n), NULL);
			for (size_t i = 0; i + n <= sizeof(text); i++)
				if (memcmp(text + i, pattern[p], n) == 0)
					want += i + n;
		}
		literals_build(l);
		literals_scan(l, str_n(text, sizeof(text)), count_one, &sum);
		assert_int_equal(sum, want);
		literals_free(l);
	}
}

/* More texts than the table has room for: shorter tails, nothing lost. */
static void
many_literals(void **state)
{
	struct literals *l = literals_new();
	struct arena mem = { 0 };
	struct counted c = { .seen = "" };

	(void)state;
	for (int i = 0; i < 30000; i++) {
		char *text = arena_z(&mem, arena_printf(&mem, "finding-number-%05d", i));

		literals_add(l, str_of(text), text);
	}
	literals_build(l);
	literals_scan(l, STR("see FINDING_NUMBER_29999"), count, &c);
	assert_true(str_has(str_of(c.seen), "finding-number-29999@24"));
	literals_free(l);
	arena_release(&mem);
}

static void
ids_worth_looking_for(void **state)
{
	static const char *const yes[] = { "BUG-A01", "TD-20251008-001", "SEC-M1", "#123", "kf_1" };
	static const char *const no[] = { "F1", "#12", "BUGA01", "BUG-A", "12-13", "#12a", "", "-1",
		"#" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		assert_true(id_distinctive(str_of(yes[i])));
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		assert_false(id_distinctive(str_of(no[i])));
}

static void
places(void **state)
{
	static const struct {
		const char *ref, *file;
		bool same;
	} rows[] = {
		{ "app/x.py", "app/x.py", true },      { "./app/x.py", "app/x.py", true },
		{ "app\\x.py", "app/x.py", true },     { "x.py", "app/x.py", true },
		{ "app/x.py", "x.py", false },         { "w/app/x.py", "app/x.py", true },
		{ "app/x.py", "/w/app/x.py", true },   { "app/x.py", "myapp/x.py", false },
		{ "app/x.py", "app/x.pyc", false },    { "", "", false },
		{ "X.py", "x.py", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (place_same(str_of(rows[i].ref), str_of(rows[i].file)) != rows[i].same)
			fail_msg("%s %s", rows[i].ref, rows[i].file);
	assert_true(place_below(STR("app/"), STR("app/x.py")));
	assert_true(place_below(STR("a/b"), STR("w/a/b/x.py")));
	assert_false(place_below(STR("app"), STR("apple/x.py")));
	assert_false(place_below(STR("app"), STR("my/app/x.py")));
	assert_false(place_below(STR("app"), STR("app")));
	assert_false(place_below(STR(""), STR("app/x.py")));
}

static double
seconds_of(clock_t from)
{
	return (double)(clock() - from) / CLOCKS_PER_SEC;
}

/* 5,000 failures against 2,000 entries by look-up, not by trying: a thousandth of the limit. */
static void
five_thousand_against_two_thousand(void **state)
{
	struct world w = { 0 };
	struct buf in = BUF_INIT;
	struct index *ix;
	clock_t start;
	size_t known = 0;

	(void)state;
	buf_addz(&in, "# known structured\n");
	for (int i = 0; i < 2000; i++) {
		if (i % 4 == 0)
			buf_addf(&in, "KF-%d open low K\n\tmatch test pkg/m%d.py::test_%d\n", i,
				i, i);
		else if (i % 4 == 1)
			buf_addf(&in, "KF-%d open low K\n\tmatch test pkg/n%d/**\n", i, i);
		else if (i % 4 == 2)
			buf_addf(&in, "KF-%d open low K\n\tmessage marker %dx was lost\n", i, i);
		else
			buf_addf(&in, "KF-%d open low K\n\tmatch test pkg/o%d.py::*\n"
				"\tmessage~ ^lost \\w+ %d$\n", i, i, i);
	}
	buf_addz(&in, "> unit\n");
	for (int i = 0; i < 5000; i++)
		buf_addf(&in, "test failed pkg/%c%d%s::test_%d = marker %dx was lost, after a "
			"while of looking for it in all the places\n\t| lost thing %d\n",
			"mnqo"[i % 4], i, i % 4 == 1 ? "/x.py" : ".py", i, i, i);
	world_read(&w, buf_z(&in));
	start = clock();
	ix = index_new(&w.fs, &w.opt);
	correlate(&w.run, ix);
	print_message("index and 5,000 x 2,000: %.1f ms\n", seconds_of(start) * 1e3);
	assert_true(seconds_of(start) < 20.0);
	index_free(ix);
	for (size_t i = 0; i < w.tests.n; i++)
		known += w.tests.v[i]->judged.cls == CLASS_KNOWN_FAILURE;
	assert_int_equal(known, 2000);
	world_release(&w);
	buf_release(&in);
}

/* A million passing tests that no finding names. */
static void
watching_a_million(void **state)
{
	struct world w = { 0 };
	struct index *ix;
	clock_t start;
	int kept = 0;

	(void)state;
	world_read(&w, "# audit document\nBUG-A01 done high One\n\tcase tests/x.py::test_a\n"
		"# known structured\nKF-1 open high One\n\tmatch test tests/clock/**\n");
	ix = index_new(&w.fs, &w.opt);
	start = clock();
	for (int i = 0; i < 1000000; i++) {
		struct test_event ev = { .outcome = OUT_PASSED };
		char id[80];
		int n = snprintf(id, sizeof(id), "tests/module_%d/test_thing.py::TestIt::test_%d",
			i % 500, i);

		ev.name = str_n(id, (size_t)n);
		kept += index_watch(ix, &ev, ev.name);
	}
	print_message("a million passing tests: %.0f ms\n", seconds_of(start) * 1e3);
	assert_int_equal(kept, 0);
	assert_true(seconds_of(start) < 60.0);
	index_free(ix);
	world_release(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_of_results_changes_nothing),
		cmocka_unit_test(order_of_registers_changes_no_class),
		cmocka_unit_test(what_is_watched),
		cmocka_unit_test(literals_are_found),
		cmocka_unit_test(literals_are_found_as_by_trying),
		cmocka_unit_test(many_literals),
		cmocka_unit_test(ids_worth_looking_for),
		cmocka_unit_test(places),
		cmocka_unit_test(five_thousand_against_two_thousand),
		cmocka_unit_test(watching_a_million),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
