/* leg_text.c -- see leg_text.h. */
#include "gate/model/leg_text.h"

#include <stdio.h>

#include "gate/base/num.h"
#include "gate/model/kept.h"

#define FLUSH_AT (256u << 10)

/* ---- JSON: https://www.rfc-editor.org/rfc/rfc8259#section-7 ---- */

void
leg_add_string(struct buf *out, struct str s)
{
	size_t from = 0;

	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, str_n(s.p + from, i - from));
		from = i + 1;
		if (c == '\n')
			buf_addz(out, "\\n");
		else if (c == '\t')
			buf_addz(out, "\\t");
		else if (c < 0x20)
			buf_addf(out, "\\u%04x", c);
		else
			buf_addf(out, "\\%c", c);
	}
	buf_add(out, str_from(s, from));
	buf_addc(out, '"');
}

void
leg_begin(struct leg_writer *w)
{
	buf_addc(&w->out, '{');
}

void
leg_name(struct leg_writer *w, const char *name)
{
	if (w->out.p[w->out.n - 1] != '{')
		buf_addc(&w->out, ',');
	buf_addc(&w->out, '"');
	buf_addz(&w->out, name);
	buf_addz(&w->out, "\":");
}

struct str
leg_hidden(struct leg_writer *w, struct str s, size_t max)
{
	return kept_text(w->opt->redactor, s, max, &w->hidden);
}

void
leg_put_always(struct leg_writer *w, const char *name, struct str s, size_t max)
{
	leg_name(w, name);
	leg_add_string(&w->out, leg_hidden(w, s, max));
}

void
leg_put(struct leg_writer *w, const char *name, struct str s, size_t max)
{
	if (s.n)
		leg_put_always(w, name, s, max);
}

void
leg_put_word(struct leg_writer *w, const char *name, struct str s)
{
	if (s.n == 0)
		return;
	leg_name(w, name);
	leg_add_string(&w->out, s);
}

void
leg_put_number(struct leg_writer *w, const char *name, long n)
{
	if (n == 0)
		return;
	leg_name(w, name);
	buf_addf(&w->out, "%ld", n);
}

void
leg_put_true(struct leg_writer *w, const char *name, bool yes)
{
	if (!yes)
		return;
	leg_name(w, name);
	buf_addz(&w->out, "true");
}

void
leg_put_hex(struct leg_writer *w, const char *name, uint64_t n)
{
	leg_name(w, name);
	buf_addf(&w->out, "\"%016llx\"", (unsigned long long)n);
}

/* The fewest digits that give the same number again. */
void
leg_put_seconds(struct leg_writer *w, double s)
{
	char text[40];
	double again = -1;

	if (!(s >= 0 && s < 1e15))
		return;
	for (int digits = 6; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, s);
		if (num_double(str_of(text), &again) && !(again < s) && !(again > s))
			break;
	}
	leg_name(w, "seconds");
	buf_addz(&w->out, text);
}

void
leg_flush(struct leg_writer *w)
{
	w->flush(w->ctx, buf_str(&w->out));
	buf_reset(&w->out);
}

void
leg_end(struct leg_writer *w)
{
	buf_addz(&w->out, "}\n");
	w->lines++;
	if (w->out.n >= FLUSH_AT)
		leg_flush(w);
}
