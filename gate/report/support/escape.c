/*
 * escape.c -- see escape.h.
 *
 * CommonMark 0.31 section 2.5: a numeric character reference is text and "cannot be used in
 * place of symbols indicating structure". https://spec.commonmark.org/0.31.2/
 */
#include "gate/report/support/escape.h"

#include "gate/base/utf8.h"

static const char html_special[] = "&<>\"'`";
/* Structure of Markdown and GFM, and the ':' that autolinks need. */
static const char markdown_special[] = "&<>\"'`*_~[](){}#+-!|\\@:$^=%";
/* What the forges resolve in rendered text: @user, #12, !12, &12, ~label, %milestone, $snippet. */
static const char reference_special[] = "@#!&~%$^";

/* GFM makes a link of a bare "www.", which no other character gives away. */
static bool
ends_www(const struct buf *b, size_t at)
{
	return at >= 3 && str_ieqz(str_n(b->p + at - 3, 3), "www");
}

/* The characters of `special` as references; each in `broken` is cut off from what follows. */
static void
escape(struct buf *out, struct str s, const char *special, const char *broken)
{
	struct buf plain = BUF_INIT;

	utf8_plain(&plain, s);
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i];

		if (strchr(special, c) || (c == '.' && ends_www(&plain, i)))
			buf_addf(out, "&#%d;", c);
		else
			buf_addc(out, c);
		if (strchr(broken, c))
			buf_addz(out, "&#8203;");
	}
	buf_release(&plain);
}

void
escape_terminal(struct buf *out, struct str s)
{
	struct buf plain = BUF_INIT;
	struct str rest;

	utf8_plain(&plain, s);
	for (size_t i = 0; i < plain.n; i++) {
		rest = str_from(buf_str(&plain), i);
		if (str_starts(rest, "::") && (i == 0 || plain.p[i - 1] == ' '))
			buf_addz(out, "\\x3a");
		else if (str_starts(rest, "##["))
			buf_addz(out, "\\x23");
		else
			buf_addc(out, plain.p[i]);
	}
	buf_release(&plain);
}

void
escape_html(struct buf *out, struct str s)
{
	escape(out, s, html_special, "");
}

void
escape_markdown(struct buf *out, struct str s)
{
	escape(out, s, markdown_special, reference_special);
}

void
escape_markdown_code(struct buf *out, struct str s)
{
	buf_addz(out, "<code>");
	escape(out, s, markdown_special, "");
	buf_addz(out, "</code>");
}

static bool
shell_safe(char c)
{
	return is_alnum(c) || (c && strchr("@%+=:,./_-", c));
}

void
escape_shell(struct buf *out, struct str s)
{
	bool safe = s.n > 0;

	for (size_t i = 0; i < s.n && safe; i++)
		safe = shell_safe(s.p[i]);
	if (safe) {
		buf_add(out, s);
		return;
	}
	buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			buf_addz(out, "'\\''");
		else
			buf_addc(out, s.p[i]);
	}
	buf_addc(out, '\'');
}
