/*
 * normal.c -- see normal.h. One pass over words, blanks and marks; every shape looks a
 * bounded way ahead, so time is linear in the text. The placeholder is '#': no letters, so
 * that what was taken out never counts as a word.
 */
#include "gate/base/normal.h"

#include "gate/base/volatile.h"

struct scan {
	struct str text;
	size_t at;
	struct buf *out;
	size_t from;  /* where this text starts in out */
	bool blank;   /* white space was seen and not yet written */
	bool value;   /* what comes next is one side of an assertion */
	int nest;     /* brackets open since `value` was set */
};

static bool
word_char(char c)
{
	return is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static char
last_char(const struct scan *s)
{
	return s->at ? s->text.p[s->at - 1] : ' ';
}

static void
put(struct scan *s, struct str what)
{
	if (s->blank && s->out->n > s->from)
		buf_addc(s->out, ' ');
	s->blank = false;
	buf_add(s->out, what);
}

/* Writes the next n bytes as they are. */
static void
keep(struct scan *s, size_t n)
{
	put(s, str_to(str_from(s->text, s->at), n));
	s->at += n;
}

/* Writes a placeholder for the next n bytes. */
static void
drop(struct scan *s, size_t n)
{
	put(s, STR("#"));
	s->at += n;
}

/* Two letters decide nearly always; every list has words of two or more. */
static bool
listed(struct str word, const char *const list[])
{
	if (word.n < 2)
		return false;
	for (size_t i = 0; list[i]; i++)
		if (list[i][0] == to_lower(word.p[0]) && list[i][1] == to_lower(word.p[1]) &&
		    str_ieqz(word, list[i]))
			return true;
	return false;
}

/* The words that stand before a value in the assertion texts of the common runners. */
static bool
announces_value(struct str word)
{
	static const char *const words[] = {
		"assert", "expect", "expected", "expects", "actual", "got", "want", "wanted",
		"received", "was", "were", "be", "equal", "equals", "toequal", "tobe", "than",
		"left", "right", "differ", "matches", "that", "where", "returned", NULL,
	};

	return word.n <= 8 && listed(word, words);
}

static bool
comparison(struct str rest)
{
	static const char *const marks[] = { "==", "!=", "<=", ">=", "< ", "> ", "\xe2\x89\xa0",
		NULL };

	if (rest.n == 0 || memchr("=!<>\xe2", rest.p[0], 5) == NULL)
		return false;
	for (size_t i = 0; marks[i]; i++)
		if (str_starts(rest, marks[i]))
			return true;
	return false;
}

static size_t
blanks(struct str s)
{
	size_t n = 0;

	while (n < s.n && n < 16 && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

/* The number at the front is compared: an operator follows, brackets and quotes aside. */
static bool
compared(struct str rest)
{
	size_t n = 0;

	while (n < rest.n && n < 4 && strchr(")]}'\"`>", rest.p[n]) && rest.p[n])
		n++;
	rest = str_from(rest, n);
	return comparison(str_from(rest, blanks(rest))) && (blanks(rest) || n || rest.p[0] != '<');
}

/* ":8080" behind a host. */
static void
host_port(struct scan *s)
{
	struct str rest = str_from(s->text, s->at);
	size_t n;

	if (!str_skip(&rest, ":"))
		return;
	n = str_skip_digits(&rest);
	if (n == 0 || n > 5 || (rest.n && word_char(rest.p[0])))
		return;
	keep(s, 1);
	drop(s, n);
}

/* "pid 4711", "port=8080": the number behind the word that names it. */
static bool
named_number(struct scan *s, struct str word)
{
	static const char *const names[] = { "pid", "ppid", "tid", "process", "thread", "port",
		NULL };
	struct str rest = str_from(s->text, s->at + word.n);
	size_t gap = 0, digits;

	if (word.n > 7 || !listed(word, names))
		return false;
	while (gap < rest.n && gap < 4 && strchr(" =:#-\"'[(<", rest.p[gap]) && rest.p[gap])
		gap++;
	rest = str_from(rest, gap);
	digits = str_skip_digits(&rest);
	if (gap == 0 || digits == 0 || (rest.n && word_char(rest.p[0])))
		return false;
	keep(s, word.n);
	/* The gap keeps its marks; blanks fold as everywhere. */
	for (size_t i = 0; i < gap; i++) {
		if (s->text.p[s->at] == ' ') {
			s->blank = true;
			s->at++;
		} else {
			keep(s, 1);
		}
	}
	drop(s, digits);
	return true;
}

static void
take_word(struct scan *s)
{
	struct str word = str_from(s->text, s->at);
	size_t n = 0;

	while (n < word.n && word_char(word.p[n]))
		n++;
	word = str_to(word, n);
	if (named_number(s, word))
		return;
	keep(s, n);
	if (announces_value(word)) {
		s->value = true;
		s->nest = 0;
	} else if (s->nest == 0) {
		s->value = false;
	}
	if (word.n == 9 && str_ieqz(word, "localhost"))
		host_port(s);
}

static void
take_number(struct scan *s)
{
	struct str rest = str_from(s->text, s->at);
	size_t n = volatile_number(rest);
	bool joined = strchr("#-./:", last_char(s)) != NULL && !s->value;

	if (n == 0 || (n < rest.n && word_char(rest.p[n]))) {
		take_word(s); /* "3rd", "5abc": a word that happens to start so */
	} else if (volatile_is_ipv4(str_to(rest, n))) {
		keep(s, n);
		host_port(s);
	} else if (s->value || (!joined && compared(str_from(rest, n))) || n >= 10) {
		drop(s, n);
	} else {
		keep(s, n);
	}
}

/* A host behind "://", for its port. */
static void
take_url_host(struct scan *s)
{
	size_t n = 3;

	while (s->at + n < s->text.n && (is_alnum(s->text.p[s->at + n]) ||
			strchr(".-_", s->text.p[s->at + n]) != NULL) && s->text.p[s->at + n])
		n++;
	keep(s, n);
	host_port(s);
}

static void
take_mark(struct scan *s)
{
	struct str rest = str_from(s->text, s->at);
	size_t n;

	if (str_starts(rest, "://")) {
		take_url_host(s);
		return;
	}
	if (rest.p[0] == '@' && (n = volatile_object_hash(str_from(rest, 1))) != 0) {
		keep(s, 1);
		drop(s, n);
		return;
	}
	if (comparison(rest) && (rest.p[1] != ' ' || is_space(last_char(s)))) {
		s->value = true;
		s->nest = 0;
		keep(s, rest.p[1] == '=' ? 2 : (unsigned char)rest.p[0] == 0xe2 ? 3 : 1);
		return;
	}
	if (s->value && strchr("([{", rest.p[0]) && rest.p[0])
		s->nest++;
	else if (s->nest && strchr(")]}", rest.p[0]) && rest.p[0])
		s->nest--;
	if (s->value && rest.p[0] == '-' && rest.n > 1 && is_digit(rest.p[1]) &&
	    !word_char(last_char(s))) {
		s->at++; /* the sign of a value goes with it */
		return;
	}
	keep(s, 1);
}

static void
take(struct scan *s)
{
	struct str rest = str_from(s->text, s->at);
	char c = rest.p[0];
	size_t n, name = 0;

	if (is_space(c)) {
		s->blank = true;
		s->nest = c == '\n' ? 0 : s->nest;
		s->at++;
		return;
	}
	if (word_char(last_char(s)) && word_char(c)) {
		take_word(s); /* the rest of something that a placeholder cut */
		return;
	}
	if (!word_char(last_char(s)) && (n = volatile_temp_path(rest, &name)) != 0) {
		drop(s, n - name);
		if (name)
			keep(s, name);
	} else if ((n = volatile_token(rest, last_char(s))) != 0) {
		drop(s, n);
	} else if (is_digit(c)) {
		take_number(s);
	} else if (is_alpha(c) || (word_char(c) && !comparison(rest))) {
		take_word(s);
	} else {
		take_mark(s);
	}
}

void
normal_add(struct buf *out, struct str text)
{
	struct scan s = { .text = text, .out = out, .from = out->n };

	while (s.at < text.n)
		take(&s);
}

static bool
boundary(struct str text, size_t at)
{
	return at == 0 || at >= text.n || !word_char(text.p[at - 1]) || !word_char(text.p[at]);
}

size_t
normal_find(struct str text, struct str what)
{
	size_t from = 0;

	if (what.n == 0)
		return STR_NPOS;
	for (;;) {
		size_t at = str_find(str_from(text, from), what);

		if (at == STR_NPOS)
			return STR_NPOS;
		at += from;
		if (boundary(text, at) && boundary(text, at + what.n))
			return at;
		from = at + 1;
	}
}
