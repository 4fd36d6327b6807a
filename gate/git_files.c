/*
 * git_files.c -- see git_files.h. The tree is listed once (git ls-tree), contents are read by the
 * ID of their blob (git cat-file), submodules at the commit that the tree records for them.
 */
#include "gate/git_files.h"

#include <stdio.h>
#include <sys/stat.h>

#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "gate/base/tape.h"
#include "gate/input/place.h"

#define MAX_TREE_BYTES (256u << 20)
#define MAX_LINKS 8 /* symbolic links followed from one path */
#define NOWHERE ((struct pos){ 0 })

static const char commit_view[] = "trusted"; /* on a tape: there is one such revision */

enum kind { BLOB, LINK, SUBMODULE };

struct entry {
	enum kind kind;
	bool listed;       /* a submodule's files were added */
	const char *id;
	const char *dir;   /* of the repository that holds it; NULL: the main one */
	struct str path;   /* relative to the main repository's root */
};

struct git_files {
	const struct git *git;
	struct map tested;  /* paths of the tested revision */
	struct arena mem;
	struct map by_path; /* -> struct entry */
	struct { struct entry **v; size_t n, cap; } submodules;
	struct files view;
};

/* "../../x" from `from` (tidy, "" is the root) to `to`. */
static struct str
relative(struct arena *mem, struct str from, struct str to)
{
	struct buf b = BUF_INIT;
	struct str s;

	while (from.n) {
		struct str a = from, b_part = to, rest_a, rest_b;

		str_cut(&a, "/", &rest_a);
		str_cut(&b_part, "/", &rest_b);
		if (!str_eq(a, b_part) || rest_b.n == 0)
			break;
		from = rest_a;
		to = rest_b;
	}
	while (from.n) {
		struct str part = from, rest;

		str_cut(&part, "/", &rest);
		from = rest;
		buf_addz(&b, "../");
	}
	buf_add(&b, to);
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static bool
below(struct str folder, struct str path)
{
	return folder.n == 0 ||
		(path.n > folder.n && str_eq(str_to(path, folder.n), folder) &&
		path.p[folder.n] == '/');
}

bool
git_path(const struct git *g, struct arena *mem, struct str path, struct str *in_repo)
{
	struct str top, tidy;

	if (!str_starts(path, "/")) {
		tidy = path_join(mem, g->prefix, path);
		if (str_eqz(tidy, "..") || str_starts(tidy, "../"))
			return false;
		*in_repo = str_eqz(tidy, ".") ? STR_NONE : tidy;
		return true;
	}
	top = git_top(g);
	tidy = path_join(mem, STR_NONE, path);
	if (!below(top, tidy) && !str_eq(top, tidy)) { /* by another way: /tmp, /private/tmp */
		struct str folder = tidy, name = str_basename(tidy), real;

		folder.n -= name.n;
		real = real_path(mem, arena_z(mem, folder));
		if (real.n == 0)
			return false;
		tidy = path_join(mem, real, name);
	}
	if (str_eq(top, tidy)) {
		*in_repo = STR_NONE;
		return true;
	}
	if (!below(top, tidy))
		return false;
	*in_repo = str_from(tidy, top.n + 1);
	return true;
}

struct str
git_path_from_here(const struct git *g, struct arena *mem, struct str in_repo)
{
	return relative(mem, g->prefix, in_repo);
}

static void
add_entry(struct git_files *gf, struct str mode, struct str id, struct str path, const char *dir,
	struct str base)
{
	struct entry *e = arena_new(&gf->mem, struct entry);

	e->kind = str_eqz(mode, "120000") ? LINK : str_eqz(mode, "160000") ? SUBMODULE : BLOB;
	e->id = arena_z(&gf->mem, id);
	e->dir = dir;
	e->path = base.n ? arena_printf(&gf->mem, "%.*s/%.*s", STR_FMT(base), STR_FMT(path))
			 : arena_dup(&gf->mem, path);
	*map_at(&gf->by_path, e->path) = e;
	if (e->kind == SUBMODULE)
		*vec_push(&gf->submodules) = e;
}

/* "100644 blob 1234...\tpath\0..." */
static int
list_tree(struct git_files *gf, const char *dir, const char *commit, struct str base,
	struct map *names, struct err *err)
{
	const char *const args[] = { "ls-tree", "-r", "-z", "--full-tree", commit, NULL };
	struct buf out = BUF_INIT, said = BUF_INIT;
	int rc = git_read(gf->git, dir, args, MAX_TREE_BYTES, &out, &said, err);
	struct str rest = buf_str(&out);

	if (rc > 0)
		rc = err_set(err, NOWHERE, "can't list the files of %s: %s", commit, buf_z(&said));
	while (rc == 0 && rest.n) {
		size_t end = str_chr(rest, '\0');
		struct str row = str_to(rest, end), mode, type, id, path;

		rest = end == STR_NPOS ? STR_NONE : str_from(rest, end + 1);
		str_cut(&row, "\t", &path);
		if (!str_word(&row, &mode) || !str_word(&row, &type) || !str_word(&row, &id) ||
		    path.n == 0)
			continue;
		if (names)
			*map_at(names, arena_dup(&gf->mem, path)) = gf;
		else
			add_entry(gf, mode, id, path, dir, base);
	}
	buf_release(&out);
	buf_release(&said);
	return rc;
}

/* A submodule's files, at the commit that the tree records; it must be checked out here. */
static int
list_submodule(struct git_files *gf, struct entry *sub, struct err *err)
{
	const char *dir = arena_printf(&gf->mem, "%s/%.*s", gf->git->top, STR_FMT(sub->path)).p;
	struct stat st;
	struct buf dot = BUF_INIT;
	int rc;

	buf_addf(&dot, "%s/.git", dir);
	sub->listed = true;
	if (stat(buf_z(&dot), &st) < 0)
		rc = err_set(err, NOWHERE, "the submodule %.*s is not checked out",
			STR_FMT(sub->path));
	else
		rc = list_tree(gf, dir, sub->id, sub->path, NULL, err);
	buf_release(&dot);
	return rc;
}

/* The part of a pattern before its first folder with magic. */
static struct str
plain_front(struct str pattern)
{
	size_t at = 0;

	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] == '*' || pattern.p[i] == '?')
			return str_to(pattern, at);
		if (pattern.p[i] == '/')
			at = i;
	}
	return pattern;
}

/* Submodules in which something that the pattern names may lie. */
static int
open_submodules(struct git_files *gf, struct str pattern, struct err *err)
{
	struct str front = plain_front(pattern);

	for (size_t i = 0; i < gf->submodules.n; i++) {
		struct entry *sub = gf->submodules.v[i];

		if (sub->listed)
			continue;
		if (below(sub->path, front) || str_eq(sub->path, front)) {
			if (list_submodule(gf, sub, err) < 0)
				return -1;
		} else if (front.n < pattern.n && below(front, sub->path)) {
			struct err ignored = { 0 }; /* a glob finds what is there */

			list_submodule(gf, sub, &ignored);
		}
	}
	return 0;
}

static int
read_blob(struct git_files *gf, const struct entry *e, size_t max, struct buf *raw,
	struct err *err)
{
	const char *const args[] = { "cat-file", "blob", e->id, NULL };
	struct buf said = BUF_INIT;
	int rc = git_read(gf->git, e->dir, args, max, raw, &said, err);

	if (rc > 0)
		rc = err_set(err, NOWHERE, "can't read it at the trusted revision: %s",
			buf_z(&said));
	buf_release(&said);
	return rc;
}

/* The first symbolic link on the way to `path`; *rest gets what follows it. */
static const struct entry *
link_on(const struct git_files *gf, struct str path, struct str *rest)
{
	for (size_t i = 1; i <= path.n; i++) {
		const struct entry *e;

		if (i < path.n && path.p[i] != '/')
			continue;
		e = map_get(&gf->by_path, str_to(path, i));
		if (e && e->kind == LINK) {
			*rest = str_from(path, i + 1);
			return e;
		}
	}
	return NULL;
}

/* The file behind symbolic links of the tree; FILES_ELSEWHERE with *out outside the repository. */
static enum files_answer
follow(struct git_files *gf, struct str path, const struct entry **found, struct str *out)
{
	const struct entry *e;
	struct str rest;

	for (int steps = 0; (e = link_on(gf, path, &rest)) != NULL && steps < MAX_LINKS; steps++) {
		struct buf target = BUF_INIT;
		struct err err = { 0 };
		struct str folder = e->path, to;

		if (read_blob(gf, e, 4096, &target, &err) < 0) {
			buf_release(&target);
			return FILES_NO;
		}
		folder.n -= str_basename(folder).n;
		to = arena_dup(&gf->mem, buf_str(&target));
		buf_release(&target);
		path = path_join(&gf->mem, path_join(&gf->mem, folder, to), rest);
		if (str_starts(path, "/") ? !git_path(gf->git, &gf->mem, path, &path)
					  : str_starts(path, "../")) {
			*out = str_starts(path, "/") ? path : path_join(&gf->mem,
				str_of(gf->git->top), path);
			return FILES_ELSEWHERE;
		}
	}
	e = map_get(&gf->by_path, path);
	*found = e;
	return e && e->kind == BLOB ? FILES_YES : FILES_NO;
}

/*
 * A file that neither revision holds was made by the pipeline, an export of the tracker for
 * instance: it is trusted as the pipeline is.
 */
static bool
is_made(const struct git_files *gf, struct str path)
{
	struct str rest = path;

	if (map_get(&gf->by_path, path) || link_on(gf, path, &rest))
		return false;
	for (size_t i = 1; i <= path.n; i++)
		if ((i == path.n || path.p[i] == '/') && map_get(&gf->tested, str_to(path, i)))
			return false; /* the change's own, or below a link of its own */
	for (size_t i = 0; i < gf->submodules.n; i++)
		if (below(gf->submodules.v[i]->path, path))
			return false;
	return true;
}

static enum files_answer
view_read(void *ctx, const char *name, size_t max, struct buf *raw, struct err *err)
{
	struct git_files *gf = ctx;
	struct pos at = { .file = name };
	struct str path, outside;
	const struct entry *e;
	struct err why = { 0 };

	if (strcmp(name, "-") == 0 || !git_path(gf->git, &gf->mem, str_of(name), &path) ||
	    is_made(gf, path))
		return FILES_ELSEWHERE;
	if (open_submodules(gf, path, &why) < 0) {
		err_set(err, at, "%s", why.text);
		return FILES_NO;
	}
	switch (follow(gf, path, &e, &outside)) {
	case FILES_ELSEWHERE:
		return source_slurp(arena_z(&gf->mem, outside), max, raw, NULL, err) < 0
			? FILES_NO : FILES_YES;
	case FILES_NO:
		err_set(err, at, "it is not there at the trusted revision");
		return FILES_NO;
	default:
		if (read_blob(gf, e, max, raw, &why) == 0)
			return FILES_YES;
		err_set(err, at, "%s", why.text);
		return FILES_NO;
	}
}

/* A name with a leading dot is only meant by a pattern that has one too. */
static bool
hidden(struct str rest, struct str pattern)
{
	if (str_starts(pattern, ".") || str_has(pattern, "/."))
		return false;
	return str_starts(rest, ".") || str_has(rest, "/.");
}

static void
add_found(struct git_files *gf, struct arena *mem, struct str pattern, struct str path,
	struct found *out)
{
	struct str shown = str_starts(pattern, "/")
		? arena_printf(mem, "%s/%.*s", gf->git->top, STR_FMT(path))
		: git_path_from_here(gf->git, mem, path);

	if (out->n >= MAX_FILES)
		out->over_limit = true;
	else
		*vec_push(out) = arena_z(mem, shown);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
any_below(const struct git_files *gf, struct str folder)
{
	for (size_t i = 0; i < gf->by_path.n; i++)
		if (below(folder, gf->by_path.v[i].key))
			return true;
	return false;
}

static enum files_answer
view_find(void *ctx, struct arena *mem, struct str pattern, struct found *out)
{
	struct git_files *gf = ctx;
	struct err why = { 0 };
	struct str want, front;
	bool magic;

	if (str_eqz(pattern, "-") || !git_path(gf->git, mem, pattern, &want) ||
	    (!glob_has_magic(want) && !any_below(gf, want) && is_made(gf, want)))
		return FILES_ELSEWHERE;
	open_submodules(gf, want, &why); /* reading a file that is named says what is wrong */
	magic = glob_has_magic(want) && map_get(&gf->by_path, want) == NULL;
	front = magic ? plain_front(want) : want;
	for (size_t i = 0; i < gf->by_path.n; i++) {
		const struct entry *e = gf->by_path.v[i].value;

		if (e->kind == SUBMODULE || (front.n && !below(front, e->path)) ||
		    hidden(str_from(e->path, front.n ? front.n + 1 : 0), want))
			continue;
		if (!magic || glob_match(want, e->path))
			add_found(gf, mem, pattern, e->path, out);
	}
	if (out->n == 0 && !magic) /* a file, or nothing: opening it says so */
		*vec_push(out) = arena_z(mem, pattern);
	vec_sort(out, by_bytes);
	return FILES_YES;
}

static enum files_answer
view_there(void *ctx, const char *name)
{
	struct git_files *gf = ctx;
	struct err ignored = { 0 };
	struct str path, outside;
	const struct entry *e;
	struct stat st;

	if (!git_path(gf->git, &gf->mem, str_of(name), &path) || is_made(gf, path))
		return FILES_ELSEWHERE;
	if (open_submodules(gf, path, &ignored) < 0)
		return FILES_YES; /* reading it says why it can't be read */
	switch (follow(gf, path, &e, &outside)) {
	case FILES_ELSEWHERE:
		return stat(arena_z(&gf->mem, outside), &st) == 0 ? FILES_YES : FILES_NO;
	case FILES_YES:
		return FILES_YES;
	default:
		return FILES_NO;
	}
}

struct git_files *
git_files_new(const struct git *g, const char *commit, const char *tested, struct err *err)
{
	struct git_files *gf = xcalloc(1, sizeof(*gf));

	gf->git = g;
	gf->view = (struct files){ .ctx = gf, .name = commit_view, .read = view_read,
		.find = view_find, .there = view_there };
	if (tape_playing()) /* whoever looks through the view asks the tape first */
		return gf;
	if (list_tree(gf, NULL, commit, STR_NONE, NULL, err) == 0 &&
	    list_tree(gf, NULL, tested, STR_NONE, &gf->tested, err) == 0)
		return gf;
	git_files_free(gf);
	return NULL;
}

const struct files *
git_files_view(struct git_files *gf)
{
	return &gf->view;
}

void
git_files_free(struct git_files *gf)
{
	if (gf == NULL)
		return;
	map_release(&gf->by_path);
	map_release(&gf->tested);
	vec_release(&gf->submodules);
	arena_release(&gf->mem);
	free(gf);
}
