/* discover.c -- see discover.h. */
#include "gate/input/discover.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "gate/base/buf.h"
#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "gate/base/mem.h"

#define MAX_PARTS 64 /* components of a pattern */

struct walk {
	struct arena *mem;
	struct found *out;
	struct str pattern;          /* relative to `base`; empty: every file */
	struct str part[MAX_PARTS];  /* its components */
	size_t nparts;
	size_t deep;                 /* the first component with a `**`; nparts without one */
	struct buf path;             /* the folder being read, as it can be opened */
	size_t base;                 /* length of path's front that the pattern does not see */
};

/* Appends the components of `path` to b, which holds `rooted` ? "/..." : a relative path. */
static void
add_components(struct buf *b, struct str path, bool rooted)
{
	while (path.n) {
		struct str part = path, rest;

		str_cut(&part, "/", &rest);
		path = rest;
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		if (str_eqz(part, "..")) {
			struct str have = buf_str(b);
			size_t slash = str_rchr(have, '/');
			struct str last = str_basename(have);

			if (rooted && have.n == 1)
				continue; /* above the root there is only the root */
			if (last.n && !str_eqz(last, "..")) {
				buf_cut(b, slash == STR_NPOS ? 0 : slash == 0 ? 1 : slash);
				continue;
			}
		}
		if (b->n && b->p[b->n - 1] != '/')
			buf_addc(b, '/');
		buf_add(b, part);
	}
}

struct str
path_join(struct arena *mem, struct str root, struct str path)
{
	struct buf b = BUF_INIT;
	bool rooted;
	struct str s;

	if (str_eqz(path, "-"))
		return STR("-");
	if (str_starts(path, "/"))
		root = STR_NONE;
	rooted = str_starts(root, "/") || str_starts(path, "/");
	if (rooted)
		buf_addc(&b, '/');
	add_components(&b, root, rooted);
	add_components(&b, path, rooted);
	if (b.n == 0)
		buf_addc(&b, '.');
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
add_found(struct walk *w, struct str path)
{
	if (w->out->n >= MAX_FILES) {
		w->out->over_limit = true;
		return;
	}
	*vec_push(w->out) = arena_z(w->mem, path);
}

/* A name with a leading dot is only meant by a component that has one too. */
static bool
is_hidden(const struct walk *w, struct str name)
{
	if (!str_starts(name, "."))
		return false;
	for (size_t i = 0; i < w->nparts; i++)
		if (str_starts(w->part[i], ".") && glob_match(w->part[i], name))
			return false;
	return true;
}

static bool
file_matches(const struct walk *w, size_t depth, struct str name)
{
	struct str rel = str_from(buf_str(&w->path), w->base);

	if (w->nparts == 0)
		return true;
	if (w->deep == w->nparts) /* the folders above matched one by one */
		return depth + 1 == w->nparts && glob_match(w->part[depth], name);
	return glob_match(w->pattern, rel);
}

static bool
folder_matches(const struct walk *w, size_t depth, struct str name, bool link)
{
	if (depth >= w->deep || w->nparts == 0)
		return !link;
	return depth + 1 < w->nparts && glob_match(w->part[depth], name);
}

static void walk_folder(struct walk *w, size_t depth);

static void
walk_entry(struct walk *w, size_t depth, struct str name)
{
	struct stat st;
	bool link;

	if (lstat(buf_z(&w->path), &st) < 0)
		return; /* gone since the folder was read */
	link = S_ISLNK(st.st_mode);
	if (link && stat(buf_z(&w->path), &st) < 0)
		return;
	if (S_ISREG(st.st_mode)) {
		if (file_matches(w, depth, name))
			add_found(w, buf_str(&w->path));
	} else if (S_ISDIR(st.st_mode) && folder_matches(w, depth, name, link)) {
		walk_folder(w, depth + 1);
	}
}

/* A folder that can't be read is returned itself, so that opening it says why. */
static void
walk_folder(struct walk *w, size_t depth)
{
	size_t before = w->path.n;
	struct dirent *e;
	DIR *d = depth < MAX_DEPTH ? opendir(w->path.n ? w->path.p : ".") : NULL;

	if (d == NULL) {
		if (depth >= MAX_DEPTH || (errno != ENOENT && errno != ENOTDIR))
			add_found(w, buf_str(&w->path));
		return;
	}
	while (!w->out->over_limit && (e = readdir(d)) != NULL) {
		struct str name = str_of(e->d_name);

		if (str_eqz(name, ".") || str_eqz(name, "..") || is_hidden(w, name))
			continue;
		if (w->path.n && w->path.p[w->path.n - 1] != '/')
			buf_addc(&w->path, '/');
		buf_add(&w->path, name);
		walk_entry(w, depth, name);
		buf_cut(&w->path, before);
	}
	closedir(d);
}

/* Splits a tidy pattern into the folders that need no search, and the rest. */
static bool
split_pattern(struct walk *w, struct str pattern)
{
	struct str rest = pattern;
	size_t fixed = 0;

	if (str_starts(rest, "/")) {
		buf_addc(&w->path, '/');
		rest = str_from(rest, 1);
		fixed = 1;
	}
	while (rest.n) {
		struct str part = rest, next;

		str_cut(&part, "/", &next);
		if (w->nparts == 0 && next.n && !glob_has_magic(part)) {
			if (w->path.n && w->path.p[w->path.n - 1] != '/')
				buf_addc(&w->path, '/');
			buf_add(&w->path, part);
			fixed = (size_t)(next.p - pattern.p);
		} else {
			if (w->nparts == MAX_PARTS)
				return false;
			w->part[w->nparts++] = part;
		}
		rest = next;
	}
	w->pattern = str_from(pattern, fixed);
	w->base = fixed;
	for (w->deep = 0; w->deep < w->nparts; w->deep++)
		if (str_has(w->part[w->deep], "**"))
			break;
	return true;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
discover(struct arena *mem, const char *root, struct str pattern, struct found *out)
{
	struct walk w = { .mem = mem, .out = out };
	struct str path = path_join(mem, str_of(root), pattern);
	struct stat st;
	bool there;

	memset(out, 0, sizeof(*out));
	there = !str_eqz(path, "-") && stat(arena_z(mem, path), &st) == 0;
	if (there || !glob_has_magic(path)) { /* a name with a star in it is a name, if it exists */
		if (!there || !S_ISDIR(st.st_mode)) {
			add_found(&w, path);
			return;
		}
		if (!str_eqz(path, "."))
			buf_add(&w.path, path);
		walk_folder(&w, 0);
	} else if (split_pattern(&w, path)) {
		walk_folder(&w, 0);
	}
	buf_release(&w.path);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_bytes);
}

void
found_release(struct found *f)
{
	free(f->v);
	memset(f, 0, sizeof(*f));
}
