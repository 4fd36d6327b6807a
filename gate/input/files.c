/* files.c -- see files.h. */
#include "gate/input/files.h"

#include <sys/stat.h>

#include "gate/base/glob.h"
#include "gate/base/mem.h"
#include "gate/base/tape.h"

/* Decoded as a file of the disk is; the digest is of the bytes as kept. */
static int
decode(struct str raw, const char *path, size_t max, struct buf *out, char hex[SHA256_HEX],
	struct err *err)
{
	struct source *s = source_of_memory(raw);
	struct pos at = { .file = path };
	size_t got;
	int rc = 0;

	source_ceilings(s, (uint64_t)max + 1, 0);
	do {
		buf_reserve(out, 65536);
		got = source_read(s, out->p + out->n, 65536);
		out->n += got;
		out->p[out->n] = '\0';
	} while (got && out->n <= max);
	if (out->n > max)
		rc = err_set(err, at, "the file is larger than %zu bytes", max);
	else if (source_status(s) != SOURCE_OK)
		rc = err_set(err, at, "can't read it: %s", source_why(s));
	if (hex)
		sha256_of(raw, hex);
	source_close(s);
	return rc;
}

static int
slurp(const struct files *f, const char *path, size_t max, struct buf *out, char hex[SHA256_HEX],
	struct err *err)
{
	struct buf raw = BUF_INIT;
	int rc;

	switch (f ? f->read(f->ctx, path, max, &raw, err) : FILES_ELSEWHERE) {
	case FILES_ELSEWHERE:
		rc = source_slurp(path, max, out, hex, err);
		break;
	case FILES_YES:
		rc = decode(buf_str(&raw), path, max, out, hex, err);
		break;
	default:
		rc = -1;
	}
	buf_release(&raw);
	return rc;
}

static void
find_files(const struct files *f, struct arena *mem, const char *root, struct str pattern,
	struct found *out)
{
	if (f == NULL || f->find(f->ctx, mem, path_join(mem, str_of(root), pattern), out) ==
	    FILES_ELSEWHERE)
		discover(mem, root, pattern, out);
}

static bool
is_there(const struct files *f, const char *path)
{
	enum files_answer a = f ? f->there(f->ctx, path) : FILES_ELSEWHERE;
	struct stat st;

	if (a != FILES_ELSEWHERE)
		return a == FILES_YES;
	return stat(path, &st) == 0;
}

static enum files_answer
digest(const struct files *f, const char *path, size_t max, char hex[SHA256_HEX])
{
	struct buf raw = BUF_INIT;
	struct err ignored = { 0 };
	enum files_answer a = FILES_YES;

	hex[0] = '\0';
	if (f == NULL)
		a = source_slurp(path, max, &raw, hex, &ignored) < 0 ? FILES_NO : FILES_YES;
	else if ((a = f->read(f->ctx, path, max, &raw, &ignored)) == FILES_YES)
		sha256_of(buf_str(&raw), hex);
	buf_release(&raw);
	return a;
}

/* ---- the same, through the tape ---- */

/* The view's name, then what is asked; a line each. */
static void
make_key(struct buf *key, const struct files *f, const char *root, struct str path)
{
	buf_addz(key, f ? f->name : "here");
	buf_addc(key, '\n');
	if (root) {
		buf_addz(key, root);
		buf_addc(key, '\n');
	}
	buf_add(key, path);
}

int
files_slurp(const struct files *f, const char *path, size_t max, struct buf *out,
	char hex[SHA256_HEX], struct err *err)
{
	struct tape_answer a = { 0 };
	struct buf key = BUF_INIT;
	size_t before = out->n;

	if (tape_admits(TAPE_REGISTER, str_of(path)))
		return slurp(NULL, path, max, out, hex, err);
	make_key(&key, f, NULL, str_of(path));
	if (tape_get(TAPE_TEXT, buf_str(&key), &a)) {
		buf_add(out, a.text);
		if (hex)
			memcpy(hex, a.sha256, sizeof(a.sha256));
		if (a.status < 0)
			err_set(err, (struct pos){ .file = path }, "%.*s", STR_FMT(a.note));
	} else if (tape_playing()) {
		a.status = err_set(err, (struct pos){ .file = path },
			"it is not in the bundle");
	} else {
		a.status = slurp(f, path, max, out, a.sha256, err);
		if (hex)
			memcpy(hex, a.sha256, sizeof(a.sha256));
		a.text = str_from(buf_str(out), before);
		a.note = a.status < 0 ? str_of(err->text) : STR_NONE;
		tape_put(TAPE_TEXT, buf_str(&key), &a);
	}
	buf_release(&key);
	return (int)a.status;
}

static void
keep_found(struct str key, const struct found *found)
{
	struct tape_answer a = { .status = found->over_limit };
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < found->n; i++) {
		buf_addz(&all, found->v[i]);
		buf_addc(&all, '\0');
	}
	a.text = buf_str(&all);
	tape_put(TAPE_FIND, key, &a);
	buf_release(&all);
}

static void
give_found(struct arena *mem, const struct tape_answer *a, struct found *found)
{
	struct str rest = a->text;
	size_t end;

	found->over_limit = a->status != 0;
	while ((end = str_chr(rest, '\0')) != STR_NPOS) {
		*vec_push(found) = arena_z(mem, str_to(rest, end));
		rest = str_from(rest, end + 1);
	}
}

struct looking {
	struct arena *mem;
	struct str pattern;  /* tidy */
	const char *view;    /* NULL: reports, which are no view's */
	struct found *found;
};

static void
look_at(void *ctx, const struct tape_entry *e)
{
	struct looking *l = ctx;
	struct str path = e->key, rest;

	str_cut(&path, "\n", &rest); /* the view, then the path; of a report, the path first */
	if (l->view && !str_eqz(path, l->view))
		return;
	path = l->view ? rest : path;
	if (!glob_match(l->pattern, path))
		return;
	for (size_t i = 0; i < l->found->n; i++)
		if (str_eqz(path, l->found->v[i]))
			return;
	*vec_push(l->found) = arena_z(l->mem, path);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A pattern that nobody asked for then names, of what is on the tape, what it matches. */
static void
find_on_tape(const struct files *f, struct arena *mem, const char *root, struct str pattern,
	struct found *out)
{
	struct looking l = { mem, path_join(mem, str_of(root), pattern), f ? f->name : "here",
		out };

	tape_each(TAPE_TEXT, look_at, &l);
	l.view = NULL;
	if (f == NULL)
		tape_each(TAPE_REPORT, look_at, &l);
	if (out->n == 0 && !glob_has_magic(l.pattern)) /* opening it says that it is not there */
		*vec_push(out) = arena_z(mem, l.pattern);
	vec_sort(out, by_bytes);
}

void
files_discover(const struct files *f, struct arena *mem, const char *root, struct str pattern,
	struct found *out)
{
	struct tape_answer a = { 0 };
	struct buf key = BUF_INIT;

	memset(out, 0, sizeof(*out));
	if (tape_admits(TAPE_REGISTER, pattern)) {
		discover(mem, root, pattern, out);
		for (size_t i = 0; i < out->n; i++)
			tape_admit(TAPE_REGISTER, str_of(out->v[i]));
		return;
	}
	make_key(&key, f, root, pattern);
	if (tape_get(TAPE_FIND, buf_str(&key), &a)) {
		give_found(mem, &a, out);
	} else if (tape_playing()) {
		find_on_tape(f, mem, root, pattern, out);
	} else {
		find_files(f, mem, root, pattern, out);
		if (tape_recording())
			keep_found(buf_str(&key), out);
	}
	buf_release(&key);
}

bool
files_there(const struct files *f, const char *path)
{
	struct tape_answer a = { 0 };
	struct buf key = BUF_INIT;
	bool there;

	if (tape_admits(TAPE_REGISTER, str_of(path)))
		return is_there(NULL, path);
	make_key(&key, f, NULL, str_of(path));
	if (tape_get(TAPE_THERE, buf_str(&key), &a)) {
		there = a.status != 0;
	} else if (tape_playing()) { /* what was read then was there */
		there = tape_get(TAPE_TEXT, buf_str(&key), &a) && a.status == 0;
	} else {
		a.status = there = is_there(f, path);
		tape_put(TAPE_THERE, buf_str(&key), &a);
	}
	buf_release(&key);
	return there;
}

enum files_answer
files_digest(const struct files *f, const char *path, size_t max, char hex[SHA256_HEX])
{
	struct tape_answer a = { .status = FILES_NO };
	struct buf key = BUF_INIT;

	make_key(&key, f, NULL, str_of(path));
	if (!tape_get(TAPE_DIGEST, buf_str(&key), &a) && !tape_playing()) {
		a.status = digest(f, path, max, a.sha256);
		tape_put(TAPE_DIGEST, buf_str(&key), &a);
	}
	buf_release(&key);
	memcpy(hex, a.sha256, sizeof(a.sha256));
	return a.status == FILES_YES || a.status == FILES_ELSEWHERE
		? (enum files_answer)a.status : FILES_NO;
}
