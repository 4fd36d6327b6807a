/*
 * glob.c -- see glob.h. The pattern is run as a set of states over the text, so that no
 * pattern can be slow: time is at most pattern times text, and there is no backtracking.
 */
#include "gate/base/glob.h"

#include "gate/base/mem.h"

#define SMALL 256

static bool
is_magic(char c)
{
	return c == '*' || c == '?';
}

bool
glob_has_magic(struct str pattern)
{
	return str_chr(pattern, '*') != STR_NPOS || str_chr(pattern, '?') != STR_NPOS;
}

/* How many stars stand at j. */
static size_t
stars(struct str p, size_t j)
{
	size_t n = 0;

	while (j + n < p.n && p.p[j + n] == '*')
		n++;
	return n;
}

/*
 * Marks every state that is reached from a marked one without reading; they lie ahead.
 * `last` is the character that was read, '/' at the start.
 */
static void
close_set(struct str p, char *set, char last)
{
	for (size_t j = 0; j < p.n; j++) {
		size_t n = set[j] ? stars(p, j) : 0;

		if (n == 0)
			continue;
		set[j + n] = 1;
		/* A "**" alone between slashes matches no folder at all. */
		if (n >= 2 && last == '/' && (j == 0 || p.p[j - 1] == '/') && j + n < p.n &&
			p.p[j + n] == '/')
			set[j + n + 1] = 1;
		j += n - 1; /* states inside a run of stars are never entered */
	}
}

static void
step(struct str p, const char *from, char *to, char c)
{
	bool continues = ((unsigned char)c & 0xc0) == 0x80;

	for (size_t j = 0; j <= p.n; j++) {
		if (!from[j])
			continue;
		/* The rest of a character of several bytes that a '?' has begun. */
		if (continues && j > 0 && p.p[j - 1] == '?')
			to[j] = 1;
		if (j == p.n)
			continue;
		if (p.p[j] == '*') {
			if (stars(p, j) >= 2 || c != '/')
				to[j] = 1;
		} else if (p.p[j] == '?') {
			if (c != '/' && !continues)
				to[j + 1] = 1;
		} else if (p.p[j] == c) {
			to[j + 1] = 1;
		}
	}
	close_set(p, to, c);
}

static bool
run(struct str p, struct str t, char *a, char *b)
{
	a[0] = 1;
	close_set(p, a, '/');
	for (size_t i = 0; i < t.n; i++) {
		char *swap = a;

		memset(b, 0, p.n + 1);
		step(p, a, b, t.p[i]);
		a = b;
		b = swap;
		if (memchr(a, 1, p.n + 1) == NULL)
			return false;
	}
	return a[p.n];
}

bool
glob_match(struct str pattern, struct str text)
{
	char small[2 * (SMALL + 1)] = { 0 };
	char *set = small;
	size_t same = 0;
	bool yes;

	/* What is literal at the front decides nearly every call. */
	while (same < pattern.n && !is_magic(pattern.p[same]) && same < text.n &&
	       pattern.p[same] == text.p[same])
		same++;
	if (same == pattern.n)
		return same == text.n;
	if (!is_magic(pattern.p[same]))
		return false;
	/* The state set must see the slash before a "**". */
	if (same > 0)
		same--;
	pattern = str_from(pattern, same);
	text = str_from(text, same);
	if (pattern.n > SMALL)
		set = xcalloc(2, pattern.n + 1);
	yes = run(pattern, text, set, set + pattern.n + 1);
	if (set != small)
		free(set);
	return yes;
}

/* Published in the README: a pattern that matches one of these matches nearly everything. */
static const char *const everyday[] = {
	"error", "Error", "ERROR", "errors", "fail", "FAIL", "failed", "FAILED", "Failed",
	"failure", "Failure", "exception", "Exception", "assert", "assertion",
	"AssertionError", "AssertError", "test", "Test", "timeout", "Timeout", "warning", "Warning",
	"expected", "Expected", "actual", "null", "None", "none", "nil", "undefined",
	"true", "True", "false", "False",
	"the", "a", "0", "1", NULL,
};

const char *const *
everyday_words(void)
{
	return everyday;
}

bool
glob_universal(struct str pattern)
{
	if (glob_match(pattern, STR_NONE))
		return true;
	for (size_t i = 0; everyday[i]; i++)
		if (glob_match(pattern, str_of(everyday[i])) || str_ieqz(pattern, everyday[i]))
			return true;
	return false;
}
