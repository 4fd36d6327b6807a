/*
 * spelling.c -- the comparable spelling of a test's name; see identity.h.
 *
 * People and tools name one case in many ways:
 *   tests/api/test_x.py::TestY::test_z[p]   tests.api.test_x.TestY.test_z[p]
 *   com.x.FooTest#bar                       com.x.FooTest.bar   com.x.FooTest::bar
 *   src/a.test.ts > describe > it           src/a.test.ts::describe it
 *   crate::module::test                     crate module::test   crate$module::test
 * In the normal form path and name separators are '.', titles are joined by one blank, a
 * Python module has no extension. Parameters are kept as they are.
 */
#include "gate/model/identity.h"

static const char *const arrows[] = { " > ", " \xe2\x80\xba " };

/* The length of the title separator at s, or 0. */
static size_t
arrow_at(struct str s)
{
	for (size_t i = 0; i < 2; i++)
		if (str_starts(s, arrows[i]))
			return strlen(arrows[i]);
	return 0;
}

static bool
word_char(char c)
{
	return is_alnum(c) || c == '_' || c == '-' || (c & 0x80) != 0;
}

/* "binary-id test::path", as nextest prints it: one blank, identifiers and "::" around it. */
static bool
nextest(struct str s)
{
	size_t blanks = 0, pairs = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			blanks++;
		else if (s.p[i] == ':')
			pairs++;
		else if (!word_char(s.p[i]))
			return false;
	}
	return blanks == 1 && pairs >= 2 && s.p[0] != ' ' && s.p[s.n - 1] != ' ';
}

/* Where the file part ends when s starts with one that titles follow, or 0. */
static size_t
js_file(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (!str_starts(str_from(s, i), "::") && arrow_at(str_from(s, i)) == 0)
			continue;
		return identity_js_path(str_to(s, i)) ? i : 0;
	}
	return 0;
}

/* A file and titles: the path as it is, then the titles in one line. */
static void
add_titled(struct buf *out, struct str s, size_t file)
{
	bool first = true;

	for (size_t i = 0; i < file; i++)
		buf_addc(out, s.p[i] == '\\' || s.p[i] == '/' ? '.' : s.p[i]);
	s = str_from(s, file);
	while (s.n) {
		size_t n = arrow_at(s);

		if (n == 0 && first && str_starts(s, "::"))
			n = 2;
		if (n) {
			buf_addc(out, first ? '.' : ' ');
			first = false;
			s = str_from(s, n);
		} else {
			buf_addc(out, s.p[0]);
			s = str_from(s, 1);
		}
	}
}

void
identity_normal(struct buf *out, struct str s)
{
	size_t file, n;
	bool rust, python = false;

	s = str_trim(s);
	while (str_skip(&s, "./") || str_skip(&s, ".\\"))
		;
	file = js_file(s);
	if (file) {
		add_titled(out, s, file);
		return;
	}
	rust = nextest(s);
	while (s.n) {
		/* Parameters end what is structure: "test_z[a::b/c]". */
		if (s.p[0] == '[' || (s.p[0] == '(' && out->n)) {
			buf_add(out, s);
			return;
		}
		n = arrow_at(s);
		if (n) {
			buf_addc(out, ' ');
		} else if (!python && str_starts(s, ".py") && (s.n == 3 || s.p[3] == ':')) {
			python = true;
			n = 3;
		} else if (str_starts(s, "::")) {
			buf_addc(out, '.');
			n = 2;
		} else if (s.p[0] == '/' || s.p[0] == '\\' || s.p[0] == '#' || s.p[0] == '$' ||
			   (rust && s.p[0] == ' ')) {
			buf_addc(out, '.');
			n = 1;
		} else {
			buf_addc(out, s.p[0]);
			n = 1;
		}
		s = str_from(s, n);
	}
}
