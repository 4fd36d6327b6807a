/*
 * escape.c -- see escape.h.
 *
 * CommonMark 0.31 section 2.5: a numeric character reference is text and "cannot be used in
 * place of symbols indicating structure". https://spec.commonmark.org/0.31.2/
 */
#include "gate/report/support/escape.h"

#include "gate/base/utf8.h"

/* What has a meaning wherever it stands in Markdown or GFM. */
static const char markdown_special[] = "&<>`*~[]{}#|\\@$^!";
/* What the forges resolve in rendered text: @user, #12, !12, &12, ~label, %milestone, $snippet. */
static const char reference_special[] = "@#!&~%$^";

static char
char_at(struct str s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

/* GFM makes links of "www.", "x://", "mailto:" and "xmpp:", which no one character gives away. */
static bool
makes_link(struct str s, size_t i)
{
	struct str before = str_to(s, i);
	char next = char_at(s, i + 1);

	if (s.p[i] == '.')
		return i >= 3 && str_ieqz(str_from(before, i - 3), "www");
	if (s.p[i] != ':')
		return false;
	return next == '/' || (i >= 6 && str_ieqz(str_from(before, i - 6), "mailto")) ||
		(i >= 4 && str_ieqz(str_from(before, i - 4), "xmpp"));
}

/*
 * Whether the character at i could be anything but itself. At the start of a text everything
 * but a letter could: it may stand at the start of a list item, where "-" or "1." begin another.
 */
static bool
is_active(struct str s, size_t i, bool in_code)
{
	char c = s.p[i];

	if (strchr(markdown_special, c) || makes_link(s, i))
		return true;
	if (c == '_') /* inside a word it is a letter */
		return i == 0 || !is_alnum(char_at(s, i - 1)) || !is_alnum(char_at(s, i + 1));
	if (i > 0 || in_code || is_alpha(c) || (unsigned char)c >= 0x80)
		return false;
	str_skip_digits(&s);
	return !is_digit(c) || s.n == 0 || s.p[0] == '.' || s.p[0] == ')';
}

static void
add_markdown(struct buf *out, struct str s, bool in_code)
{
	struct buf plain = BUF_INIT;
	struct str p;

	utf8_plain(&plain, s);
	p = buf_str(&plain);
	for (size_t i = 0; i < p.n; i++) {
		char next = char_at(p, i + 1);

		if (is_active(p, i, in_code))
			buf_addf(out, "&#%d;", p.p[i]);
		else
			buf_addc(out, p.p[i]);
		if (!in_code && next && next != ' ' && strchr(reference_special, p.p[i]))
			buf_addz(out, "&#8203;");
	}
	buf_release(&plain);
}

void
escape_terminal(struct buf *out, struct str s)
{
	utf8_log(out, s);
}

void
escape_html(struct buf *out, struct str s)
{
	struct buf plain = BUF_INIT;

	utf8_plain(&plain, s);
	for (size_t i = 0; i < plain.n; i++) {
		if (strchr("&<>\"'`", plain.p[i]))
			buf_addf(out, "&#%d;", plain.p[i]);
		else
			buf_addc(out, plain.p[i]);
	}
	buf_release(&plain);
}

void
escape_xml(struct buf *out, struct str s)
{
	struct buf plain = BUF_INIT;

	utf8_plain(&plain, s);
	for (size_t i = 0; i < plain.n; i++) {
		if (utf8_commands(buf_str(&plain), i) || strchr("&<>\"'", plain.p[i]))
			buf_addf(out, "&#%d;", plain.p[i]);
		else
			buf_addc(out, plain.p[i]);
	}
	buf_release(&plain);
}

static void
add_command(struct buf *out, struct str s, const char *special)
{
	struct buf plain = BUF_INIT;
	struct str line;
	size_t n = 0;

	while (str_line(&s, &line)) {
		buf_addz(out, n++ ? "%0A" : "");
		buf_reset(&plain);
		utf8_plain(&plain, line);
		for (size_t i = 0; i < plain.n; i++) {
			if (str_starts(str_from(buf_str(&plain), i), "##["))
				buf_addz(out, "\\x23"); /* an old form, found anywhere in a line */
			else if (strchr(special, plain.p[i]))
				buf_addf(out, "%%%02X", (unsigned)plain.p[i]);
			else
				buf_addc(out, plain.p[i]);
		}
	}
	buf_release(&plain);
}

void
escape_command_data(struct buf *out, struct str s)
{
	add_command(out, s, "%");
}

void
escape_command_property(struct buf *out, struct str s)
{
	add_command(out, s, "%:,");
}

void
escape_markdown(struct buf *out, struct str s)
{
	add_markdown(out, s, false);
}

void
escape_markdown_code(struct buf *out, struct str s)
{
	buf_addz(out, "<code>");
	add_markdown(out, s, true);
	buf_addz(out, "</code>");
}

/* An empty line would end the block: Markdown's blocks of HTML go up to one. */
void
escape_markdown_block(struct buf *out, struct str s)
{
	struct str line;
	size_t n = 0;

	buf_addz(out, "<pre><code>");
	while (str_line(&s, &line)) {
		buf_addz(out, n++ ? "\n" : "");
		add_markdown(out, line, true);
		buf_addz(out, str_trim(line).n ? "" : "&#32;");
	}
	buf_addz(out, "</code></pre>\n");
}

void
escape_url_path(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_alnum(s.p[i]) || (s.p[i] && strchr("/._~-", s.p[i])))
			buf_addc(out, s.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)s.p[i]);
	}
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
