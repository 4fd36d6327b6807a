/*
 * change.c -- see change.h. The format:
 * https://git-scm.com/docs/diff-generate-patch
 */
#include "gate/model/change.h"

#include <limits.h>

#include "gate/base/buf.h"
#include "gate/base/num.h"

/* A name as git quotes it: in C's manner, when it holds quotes, tabs or control characters. */
static struct str
unquote(struct arena *mem, struct str s)
{
	static const char from[] = "abfnrtv\"\\", to[] = "\a\b\f\n\r\t\v\"\\";
	struct buf b = BUF_INIT;
	struct str out;

	s = str_to(s, str_chr(s, '\t')); /* a tab ends a name with blanks in it */
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return arena_dup(mem, s);
	for (size_t i = 1; i + 1 < s.n; i++) {
		const char *at;

		if (s.p[i] != '\\' || i + 2 >= s.n) {
			buf_addc(&b, s.p[i]);
		} else if (s.p[i + 1] >= '0' && s.p[i + 1] <= '3' && i + 4 < s.n) {
			buf_addc(&b, (char)(unsigned char)((s.p[i + 1] - '0') * 64 +
				(s.p[i + 2] - '0') * 8 + (s.p[i + 3] - '0')));
			i += 3;
		} else {
			at = strchr(from, s.p[++i]);
			buf_addc(&b, at && *at ? to[at - from] : s.p[i]);
		}
	}
	out = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return out;
}

/* "a/src/x.c" of a `---` line, empty for /dev/null. */
static struct str
side(struct arena *mem, struct str name, const char *prefix)
{
	struct str s = unquote(mem, name);

	return str_eqz(s, "/dev/null") || !str_skip(&s, prefix) ? STR_NONE : s;
}

/* "a/x b/x" where no other line names the file: a change of mode, an empty or binary file. */
static struct str
same_name(struct arena *mem, struct str rest)
{
	struct str half, s;

	if (rest.n < 5 || rest.n % 2 == 0)
		return STR_NONE;
	half = str_to(rest, rest.n / 2);
	if (rest.p[rest.n / 2] != ' ')
		return STR_NONE;
	s = unquote(mem, half);
	return str_skip(&s, "a/") ? s : STR_NONE;
}

/* "12,3" or "12": start and count. */
static bool
range(struct str *s, long *start, long *count)
{
	struct str word = *s;
	size_t n = str_skip_digits(s);

	*count = 1;
	if (!num_long(str_to(word, n), 0, LONG_MAX / 4, start))
		return false;
	if (!str_skip(s, ","))
		return true;
	word = *s;
	n = str_skip_digits(s);
	return num_long(str_to(word, n), 0, LONG_MAX / 4, count);
}

/* "@@ -12,3 +14,2 @@"; *skip gets how many lines of text follow. */
static void
hunk(struct change_file *f, struct str line, long *skip)
{
	long from, n, to, m;
	struct change_lines *l;

	*skip = 0;
	if (!str_skip(&line, "@@ -") || !range(&line, &from, &n) || !str_skip(&line, " +") ||
	    !range(&line, &to, &m))
		return;
	*skip = n + m;
	l = vec_push(&f->lines);
	l->first = from;
	l->last = n ? from + n - 1 : from + 1;
}

static void
header(struct change *c, struct change_file *f, struct str line)
{
	struct arena *mem = &c->mem;

	if (str_skip(&line, "rename from ") || str_skip(&line, "copy from "))
		f->old_path = unquote(mem, line);
	else if (str_skip(&line, "rename to ") || str_skip(&line, "copy to "))
		f->path = unquote(mem, line);
	else if (str_starts(line, "new file mode"))
		f->old_path = STR_NONE;
	else if (str_starts(line, "deleted file mode"))
		f->path = STR_NONE;
	else if (str_skip(&line, "--- "))
		f->old_path = side(mem, line, "a/");
	else if (str_skip(&line, "+++ "))
		f->path = side(mem, line, "b/");
}

void
change_parse(struct change *c, struct str diff)
{
	struct change_file *f = NULL;
	struct str line;
	long skip = 0;

	while (str_line(&diff, &line)) {
		if (skip > 0 && (str_starts(line, "-") || str_starts(line, "+"))) {
			skip--;
		} else if (str_skip(&line, "diff --git ")) {
			f = vec_push(&c->files);
			f->old_path = f->path = same_name(&c->mem, line);
			skip = 0;
		} else if (f && str_starts(line, "@@ ")) {
			hunk(f, line, &skip);
		} else if (f && f->lines.n == 0) {
			header(c, f, line);
		}
	}
}

const struct change_lines *
change_touches(const struct change_file *f, long first, long last)
{
	static const struct change_lines whole = { 0, 0 };

	if (first <= 0)
		return f->lines.n ? &f->lines.v[0] : &whole;
	for (size_t i = 0; i < f->lines.n; i++)
		if (f->lines.v[i].first <= (last > first ? last : first) &&
		    f->lines.v[i].last >= first)
			return &f->lines.v[i];
	return f->path.n == 0 ? &whole : NULL; /* a deleted file has no line left */
}

struct str
change_moved_from(const struct change *c, struct str path)
{
	for (size_t i = 0; c && i < c->files.n; i++) {
		const struct change_file *f = &c->files.v[i];

		if (f->old_path.n && str_eq(f->path, path) && !str_eq(f->old_path, path))
			return f->old_path;
	}
	return STR_NONE;
}

void
change_release(struct change *c)
{
	for (size_t i = 0; i < c->files.n; i++)
		vec_release(&c->files.v[i].lines);
	vec_release(&c->files);
	arena_release(&c->mem);
}
