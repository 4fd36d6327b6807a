/* The comment's body: what stands in it, that strangers' text is harmless, that it always fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/report/support/comment.h"

#define REV "1111111111111111111111111111111111111111"
#define BASE "2222222222222222222222222222222222222222"

static const char blocked[] =
	"{\"schema\":\"regression-gate/decision@1\",\"name\":\"shop -->\",\"verdict\":\"fail\","
	"\"sentence\":\"Blocked: 1 new failure.\",\"digest\":\"d\","
	"\"counts\":{\"new-failure\":1,\"flaky\":1,\"passed\":7},"
	"\"rules\":[{\"rule\":\"new-failures\",\"outcome\":\"fail\","
	"\"message\":\"1 new failure, 0 allowed\",\"items\":[\"t/a.py::b\"]}],"
	"\"inputs\":[{\"name\":\"scan\",\"complete\":false,\"path\":\"scan.txt\","
	"\"problems\":[{\"code\":\"empty\",\"message\":\"nothing in it\"}]}],"
	"\"tests\":[{\"id\":\"t/a.py::b\",\"class\":\"new-failure\","
	"\"file\":\"t/a b.py\",\"line\":3,"
	"\"message\":\"@team <img src=x> see #12 `x` | y\\nsecond\",\"rerun\":\"pytest t/a.py::b\","
	"\"suggestions\":[{\"finding\":\"docs/F1\",\"strength\":\"likely\"}]},"
	"{\"id\":\"t/a.py::f\",\"class\":\"flaky\",\"finding\":\"docs/F2\"}],"
	"\"findings\":[{\"qualified\":\"docs/F2\",\"level\":\"high\",\"state\":\"open\","
	"\"tests\":[\"t/a.py::f\"],\"issues\":[]}],"
	"\"delivery\":{\"messages\":\"first-line\"},"
	"\"environment\":{\"now\":\"2026-01-31T12:00:00Z\",\"policy_sha256\":\"abcdef012345\"}}";

static const struct build here = {
	.forge = FORGE_GITHUB, .project = { "acme/app", 8 }, .path = { "acme/app", 8 },
	.revision = { REV, 40 }, .server = { "https://git.acme.test", 21 },
};

static json_t *
parse(const char *text)
{
	json_error_t why;
	json_t *doc = json_loads(text, 0, &why);

	if (doc == NULL)
		fail_msg("%s at %d", why.text, why.position);
	return doc;
}

static struct buf
render(const json_t *doc, bool brief, size_t budget)
{
	struct buf out = BUF_INIT;

	comment_render(doc, &(struct comment_options){ &here, budget, brief }, &out);
	return out;
}

static void
has(const struct buf *b, const char *what)
{
	if (!str_has(buf_str(b), what))
		fail_msg("'%s' is not in:\n%s", what, buf_z(b));
}

static size_t
count(const struct buf *b, const char *what)
{
	struct str s = buf_str(b);
	size_t n = 0, at;

	while ((at = str_find(s, str_of(what))) != STR_NPOS) {
		s = str_from(s, at + strlen(what));
		n++;
	}
	return n;
}

static void
says_all(void **state)
{
	json_t *doc = parse(blocked);
	struct buf b = render(doc, false, COMMENT_BYTES);

	(void)state;
	assert_true(str_starts(buf_str(&b),
		"<!-- regression-gate/comment@1 shop%20%2D%2D%3E -->\n"));
	has(&b, "\n### Blocked");
	has(&b, "Revision <a href=\"https://git.acme.test/acme/app/commit/" REV "\"><code>"
		"111111111111</code></a>, policy sha256 <code>abcdef012345</code>");
	has(&b, "1 new failure &middot; 1 flaky &middot; 7 passed");
	has(&b, "<a href=\"https://git.acme.test/acme/app/blob/" REV "/t/a%20b.py#L3\">");
	has(&b, "**Inputs that are not complete**");
	has(&b, "pytest t/a");
	has(&b, "2026");
	has(&b, "<details><summary>Flaky</summary>");
	has(&b, "<details><summary>Suggestions: they explain, they excuse nothing</summary>");
	assert_int_equal(count(&b, "second"), 0); /* messages: first-line */
	assert_int_equal(count(&b, "<details>"), count(&b, "</details>"));
	buf_release(&b);
	json_decref(doc);
}

/* The entry to paste ends within the policy's term; a term that is none is not taken. */
static void
waivers_fit_the_policy(void **state)
{
	static const struct { long days; const char *last; } cases[] = {
		{ 7, "2026-02-07" }, { 90, "2026-03-02" }, { 0, "2026-03-02" },
		{ -5, "2026-03-02" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *doc = parse(blocked);
		struct buf b;

		json_object_set_new(doc, "waiver_days", json_integer(cases[i].days));
		b = render(doc, false, COMMENT_BYTES);
		has(&b, cases[i].last);
		buf_release(&b);
		json_decref(doc);
	}
}

static const char told[] =
	"{\"schema\":\"regression-gate/decision@1\",\"name\":\"shop\",\"verdict\":\"fail\","
	"\"sentence\":\"Blocked: 2 new failures.\",\"digest\":\"d\","
	"\"counts\":{\"known-failure\":2,\"waived\":1,\"new-issue\":1},"
	"\"rules\":[{\"rule\":\"new-failures\",\"outcome\":\"fail\",\"selected\":\"report unit\","
	"\"at\":{\"path\":\"gate.yaml\",\"line\":7},"
	"\"message\":\"2 new failures, 0 allowed\",\"items\":[\"a::x\",\"i1\"]},"
	"{\"rule\":\"incomplete-input\",\"outcome\":\"inconclusive\",\"message\":\"one\","
	"\"at\":{\"path\":\"preset ratchet\",\"line\":3},\"items\":[\"scan\"]}],"
	"\"inputs\":[{\"name\":\"scan\",\"complete\":false,\"path\":null,\"problems\":[]}],"
	"\"tests\":[{\"id\":\"a::x\",\"class\":\"known-failure\",\"excused\":false,"
	"\"finding\":\"docs/F1\",\"message\":\"m\"},"
	"{\"id\":\"a::y\",\"class\":\"known-failure\",\"excused\":true,\"finding\":\"kf/K1\"},"
	"{\"id\":\"a::z\",\"class\":\"waived\",\"excused\":true,\"finding\":\"kf/K1\"}],"
	"\"issues\":[{\"id\":\"i1\",\"class\":\"new-issue\",\"excused\":false,\"tool\":\"bandit\","
	"\"rule\":\"B1\",\"file\":\"app/x.py\",\"severity\":{\"level\":\"high\"}}],"
	"\"findings\":[{\"qualified\":\"docs/F1\",\"level\":\"high\",\"state\":\"open\","
	"\"title\":\"Totals <b>\",\"at\":{\"path\":\"docs.md\",\"line\":3},"
	"\"stated\":{\"path\":\"docs.md\",\"line\":4},\"tests\":[\"a::x\"],\"issues\":[]},"
	"{\"qualified\":\"kf/K1\",\"level\":\"low\",\"state\":\"open\",\"title\":\"Old\","
	"\"at\":{\"path\":\"kf.yaml\",\"line\":9},\"owner\":\"bob\",\"waiver\":{"
	"\"owner\":\"@ann\",\"reason\":\"later\",\"expires\":\"2026-05-01\"},"
	"\"tests\":[\"a::y\",\"a::z\"],\"issues\":[]}],"
	"\"pending\":[{\"edit\":\"adds kf/K2: a waiver\",\"at\":\"kf.yaml:14\"}],"
	"\"pending_digest\":\"abc123\",\"if_merged\":\"pass\",\"remarks\":[\"A rule is off.\"],"
	"\"rerun\":[\"pytest a b\"],\"delivery\":{\"messages\":\"first-line\"},"
	"\"environment\":{\"now\":\"2026-01-31T12:00:00Z\",\"policy_sha256\":\"abcdef012345\","
	"\"policy\":{\"path\":\"gate.yaml\",\"revision\":\"" BASE "\"},"
	"\"registers\":[{\"path\":\"docs.md\",\"kind\":\"document\"},"
	"{\"path\":\"kf.yaml\",\"kind\":\"structured\"}],"
	"\"build\":{\"revision\":\"" REV "\",\"base\":\"" BASE "\"}}}";

/* What decision.json alone tells: by which policy, whose finding, until when, how to get on. */
static void
tells_what_the_document_knows(void **state)
{
	static const struct build gitlab = {
		.forge = FORGE_GITLAB, .project = { "7", 1 }, .path = { "acme/app", 8 },
		.revision = { REV, 40 }, .server = { "https://lab.acme.test/git", 25 },
	};
	json_t *doc = parse(told);
	struct buf b = BUF_INIT;

	(void)state;
	comment_render(doc, &(struct comment_options){ &gitlab, COMMENT_BYTES, false }, &b);
	has(&b, "Revision <a href=\"https://lab.acme.test/git/acme/app/-/commit/" REV "\">");
	has(&b, " against <a href=\"https://lab.acme.test/git/acme/app/-/commit/" BASE "\">");
	has(&b, ", policy <code>gate.yaml</code> of <a href=");
	has(&b, "**new-failures** (report unit)");
	has(&b, "/-/blob/" BASE "/gate.yaml#L7\"><code>gate.yaml:7</code></a>");
	assert_int_equal(count(&b, "/preset"), 0);
	has(&b, "(known failure, not excused, <a href=\"https://lab.acme.test/git/acme/app/-/blob/"
		BASE "/docs.md?plain=1#L3\"><code>docs/F1</code></a> (high, open): Totals &#60;b");
	has(&b, "*way out:* make it pass; if it must wait, a waiver, or &#96;excuses: true&#96; "
		"for docs.md\n");
	has(&b, "*way out (new):* mend it; if it must wait, a waiver");
	has(&b, "*way out:* let its job deliver a whole report");
	has(&b, "1 known failure not excused &middot; 1 known failure &middot; 1 waived");
	has(&b, "**Pending until the change is merged**");
	has(&b, "- adds kf/K2: a waiver at <code>kf.yaml:14</code>\n");
	has(&b, "- the verdict with it: pass\n");
	has(&b, "&#45;&#45;approve-pending abc123</code>");
	has(&b, "- A rule is off.\n");
	has(&b, "- <code>pytest a b</code>\n");
	has(&b, "Into <code>kf.yaml</code>, under");
	has(&b, "        - \"a::x\"\n");
	has(&b, "tool: \"bandit\", rule: \"B1\", path: \"app/x.py\"");
	has(&b, "- 2 results: <a href=\"https://lab.acme.test/git/acme/app/-/blob/" BASE
		"/kf.yaml#L9\"><code>kf/K1</code></a> (low, open): Old; owner "
		"&#64;&#8203;ann, waived: later, until "
		"2026-05-01\n");
	assert_int_equal(count(&b, "Totals <b>"), 0);
	assert_int_equal(count(&b, "1 result: "), 0); /* it blocks: no news */
	buf_release(&b);
	json_decref(doc);
}

static void
strangers_stay_text(void **state)
{
	static const char *const never[] = { "@team", "<img", " #12", "`", "| y" };
	json_t *doc = parse(blocked);
	struct buf b = render(doc, false, COMMENT_BYTES);

	(void)state;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_int_equal(count(&b, never[i]), 0);
	buf_release(&b);
	json_decref(doc);
}

static void
messages_can_be_kept_back(void **state)
{
	json_t *doc = parse(blocked);
	struct buf b;

	(void)state;
	json_object_set_new(json_object_get(doc, "delivery"), "messages", json_string("none"));
	b = render(doc, false, COMMENT_BYTES);
	assert_int_equal(count(&b, "team"), 0);
	buf_release(&b);
	json_object_set_new(json_object_get(doc, "delivery"), "messages", json_string("full"));
	b = render(doc, false, COMMENT_BYTES);
	has(&b, "second");
	buf_release(&b);
	json_decref(doc);
}

static void
turned_green_is_one_line(void **state)
{
	json_t *doc = parse(blocked);
	struct buf b = render(doc, true, COMMENT_BYTES);

	(void)state;
	assert_int_equal(count(&b, "\n"), 2); /* the marker's, and its own */
	buf_release(&b);
	json_decref(doc);
}

/* Thousands of hostile names: it fits, nothing is cut inside markup, the rest is counted. */
static void
always_fits(void **state)
{
	static const size_t budgets[] = { 0, 20000, COMMENT_BYTES };
	json_t *doc = parse(blocked), *tests = json_object_get(doc, "tests");
	json_t *items = json_object_get(json_array_get(json_object_get(doc, "rules"), 0), "items");
	char id[600];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		json_t *t = json_object();

		snprintf(id, sizeof(id), "%d", i);
		memset(id + strlen(id), '@', sizeof(id) - 1 - strlen(id));
		id[sizeof(id) - 1] = 0;
		json_object_set_new(t, "id", json_string(id));
		json_object_set_new(t, "class", json_string(i % 2 ? "new-failure" : "fixed"));
		json_object_set_new(t, "message", json_string(id));
		json_array_append_new(tests, t);
		if (i % 2)
			json_array_append_new(items, json_string(id));
	}
	for (size_t i = 0; i < sizeof(budgets) / sizeof(budgets[0]); i++) {
		struct buf b = render(doc, false, budgets[i]), again;

		assert_true(b.n <= (budgets[i] < COMMENT_LEAST ? COMMENT_LEAST : budgets[i]));
		has(&b, "more in the decision's file");
		has(&b, "**Inputs that are not complete**");
		assert_int_equal(count(&b, "<details>"), count(&b, "</details>"));
		assert_int_equal(count(&b, "<code>"), count(&b, "</code>"));
		again = render(doc, false, budgets[i]);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
		buf_release(&b);
		buf_release(&again);
	}
	json_decref(doc);
}

/* Members that are not what they should be are as if they were absent. */
static void
any_shape(void **state)
{
	static const char *const docs[] = { "{}", "{\"rules\":7,\"tests\":{},\"inputs\":null}",
		"{\"rules\":[7,{\"outcome\":\"fail\",\"items\":[null,{},\"x\"]}],"
		"\"tests\":[[],{\"id\":3},"
		"{\"id\":\"x\",\"class\":\"nonsense\",\"line\":\"1\",\"suggestions\":[1]}]}",
		"{\"inputs\":[{},3],\"findings\":[{\"tests\":[1]},null],\"environment\":[]}" };

	(void)state;
	for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		json_t *doc = parse(docs[i]);
		struct buf b = render(doc, false, COMMENT_BYTES);

		assert_true(str_starts(buf_str(&b), "<!-- regression-gate/comment@1 "));
		buf_release(&b);
		json_decref(doc);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_all),
		cmocka_unit_test(waivers_fit_the_policy),
		cmocka_unit_test(tells_what_the_document_knows),
		cmocka_unit_test(strangers_stay_text),
		cmocka_unit_test(messages_can_be_kept_back),
		cmocka_unit_test(turned_green_is_one_line),
		cmocka_unit_test(always_fits),
		cmocka_unit_test(any_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
