/*
 * test_escape.c -- names of strangers stay text in every medium: what must never stand raw,
 * what must not flood a report, what is not offered to paste into a shell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <jansson.h>
#include <libxml/parser.h>

#include "gate/report/support/layout.h"
#include "gate/report/support/view.h"
#include "tests/unit/decision_by_hand.h"

static const char *const hostile[] = {
	"\033[31mred\033[0m \x9b\x31m \xff\xfe", "<script>alert(1)</script>", 
	"@everyone #1 !2 &3 ~x",
	"| pipes | more |", "`ticks` ``two`` ```three", "\xe2\x80\xaetxt.exe",
	"a\nb\r\n# heading\n- x",
	"[x](http://evil.example) <http://evil.example> www.evil.example", "</code></td></details>",
	"::error file=x::boo", " ::add-mask::x ##[error]y",
	"\xc2\xa0::error::x\xe3\x80\x80::y", "\xe2\x80\x8b\xef\xbb\xbf",
	"$(rm -rf /)",
	"'; rm -rf / #", "%s%n%d", "---\n***\n===\n", "![i](x)", "\\", "\t", "{{7*7}}",
};
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static void
hostile_world(struct world *w, const char *text)
{
	struct rule_result *r;
	struct test *t;

	world_init(w);
	t = add_test(w, text, OUT_FAILED, CLASS_NEW_FAILURE);
	t->message = t->file = str_of(text);
	t->judged.note = str_of(text);
	map_to(w, t, w->f1, STRENGTH_LIKELY, 0);
	w->evidence[0].kind = EV_SIGNATURE;
	w->evidence[0].detail = w->evidence[0].at_path = str_of(text);
	w->f1->id = w->f1->title = w->f1->qualified = str_of(text);
	w->lint.path = w->lint.problems.v[0].message = str_of(text);
	w->a.leg = w->unit.name = w->bandit.name = str_of(text);
	w->d.sentence = str_of(text);
	*vec_push(&w->d.remarks) = str_of(text);
	r = add_rule(w, text, RESULT_FAIL, text);
	r->selected = str_of(text);
	count_test(r, t);
	*vec_push(&w->run.notes) = (struct finding_note){ w->f1, str_of(text) };
	t = add_test(w, text, OUT_PASSED, CLASS_UNEXPECTED_PASS);
	t->judged.finding = w->f1;
	t = add_test(w, text, OUT_FAILED, CLASS_WAIVED);
	t->judged.finding = w->f1;
	add_test(w, text, OUT_FLAKY, CLASS_FLAKY);
}

static void
no_control(const char *s)
{
	struct str rest = str_of(s);
	uint32_t cp;
	size_t n;

	while (rest.n) {
		n = utf8_char(rest, &cp);
		assert_true(n > 0 && (cp >= 0x20 || cp == '\n') && cp != 0x7f);
		assert_false((cp >= 0x80 && cp <= 0x9f) || (cp >= 0x202a && cp <= 0x202e) ||
			cp == 0x2028 || cp == 0xfeff || cp == 0x200b);
		rest = str_from(rest, n);
	}
}

/* No line of a job's log may be a command to the runner. */
static void
no_commands(const char *s)
{
	struct str rest = str_of(s), line;

	lacks(s, "##[");
	while (str_line(&rest, &line)) {
		/* The runner takes off every blank of Unicode, so nothing but ASCII counts here. */
		while (line.n && (is_space(line.p[0]) || (unsigned char)line.p[0] >= 0x80))
			line = str_from(line, 1);
		assert_false(str_starts(line, "::"));
	}
}

/* What our own tags leave of it: no angle bracket, mention, reference, pipe or tick by others. */
static void
harmless_markdown(const char *s)
{
	static const char *const tags[] = {
		"<code>", "</code>", "<br>", "<details>", "<summary>", "</summary>", "</details>",
		"<pre>", "</pre>",
	};

	no_control(s);
	lacks(s, "script>");
	lacks(s, "@");
	lacks(s, "www.");
	lacks(s, "://");
	lacks(s, "[");
	lacks(s, "{{");
	for (const char *p = strchr(s, '<'); p; p = strchr(p + 1, '<')) {
		bool own = false;

		for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
			own |= strncmp(p, tags[i], strlen(tags[i])) == 0;
		assert_true(own);
	}
	assert_int_equal(times(s, "<code>"), times(s, "</code>"));
	assert_int_equal(times(s, "<details>"), times(s, "</details>"));
	for (struct str rest = str_of(s), line; str_line(&rest, &line);) {
		size_t pipes = 0;

		for (size_t i = 0; i < line.n; i++)
			pipes += line.p[i] == '|';
		assert_true(pipes == 0 || (line.p[0] == '|' && pipes <= 5));
	}
}

/* What a reader of Markdown makes of it: nothing but the tags that the report itself writes. */
static void
harmless_html(struct str markdown)
{
	static const char *const tags[] = {
		"code>", "details>", "summary>", "h3>", "h4>", "p>", "ul>", "li>", "strong>", "br>",
		"pre>", "table>", "thead>", "tbody>", "tr>", "th>", "td>",
	};
	static const char *const extensions[] = {
		"table", "autolink", "strikethrough", "tasklist",
	};
	cmark_parser *p;
	cmark_node *doc;
	char *html;

	cmark_gfm_core_extensions_ensure_registered();
	p = cmark_parser_new(CMARK_OPT_DEFAULT);
	for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
		cmark_parser_attach_syntax_extension(p, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(p, markdown.p, markdown.n);
	doc = cmark_parser_finish(p);
	html = cmark_render_html(doc, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(p));
	for (const char *t = strchr(html, '<'); t; t = strchr(t + 1, '<')) {
		const char *name = t + 1 + (t[1] == '/');
		bool own = false;

		for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
			own |= strncmp(name, tags[i], strlen(tags[i])) == 0;
		assert_true(own);
	}
	free(html);
	cmark_node_free(doc);
	cmark_parser_free(p);
}

static void
test_hostile(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < HOSTILE; i++) {
		for (int verbosity = -1; verbosity <= 1; verbosity++) {
			struct render_options opt = { .width = 40, .verbosity = verbosity };
			struct world w;
			json_t *j;

			hostile_world(&w, hostile[i]);
			no_control(render(&w, "console", opt, &b));
			no_commands(buf_z(&b));
			harmless_markdown(render(&w, "markdown", opt, &b));
			harmless_html(buf_str(&b));
			render(&w, "json", opt, &b);
			j = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
			assert_non_null(j);
			json_decref(j);
			world_release(&w);
		}
	}
	buf_release(&b);
}

/* What machines read: whole documents, whatever the names; commands that are ours alone. */
static void
test_hostile_files(void **state)
{
	static const char *const json[] = { "codequality", "sarif", NULL };
	static const char *const logged[] = { "codequality", "sarif", "junit", "metrics", "dotenv",
		"summary", NULL };
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < HOSTILE; i++) {
		struct render_options opt = { 0 };
		struct world w;
		struct str rest, line;
		xmlDocPtr xml;

		hostile_world(&w, hostile[i]);
		for (size_t k = 0; json[k]; k++) {
			json_t *j = json_loads(render(&w, json[k], opt, &b), 0, NULL);

			assert_non_null(j);
			json_decref(j);
		}
		render(&w, "junit", opt, &b);
		xml = xmlReadMemory(b.p, (int)b.n, NULL, NULL, XML_PARSE_NONET);
		assert_non_null(xml);
		xmlFreeDoc(xml);
		for (size_t k = 0; logged[k]; k++) {
			render(&w, logged[k], opt, &b);
			if (k > 1) /* JSON's readers escape; its paths are as they are */
				no_control(buf_z(&b));
			no_commands(buf_z(&b));
		}
		no_control(render(&w, "github", opt, &b));
		rest = buf_str(&b);
		while (str_line(&rest, &line)) {
			assert_true(str_skip(&line, "::error ") || str_skip(&line, "::warning "));
			assert_false(str_has(line, "##["));
			assert_true(str_find(line, STR("::")) != STR_NPOS);
		}
		world_release(&w);
	}
	buf_release(&b);
}

/* A name of 100 kB neither floods the report nor is lost: JSON has all of it. */
static void
test_huge_names(void **state)
{
	struct world w;
	struct buf name = BUF_INIT, b = BUF_INIT;
	json_t *j, *t;

	(void)state;
	buf_addn(&name, 'x', 100000);
	hostile_world(&w, buf_z(&name));
	render(&w, "console", (struct render_options){ .width = 80 }, &b);
	assert_true(b.n < 40000);
	has(b.p, "xxx...");
	assert_true(strlen(render(&w, "markdown", (struct render_options){ 0 }, &b)) < 20000);
	render(&w, "json", (struct render_options){ 0 }, &b);
	j = json_loadb(b.p, b.n, 0, NULL);
	assert_non_null(j);
	t = json_array_get(json_object_get(j, "tests"), 0);
	assert_int_equal(json_string_length(json_object_get(t, "id")), 100000);
	assert_true(json_is_null(json_object_get(t, "rerun")));
	json_decref(j);
	buf_release(&name);
	buf_release(&b);
	world_release(&w);
}

static void
test_layout(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	layout_wrap(&b, STR("one two three averyveryverylongword four"), 0, 2, 12);
	assert_string_equal(buf_z(&b), "one two\n  three\n  averyveryverylongword\n  four\n");
	buf_reset(&b);
	layout_wrap(&b, STR("a  b c  "), 0, 2, 0);
	assert_string_equal(buf_z(&b), "a  b c\n");
	buf_reset(&b);
	layout_cut(&b, STR("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97"), 7);
	assert_string_equal(buf_z(&b), "\xe6\xbc\xa2\xe5\xad\x97...");
	buf_reset(&b);
	layout_cut(&b, STR("short"), 5);
	layout_pad(&b, STR("ab"), 4);
	assert_string_equal(buf_z(&b), "shortab  ");
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_hostile_files),
		cmocka_unit_test(test_huge_names),
		cmocka_unit_test(test_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
