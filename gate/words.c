/* words.c -- see words.h. */
#include "gate/words.h"

#include "gate/report/reporter.h"
#include "parsers/parser.h"

static void
add_word(struct buf *out, struct str word, const char *end)
{
	if (out->n)
		buf_addc(out, ' ');
	buf_add(out, word);
	buf_addz(out, end);
}

static bool
is_literal(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (!is_lower(word.p[i]) && (i == 0 || word.p[i] != '-'))
			return false;
	return word.n > 0;
}

void
words_of_argument(struct buf *out, const char *spelling)
{
	struct str all = str_of(spelling), word, rest;
	bool choice = str_has(all, "|");

	if (strcmp(spelling, "FORMAT=FILE") == 0)
		for (size_t i = 0; reporters[i]; i++)
			add_word(out, str_of(reporters[i]->name), "=");
	if (strcmp(spelling, "FORMAT") == 0)
		for (size_t i = 0; parsers[i]; i++)
			add_word(out, str_of(parsers[i]->name), "");
	/* "show FILE | diff A B": each begins with its word; "check|show [FILE]" likewise. */
	while (choice && all.n) {
		str_cut(&all, "|", &rest);
		if (str_word(&all, &word) && is_literal(word))
			add_word(out, word, "");
		all = rest;
	}
}

bool
words_want_file(const char *spelling)
{
	static const char *const paths[] = { "FILE", "PATH", "REPORT", "REGISTER" };

	if (strcmp(spelling, "FORMAT=FILE") == 0)
		return true;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (str_has(str_of(spelling), paths[i]))
			return true;
	return strcmp(spelling, "A B") == 0;
}
