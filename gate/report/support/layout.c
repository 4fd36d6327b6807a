/* layout.c -- see layout.h. */
#include "gate/report/support/layout.h"

#include "gate/base/utf8.h"

void
layout_wrap(struct buf *out, struct str text, size_t first, size_t hang, int width)
{
	size_t column = first;
	bool fresh = true; /* nothing but the indent stands on this line */

	while (text.n) {
		size_t blanks = 0, n, w;

		while (blanks < text.n && text.p[blanks] == ' ')
			blanks++;
		text = str_from(text, blanks);
		n = str_chr(text, ' ');
		n = n == STR_NPOS ? text.n : n;
		w = utf8_width(str_to(text, n));
		if (n == 0)
			break; /* blanks at the end */
		if (!fresh && width > 0 && column + blanks + w > (size_t)width) {
			buf_addc(out, '\n');
			buf_addn(out, ' ', hang);
			column = hang;
		} else {
			buf_addn(out, ' ', blanks); /* names may hold several */
			column += blanks;
		}
		buf_add(out, str_to(text, n));
		column += w;
		fresh = false;
		text = str_from(text, n);
	}
	buf_addc(out, '\n');
}

void
layout_cut(struct buf *out, struct str s, size_t columns)
{
	size_t room = columns > 3 ? columns - 3 : 0, used = 0;
	struct str rest = s;

	/* Every character is at least one byte and at most two columns. */
	if (s.n <= columns / 2 || utf8_width(s) <= columns) {
		buf_add(out, s);
		return;
	}
	while (rest.n) {
		uint32_t cp;
		size_t n = utf8_char(rest, &cp);
		size_t w;

		if (n == 0)
			n = 1;
		w = utf8_width(str_to(rest, n));
		if (used + w > room)
			break;
		used += w;
		rest = str_from(rest, n);
	}
	buf_add(out, str_to(s, s.n - rest.n));
	buf_addz(out, "...");
}

void
layout_pad(struct buf *out, struct str s, size_t columns)
{
	size_t w = utf8_width(s);

	buf_add(out, s);
	if (w < columns)
		buf_addn(out, ' ', columns - w);
}
