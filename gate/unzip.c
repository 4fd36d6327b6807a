/* unzip.c -- see unzip.h. */
#include "gate/unzip.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/limits.h"
#include "gate/base/utf8.h"
#include "gate/tarball_api.h"

#define MAX_PART 255 /* bytes of a name between two slashes, as file systems have it */

struct unzipping {
	const struct tarball_api *api;
	struct archive *a;
	struct unzipped *u;
	const char *to;
	struct err *err;
};

#define REFUSE(z, ...) err_set((z)->err, (struct pos){ 0 }, __VA_ARGS__)

static int
broken(struct unzipping *z)
{
	const char *why = z->api->error_string(z->a);

	return REFUSE(z, "a cut or broken zip archive: %s", why ? why : "it ends too early");
}

static bool
plain_name(struct str name)
{
	struct str rest = name, part;
	int depth = 0;

	if (name.n == 0 || name.n > MAX_NAME_KEPT || !utf8_valid(name))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f || name.p[i] == '\\')
			return false;
	for (bool more = true; more; rest = part) {
		more = str_cut(&rest, "/", &part);
		if (rest.n == 0 || rest.n > MAX_PART || str_eqz(rest, ".") ||
		    str_eqz(rest, "..") || ++depth > MAX_DEPTH)
			return false;
	}
	return true;
}

/* NULL: a regular file of a plain name, or a folder. */
static const char *
oddity(const struct unzipping *z, struct archive_entry *e, struct str name)
{
	mode_t type = z->api->entry_filetype(e);

	if (z->api->entry_hardlink(e) || z->api->entry_symlink(e) || type == AE_IFLNK)
		return "is a link";
	if (type != AE_IFREG && type != AE_IFDIR)
		return "is no regular file";
	return plain_name(name) ? NULL : "has a name that is not plain and relative";
}

static int
cannot(struct unzipping *z, const char *path)
{
	return REFUSE(z, "can't write %s: %s", path, strerror(errno));
}

static int
make_folder(struct unzipping *z, const char *path)
{
	if (mkdir(path, 0777) == 0) {
		*vec_push(&z->u->made) = path;
		return 0;
	}
	return errno == EEXIST ? 0 : cannot(z, path);
}

/* Nobody else's: two archives are never mixed. */
static int
make_root(struct unzipping *z)
{
	if (mkdir(z->to, 0777) < 0)
		return cannot(z, z->to);
	*vec_push(&z->u->made) = z->to;
	return 0;
}

/* All folders above the file. What stands there is ours: it holds no links. */
static int
make_folders(struct unzipping *z, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' && make_folder(z, arena_printf(&z->u->mem, "%s/%.*s", z->to,
		    STR_FMT(str_to(name, i))).p) < 0)
			return -1;
	return 0;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno != EINTR)
			return -1;
		p += k < 0 ? 0 : k;
		n -= k < 0 ? 0 : (size_t)k;
	}
	return 0;
}

/* Never more than it says of itself, and than is left of the ceiling. */
static int
copy_data(struct unzipping *z, struct archive_entry *e, int fd, const char *path)
{
	uint64_t left = z->u->max_bytes - z->u->bytes, n = 0, size = 0;
	char chunk[READ_CHUNK];
	la_ssize_t got;

	if (z->api->entry_size_is_set(e))
		size = (uint64_t)z->api->entry_size(e);
	if (size > left)
		return REFUSE(z, "it unpacks to more than the %llu MiB that one fetch may bring",
			(unsigned long long)z->u->max_bytes >> 20);
	while ((got = z->api->read_data(z->a, chunk, sizeof(chunk))) > 0) {
		n += (uint64_t)got;
		z->u->bytes += n <= size ? (uint64_t)got : 0;
		if (n > size)
			return REFUSE(z, "a broken zip archive: a file is longer than it says");
		if (write_all(fd, chunk, (size_t)got) < 0)
			return cannot(z, path);
	}
	return got < 0 || n < size ? broken(z) : 0;
}

static int
write_file(struct unzipping *z, struct archive_entry *e, struct str name)
{
	const char *path = arena_printf(&z->u->mem, "%s/%.*s", z->to, STR_FMT(name)).p;
	int fd, rc;

	if (z->u->files >= z->u->max_files)
		return REFUSE(z, "it unpacks to more than the %zu files that one fetch may bring",
			z->u->max_files);
	if (make_folders(z, name) < 0)
		return -1;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return errno == EEXIST ? REFUSE(z, "a file in it is there twice") :
			cannot(z, path);
	*vec_push(&z->u->made) = path;
	z->u->files++;
	rc = copy_data(z, e, fd, path);
	return close(fd) < 0 && rc == 0 ? cannot(z, path) : rc;
}

static int
take_member(struct unzipping *z, struct archive_entry *e)
{
	const char *odd;
	struct str name = str_of(z->api->entry_pathname(e));
	struct buf shown = BUF_INIT;
	bool folder = z->api->entry_filetype(e) == AE_IFDIR;

	if (folder && str_ends(name, "/"))
		name.n--;
	odd = oddity(z, e, name);
	if (odd == NULL)
		return folder ? 0 : write_file(z, e, name);
	utf8_plain(&shown, utf8_head(name, MAX_PART));
	REFUSE(z, "'%s' in it %s", buf_z(&shown), odd);
	buf_release(&shown);
	return -1;
}

static int
take_members(struct unzipping *z)
{
	struct archive_entry *e;
	int rc;

	/* A warning is about a name that can't be spelled: it is empty then, and refused. */
	while ((rc = z->api->read_next_header(z->a, &e)) == ARCHIVE_OK || rc == ARCHIVE_WARN)
		if (take_member(z, e) < 0)
			return -1;
	return rc == ARCHIVE_EOF ? 0 : broken(z);
}

static int
unpack(struct unzipped *u, struct str raw, const char *to, struct err *err)
{
	struct unzipping z = { .api = tarball_api(err), .u = u, .err = err };
	size_t made = u->made.n, files = u->files;
	int rc;

	if (z.api == NULL)
		return -1;
	z.to = arena_z(&u->mem, str_of(to));
	z.a = z.api->read_new();
	if (z.a == NULL)
		mem_die("libarchive");
	/* By its table of contents, at the end: what was cut has none. */
	z.api->read_support_format_zip_seekable(z.a);
	rc = z.api->read_open_memory(z.a, raw.p ? raw.p : "", raw.n) == ARCHIVE_OK ?
		make_root(&z) : broken(&z);
	if (rc == 0)
		rc = take_members(&z);
	z.api->read_free(z.a);
	if (rc < 0) {
		unzip_undo(u, made);
		u->files = files;
	}
	return rc;
}

/* libarchive spells names in the locale's charset, and zip's are UTF-8. */
int
unzip(struct unzipped *u, struct str raw, const char *to, struct err *err)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = (locale_t)0;
	int rc;

	if (utf8 != (locale_t)0)
		before = uselocale(utf8);
	rc = unpack(u, raw, to, err);
	if (utf8 != (locale_t)0) {
		uselocale(before);
		freelocale(utf8);
	}
	return rc;
}

void
unzip_undo(struct unzipped *u, size_t keep)
{
	while (u->made.n > keep) {
		const char *path = u->made.v[--u->made.n];

		if (unlink(path) < 0)
			rmdir(path);
	}
}

void
unzip_release(struct unzipped *u)
{
	vec_release(&u->made);
	arena_release(&u->mem);
}
