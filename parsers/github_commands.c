/*
 * github_commands.c -- workflow commands of GitHub Actions, as many tools print them:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 *   ::error file=app.js,line=10,endLine=11,col=15,title=no-undef::'x' is not defined
 *   ::warning::the cache was not found
 *
 * %0A, %0D and %25 (in properties %3A and %2C too) stand for characters. What is no command is
 * the log around it.
 */
#include "gate/base/num.h"
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("notice", LEVEL_INFO),
	{ 0 },
};

static bool
has_file(struct line_match *m)
{
	return str_starts(m->text[FIELD_ANY], "file=") || str_has(m->text[FIELD_ANY], ",file=");
}

static const struct line_row rows[] = {
	ROW(RECORD, "::{severity} {any}::{message}", .sniff = 86, .test = has_file),
	ROW(RECORD, "::{severity} {any}::{message}", .sniff = 64),
	ROW(RECORD, "::{severity}::{message}", .sniff = 61),
	{ 0 },
};

static int
hex(char c)
{
	return is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10;
}

/* Appends the text with its escapes undone. The buffer does not move: it was made large enough. */
static struct str
decode(struct buf *b, struct str s)
{
	size_t start = b->n;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2])) {
			char c = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));

			/* Only what is plain text: no control characters come in by this door. */
			if (c == '\n' || (c >= ' ' && c < 127))
				buf_addc(b, c);
			i += 2;
		} else {
			buf_addc(b, s.p[i]);
		}
	}
	return str_n(b->p + start, b->n - start);
}

static void
take_property(struct issue_event *ev, struct str name, struct str value, struct buf *scratch)
{
	name = str_trim(name);
	if (str_eqz(name, "file"))
		ev->file = decode(scratch, value);
	else if (str_eqz(name, "title"))
		ev->rule = str_trim(decode(scratch, value));
	else if (str_eqz(name, "line"))
		num_long(value, 0, 1000000000, &ev->line);
	else if (str_eqz(name, "endLine"))
		num_long(value, 0, 1000000000, &ev->end_line);
	else if (str_eqz(name, "col"))
		num_long(value, 0, 1000000000, &ev->column);
}

static void
adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	struct str rest = m->text[FIELD_ANY], property, value;

	buf_reserve(scratch, rest.n + ev->message.n + 1);
	while (rest.n) {
		property = rest;
		if (!str_cut(&property, ",", &rest))
			rest = STR_NONE;
		if (str_cut(&property, "=", &value))
			take_property(ev, property, value, scratch);
	}
	ev->message = str_trim(decode(scratch, ev->message));
}

static const struct linemap github_commands = {
	.rows = rows,
	.words = words,
	.adjust = adjust,
	.trim = true,
	.quiet = true,
};
LINEMAP_HOOKS(github_commands)

const struct parser parser_github_commands = {
	.name = "github-commands",
	.help = "workflow commands of GitHub Actions (::error file=...::)",
	.kind = KIND_LINT,
	.spec = "https://docs.github.com/actions/reference/workflow-commands-for-github-actions",
	.sniff = github_commands_sniff,
	.parse = github_commands_parse,
	.lines = &github_commands,
};
