/* tap_line.c -- see tap_line.h. */
#include "parsers/support/tap_line.h"

#include "gate/base/limits.h"
#include "gate/base/num.h"

/* Offset of the " #" that begins a directive (not "\#"), or STR_NPOS. */
static size_t
find_directive(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '#' && (i == 0 || is_space(s.p[i - 1])))
			return i;
	}
	return STR_NPOS;
}

static void
take_directive(struct str s, struct tap_point *p)
{
	s = str_trim(str_from(s, 1));
	p->skip = str_istarts(s, "skip");
	p->todo = str_istarts(s, "todo");
	if (!p->skip && !p->todo)
		return;
	while (s.n && !is_space(s.p[0])) /* "SKIP", "skipped:", "TODO" */
		s = str_from(s, 1);
	p->reason = str_trim(s);
}

bool
tap_point(struct str line, struct tap_point *p)
{
	struct str rest = line, digits;
	size_t at;

	memset(p, 0, sizeof(*p));
	p->ok = !str_skip(&rest, "not ");
	if (!str_skip(&rest, "ok") || (rest.n && !is_space(rest.p[0])))
		return false;
	rest = str_trim(rest);
	digits = rest;
	digits.n = str_skip_digits(&rest);
	if (digits.n && rest.n && !is_space(rest.p[0]))
		rest = str_n(digits.p, rest.n + digits.n); /* "2nd try" is a name */
	else if (!num_long(digits, 0, MAX_CASES, &p->number))
		p->number = 0;
	at = find_directive(rest);
	if (at != STR_NPOS) {
		take_directive(str_from(rest, at), p);
		if (p->skip || p->todo || at == 0)
			rest = str_to(rest, at);
	}
	rest = str_trim(rest);
	if (str_skip(&rest, "- ") || str_eqz(rest, "-"))
		rest = str_eqz(rest, "-") ? STR_NONE : str_trim(rest);
	p->name = rest;
	return true;
}

bool
tap_plan(struct str line, long *last, struct str *reason)
{
	struct str rest, digits;

	if (!str_skip(&line, "1.."))
		return false;
	digits = rest = line;
	digits.n = str_skip_digits(&rest);
	*reason = STR_NONE;
	if (!num_long(digits, 0, MAX_CASES, last))
		return false;
	rest = str_trim(rest);
	if (rest.n && rest.p[0] != '#')
		return false;
	if (rest.n)
		*reason = str_trim(str_from(rest, 1));
	return true;
}

bool
tap_heading(struct str line, struct str *file)
{
	size_t end = line.n;

	while (end && line.p[end - 1] == '.')
		end--;
	if (line.n - end < 2 || end < 2 || line.p[end - 1] != ' ' || is_space(line.p[0]))
		return false;
	*file = str_trim(str_to(line, end));
	return str_chr(*file, ' ') == STR_NPOS;
}

size_t
tap_indent(struct str line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'); i++)
		n += line.p[i] == '\t' ? 4 : 1;
	return n;
}
