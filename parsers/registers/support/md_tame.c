/* md_tame.c -- see md_tame.h. */
#include "parsers/registers/support/md_tame.h"

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

struct str
md_without_wide_rows(struct md_doc *doc, struct str text, long offset)
{
	struct str rest = text, line, out = STR_NONE;
	long number = offset;

	while (str_line(&rest, &line)) {
		size_t bars = 0;

		number++;
		for (size_t i = 0; i < line.n; i++)
			bars += line.p[i] == '|';
		if (bars <= MD_MAX_CELLS)
			continue;
		if (out.n == 0) {
			out = arena_dup(&doc->mem, text);
			doc->wide_line = number;
		}
		for (size_t i = 0; i < line.n; i++)
			if (line.p[i] == '|')
				((char *)out.p)[(size_t)(line.p - text.p) + i] = ' ';
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
