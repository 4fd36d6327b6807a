/*
 * test_structured.c -- what a structured register or a plain list may not say, each mistake
 * with its place; and what entries hold once they are read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/regex.h"
#include "parsers/registers/register.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

extern const struct register_parser register_structured, register_idlist;

struct read {
	struct findings fs;
	struct reg *reg;
	struct diags d;
	int rc;
};

static void
read_text(struct read *r, const struct register_parser *p, const char *path, const char *text)
{
	*r = (struct read){ 0 };
	r->reg = findings_reg(&r->fs, str_of(path), str_of(path));
	r->reg->kind = p->kind;
	r->reg->text = str_of(text);
	r->rc = p->parse(&r->fs, r->reg, &r->d);
	if (r->rc == 0 && r->d.errors)
		fail_msg("'%s': errors, but read", text);
}

static void
read_release(struct read *r)
{
	findings_release(&r->fs);
	diags_release(&r->d);
}

struct mistake {
	const char *text;
	long line, col;
	const char *message, *hint; /* parts of the first error */
};

static void
check_mistakes(const struct register_parser *p, const char *path, const char *lead,
	const struct mistake *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf b = BUF_INIT;
		struct read r;

		buf_addf(&b, "%s%s", lead, rows[i].text);
		read_text(&r, p, path, buf_z(&b));
		if (r.rc == 0 || r.d.errors != 1)
			fail_msg("'%s': rc %d, %zu errors", rows[i].text, r.rc, r.d.errors);
		if (strstr(r.d.v[0].text.p, rows[i].message) == NULL ||
			!str_has(r.d.v[0].hint, rows[i].hint))
			fail_msg("'%s': '%s', hint '%.*s'", rows[i].text, r.d.v[0].text.p,
				STR_FMT(r.d.v[0].hint));
		if (r.d.v[0].at.line != rows[i].line || r.d.v[0].at.col != rows[i].col)
			fail_msg("'%s': at %ld:%ld", rows[i].text, r.d.v[0].at.line,
				r.d.v[0].at.col);
		assert_string_equal(r.d.v[0].at.file, path);
		read_release(&r);
		buf_release(&b);
	}
}

static void
test_top(void **state)
{
	static const struct mistake rows[] = {
		{ "findings: []", 1, 1, "version is missing", "version: 1" },
		{ "version: 2", 1, 10, "version '2'", "" },
		{ "version: one", 1, 10, "version 'one'", "" },
		{ "version: 1\nfindngs: []", 2, 1, "unknown key 'findngs'", "'findings'" },
		{ "version: 1\nfindings: {}", 2, 11, "must be a list, not a map", "" },
		{ "version: 1\nfindings: [x]", 2, 12, "must be a map, not a string", "" },
		{ "version: 1\nremoved: '*'", 2, 10, "matches nearly everything", "" },
		{ "version: 1\nremoved: [[]]", 2, 11, "must be a string, not a list", "" },
		{ "version: 1\nrenamed: [a]", 2, 10, "must be a map", "" },
		{ "version: 1\nrenamed: {a: a}", 2, 11, "to itself", "" },
		{ "version: 1\nrenamed: {a: []}", 2, 14, "must be a string", "" },
		{ "version: 1\nversion: 1", 2, 1, "stands twice", "" },
		{ "- a", 1, 1, "must be a map, not a list", "" },
		{ "", 1, 1, "must be a map, not nothing", "" },
		{ "version: 1\nfindings:\n\t- id: x", 3, 1, "invalid YAML", "tabs" },
	};

	(void)state;
	check_mistakes(&register_structured, "known.yaml", "", rows, COUNT(rows));
}

static void
test_findings(void **state)
{
	/* Each goes on behind the lead, on line 4. */
	static const struct mistake rows[] = {
		{ "sevrity: high", 4, 5, "unknown key 'sevrity'", "'severity'" },
		{ "id: A", 4, 5, "stands twice", "" },
		{ "title: [a]", 4, 12, "title must be a string, not a list", "" },
		{ "owner: ''", 4, 12, "owner is empty", "" },
		{ "status: true", 4, 13, "status must be a string", "" },
		{ "tests: ['**']", 4, 13, "matches nearly everything", "" },
		{ "tests: {scope: case}", 4, 12, "needs 'ref'", "" },
		{ "tests: {ref: a.b, scope: suite}", 4, 30, "unknown scope", "case, class" },
		{ "locations: {path: a, line: 0}", 4, 32, "line must be", "" },
		{ "locations: {path: a, line: 5, end_line: 3}", 4, 16, "no range", "" },
		{ "locations: {line: 5}", 4, 16, "needs 'path'", "" },
		{ "signatures: [error]", 4, 18, "occurs nearly everywhere", "quote more" },
		{ "signatures: ['42']", 4, 18, "occurs nearly everywhere", "" },
		{ "signatures:\n      - no such table: x", 5, 9, "unknown key", "quote a text" },
		{ "signatures: {required: true}", 4, 17, "either 'text' or 'regex'", "" },
		{ "signatures: {text: a b, regex: c}", 4, 17, "either 'text' or 'regex'", "" },
		{ "signatures: {text: bell rang, required: maybe}", 4, 45, "true or false", "" },
		{ "tools: {rule: B101}", 4, 12, "needs 'tool'", "" },
		{ "links: [x]", 4, 13, "must be a map", "" },
		{ "links: {kind: follows, to: x}", 4, 19, "unknown kind", "tracks" },
		{ "links: {to: x}", 4, 12, "needs 'kind' and 'to'", "" },
		{ "dates: {expires: 2026-02-30}", 4, 22, "is no date", "a day that exists" },
		{ "dates: {expires: }", 4, 22, "is no date", "" },
		{ "dates: {expires: 2026}", 4, 22, "is no date", "" },
		{ "dates: {expired: 2026-01-01}", 4, 13, "unknown key", "'expires'" },
		{ "expect: never", 4, 13, "unknown expect", "always, sometimes" },
		{ "match: {}", 4, 12, "covers everything", "name a test" },
		{ "match: {outcome: failed}", 4, 12, "covers everything", "" },
		{ "match: {leg: py39, kind: tests, level: high, report: unit}", 4, 12,
		"covers everything",
		  "" },
		{ "match: {test: ''}", 4, 19, "test is empty", "" },
		{ "match: {test: []}", 4, 19, "'test' is empty", "" },
		{ "match: {test: }", 4, 19, "'test' is empty", "" },
		{ "match: {test: '*'}", 4, 19, "matches nearly everything", "" },
		{ "match: {path: '**/*'}", 4, 19, "matches nearly everything", "" },
		{ "match: {tool: '*', rule: B1}", 4, 19, "matches nearly everything", "" },
		{ "match: {finding: B, test: 'a::b'}", 4, 13, "unknown key 'finding'", "" },
		{ "match: {tset: 'a::b'}", 4, 13, "unknown key 'tset'", "'test'" },
		{ "match: {test: 'a::b', outcome: skipped}", 4, 36, "unknown outcome",
		"failed, error" },
		{ "match: {test: 'a::b', level: sev1}", 4, 34, "unknown level", "" },
		{ "match: {test: 'a::b', kind: test}", 4, 33, "unknown kind", "'tests'" },
		{ "match: {message: Error}", 4, 22, "occurs nearly everywhere", "" },
		{ "match: {message: }", 4, 22, "message is empty", "" },
		{ "match: {message: {regex: '.*', matches: a, matches-not: b}}", 4, 30,
		  "matches nearly everything", "" },
		{ "match: {message: {regex: abc, matches: abd, matches-not: x}}", 4, 44,
		  "does not match its example under 'matches'", "" },
		{ "match: {message: {regex: abc, matches: abc, matches-not: [x, zabcz]}}", 4, 66,
		  "matches its example under 'matches-not'", "" },
		{ "match: {message: {regex: abc, matches: abc}}", 4, 22, "needs 'matches-not'",
		  "not match" },
		{ "match: {message: {regex: abc, matches-not: x}}", 4, 22, "needs 'matches'",
		  "it must match" },
		{ "match: {message: {regex: '(abc', matches: abc, matches-not: x}}", 4, 30,
		  "bad regular expression", "" },
		{ "match: {message: {regex: '(x+)+$', matches: x, matches-not: "
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxz}}", 4, 65,
		  "gives up", "" },
		{ "waiver: {owner: a, expires: 2199-01-01}", 4, 13, "without a match", "match:" },
		{ "match: {test: 'a::b'}\n    waiver: {expires: soon}", 5, 23, "is no date", "" },
		{ "match: {test: 'a::b'}\n    waiver: {expire: 2199-01-01}", 5, 14, "unknown key",
		  "'expires'" },
		{ "match: {test: 'a::b'}\n    waiver: until then", 5, 13, "must be a map", "" },
		{ "fixed-in: [a]", 4, 15, "must be a string", "" },
	};

	(void)state;
	check_mistakes(&register_structured, "known.yaml", "version: 1\nfindings:\n  - id: A\n    ",
		rows, COUNT(rows));
}

/* All mistakes at once, not only the first. */
static void
test_goes_on(void **state)
{
	struct read r;

	(void)state;
	read_text(&r, &register_structured, "k.yaml",
		"version: 1\nfindings:\n  - {idd: A}\n  - {id: B, match: {test: '*'}, expect: no}\n"
		"  - {title: x}\nremoved: '*'\n");
	assert_int_equal(r.rc, -1);
	assert_int_equal(r.d.errors, 5);
	read_release(&r);
}

static void
test_list_mistakes(void **state)
{
	static const struct mistake json[] = {
		{ "[1.5, []]", 1, 7, "must be a string, not a list", "" },
		{ "[\"a::b\",\n \"*\"]", 2, 2, "matches nearly everything", "" },
		{ "[\"\"]", 1, 2, "is empty", "" },
		{ "[{\"owner\": \"x\"}]", 1, 2, "without a test", "" },
		{ "[{\"id\": \"a::b\", \"test\": \"a::c\"}]", 1, 3, "two names for one test", "" },
		{ "[{\"id\": \"a::b\", \"expires\": \"2026-02-30\"}]", 1, 28, "is no date", "" },
		{ "[{\"id\": \"a::b\", \"expires\": null}]", 1, 28, "is no date", "" },
		{ "{\"failures\": {\"a\": 1}}", 1, 14, "an array", "" },
		{ "[\"a::b\"", 1, 7, "invalid JSON", "" },
	};
	static const struct mistake text[] = {
		{ "a::b  2026-02-30", 1, 1, "is no date", "" },
		{ "# x\na::b  expires=soon", 2, 1, "is no date", "" },
		{ "a::b\n**", 2, 1, "matches nearly everything", "" },
		{ "test,expires\na::b,soon", 2, 1, "is no date", "" },
		{ "test,owner\n,ann", 2, 1, "without a test", "" },
	};

	(void)state;
	check_mistakes(&register_idlist, "known.json", "", json, COUNT(json));
	check_mistakes(&register_idlist, "known.txt", "", text, COUNT(text));
}

static void
test_entry(void **state)
{
	const struct entry *e;
	struct read r;

	(void)state;
	read_text(&r, &register_structured, "k.yaml",
		"version: 1\nfindings:\n  - id: A\n    match:\n      test: [a::b, c::d]\n"
		"      leg: py39\n"
		"      message: [the bell at 0xdeadbeef, {text: it rang twice, required: false},\n"
		"        {regex: 'x\\d+y', matches: x1y, matches-not: xy}]\n      outcome: error\n"
		"    expect: sometimes\n    fixed-in: 1234567\n"
		"    waiver: {owner: ann, reason: why, expires: 2026-12-01}\n"
		"  - {id: B, match: {tool: ruff, rule: E501}}\n"
		"removed: a::gone\nrenamed: {a::old: a::new}\n");
	assert_int_equal(r.rc, 0);
	assert_int_equal(r.reg->findings.n, 2);
	assert_true(r.reg->findings.v[0]->excuses);
	e = r.reg->findings.v[0]->entry;
	assert_true(e->has_match && e->sometimes && e->has_waiver && e->message_optional);
	assert_int_equal(e->match.pattern[SEL_TEST].n, 2);
	assert_true(str_eqz(e->match.pattern[SEL_TEST].v[1], "c::d"));
	assert_true(str_eqz(e->match.pattern[SEL_LEG].v[0], "py39"));
	assert_int_equal(e->match.pattern[SEL_PATH].n, 0);
	assert_int_equal(e->outcomes, 1u << OUT_ERROR);
	assert_int_equal(e->nmessages, 3);
	assert_true(str_eqz(e->messages[0].literal, "the bell at 0xdeadbeef"));
	assert_true(str_eqz(e->messages[0].normal, "the bell at #"));
	assert_int_equal(regex_find(e->messages[2].regex, STR("x12y"), NULL, 0), REGEX_YES);
	assert_true(str_eqz(e->fixed_in, "1234567"));
	assert_true(str_eqz(e->waiver_reason, "why"));
	assert_int_equal(e->waiver_at.line, 12);
	assert_string_equal(e->waiver_at.file, "k.yaml");
	assert_int_equal(e->waiver_expires, 1796169599);
	e = r.reg->findings.v[1]->entry;
	assert_true(e->has_match && !e->sometimes && !e->has_waiver && !e->message_optional);
	assert_int_equal(e->outcomes, 0);
	assert_int_equal(e->waiver_expires, DATE_NONE);
	assert_true(str_eqz(r.reg->removed.v[0], "a::gone"));
	assert_true(str_eqz(r.reg->renamed_from.v[0], "a::old"));
	assert_true(str_eqz(r.reg->renamed_to.v[0], "a::new"));
	read_release(&r);
}

static void
test_list_entry(void **state)
{
	struct read r;
	const struct entry *e;

	(void)state;
	read_text(&r, &register_idlist, "k.txt", "tests/x.py::t[a b]  owner=ann\n");
	assert_int_equal(r.rc, 0);
	assert_int_equal(r.reg->findings.n, 1);
	assert_true(str_eqz(r.reg->findings.v[0]->id, "tests/x.py::t[a b]"));
	assert_true(r.reg->findings.v[0]->excuses);
	e = r.reg->findings.v[0]->entry;
	assert_true(e->has_match && !e->sometimes && !e->has_waiver);
	assert_int_equal(e->match.pattern[SEL_TEST].n, 1);
	assert_true(str_eqz(e->match.pattern[SEL_TEST].v[0], "tests/x.py::t[a b]"));
	read_release(&r);
}

static void
test_sniff(void **state)
{
	static const struct {
		const char *path, *text, *name; /* NULL: nobody's */
	} rows[] = {
		{ "a.yaml", "version: 1\nfindings: []", "structured" },
		{ "a.yml", "", "structured" },
		{ "a.json", "{\"version\": 1, \"findings\": []}", "structured" },
		{ "a.json", "{\"failures\": [], \"x\": {\"findings\": 1}}", "idlist" },
		{ "a.json", "{\"x\": {\"failures\": 1}, \"findings\": []}", "structured" },
		{ "a.json", "{\"x\": \"\\\"failures\\\": []\", \"removed\": []}", "structured" },
		{ "a.json", "[\"a::b\"]", "idlist" },
		{ "a.json", "[]", "idlist" },
		{ "a.json", "[{\"test\": \"a::b\"}]", "idlist" },
		{ "a.json", "[{\"number\": 5, \"title\": \"x\", \"state\": \"OPEN\"}]", NULL },
		{ "a.json", "[{\"id\": 5, \"iid\": 1, \"title\": \"x\"}]", NULL },
		{ "a.txt", "a::b", "idlist" },
		{ "a.txt", "", "idlist" },
		{ "known-failures", "# x\na::b\nc::d\n", "idlist" },
		{ "notes", "This is a letter to you.\nIt names nothing at all.\n", NULL },
		{ "register", "version: 1\nfindings:\n  - id: A\n", "structured" },
		{ "a.xml", "<testsuites/>", NULL },
	};
	static const struct register_parser *const both[] = { &register_structured,
		&register_idlist };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *winner = NULL;
		int best = 0;

		for (size_t k = 0; k < COUNT(both); k++) {
			int score = both[k]->sniff(str_of(rows[i].path), str_of(rows[i].text));

			assert_true(score == 0 || score != best);
			winner = score > best ? both[k]->name : winner;
			best = score > best ? score : best;
		}
		if ((winner == NULL) != (rows[i].name == NULL) ||
			(winner && strcmp(winner, rows[i].name) != 0))
			fail_msg("'%s' is read as %s", rows[i].text, winner ? winner : "nothing");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_top),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_list_mistakes),
		cmocka_unit_test(test_entry),
		cmocka_unit_test(test_list_entry),
		cmocka_unit_test(test_sniff),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
