/* files.c -- see files.h. */
#include "gate/input/files.h"

#include <sys/stat.h>

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

int
files_slurp(const struct files *f, const char *path, size_t max, struct buf *out,
	char hex[SHA256_HEX], struct err *err)
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

void
files_discover(const struct files *f, struct arena *mem, const char *root, struct str pattern,
	struct found *out)
{
	memset(out, 0, sizeof(*out));
	if (f == NULL || f->find(f->ctx, mem, path_join(mem, str_of(root), pattern), out) ==
	    FILES_ELSEWHERE)
		discover(mem, root, pattern, out);
}

bool
files_there(const struct files *f, const char *path)
{
	enum files_answer a = f ? f->there(f->ctx, path) : FILES_ELSEWHERE;
	struct stat st;

	if (a != FILES_ELSEWHERE)
		return a == FILES_YES;
	return stat(path, &st) == 0;
}
