/* context.c -- see context.h. Each file is read once; what is hashed is never shown. */
#include "gate/context.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/buf.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "gate/base/tape.h"

#define MAX_SOURCE_BYTES (8u << 20) /* a longer one is data, not source */
#define NEIGHBOURS 1                /* lines on either side */

struct source_file {
	struct buf text;
	struct { size_t *v; size_t n, cap; } starts; /* of its lines */
};

static bool
inside(struct str path)
{
	struct str rest, part = path;

	if (path.n == 0 || path.p[0] == '/' || memchr(path.p, '\0', path.n))
		return false;
	for (bool more = true; more; part = rest) {
		more = str_cut(&part, "/", &rest);
		if (str_eqz(part, ".."))
			return false;
	}
	return true;
}

static bool
read_file(const char *path, struct buf *out)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	ssize_t n = -1;

	buf_reset(out);
	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= MAX_SOURCE_BYTES) {
		buf_reserve(out, (size_t)st.st_size);
		while (out->n < (size_t)st.st_size &&
		       (n = read(fd, out->p + out->n, (size_t)st.st_size - out->n)) > 0)
			out->n += (size_t)n;
		if (out->p)
			out->p[out->n] = '\0';
	}
	close(fd);
	return n > 0;
}

static bool
open_source(struct source_file *f, struct str path, struct str base)
{
	struct buf name = BUF_INIT;
	bool ok = false;

	f->starts.n = 0;
	if (inside(path)) {
		buf_add(&name, path);
		ok = read_file(name.p, &f->text);
		if (!ok && base.n) {
			buf_reset(&name);
			buf_addf(&name, "%.*s/%.*s", STR_FMT(base), STR_FMT(path));
			ok = read_file(name.p, &f->text);
		}
	}
	buf_release(&name);
	if (!ok)
		return false;
	*vec_push(&f->starts) = 0;
	for (size_t i = 0; i + 1 < f->text.n; i++)
		if (f->text.p[i] == '\n')
			*vec_push(&f->starts) = i + 1;
	return true;
}

static struct str
line_at(const struct source_file *f, long line)
{
	struct str rest, s;

	if (line < 1 || (size_t)line > f->starts.n)
		return STR_NONE;
	rest = str_from(buf_str(&f->text), f->starts.v[line - 1]);
	return str_line(&rest, &s) ? s : STR_NONE;
}

/* Indentation and blanks are no part of what a line says. */
static uint64_t
add_line(uint64_t h, struct str line)
{
	struct str word;

	while (str_word(&line, &word))
		h = hash_bytes(h, word.p, word.n);
	return hash_bytes(h, "\n", 1);
}

static uint64_t
context_of(const struct source_file *f, long line)
{
	uint64_t h = 11;

	if (line < 1 || (size_t)line > f->starts.n)
		return 0; /* the report is of another state of the file */
	for (long i = line - NEIGHBOURS; i <= line + NEIGHBOURS; i++)
		h = add_line(h, line_at(f, i));
	return h ? h : 1;
}

static int
by_file(const void *x, const void *y)
{
	return str_cmp((*(struct issue *const *)x)->file, (*(struct issue *const *)y)->file);
}

/* Lines of "LINE HASH", as the tape keeps the contexts of one file. */
static void
recall(const struct tape_answer *a, struct issue *const *v, size_t n)
{
	struct str rest = a->text, line, hash;
	struct map known = { 0 };
	struct buf number = BUF_INIT;

	while (str_line(&rest, &line)) {
		str_cut(&line, " ", &hash);
		*map_at(&known, line) = (char *)(uintptr_t)hash.p;
	}
	for (size_t i = 0; i < n; i++) {
		const char *p;

		buf_reset(&number);
		buf_addf(&number, "%ld", v[i]->line);
		p = map_get(&known, buf_str(&number));
		if (p)
			v[i]->context = strtoull(p, NULL, 16);
	}
	buf_release(&number);
	map_release(&known);
}

static void
remember(struct issue *const *v, size_t n)
{
	struct buf lines = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		if (v[i]->context)
			buf_addf(&lines, "%ld %016llx\n", v[i]->line,
				(unsigned long long)v[i]->context);
	tape_put(TAPE_CONTEXT, v[0]->file, &(struct tape_answer){ .text = buf_str(&lines) });
	buf_release(&lines);
}

/* n results of one file. */
static void
fill_file(struct source_file *f, struct issue *const *v, size_t n, struct str base)
{
	struct tape_answer a = { 0 };
	bool there;

	if (tape_get(TAPE_CONTEXT, v[0]->file, &a))
		recall(&a, v, n);
	if (tape_playing() || a.text.n)
		return;
	there = open_source(f, v[0]->file, base);
	for (size_t i = 0; there && i < n; i++)
		v[i]->context = context_of(f, v[i]->line);
	if (tape_recording())
		remember(v, n);
}

void
context_fill(struct issue *const *v, size_t count, struct str base)
{
	VEC(struct issue *) all = { 0 };
	struct source_file f = { 0 };

	for (size_t i = 0; i < count; i++)
		if (v[i]->line > 0 && v[i]->file.n && v[i]->context == 0)
			*vec_push(&all) = v[i];
	vec_sort(&all, by_file);
	for (size_t i = 0, n; i < all.n; i += n) {
		for (n = 1; i + n < all.n && str_eq(all.v[i + n]->file, all.v[i]->file);)
			n++;
		fill_file(&f, all.v + i, n, base);
	}
	vec_release(&all);
	vec_release(&f.starts);
	buf_release(&f.text);
}
