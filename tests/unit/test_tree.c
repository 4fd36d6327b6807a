/* test_tree.c -- YAML and JSON: what is read, where it stands, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/input/tree.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* One line for a tree: places, kinds, texts. */
static void
describe(const struct node *n, struct buf *out)
{
	static const char kinds[] = "_birsLM";

	if (n->key.p)
		buf_addf(out, "%.*s@%ld:%ld=", STR_FMT(n->key), n->key_at.line, n->key_at.col);
	buf_addf(out, "%c%ld:%ld", n->quoted ? 'q' : kinds[n->kind],
		n->at.line, n->at.col);
	if (n->kind != NODE_LIST && n->kind != NODE_MAP)
		buf_addf(out, "'%.*s'", STR_FMT(n->text));
	if (n->kind == NODE_BOOL || n->kind == NODE_INT)
		buf_addf(out, "%ld", n->integer);
	if (n->first == NULL)
		return;
	buf_addc(out, '(');
	for (const struct node *c = n->first; c; c = c->next) {
		describe(c, out);
		buf_addz(out, c->next ? " " : ")");
	}
}

static void
test_read(void **state)
{
	static const char *const rows[][2] = {
		{ "", "_1:1''" },
		{ "# nothing\n", "_1:1''" },
		{ "a: 1\nb:\n  - x\n", "M1:1(a@1:1=i1:4'1'1 b@2:1=L3:3(s3:5'x'))" },
		{ "[1, \"x\"]", "L1:1(i1:2'1'1 q1:5'x')" },
		{ " {\"a\":\n {\"b\": null}}", "M1:2(a@1:3=M2:2(b@2:3=_2:8'null'))" },
		{ "{\"\xc3\xa9\": 1, \"k\": 2}", "M1:1(\xc3\xa9@1:2=i1:7'1'1 k@1:10=i1:15'2'2)" },
		{ "\xc3\xa9: x", "M1:1(\xc3\xa9@1:1=s1:4'x')" },
		{ "[\"\\u00e9\\ud83d\\ude00\\n\\\"\\\\\\/\"]",
		  "L1:1(q1:2'\xc3\xa9\xf0\x9f\x98\x80\n\"\\/')" },
		{ "[\"{[,:\", {}, [], \"\"]", "L1:1(q1:2'{[,:' M1:10 L1:14 q1:18'')" },
		{ "a: |\n  x\n  y\n", "M1:1(a@1:1=q1:4'x\ny\n')" },
		{ "- 'x: y'\n- \"#1\"", "L1:1(q1:3'x: y' q2:3'#1')" },
		{ "a: {b: [c, d]}", "M1:1(a@1:1=M1:4(b@1:5=L1:8(s1:9'c' s1:12'd')))" },
		{ "---\na: b\n...\n", "M2:1(a@2:1=s2:4'b')" },
		{ "x", "s1:1'x'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena mem = { 0 };
		struct err err = { 0 };
		struct buf b = BUF_INIT;
		struct node *root;

		if (tree_parse(&mem, str_of(rows[i][0]), "f.yaml", &root, &err) < 0)
			fail_msg("'%s': %s", rows[i][0], err.text);
		describe(root, &b);
		assert_string_equal(buf_z(&b), rows[i][1]);
		assert_string_equal(root->at.file, "f.yaml");
		buf_release(&b);
		arena_release(&mem);
	}
}

static void
test_scalars(void **state)
{
	static const struct {
		const char *text;
		enum node_kind kind;
	} rows[] = {
		{ "0", NODE_INT },           { "-3", NODE_INT },          { "42", NODE_INT },
		{ "08", NODE_STRING },       { "007", NODE_STRING },      { "1_000", NODE_STRING },
		{ "0x1F", NODE_STRING },     { "+5", NODE_STRING },       { "12:30", NODE_STRING },
		{ "1.5", NODE_REAL },        { "-0.5", NODE_REAL },       { "1e3", NODE_REAL },
		{ "1e999", NODE_STRING },    { "4e10a", NODE_STRING },    { ".5", NODE_STRING },
		{ "5.", NODE_STRING },       { ".inf", NODE_STRING },     { "1.2.3", NODE_STRING },
		{ "true", NODE_BOOL },       { "False", NODE_BOOL },      { "on", NODE_STRING },
		{ "yes", NODE_STRING },      { "no", NODE_STRING },       { "off", NODE_STRING },
		{ "y", NODE_STRING },        { "null", NODE_NULL },       { "~", NODE_NULL },
		{ "", NODE_NULL },           { "nil", NODE_STRING },
		{ "2026-12-01", NODE_STRING },
		{ "'1'", NODE_STRING },      { "\"true\"", NODE_STRING },
		{ "9223372036854775808", NODE_REAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena mem = { 0 };
		struct err err = { 0 };
		struct buf b = BUF_INIT;
		struct node *root;

		buf_addf(&b, "k: %s\n", rows[i].text);
		assert_int_equal(tree_parse(&mem, buf_str(&b), "f", &root, &err), 0);
		if (root->first->kind != rows[i].kind)
			fail_msg("'%s' is read as %s", rows[i].text,
				node_kind_name(root->first->kind));
		buf_release(&b);
		arena_release(&mem);
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *in;
		long line, col;
		const char *text, *hint; /* parts of them */
	} rows[] = {
		{ "a: 1\nb: 2\na: 3", 3, 1, "stands twice: first at line 1, column 1", "" },
		{ "{\"a\": 1,\n \"\\u0061\": 2}", 2, 2, "stands twice: first at line 1, column 2",
		"" },
		{ "x:\n  - {b: 1, b: 2}", 2, 12, "'b' stands twice", "" },
		{ "p: [**/x]", 1, 5, "aliases", "quoted: \"**/x\"" },
		{ "p: [*.md, b]", 1, 5, "aliases", "quoted: \"*.md\"" },
		{ "p: *foo", 1, 4, "aliases", "quoted: \"*foo\"" },
		{ "p: &x y", 1, 4, "anchors", "quote a value that starts with '&'" },
		{ "p: &x {a: 1}", 1, 4, "anchors", "" },
		{ "p: !str y", 1, 4, "tags", "quote a value that starts with '!'" },
		{ "p: !!int 3", 1, 4, "tags", "" },
		{ "a:\n\tb: 1", 2, 1, "token", "tabs" },
		{ "a: @x", 1, 4, "token", "quote a value that starts with '@'" },
		{ "a: %x", 1, 4, "token", "quote a value that starts with '%'" },
		{ "a: 1\n---\nb: 2", 2, 1, "a second document", "" },
		{ "? [a]\n: b", 1, 3, "a key must be text", "" },
		{ "a: b: c", 1, 5, "mapping values", "" },
		{ "a: \"x", 1, 6, "end of stream", "" },
		{ "a: \"\\0\"", 1, 4, "NUL", "" },
		{ "a: \xff", 1, 4, "UTF-8", "" },
		{ "a: 1\nb: 2\nc: \xff", 3, 4, "UTF-8", "" },
		{ "{\"a\": 1", 1, 0, "invalid JSON", "" },
		{ "{\"a\": 1}\nx", 2, 0, "invalid JSON", "" },
		{ "{\"a\": \"\\u0000\"}", 1, 0, "invalid JSON", "" },
		{ "{\"a\": \"\\ud800\"}", 1, 0, "invalid JSON", "" },
		{ "{\"a\": 01}", 1, 0, "invalid JSON", "" },
		{ "{a: 1}", 1, 0, "invalid JSON", "" },
		{ "[1,]", 1, 0, "invalid JSON", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena mem = { 0 };
		struct err err = { 0 };
		struct node *root;

		if (tree_parse(&mem, str_of(rows[i].in), "f.yaml", &root, &err) == 0)
			fail_msg("'%s' is read", rows[i].in);
		if (strstr(err.text, rows[i].text) == NULL ||
			strstr(err.hint, rows[i].hint) == NULL)
			fail_msg("'%s': '%s', hint '%s'", rows[i].in, err.text, err.hint);
		if (err.at.line != rows[i].line || (rows[i].col && err.at.col != rows[i].col))
			fail_msg("'%s': at %ld:%ld", rows[i].in, err.at.line, err.at.col);
		assert_string_equal(err.at.file, "f.yaml");
		arena_release(&mem);
	}
}

static void
nested(struct buf *b, const char *lead, const char *open, const char *close, int depth)
{
	buf_reset(b);
	buf_addz(b, lead);
	for (int i = 0; i < depth; i++)
		buf_addz(b, open);
	for (int i = 0; i < depth; i++)
		buf_addz(b, close);
}

static void
test_depth(void **state)
{
	static const char *const leads[] = { "", "- " }; /* JSON, YAML */
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(leads); i++) {
		struct arena mem = { 0 };
		struct err err = { 0 };
		struct node *root;

		nested(&b, leads[i], "[", "]", MAX_DEPTH - 1);
		if (tree_parse(&mem, buf_str(&b), "f", &root, &err) < 0)
			fail_msg("%s", err.text);
		nested(&b, leads[i], "[", "]", MAX_DEPTH + 2);
		assert_int_equal(tree_parse(&mem, buf_str(&b), "f", &root, &err), -1);
		assert_non_null(strstr(err.text, "deeper"));
		err = (struct err){ 0 };
		nested(&b, leads[i], "[", "", 100000);
		assert_int_equal(tree_parse(&mem, buf_str(&b), "f", &root, &err), -1);
		arena_release(&mem);
	}
	buf_release(&b);
}

/* Many keys are looked up, not compared in pairs; the error is still the right one. */
static void
test_many_keys(void **state)
{
	struct buf b = BUF_INIT;
	struct arena mem = { 0 };
	struct err err = { 0 };
	struct node *root;

	(void)state;
	for (int i = 0; i < 50000; i++)
		buf_addf(&b, "key%d: %d\n", i, i);
	assert_int_equal(tree_parse(&mem, buf_str(&b), "f", &root, &err), 0);
	assert_int_equal(root->count, 50000);
	assert_int_equal(node_get(root, "key49999")->integer, 49999);
	assert_null(node_get(root, "key50000"));
	assert_null(node_get(NULL, "x"));
	assert_null(node_get(root->first, "x"));
	buf_addz(&b, "key7: again\n");
	assert_int_equal(tree_parse(&mem, buf_str(&b), "f", &root, &err), -1);
	assert_int_equal(err.at.line, 50001);
	assert_non_null(strstr(err.text, "first at line 8,"));
	arena_release(&mem);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_many_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
