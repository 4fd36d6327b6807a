/* md_tests.c -- see md_tests.h. */
#include "parsers/registers/support/md_tests.h"

#include "parsers/registers/support/md_paths.h"

static bool
is_name_char(char c)
{
	return is_alnum(c) || c == '_';
}

static size_t
name_run(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_name_char(s.p[n]))
		n++;
	return n;
}

bool
md_is_test_file(struct str path)
{
	static const char *const ends[] = { "_test", "_tests", "_spec", "-test", "-spec",
		".test", ".spec", ".tests", ".e2e", ".cy", "Test", "Tests", "TestCase", "Spec",
		"IT", NULL };
	struct str base = str_basename(path), stem;
	size_t dot = str_rchr(base, '.');

	if (dot == STR_NPOS || dot == 0 || !md_has_extension(base) || str_ends(base, ".md"))
		return false;
	stem = str_to(base, dot);
	if ((str_starts(stem, "test_") || str_starts(stem, "test-")) && stem.n > 5)
		return true;
	for (size_t i = 0; ends[i]; i++)
		if (str_ends(stem, ends[i]) && stem.n > strlen(ends[i]))
			return true;
	return false;
}

/* "::name", "::Class::name[a b]": how far a node ID goes on behind its file. */
static size_t
node_run(struct str s)
{
	size_t at = 0;

	while (str_starts(str_from(s, at), "::")) {
		size_t n = name_run(str_from(s, at + 2));

		if (n == 0)
			break;
		at += 2 + n;
	}
	if (at && at < s.n && s.p[at] == '[') {
		size_t end = str_chr(str_to(str_from(s, at), 200), ']');

		if (end != STR_NPOS)
			at += end + 1;
	}
	return at;
}

/* "-run TestX/sub", "-run='^TestX$'", "-Dtest=FooTest#bar", "--gtest_filter=Suite.Case". */
static size_t
option_at(struct str s, struct str *ref)
{
	static const char *const options[] = { "-run", "-Dtest", "--gtest_filter" };
	struct str rest = s;
	bool found = false;
	size_t n = 0;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]) && !found; i++)
		found = str_skip(&rest, options[i]);
	if (!found || rest.n < 2 || (rest.p[0] != ' ' && rest.p[0] != '='))
		return 0;
	rest = str_from(rest, 1);
	while (rest.n && strchr("'\"^", rest.p[0]))
		rest = str_from(rest, 1);
	while (n < rest.n && (is_name_char(rest.p[n]) || strchr("/#.-", rest.p[n])))
		n++;
	while (n && (rest.p[n - 1] == '.' || rest.p[n - 1] == '/' || rest.p[n - 1] == '-'))
		n--;
	*ref = str_to(rest, n);
	return n && is_alpha(rest.p[0]) ? (size_t)(rest.p - s.p) + n : 0;
}

/* "com.x.FooTest#bar": dotted names, the last one with a capital, then a method. */
static size_t
method_at(struct str s, struct str *ref)
{
	size_t at = 0, n, last;

	for (;;) {
		n = name_run(str_from(s, at));
		if (n == 0 || is_digit(s.p[at]))
			return 0;
		last = at;
		at += n;
		if (at >= s.n || s.p[at] != '.')
			break;
		at++;
	}
	if (!is_upper(s.p[last]) || at >= s.n || s.p[at] != '#')
		return 0;
	n = name_run(str_from(s, at + 1));
	if (n == 0 || !is_alpha(s.p[at + 1]) || md_has_extension(str_to(s, at)))
		return 0;
	*ref = str_to(s, at + 1 + n);
	return at + 1 + n;
}

size_t
md_test_at(struct str s, struct str *ref, enum ref_scope *scope)
{
	size_t n, node;

	*scope = SCOPE_CASE;
	n = option_at(s, ref);
	if (n == 0)
		n = method_at(s, ref);
	if (n != 0)
		return n;
	n = md_path_run(s);
	if (n == 0 || !md_has_extension(str_to(s, n)))
		return 0;
	node = node_run(str_from(s, n));
	*ref = str_to(s, n + node);
	/* "app/run.py::start" is a function, no test. */
	if (node)
		return str_ifind(*ref, STR("test")) != STR_NPOS ||
			str_ifind(*ref, STR("spec")) != STR_NPOS ?
			n + node : 0;
	if (!md_is_test_file(*ref))
		return 0;
	*scope = str_chr(*ref, '*') == STR_NPOS ? SCOPE_FILE : SCOPE_GLOB;
	return n;
}

/* "name()", "name[param]" without what follows the name. */
static struct str
without_call(struct str s)
{
	size_t n = name_run(s);
	struct str rest = str_from(s, n);

	if (str_eqz(rest, "()") || (rest.n > 2 && rest.p[0] == '[' && str_ends(rest, "]")))
		return str_to(s, n);
	return s;
}

static bool
has_lower(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_lower(s.p[i]))
			return true;
	return false;
}

/* "Suite.Case": two names in capitals and small letters, no file and no call. */
static bool
is_suite_case(struct str s)
{
	size_t n = name_run(s), m;

	if (n < 2 || n >= s.n || s.p[n] != '.' || !is_upper(s.p[0]))
		return false;
	m = name_run(str_from(s, n + 1));
	return m >= 2 && n + 1 + m == s.n && is_upper(s.p[n + 1]) && has_lower(str_to(s, n)) &&
		has_lower(str_from(s, n + 1)) && !md_has_extension(s);
}

/* Names joined by "::": of at least three parts, or with "test" among them. */
static bool
is_path_of_names(struct str s, bool expected)
{
	size_t parts = 0, at = 0;

	for (;;) {
		size_t n = name_run(str_from(s, at));

		if (n == 0 || is_digit(s.p[at]))
			return false;
		parts++;
		at += n;
		if (at == s.n)
			break;
		if (!str_starts(str_from(s, at), "::"))
			return false;
		at += 2;
	}
	if (parts < 2 || str_starts(s, "std::") || str_starts(s, "core::") ||
		str_starts(s, "alloc::"))
		return false;
	return expected || parts >= 3 || str_ifind(s, STR("test")) != STR_NPOS;
}

static bool
is_compound(struct str s)
{
	if (str_chr(s, '_') != STR_NPOS)
		return true;
	for (size_t i = 1; i < s.n; i++)
		if (is_upper(s.p[i]) && is_lower(s.p[i - 1]))
			return true;
	return false;
}

bool
md_test_name(struct str span, bool expected, struct str *ref, enum ref_scope *scope)
{
	struct str name = without_call(str_trim(span));

	*ref = str_trim(span);
	if (str_ends(*ref, "()"))
		*ref = name;
	*scope = SCOPE_CASE;
	if (name.n < 5 || name.n > 300 || is_digit(name.p[0]))
		return false;
	if (is_path_of_names(name, expected) || is_suite_case(name))
		return true;
	if (name_run(name) != name.n)
		return false;
	if (str_starts(name, "test_") || (str_starts(name, "test") && is_upper(name.p[4])) ||
		(str_starts(name, "Test") && (is_upper(name.p[4]) || name.p[4] == '_')) ||
		str_starts(name, "should_") || (str_ends(name, "_test") && has_lower(name)))
		return true;
	if (is_upper(name.p[0]) && (str_ends(name, "Test") || str_ends(name, "Tests") ||
		str_ends(name, "TestCase"))) {
		*scope = SCOPE_CLASS;
		return true;
	}
	return expected && has_lower(name) && is_compound(name);
}
