/* kept.c -- see kept.h. */
#include "gate/model/kept.h"

#include <limits.h>

#include "gate/base/num.h"
#include "gate/base/utf8.h"

/* "...[... 123 bytes elided]" behind at most `max` bytes. */
static bool
elided_before(struct str s, size_t max)
{
	struct str tail = STR(" bytes elided]"), digits;
	size_t at;
	long n;

	if (!str_ends(s, " bytes elided]") || s.n > max + 64)
		return false;
	at = str_rchr(s, '[');
	digits = str_to(str_from(s, at), s.n - at - tail.n);
	return at <= max && str_skip(&digits, "[... ") && num_long(digits, 1, LONG_MAX, &n);
}

struct str
kept_text(const struct redactor *redactor, struct str s, size_t max, struct buf *scratch)
{
	struct str head;

	buf_reset(scratch);
	if (redactor && redact(redactor, s, scratch))
		s = buf_str(scratch);
	if (s.n <= max || elided_before(s, max))
		return s;
	head = utf8_head(s, max);
	if (scratch->n)
		buf_cut(scratch, head.n);
	else
		buf_add(scratch, head);
	buf_addf(scratch, "[... %zu bytes elided]", s.n - head.n);
	return buf_str(scratch);
}
