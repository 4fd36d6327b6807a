/*
 * lines.c -- see lines.h. Colour: SGR of ECMA-48,
 * https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
 */
#include "gate/report/support/lines.h"

#include "gate/report/support/escape.h"
#include "gate/report/support/layout.h"

#define LINE_COLUMNS 2000

static void
paint(struct lines *l, enum paint p)
{
	static const char *const codes[] = {
		[PLAIN] = "\033[0m", [RED] = "\033[1;31m", [GREEN] = "\033[1;32m",
		[YELLOW] = "\033[1;33m", [BOLD] = "\033[1m", [DIM] = "\033[2m",
	};

	if (l->color)
		buf_addz(l->out, codes[p]);
}

void
lines_put(struct lines *l, size_t indent, enum paint p, size_t columns)
{
	struct buf plain = BUF_INIT, cut = BUF_INIT;

	escape_terminal(&plain, buf_str(&l->line));
	if (l->whole)
		buf_add(&cut, buf_str(&plain));
	else
		layout_cut(&cut, buf_str(&plain), columns ? columns : LINE_COLUMNS);
	buf_addn(l->out, ' ', indent);
	if (p != PLAIN)
		paint(l, p);
	layout_wrap(l->out, buf_str(&cut), indent, indent + 2, l->width);
	if (p != PLAIN && l->color) {
		buf_cut(l->out, l->out->n - 1); /* the colour ends before the line does */
		paint(l, PLAIN);
		buf_addc(l->out, '\n');
	}
	buf_reset(&l->line);
	buf_release(&cut);
	buf_release(&plain);
}

void
lines_say(struct lines *l, size_t indent, enum paint p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&l->line, fmt, ap);
	va_end(ap);
	lines_put(l, indent, p, 0);
}

void
lines_release(struct lines *l)
{
	buf_release(&l->line);
}
