/* failure.c -- see failure.h. */
#include "parsers/support/failure.h"

#include "gate/base/num.h"
#include "gate/base/utf8.h"

#define MAX_LINES 2000 /* of one text that are looked at for a place */

void
kept_add(struct kept *k, struct str s)
{
	size_t room = k->head.n < KEPT_HEAD ? KEPT_HEAD - k->head.n : 0, drop;
	struct str first;

	if (room) {
		first = s.n <= room ? s : utf8_head(s, room);
		buf_add(&k->head, first);
		s = str_from(s, first.n);
		if (s.n == 0)
			return;
		/* Full, even when half a character's room is left: what follows is the tail. */
		k->pad = KEPT_HEAD - k->head.n;
		buf_addn(&k->head, ' ', k->pad);
	}
	if (s.n > KEPT_TAIL) {
		k->skipped += k->tail.n + s.n - KEPT_TAIL;
		buf_reset(&k->tail);
		s = str_from(s, s.n - KEPT_TAIL);
	}
	buf_add(&k->tail, s);
	/* Moved rarely: the tail may grow to twice its length before its front goes. */
	if (k->tail.n > 2 * KEPT_TAIL) {
		drop = k->tail.n - KEPT_TAIL;
		memmove(k->tail.p, k->tail.p + drop, KEPT_TAIL);
		buf_cut(&k->tail, KEPT_TAIL);
		k->skipped += drop;
	}
}

struct str
kept_str(struct kept *k)
{
	struct str tail = buf_str(&k->tail);
	struct buf whole = BUF_INIT;
	size_t skipped = k->skipped, drop;

	if (tail.n == 0)
		return buf_str(&k->head);
	drop = tail.n > KEPT_TAIL ? tail.n - KEPT_TAIL : 0;
	/* Not inside a character. */
	while (skipped + drop > 0 && drop < tail.n && ((unsigned char)tail.p[drop] & 0xc0) == 0x80)
		drop++;
	tail = str_from(tail, drop);
	skipped += drop;
	buf_add(&whole, str_to(buf_str(&k->head), k->head.n - k->pad));
	if (skipped)
		buf_addf(&whole, "\n[... %zu bytes elided]\n", skipped);
	buf_add(&whole, tail);
	buf_release(&k->head);
	buf_reset(&k->tail);
	k->head = whole;
	k->skipped = k->pad = 0;
	return buf_str(&k->head);
}

void
kept_reset(struct kept *k)
{
	buf_reset(&k->head);
	buf_reset(&k->tail);
	k->skipped = k->pad = 0;
}

void
kept_release(struct kept *k)
{
	buf_release(&k->head);
	buf_release(&k->tail);
}

bool
failure_says_nothing(struct str message)
{
	static const char *const words[] = { "failed", "failure", "error", "test failed",
		"test failure", "assertion failed", "fail" };

	message = str_trim(message);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_ieqz(message, words[i]))
			return true;
	return message.n == 0;
}

/* pytest marks what was raised with "E" in the first column. */
static struct str
pytest_line(struct str body)
{
	struct str line;

	for (int i = 0; i < MAX_LINES && str_line(&body, &line); i++)
		if (str_starts(line, "E   ") && str_trim(str_from(line, 1)).n)
			return str_trim(str_from(line, 1));
	return STR_NONE;
}

struct str
failure_line(struct str body)
{
	struct str line = pytest_line(body), first = STR_NONE, last = STR_NONE;
	bool traceback;

	if (line.n)
		return line;
	while (str_line(&body, &line)) {
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (first.n == 0)
			first = line;
		if (line.n)
			last = line;
	}
	traceback = str_starts(first, "Traceback (most recent call last)");
	return traceback ? last : first;
}

/* ---- places ---- */

static bool
path_char(char c)
{
	return is_alnum(c) || (c & 0x80) != 0 || (c && strchr("_-./\\@+~", c) != NULL);
}

/* A path with an extension, at the end of s: "at x (src/a.ts" -> "src/a.ts". */
static struct str
path_before(struct str s)
{
	size_t at = s.n, dot;
	struct str path;

	while (at > 0 && path_char(s.p[at - 1]))
		at--;
	/* A drive: "C:\x\y.cs". */
	if (at > 1 && s.p[at - 1] == ':' && is_alpha(s.p[at - 2]) && at < s.n &&
	    (s.p[at] == '\\' || s.p[at] == '/') && (at == 2 || !is_alnum(s.p[at - 3])))
		at -= 2;
	path = str_from(s, at);
	/* "webpack:///./src/a.js" is a file, "http://host.com" is none. */
	if (str_starts(path, "///"))
		path = str_from(path, str_starts(path, "///./") ? 5 : 2);
	else if (str_starts(path, "//"))
		return STR_NONE;
	dot = str_rchr(path, '.');
	if (dot == STR_NPOS || dot == 0 || path.n - dot > 8 || path.n - dot < 2 ||
	    !is_alpha(path.p[dot + 1]) || str_chr(str_from(path, dot), '/') != STR_NPOS)
		return STR_NONE;
	return path;
}

static struct str
digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return str_to(s, n);
}

/* The first "path:12" of a line. */
static bool
colon_place(struct str text, struct str *path, long *line)
{
	for (size_t at = 0; at < text.n; at++) {
		struct str number;

		if (text.p[at] != ':')
			continue;
		number = str_from(text, at + 1);
		str_skip(&number, "line ");
		number = digits(number);
		*path = path_before(str_to(text, at));
		if (path->n && num_long(number, 1, 100000000, line))
			return true;
	}
	return false;
}

/* `  File "a/b.py", line 3, in f` */
static bool
python_place(struct str text, struct str *path, long *line)
{
	struct str rest;

	text = str_trim(text);
	if (!str_skip(&text, "File \"") || !str_cut(&text, "\", line ", &rest))
		return false;
	*path = text;
	return num_long(digits(rest), 1, 100000000, line);
}

static bool
library_path(struct str path)
{
	static const char *const parts[] = { "node_modules/", "node_modules\\", "site-packages/",
		"/lib/python", "dist-packages/", "node:internal", "/gems/", "/vendor/" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (str_has(path, parts[i]))
			return true;
	return false;
}

static bool
same_file(struct str a, struct str b)
{
	struct str base = str_basename(a), slashed = b;
	size_t at = str_rchr(slashed, '\\');

	if (at != STR_NPOS)
		slashed = str_from(slashed, at + 1);
	return str_eq(base, str_basename(slashed));
}

struct str
failure_java_file(struct buf *out, struct str class)
{
	size_t dot = str_rchr(class, '.');

	class = dot == STR_NPOS ? class : str_from(class, dot + 1);
	buf_add(out, str_to(class, str_chr(class, '$')));
	buf_addz(out, ".java");
	return buf_str(out);
}

bool
failure_place(struct str text, struct str file, enum dialect dialect, struct str *path, long *line)
{
	struct str row, where;
	bool found = false, own = false;
	long n;

	for (int i = 0; i < MAX_LINES && str_line(&text, &row); i++) {
		if (!python_place(row, &where, &n) && !colon_place(row, &where, &n))
			continue;
		if (library_path(where))
			continue;
		if (file.n && same_file(file, where)) {
			/* Python's traces end where it failed; others begin there. */
			if (!own || dialect == DIALECT_PYTEST) {
				*path = where;
				*line = n;
			}
			found = own = true;
		} else if (!own && (!found || dialect == DIALECT_PYTEST)) {
			*path = where;
			*line = n;
			found = true;
		}
	}
	return found;
}
