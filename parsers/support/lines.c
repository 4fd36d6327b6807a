/* lines.c -- see lines.h. */
#include "parsers/support/lines.h"

#include <stdarg.h>

#include "gate/base/num.h"
#include "parsers/support/cry.h"

#define SNIFF_LINES 300

void
lines_problem(struct lines *l, enum problem_code code, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	l->out->problem(l->out->ctx, code, l->number, buf_str(&b));
	buf_release(&b);
}

bool
lines_cry(struct lines *l)
{
	struct cry cry;
	struct buf b = BUF_INIT;

	if (!cry_line(l->line, &cry))
		return false;
	if (!l->cried) {
		cry_message(&b, &cry);
		l->out->problem(l->out->ctx, cry.code, l->number, buf_str(&b));
		buf_release(&b);
	}
	l->cried = true;
	return true;
}

/* ":12" and the digits end at another ':' or at the end of the text. */
static bool
number_take(struct str *s, long *n)
{
	struct str rest = *s, digits;

	if (!str_skip(&rest, ":"))
		return false;
	digits = rest;
	digits.n = str_skip_digits(&rest);
	if (digits.n == 0 || !str_starts(rest, ":") || !num_long(digits, 0, 1000000000, n))
		return false;
	*s = rest;
	return true;
}

bool
place_take(struct str *s, struct place *p)
{
	long *const rest_of[] = { &p->column, &p->end_line, &p->end_column };
	struct str rest = *s;
	size_t at = 0;

	memset(p, 0, sizeof(*p));
	if (s->n < 2 || is_space(s->p[0]))
		return false;
	if (is_alpha(s->p[0]) && s->p[1] == ':' && s->n > 2 && (s->p[2] == '\\' || s->p[2] == '/'))
		at = 2;
	for (;;) {
		size_t colon = str_chr(str_from(*s, at), ':');

		if (colon == STR_NPOS)
			return false;
		at += colon;
		rest = str_from(*s, at);
		if (at && number_take(&rest, &p->line))
			break;
		at++;
	}
	p->path = str_to(*s, at);
	for (size_t i = 0; i < 3 && number_take(&rest, rest_of[i]); i++)
		;
	rest = str_from(rest, 1);
	while (rest.n && rest.p[0] == ' ')
		rest = str_from(rest, 1);
	*s = rest;
	return true;
}

bool
count_take(struct str *s, long *n)
{
	struct str rest = *s, digits = *s;

	digits.n = str_skip_digits(&rest);
	if (digits.n == 0 || (rest.n && rest.p[0] != ' ') || !num_long(digits, 0, 1000000000, n))
		return false;
	*s = str_from(rest, 1);
	return true;
}

bool
code_take(struct str *s, struct str *code)
{
	size_t n = 0, letters;

	while (n < s->n && is_upper(s->p[n]))
		n++;
	letters = n;
	while (n < s->n && is_digit(s->p[n]))
		n++;
	if (letters == 0 || letters > 8 || n == letters || n - letters > 5)
		return false;
	if (n < s->n && (is_alnum(s->p[n]) || s->p[n] == '_' || s->p[n] == '-'))
		return false;
	*code = str_to(*s, n);
	*s = str_from(*s, n);
	return true;
}

bool
lines_any(struct str head, bool (*test)(struct str line))
{
	struct str line;
	long n = 0;

	/* Looking at the lines of a small XML report would cost more than reading it. */
	if (str_starts(head, "<?xml") || str_starts(head, "<testsuite"))
		return false;
	while (n++ < SNIFF_LINES && str_line(&head, &line))
		if (test(str_rtrim(line)))
			return true;
	return false;
}
