/* md_tame.c -- see md_tame.h. */
#include "parsers/registers/support/md_tame.h"

#include "gate/base/limits.h"

#define MOST_PARAGRAPH 500 /* lines in front of a table without a blank one */

struct str
md_skip_front_matter(struct md_doc *doc, struct str text, long *lines)
{
	struct str rest = text, line, first;
	long n = 1;

	*lines = 0;
	if (!str_line(&rest, &line) || !str_eqz(str_rtrim(line), "---"))
		return text;
	doc->front = rest;
	first = rest;
	if (!str_line(&first, &line) || line.n == 0 || is_space(line.p[0]) || !str_has(line, ":"))
		return text;
	while (str_line(&rest, &line)) {
		n++;
		line = str_rtrim(line);
		if (str_eqz(line, "---") || str_eqz(line, "...")) {
			doc->front.n = (size_t)(line.p - doc->front.p);
			doc->front_line = 2;
			*lines = n;
			return rest;
		}
	}
	doc->front = STR_NONE;
	return text;
}

/*
 * The line opens too many quotes and list items in one another, or stands so far to the right
 * that it may be in as many: an item takes two columns at least.
 */
static bool
too_deep(struct str line)
{
	size_t n = 0, i = 0;

	for (; i < line.n && n <= MAX_DEPTH; i++) {
		char c = line.p[i];
		bool apart = i + 1 == line.n || is_space(line.p[i + 1]);
		bool mark = c == '-' || c == '+' || c == '*' || c == '.' || c == ')';

		if (c == '>' || (apart && mark))
			n++;
		else if (!is_space(c) && !is_digit(c))
			break;
	}
	return n > MAX_DEPTH || (i < line.n && i > 2 * MAX_DEPTH);
}

static void
blank(struct str s, size_t from, size_t to, char only)
{
	for (size_t i = from; i < to; i++)
		if (only == '\0' || s.p[i] == only)
			((char *)s.p)[i] = ' ';
}

struct str
md_tamed(struct md_doc *doc, struct str text, long offset)
{
	struct str rest = text, line, out = STR_NONE;
	long number = offset;

	while (str_line(&rest, &line)) {
		size_t bars = 0, at = (size_t)(line.p - text.p);
		bool deep = too_deep(line);

		number++;
		for (size_t i = 0; i < line.n; i++)
			bars += line.p[i] == '|';
		if (bars <= MD_MAX_CELLS && !deep)
			continue;
		if (out.n == 0)
			out = arena_dup(&doc->mem, text);
		if (deep && doc->deep_line == 0)
			doc->deep_line = number;
		if (bars > MD_MAX_CELLS && doc->wide_line == 0)
			doc->wide_line = number;
		blank(out, at, at + line.n, deep ? '\0' : '|');
	}
	return out.n ? out : text;
}

/* "|---|:--|": under a paragraph's last line it makes that the head of a table. */
static bool
makes_table(struct str line)
{
	bool bar = false;

	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != '|' && line.p[i] != '-' && line.p[i] != ':' &&
			!is_space(line.p[i]))
			return false;
		bar |= line.p[i] == '|';
	}
	return bar;
}

void
md_feed(cmark_parser *parser, struct str text)
{
	struct str rest = text, line;
	size_t full = 0;

	while (str_line(&rest, &line)) {
		full = str_trim(line).n ? full + 1 : 0;
		if (full <= MOST_PARAGRAPH || !makes_table(line))
			continue;
		cmark_parser_feed(parser, text.p, (size_t)(line.p - text.p));
		cmark_parser_feed(parser, "| |\n", 4);
		text = rest;
	}
	cmark_parser_feed(parser, text.p ? text.p : "", text.n);
}
