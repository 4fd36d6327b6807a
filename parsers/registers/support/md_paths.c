/* md_paths.c -- see md_paths.h. */
#include "parsers/registers/support/md_paths.h"

#include "gate/base/num.h"

#define DAGGER "\xE2\x80\xA0"

static const char *const extensions[] = {
	"py", "pyi", "pyx", "ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts", "vue", "svelte",
	"go", "rs", "java", "kt", "kts", "scala", "groovy", "clj", "c", "h", "cc", "cpp", "cxx",
	"hpp", "hh", "m", "mm", "swift", "cs", "fs", "vb", "rb", "php", "pl", "pm", "t", "lua",
	"dart", "ex", "exs", "erl", "hs", "ml", "r", "jl", "sql", "sh", "bash", "zsh", "ps1",
	"bat", "cmd", "html", "htm", "css", "scss", "less", "md", "rst", "txt", "json", "json5",
	"yaml", "yml", "toml", "ini", "cfg", "conf", "env", "xml", "proto", "graphql", "tf",
	"gradle", "lock", "log", "csv", "ipynb", "cmake", "mk", "snap", "feature", NULL,
};

static bool
is_path_char(char c)
{
	return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '~' ||
		c == '@' ||
		c == '+' || c == '*';
}

size_t
md_path_run(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_path_char(s.p[n]))
		n++;
	while (n > 0 && (s.p[n - 1] == '.' || s.p[n - 1] == '-' || s.p[n - 1] == '+'))
		n--;
	return n;
}

bool
md_has_extension(struct str token)
{
	struct str base = str_basename(token);
	size_t dot = str_rchr(base, '.');
	struct str ext;

	if (dot == STR_NPOS || dot == 0)
		return false;
	ext = str_from(base, dot + 1);
	for (size_t i = 0; extensions[i]; i++)
		if (str_eqz(ext, extensions[i]))
			return true;
	return false;
}

static size_t
count_slashes(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '/';
	return n;
}

bool
md_is_path(struct str token, bool expected)
{
	if (token.n < 3 || token.n > 1000 || str_has(token, "//") || str_has(token, "..."))
		return false;
	if (md_has_extension(token))
		return true;
	if (!expected || token.p[0] == '/' || str_chr(token, '*') != STR_NPOS)
		return false;
	return str_ends(token, "/") || count_slashes(token) >= 2 || str_starts(token, "./");
}

static bool
take_number(struct str *s, long *out)
{
	struct str digits = *s;
	size_t n;

	if (s->n && (s->p[0] == 'L' || s->p[0] == 'l'))
		digits = str_from(digits, 1);
	for (n = 0; n < digits.n && is_digit(digits.p[n]); n++)
		;
	if (n == 0 || n > 8 || !num_long(str_to(digits, n), 1, 99999999, out))
		return false;
	*s = str_from(digits, n);
	return true;
}

/* "23-29" (a hyphen or an en dash) or "23". */
static bool
take_range(struct str *s, struct line_range *r)
{
	struct str rest = *s;

	if (!take_number(&rest, &r->from))
		return false;
	r->to = r->from;
	*s = rest;
	if (!str_skip(&rest, "-") && !str_skip(&rest, "\xE2\x80\x93"))
		return true;
	if (take_number(&rest, &r->to)) {
		*s = rest;
		if (r->to < r->from)
			r->to = r->from;
	}
	return true;
}

/* A number goes on the list only when nothing but punctuation follows: "x.py:3, 4 others". */
static bool
ends_number(struct str s)
{
	if (s.n == 0)
		return true;
	if (is_alnum(s.p[0]) || s.p[0] == '_' || s.p[0] == '.' || s.p[0] == '%' || s.p[0] == ':' ||
		s.p[0] == '/')
		return s.p[0] == '.' && (s.n == 1 || is_space(s.p[1]));
	if (s.p[0] != ' ')
		return true;
	s = str_from(s, 1);
	return s.n == 0 || !is_alnum(s.p[0]) || str_starts(s, "and ") || str_starts(s, "und ");
}

static bool
take_joiner(struct str *s)
{
	static const char *const joiners[] = { ", and ", " and ", " und ", " & ", ", ", ",",
		";", " + " };

	for (size_t i = 0; i < sizeof(joiners) / sizeof(joiners[0]); i++)
		if (str_skip(s, joiners[i]))
			return true;
	return false;
}

static void
take_more(struct str *s, struct line_ranges *out)
{
	for (;;) {
		struct str rest = *s;
		struct line_range r;

		if (!take_joiner(&rest) || !take_range(&rest, &r) || !ends_number(rest))
			return;
		if (out->n < MD_RANGES)
			out->v[out->n++] = r;
		*s = rest;
	}
}

size_t
md_lines_behind(struct str s, struct line_ranges *out)
{
	struct str rest = s;
	struct line_range r;

	out->n = 0;
	if (!str_skip(&rest, ":") && !(str_skip(&rest, "#") && rest.n && rest.p[0] == 'L'))
		return 0;
	if (!take_range(&rest, &r))
		return 0;
	/* "path:23:7" gives a column too. */
	if (rest.n > 1 && rest.p[0] == ':' && is_digit(rest.p[1])) {
		rest = str_from(rest, 1);
		str_skip_digits(&rest);
	}
	out->v[out->n++] = r;
	take_more(&rest, out);
	return s.n - rest.n;
}

bool
md_only_lines(struct str s, struct line_ranges *out)
{
	struct line_range r;

	out->n = 0;
	s = str_trim(s);
	if (!str_iskip(&s, "lines "))
		str_iskip(&s, "line ");
	str_skip(&s, ":");
	if (!take_range(&s, &r))
		return false;
	out->v[out->n++] = r;
	take_more(&s, out);
	return s.n == 0;
}

bool
md_cited(struct str inside, struct str *path, struct line_range *lines)
{
	struct str at;

	if (!str_skip(&inside, "F:"))
		return false;
	*lines = (struct line_range){ 0, 0 };
	str_cut(&inside, DAGGER, &at);
	*path = str_trim(inside);
	if (at.n)
		take_range(&at, lines);
	return path->n > 0;
}
