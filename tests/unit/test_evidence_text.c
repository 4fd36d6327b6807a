/*
 * test_evidence_text.c -- the other half of test_evidence.c: files, messages, tools, traces.
 */
#include "tests/unit/correlate_text.h"

struct row {
	const char *name, *in, *out;
};

static void
check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct world w = { 0 };

		check_world(&w, rows[i].name, rows[i].in, rows[i].out, true);
	}
}
#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void
test_file_and_signature(void **state)
{
	static const struct row rows[] = {
		{ "both; one without the other; a case reference names no file",
			"# audit document\n"
			"F1 open high First\n\tfile tests/a.py\n\tsig no such table\n"
			"F2 open high Second\n\tcase tests/b.py::test_q\n\tsig lost in space\n"
			"> unit\n"
			"test failed tests/a.py::x = (db) no such table: t\n"
			"test failed tests/a.py::y = another thing\n"
			"test failed tests/c.py::z = no such table\n"
			"test failed tests/b.py::w = lost in space\n"
			"test failed tests/ab.py::v = no such tables\n",
			"tests/a.py::x: known-failure F1 strong | F1 file+signature strong, "
				"F1 file likely, F1 signature likely\n"
			"tests/a.py::y: new-failure | F1 file likely\n"
			"tests/c.py::z: new-failure | F1 signature likely\n"
			"tests/b.py::w: new-failure | F2 signature likely\n"
			"tests/ab.py::v: new-failure\n" },
		{ "volatile text does not matter",
			"# audit document\n"
			"F1 open high First\n\tfile a.py\n"
			"\tsig object at 0x7f531db0ca50 timed out after 31.2 seconds\n"
			"> unit\n"
			"test failed a.py::x = object at 0x7fffaaaa1230 timed out after 12.9 "
				"seconds\n",
			"a.py::x: known-failure F1 strong | F1 file+signature strong, "
				"F1 file likely, F1 signature likely\n" },
		{ "a location that is the test's file names it",
			"# audit document\n"
			"F1 open high First\n\tloc tests/a.py:3-9\n\tsig no such table\n"
			"> unit\n"
			"test failed tests/a.py::x = no such table\n",
			"tests/a.py::x: known-failure F1 strong | F1 file+signature strong, "
				"F1 signature likely\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_references_alone(void **state)
{
	static const struct row rows[] = {
		{ "file: by the same path from another root, or a bare file name",
			"# audit document\n"
			"F1 open high First\n\tfile backend/tests/a.py\n"
			"F2 open high Second\n\tfile solo.py\n"
			"F3 open high Third\n\tfile src/test/java/com/x/FooTest.java\n"
			"> unit\n"
			"test failed tests/a.py::x\n"
			"test failed mytests/a.py::x\n"
			"test failed deep/solo.py::x\n"
			"test failed notsolo.py::x\n"
			"test failed com.x.FooTest#bar\n\tclass com.x.FooTest\n\tjava\n"
			"test failed com.y.FooTest#bar\n\tclass com.y.FooTest\n\tjava\n",
			"tests/a.py::x: new-failure | F1 file likely\n"
			"mytests/a.py::x: new-failure\n"
			"deep/solo.py::x: new-failure | F2 file likely\n"
			"notsolo.py::x: new-failure\n"
			"com.x.FooTest#bar: new-failure | F3 file likely\n"
			"com.y.FooTest#bar: new-failure\n" },
		{ "class, describe block; anchored",
			"# audit document\n"
			"F1 open high First\n\tclass tests/a.py::TestY\n"
			"F2 open high Second\n\tclass FooTest\n"
			"F3 open high Third\n\tclass src/a.test.ts > cart\n"
			"> unit\n"
			"test failed tests/a.py::TestY::x\n"
			"test failed tests/a.py::TestYes::x\n"
			"test failed com.x.FooTest#bar\n"
			"test failed com.x.MyFooTest#bar\n"
			"test failed src/a.test.ts > cart > adds\n"
			"test failed src/a.test.ts > carts > adds\n",
			"tests/a.py::TestY::x: new-failure | F1 class likely\n"
			"tests/a.py::TestYes::x: new-failure\n"
			"com.x.FooTest#bar: new-failure | F2 class likely\n"
			"com.x.MyFooTest#bar: new-failure\n"
			"src/a.test.ts > cart > adds: new-failure | F3 class likely\n"
			"src/a.test.ts > carts > adds: new-failure\n" },
		{ "directory: anchored at both ends",
			"# audit document\n"
			"F1 open high First\n\tdir a/foo\n"
			"F2 open high Second\n\tglob tests/**/slow_*.py\n"
			"> unit\n"
			"test failed a/foo/t.py::x\n"
			"test failed a/foobar/t.py::x\n"
			"test failed ba/foo/t.py::x\n"
			"test failed root/a/foo/t.py::x\n"
			"test failed tests/q/slow_a.py::x\n",
			"a/foo/t.py::x: new-failure | F1 directory likely\n"
			"a/foobar/t.py::x: new-failure\n"
			"ba/foo/t.py::x: new-failure\n"
			"root/a/foo/t.py::x: new-failure | F1 directory likely\n"
			"tests/q/slow_a.py::x: new-failure | F2 directory likely\n" },
		{ "specificity ranks: class, file, directory",
			"# audit document\n"
			"F1 open high First\n\tdir tests\n"
			"F2 open high Second\n\tfile tests/a.py\n"
			"F3 open high Third\n\tclass tests/a.py::TestY\n"
			"> unit\n"
			"test failed tests/a.py::TestY::x\n",
			"tests/a.py::TestY::x: new-failure | F3 class likely, F2 file likely, "
				"F1 directory likely\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_signature(void **state)
{
	static const struct row rows[] = {
		{ "one finding holds it, with those that track it",
			"# audit document\n"
			"F1 open high First\n\tsig lost in space\n"
			"# todo document\n"
			"TD-1 open high Track\n\tsig lost in space\n\ttracks F1\n"
			"> unit\n"
			"test failed a::b = we are lost in space now\n",
			"a::b: new-failure | F1 signature likely, TD-1 signature likely\n" },
		{ "two trackers of one finding hold it",
			"# audit document\n"
			"F1 open high First\n"
			"# todo document\n"
			"TD-1 open high Track\n\tsig lost in space\n\ttracks F1\n"
			"TD-2 open high Track\n\tsig lost in space\n\ttracks F1\n"
			"> unit\n"
			"test failed a::b = lost in space\n",
			"a::b: new-failure | TD-1 signature likely, TD-2 signature likely\n" },
		{ "two findings quote it: it tells nothing; and word boundaries",
			"# audit document\n"
			"F1 open high First\n\tsig lost in space\n"
			"F2 open high Second\n\tsig lost in space\n"
			"F3 open high Third\n\tsig out of cheese\n"
			"> unit\n"
			"test failed a::b = lost in space\n"
			"test failed a::c = out of cheeses\n"
			"test failed a::d = scout of cheese\n",
			"a::b: new-failure\n"
			"a::c: new-failure\n"
			"a::d: new-failure\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_issues(void **state)
{
	static const struct row rows[] = {
		{ "rule at its location; elsewhere; without a location",
			"# audit document\n"
			"F1 open high First\n\ttool bandit B602\n\tloc app/x.py:10-20\n"
			"F2 open high Second\n\ttool bandit B101\n"
			"F3 open high Third\n\ttool bandit\n"
			"> bandit lint\n"
			"issue bandit B602 app/x.py:12 shell\n"
			"issue bandit B602 app/x.py:30 shell\n"
			"issue Bandit b101 app/y.py:1 assert\n"
			"issue ruff B101 app/y.py:1 assert\n",
			"bandit B602 app/x.py: known-issue F1 strong | F1 rule+location strong, "
				"F1 frame possible, F1 tool possible, F3 tool possible\n"
			"bandit B602 app/x.py: new-issue | F1 tool possible, F3 tool possible\n"
			"Bandit b101 app/y.py: new-issue | F2 rule likely, F2 tool possible, "
				"F3 tool possible\n"
			"ruff B101 app/y.py: new-issue\n" },
		{ "a tool without rules is likely by its name alone",
			"# audit document\n"
			"F8 open medium isort drift\n\ttool isort\n"
			"F9 open medium mypy\n\ttool mypy\n"
			"> lint lint\n"
			"issue isort - app/x.py:0 Imports are incorrectly sorted\n"
			"issue mypy - app/x.py:0 error\n",
			"isort  app/x.py: new-issue | F8 tool likely\n"
			"mypy  app/x.py: new-issue | F9 tool possible\n" },
		{ "suppressed by the tool itself",
			"# audit document\n"
			"F2 open high Second\n\ttool bandit B101\n"
			"> bandit lint\n"
			"issue bandit B101 app/y.py:1 assert (suppressed)\n",
			"bandit B101 app/y.py: suppressed | F2 rule likely, F2 tool possible\n" },
		{ "a test's references say nothing about issues",
			"# audit document\n"
			"F1 open high First\n\tfile tests/a.py\n\tdir tests\n"
			"> isort lint\n"
			"issue isort - tests/a.py:0 sorted\n",
			"isort  tests/a.py: new-issue\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_frame(void **state)
{
	static const struct row rows[] = {
		{ "places of traces, by language",
			"# audit document\n"
			"F1 open high First\n\tloc app/db.py:10-20\n"
			"F2 open high Second\n\tloc src/main/java/com/shop/Cart.java\n"
			"F3 open high Third\n\tloc src/cart.js:12\n"
			"F4 open high Fourth\n\tloc lib/\n"
			"> unit\n"
			"test failed t::a\n\tFile \"/w/app/db.py\", line 12, in connect\n"
			"test failed t::b\n\tapp/db.py:21: OperationalError\n"
			"test failed t::c\n\t| at com.shop.Cart.total(Cart.java:31)\n"
			"test failed t::d\n\t| at org.other.Cart.total(Cart.java:31)\n"
			"test failed t::e\n\t| at total (src/cart.js:12:5)\n"
			"test failed t::f\n\tlib/deep/x.go:7 +0x1d\n"
			"test failed t::g\n\t| at 12:30 in library/x.go:7\n",
			"t::a: new-failure | F1 frame possible\n"
			"t::b: new-failure\n"
			"t::c: new-failure | F2 frame possible\n"
			"t::d: new-failure\n"
			"t::e: new-failure | F3 frame possible\n"
			"t::f: new-failure | F4 frame possible\n"
			"t::g: new-failure\n" },
		{ "the test's own file and line",
			"# audit document\n"
			"F1 open high First\n\tloc tests/a.py\n"
			"F2 open high Second\n\tloc tests/b.py:5\n"
			"> unit\n"
			"test failed tests/a.py::x\n"
			"test failed tests/b.py::x\n\tfile tests/b.py\n\tat 5\n"
			"test failed tests/b.py::y\n\tfile tests/b.py\n\tat 6\n"
			"test passed tests/a.py::z\n",
			"tests/a.py::x: new-failure | F1 frame possible\n"
			"tests/b.py::x: new-failure | F2 frame possible\n"
			"tests/b.py::y: new-failure\n"
			"tests/a.py::z: passed\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_identifier_and_title(void **state)
{
	static const struct row rows[] = {
		{ "a name of code in the message, whole and as written",
			"# audit document\n"
			"F1 open high First\n\tident api.request\n"
			"> unit\n"
			"test failed t::a = left: 'api.request'\n"
			"test failed t::b = api.requests\n"
			"test failed t::c = API.request\n"
			"test failed t::api.request = no\n",
			"t::a: new-failure | F1 identifier possible\n"
			"t::b: new-failure\n"
			"t::c: new-failure\n"
			"t::api.request: new-failure\n" },
		{ "two words, and half of the title's, in the name",
			"# audit document\n"
			"F6 open high Playlist cache invalidation ineffective\n"
			"F7 open high OpenAPI snapshot of the whole system differs each day\n"
			"F8 open high Clock test\n"
			"> unit\n"
			"test failed t::test_playlist_cache\n"
			"test failed t::testPlaylistCacheBusted\n"
			"test failed t::test_playlist_only\n"
			"test failed t::test_openapi_snapshot\n"
			"test failed t::testOpenApiSnapshotOfSystem\n"
			"test failed t::test_clock\n"
			"test failed t::test_caches_playlists\n",
			"t::test_playlist_cache: new-failure | F6 title possible\n"
			"t::testPlaylistCacheBusted: new-failure | F6 title possible\n"
			"t::test_playlist_only: new-failure\n"
			"t::test_openapi_snapshot: new-failure\n"
			"t::testOpenApiSnapshotOfSystem: new-failure | F7 title possible\n"
			"t::test_clock: new-failure\n"
			"t::test_caches_playlists: new-failure\n" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_producer(void **state)
{
	static const struct row rows[] = {
		{ "only one that did not deliver; by bare or qualified ID; its tool too",
			"# audit document\n"
			"F9 open medium No scanner\n\ttool bandit\n"
			"F8 open medium Drift\n\ttool isort\n"
			"> unit finding=F8\n"
			"test passed t::a\n"
			"> scan incomplete finding=F9\n"
			"> again incomplete finding=audit/F9\n"
			"> bandit incomplete\n"
			"> isort incomplete finding=F7\n",
			"t::a: passed\n"
			"scan: indeterminate | F9 producer possible\n"
			"again: indeterminate | F9 producer possible\n"
			"bandit: indeterminate | F9 tool possible\n"
			"isort: indeterminate | F8 tool likely\n" },
	};

	(void)state;
	CHECK(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file_and_signature),
		cmocka_unit_test(test_references_alone),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_issues),
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_identifier_and_title),
		cmocka_unit_test(test_producer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
