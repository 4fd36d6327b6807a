/* tarball.c -- see tarball.h. */
#include "gate/tarball.h"

#include "gate/base/map.h"
#include "gate/base/utf8.h"
#include "gate/input/bytes.h"
#include "gate/tarball_api.h"

#define NOWHERE ((struct pos){ 0 })
#define MAX_NAME 255

/* ---- writing ---- */

static la_ssize_t
take(struct archive *a, void *ctx, const void *p, size_t n)
{
	(void)a;
	buf_add(ctx, str_n(p, n));
	return (la_ssize_t)n;
}

static int
failed(const struct tarball_api *api, struct archive *a, struct err *err)
{
	const char *why = api->error_string(a);

	return err_set(err, NOWHERE, "libarchive: %s", why ? why : "unknown error");
}

static int
write_member(const struct tarball_api *api, struct archive *a, struct archive_entry *e,
	const struct tarball_member *m, struct err *err)
{
	struct buf name = BUF_INIT;
	int rc = 0;

	buf_add(&name, m->name);
	api->entry_clear(e);
	api->entry_set_pathname(e, buf_z(&name));
	api->entry_set_filetype(e, AE_IFREG);
	api->entry_set_perm(e, 0644);
	api->entry_set_mtime(e, 0, 0);
	api->entry_set_size(e, (la_int64_t)m->data.n);
	if (api->write_header(a, e) != ARCHIVE_OK ||
	    (m->data.n && api->write_data(a, m->data.p, m->data.n) != (la_ssize_t)m->data.n))
		rc = failed(api, a, err);
	buf_release(&name);
	return rc;
}

/* A text of nothing but repeats is stored: readers refuse what inflates like a bomb. */
static int
write_all(const struct tarball_api *api, const struct tarball *t, const char *level,
	struct buf *out, struct err *err)
{
	struct archive *a = api->write_new();
	struct archive_entry *e = api->entry_new();
	int rc = 0;

	if (a == NULL || e == NULL)
		mem_die("libarchive");
	api->write_set_format_ustar(a);
	api->write_add_filter_gzip(a);
	api->write_set_filter_option(a, "gzip", "timestamp", NULL);
	api->write_set_filter_option(a, "gzip", "compression-level", level);
	api->write_set_bytes_in_last_block(a, 1);
	if (api->write_open(a, out, NULL, take, NULL) != ARCHIVE_OK)
		rc = failed(api, a, err);
	for (size_t i = 0; rc == 0 && i < t->members.n; i++)
		rc = write_member(api, a, e, &t->members.v[i], err);
	if (rc == 0 && api->write_close(a) != ARCHIVE_OK)
		rc = failed(api, a, err);
	api->entry_free(e);
	api->write_free(a);
	return rc;
}

int
tarball_write(const struct tarball *t, struct buf *out, struct err *err)
{
	const struct tarball_api *api = tarball_api(err);
	size_t bytes = 0;

	for (size_t i = 0; i < t->members.n; i++)
		bytes += t->members.v[i].data.n;
	if (api == NULL)
		return -1;
	if (bytes > MAX_TARBALL_BYTES || t->members.n > MAX_TARBALL_MEMBERS)
		return err_set(err, NOWHERE, "there is more than an archive may hold");
	if (write_all(api, t, "6", out, err) < 0)
		return -1;
	if (bytes > TARBALL_RATIO_FREE && bytes / MAX_TARBALL_RATIO > out->n) {
		buf_reset(out);
		if (write_all(api, t, "0", out, err) < 0)
			return -1;
	}
	return out->n > MAX_TARBALL_PACKED ? err_set(err, NOWHERE,
		"it would be larger than an archive may be (%u MiB)", MAX_TARBALL_PACKED >> 20) : 0;
}

/* ---- reading ---- */

struct reading {
	const struct tarball_api *api;
	struct archive *a;
	struct tarball *t;
	struct map names;
	size_t bytes, packed;
	const char *path;
	struct err *err;
};

#define REFUSE(r, ...) err_set((r)->err, (struct pos){ .file = (r)->path }, __VA_ARGS__)

static bool
plain_name(struct str name)
{
	struct str rest = name, part;

	if (name.n == 0 || name.n > MAX_NAME || (name.n > 1 && is_alpha(name.p[0]) &&
	    name.p[1] == ':'))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] <= ' ' || name.p[i] > '~' || name.p[i] == '\\')
			return false;
	for (bool more = true; more; rest = part) {
		more = str_cut(&rest, "/", &part);
		if (rest.n == 0 || str_eqz(rest, ".") || str_eqz(rest, ".."))
			return false;
	}
	return true;
}

/* Each thing that no bundle of ours holds, in words; NULL: a regular file of a plain name. */
static const char *
oddity(const struct reading *r, struct archive_entry *e, struct str name)
{
	if (r->api->entry_hardlink(e) || r->api->entry_symlink(e) ||
	    r->api->entry_filetype(e) == AE_IFLNK)
		return "is a link";
	switch (r->api->entry_filetype(e)) {
	case AE_IFREG:
		break;
	case AE_IFDIR:
		return "is a folder";
	case AE_IFCHR:
	case AE_IFBLK:
		return "is a device";
	case AE_IFIFO:
		return "is a named pipe";
	default:
		return "is no regular file";
	}
	if (r->api->entry_perm(e) & 07000)
		return "has special permissions (setuid, setgid or sticky)";
	if (!plain_name(name))
		return "has a name that is not plain and relative";
	return map_get(&r->names, name) ? "is there twice" : NULL;
}

static int
read_data(struct reading *r, struct tarball_member *m, size_t size)
{
	char *p = arena_alloc(&r->t->mem, size + 1);
	size_t n = 0;
	la_ssize_t got;
	char extra;

	while (n < size && (got = r->api->read_data(r->a, p + n, size - n)) != 0) {
		if (got < 0)
			return REFUSE(r, "a cut or broken archive: %s",
				r->api->error_string(r->a));
		n += (size_t)got;
	}
	if (n < size || r->api->read_data(r->a, &extra, 1) != 0)
		return REFUSE(r, "a cut or broken archive: '%.*s' is not as long as it says",
			STR_FMT(m->name));
	m->data = str_n(p, n);
	return 0;
}

static int
read_member(struct reading *r, struct archive_entry *e)
{
	const char *z = r->api->entry_pathname(e), *odd;
	struct str name = str_of(z ? z : "");
	struct tarball_member *m;
	struct buf shown = BUF_INIT;
	la_int64_t size;

	odd = oddity(r, e, name);
	if (odd) {
		utf8_plain(&shown, name);
		REFUSE(r, "a member '%s' %s", buf_z(&shown), odd);
		buf_release(&shown);
		return err_hint(r->err, "`gate bundle` writes nothing like it: it is not opened");
	}
	if (r->t->members.n >= MAX_TARBALL_MEMBERS)
		return REFUSE(r, "it has more than %d members", MAX_TARBALL_MEMBERS);
	size = r->api->entry_size_is_set(e) ? r->api->entry_size(e) : 0;
	if (size < 0 || (uint64_t)size > MAX_TARBALL_BYTES - r->bytes)
		return REFUSE(r, "it inflates to more than %u MiB", MAX_TARBALL_BYTES >> 20);
	r->bytes += (size_t)size;
	if (r->bytes > TARBALL_RATIO_FREE && r->bytes / MAX_TARBALL_RATIO > r->packed)
		return REFUSE(r, "it inflates to far more than its size");
	m = vec_push(&r->t->members);
	m->name = arena_dup(&r->t->mem, name);
	*map_at(&r->names, m->name) = r;
	return read_data(r, m, (size_t)size);
}

/* Before the first member: what begins as gzip is one of ours that did not arrive whole. */
static int
no_archive(struct reading *r, struct str raw)
{
	const char *why = r->api->error_string(r->a);

	if (gunzip_magic(raw)) {
		REFUSE(r, "a cut or broken archive: %s", why ? why : "it holds nothing");
		return err_hint(r->err, "copy it again, or make it again");
	}
	REFUSE(r, "this is no tar.gz archive");
	return err_hint(r->err, "`gate bundle -o FILE` writes one");
}

static int
read_members(struct reading *r, struct str raw)
{
	struct archive_entry *e;
	int rc;

	while ((rc = r->api->read_next_header(r->a, &e)) == ARCHIVE_OK)
		if (read_member(r, e) < 0)
			return -1;
	if (rc == ARCHIVE_EOF && r->t->members.n > 0)
		return 0;
	if (r->t->members.n > 0)
		return REFUSE(r, "a cut or broken archive: %s", r->api->error_string(r->a));
	return no_archive(r, raw);
}

/* The whole file; its size is what inflating is held against. */
static int
read_packed(const char *path, struct buf *raw, struct err *err)
{
	struct bytes in;
	size_t n;
	int rc = 0;

	bytes_init(&in);
	bytes_open(&in, path);
	in.started = true; /* as it is: libarchive inflates */
	in.max_bytes = MAX_TARBALL_PACKED;
	do {
		buf_reserve(raw, 1u << 20);
		n = bytes_read(&in, raw->p + raw->n, 1u << 20);
		raw->n += n;
	} while (n);
	if (in.status == SOURCE_OVER_LIMIT)
		rc = err_set(err, (struct pos){ .file = path }, "it is larger than %u MiB",
			MAX_TARBALL_PACKED >> 20);
	else if (in.status != SOURCE_OK)
		rc = err_set(err, (struct pos){ .file = path }, "can't read it: %s", in.why);
	bytes_release(&in);
	return rc;
}

int
tarball_read(struct tarball *t, const char *path, struct err *err)
{
	struct reading r = { .api = tarball_api(err), .t = t, .path = path, .err = err };
	struct buf raw = BUF_INIT;
	int rc = -1;

	if (r.api == NULL || read_packed(path, &raw, err) < 0)
		goto out;
	r.packed = raw.n;
	r.a = r.api->read_new();
	if (r.a == NULL)
		mem_die("libarchive");
	r.api->read_support_filter_gzip(r.a);
	r.api->read_support_format_tar(r.a);
	rc = r.api->read_open_memory(r.a, raw.p ? raw.p : "", raw.n) == ARCHIVE_OK
		? read_members(&r, buf_str(&raw)) : no_archive(&r, buf_str(&raw));
	r.api->read_free(r.a);
out:
	map_release(&r.names);
	buf_release(&raw);
	return rc;
}

const struct tarball_member *
tarball_find(const struct tarball *t, struct str name)
{
	for (size_t i = 0; i < t->members.n; i++)
		if (str_eq(t->members.v[i].name, name))
			return &t->members.v[i];
	return NULL;
}

void
tarball_release(struct tarball *t)
{
	vec_release(&t->members);
	arena_release(&t->mem);
}
