/*
 * place.c -- see place.h.
 *
 * Traces are read by what they share, not by language: a path with an extension, then a line.
 *   File "app/db.py", line 12, in connect          Python
 *   app/db.py:12: OperationalError                 pytest, Go, Rust, Ruby, gcc
 *   at com.shop.Cart.total(Cart.java:31)           Java: the folders come from the class
 *   at total (src/cart.js:12:5)                    JavaScript
 *   in /src/Cart.cs:line 12                        .NET
 *   /src/Cart.php(12)                              PHP
 */
#include "gate/correlate/engine/place.h"

#include "gate/base/limits.h"
#include "gate/base/num.h"

static bool
is_slash(char c)
{
	return c == '/' || c == '\\';
}

struct str
place_tidy(struct str path)
{
	path = str_trim(path);
	while (path.n >= 2 && path.p[0] == '.' && is_slash(path.p[1]))
		path = str_from(path, 2);
	while (path.n > 1 && is_slash(path.p[path.n - 1]))
		path.n--;
	return path;
}

struct str
place_name(struct str path)
{
	size_t n = path.n;

	while (n > 0 && !is_slash(path.p[n - 1]))
		n--;
	return str_from(path, n);
}

static bool
same_bytes(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (a.p[i] != b.p[i] && !(is_slash(a.p[i]) && is_slash(b.p[i])))
			return false;
	return true;
}

static bool
has_folder(struct str path)
{
	return place_name(path).n != path.n;
}

/* `tail` is the end of `path`, from a slash on. */
static bool
ends_with(struct str path, struct str tail)
{
	return path.n > tail.n && is_slash(path.p[path.n - tail.n - 1]) &&
		same_bytes(str_from(path, path.n - tail.n), tail);
}

bool
place_same(struct str ref, struct str file)
{
	ref = place_tidy(ref);
	file = place_tidy(file);
	if (ref.n == 0 || file.n == 0)
		return false;
	if (same_bytes(ref, file) || ends_with(file, ref))
		return true;
	return has_folder(file) && ends_with(ref, file);
}

bool
place_below(struct str folder, struct str file)
{
	folder = place_tidy(folder);
	file = place_tidy(file);
	if (folder.n == 0)
		return false;
	if (file.n > folder.n && is_slash(file.p[folder.n]) &&
		same_bytes(str_to(file, folder.n), folder))
		return true;
	if (!has_folder(folder) || is_slash(folder.p[0]))
		return false;
	/* A folder of two names or more may stand anywhere: the report's root may differ. */
	for (size_t i = 1; i + folder.n < file.n; i++)
		if (is_slash(file.p[i - 1]) && is_slash(file.p[i + folder.n]) &&
			same_bytes(str_n(file.p + i, folder.n), folder))
			return true;
	return false;
}

static bool
path_char(char c)
{
	return is_alnum(c) || is_slash(c) || (c != '\0' && strchr("._-+@~$[]", c) != NULL) ||
		(unsigned char)c >= 0x80;
}

/* Ends in ".ext": a dot, then one to five letters or digits, a letter first. */
static bool
has_extension(struct str path)
{
	size_t n = path.n;

	while (n > 0 && is_alnum(path.p[n - 1]))
		n--;
	return n > 1 && path.n - n >= 1 && path.n - n <= 5 && path.p[n - 1] == '.' &&
		is_alpha(path.p[n]) && !is_slash(path.p[n - 2]);
}

/* The path that ends right before offset `end`. */
static struct str
path_before(struct str text, size_t end)
{
	size_t start = end;

	while (start > 0 && path_char(text.p[start - 1]))
		start--;
	/* C:\src\cart.cs */
	if (start >= 2 && text.p[start - 1] == ':' && is_alpha(text.p[start - 2]) && start < end &&
		is_slash(text.p[start]) && (start == 2 || !is_alnum(text.p[start - 3])))
		start -= 2;
	return str_n(text.p + start, end - start);
}

static long
line_at(struct str text, size_t at)
{
	struct str rest = str_from(text, at), digits = rest;
	long line;

	digits = str_to(digits, str_skip_digits(&rest));
	return num_long(digits, 1, 100000000, &line) ? line : 0;
}

/* "at com.shop.Cart.total(Cart.java:31)" lies in com/shop/Cart.java. */
static struct str
java_path(struct str text, struct str file, struct arena *mem)
{
	size_t open = (size_t)(file.p - text.p);
	struct str call, rest;
	char *path;

	if (open == 0 || text.p[open - 1] != '(' || place_name(file).n != file.n)
		return file;
	call = path_before(text, open - 1);
	for (int drop = 0; drop < 2; drop++) { /* the method, then the class */
		size_t dot = str_rchr(call, '.');

		if (dot == STR_NPOS)
			return file;
		call = str_to(call, dot);
	}
	if (str_chr(call, '/') != STR_NPOS) /* "app//com.shop" names the loader or module first */
		call = place_name(call);
	if (call.n == 0)
		return file;
	rest = arena_printf(mem, "%.*s/%.*s", STR_FMT(call), STR_FMT(file));
	path = arena_z(mem, rest);
	for (size_t i = 0; i < call.n; i++)
		if (path[i] == '.')
			path[i] = '/';
	return str_n(path, rest.n);
}

static void
add_frame(struct subject *s, struct str path, long line, struct arena *mem)
{
	struct frame *f;

	for (size_t i = 0; i < s->frames.n; i++)
		if (s->frames.v[i].line == line && str_eq(s->frames.v[i].path, path))
			return;
	f = vec_push(&s->frames);
	f->path = path;
	f->shown = arena_printf(mem, "%.*s:%ld", STR_FMT(path), line);
	f->line = line;
}

/* The line that a mark at offset `at` announces, or 0: ":12", ":line 12", "(12)", "", line 12". */
static long
mark(struct str text, size_t at)
{
	struct str rest = str_from(text, at);

	if (str_starts(rest, "\", line "))
		return line_at(text, at + 8);
	if (str_starts(rest, ":line "))
		return line_at(text, at + 6);
	if (rest.p[0] == ':' || rest.p[0] == '(')
		return line_at(text, at + 1);
	return 0;
}

void
place_frames(struct subject *s, struct arena *mem)
{
	struct str text = s->text;

	for (size_t i = 1; i < text.n && s->frames.n < MAX_FRAMES; i++) {
		struct str path;
		long line;

		if (text.p[i] != ':' && text.p[i] != '(' && text.p[i] != '"')
			continue;
		if (!is_alnum(text.p[i - 1]))
			continue;
		line = mark(text, i);
		if (line == 0)
			continue;
		path = path_before(text, i);
		if (text.p[i] == '"') { /* quoted: blanks may belong to the path */
			struct str head = str_to(text, i);
			size_t quote = str_rchr(head, '"');

			if (quote != STR_NPOS && i - quote < MAX_NAME_KEPT)
				path = str_from(head, quote + 1);
		}
		if (has_extension(path))
			add_frame(s, place_tidy(java_path(text, path, mem)), line, mem);
	}
}
