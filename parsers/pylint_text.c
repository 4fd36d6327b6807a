/*
 * pylint_text.c -- pylint's texts:
 * https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html
 *
 *   a.py:1:0: C0114: Missing module docstring (missing-module-docstring)         text
 *   a.py:1: [C0114(missing-module-docstring), ] Missing module docstring         parseable
 *   a.py:35: [C0111, Episode] Missing docstring                                  before 2.0
 *
 * The letter is the category, and the category the severity.
 */
#include "parsers/support/linemap.h"

static const struct line_word words[] = {
	WORD("fatal", LEVEL_CRITICAL),
	WORD("error", LEVEL_HIGH),
	WORD("warning", LEVEL_MEDIUM),
	WORD("refactor", LEVEL_LOW),
	WORD("convention", LEVEL_LOW),
	WORD("info", LEVEL_INFO),
	{ 0 },
};

static const char *
category(char letter)
{
	switch (letter) {
	case 'F':
		return "fatal";
	case 'E':
		return "error";
	case 'W':
		return "warning";
	case 'R':
		return "refactor";
	case 'C':
		return "convention";
	case 'I':
		return "info";
	default:
		return NULL;
	}
}

/* "C0114", or "C" alone of very old ones; its word becomes the severity. */
static bool
take_id(struct line_match *m, struct str id)
{
	const char *word = id.n ? category(id.p[0]) : NULL;

	if (word == NULL || (id.n != 1 && id.n != 5))
		return false;
	for (size_t i = 1; i < id.n; i++)
		if (!is_digit(id.p[i]))
			return false;
	m->text[FIELD_SEVERITY] = str_of(word);
	return true;
}

static bool
is_symbol(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_lower(s.p[i]) && s.p[i] != '-' && !is_digit(s.p[i]))
			return false;
	return s.n && is_lower(s.p[0]);
}

/* "C0114: words (symbol)": the number is the rule, as in pylint's JSON. */
static bool
is_text(struct line_match *m)
{
	struct str id = m->text[FIELD_ANY];

	if (m->text[FIELD_RULE].n && !is_symbol(m->text[FIELD_RULE]))
		return false;
	m->text[FIELD_RULE] = id;
	return take_id(m, id);
}

/* "[C0114(missing-module-docstring), obj] words"; `path:module:line` of some wrappers */
static bool
is_parseable(struct line_match *m)
{
	struct str id = m->text[FIELD_ANY], rest;

	if (m->text[FIELD_RULE].n && !is_symbol(m->text[FIELD_RULE]))
		return false;
	str_cut(&id, ",", &rest);
	str_cut(&id, "(", &rest);
	m->text[FIELD_RULE] = id;
	str_cut(&m->text[FIELD_FILE], ".py:", &rest);
	if (rest.n)
		m->text[FIELD_FILE].n += 3;
	return take_id(m, id);
}

/* A bracket at the message's end that is no symbol belongs to the message. */
static bool
is_bare(struct line_match *m)
{
	m->text[FIELD_RULE] = STR_NONE;
	return is_parseable(m);
}

static const struct line_row rows[] = {
	ROW(HEADING, "************* Module {any}", .sniff = 90),
	ROW(RECORD, "{file}:{line}:{column}: {any}: {message} ({rule})", .sniff = 90,
		.test = is_text),
	ROW(RECORD, "{file}:{line}{?:{column}}: {any}: {message}", .test = is_text),
	ROW(RECORD, "{file}:{line}{?:{column}}: [{any}] {message} ({rule})", .sniff = 85,
		.test = is_parseable),
	ROW(RECORD, "{file}:{line}{?:{column}}: [{any}] {message}", .sniff = 85,
		.test = is_bare),
	ROW(END, "Your code has been rated at {any}", .sniff = 88),
	ROW(FAILED, "Problem importing module {any}", .problem = "pylint could not run"),
	ROW(FAILED, "No files to lint: exiting.", .problem = "pylint had no files"),
	{ 0 },
};

static const struct linemap pylint_text = {
	.rows = rows,
	.words = words,
	.clean_end = true,
};
LINEMAP_HOOKS(pylint_text)

const struct parser parser_pylint_text = {
	.name = "pylint-text",
	.help = "pylint, its texts (text, parseable)",
	.kind = KIND_LINT,
	.tool = "pylint",
	.spec = "https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html",
	.sniff = pylint_text_sniff,
	.parse = pylint_text_parse,
	.lines = &pylint_text,
};
