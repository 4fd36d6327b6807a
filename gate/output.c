/* output.c -- outputs appear whole or not at all; a full disk is an error, never a pass. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/buf.h"
#include "gate/command.h"

static bool told; /* the standard output failed, and that was said */

static int
failed(const char *path, const char *what, int why)
{
	struct err e = { 0 };

	err_set(&e, (struct pos){ .file = path }, "%s: %s", what, strerror(why));
	err_print(stderr, &e);
	return -1;
}

static int
write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		s = str_from(s, (size_t)n);
	}
	return 0;
}

/* A device or a pipe can't be renamed over: it is written in place. */
static bool
is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static int
write_in_place(const char *path, struct str s)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return failed(path, "cannot open", errno);
	if (write_all(fd, s) < 0) {
		int why = errno;

		close(fd);
		return failed(path, "cannot write", why);
	}
	return close(fd) < 0 ? failed(path, "cannot write", errno) : 0;
}

int
output_write(const char *path, struct str s)
{
	struct buf tmp = BUF_INIT;
	mode_t mask;
	int fd, rc = -1;

	if (strcmp(path, "-") == 0) {
		if (fwrite(s.p ? s.p : "", 1, s.n, stdout) == s.n && fflush(stdout) == 0)
			return 0;
		told = true;
		return failed("standard output", "cannot write", errno);
	}
	if (is_special(path))
		return write_in_place(path, s);
	buf_addf(&tmp, "%s.XXXXXX", path);
	fd = mkstemp(tmp.p);
	if (fd < 0) {
		failed(path, "cannot write", errno);
		goto out;
	}
	mask = umask(0);
	umask(mask);
	if (write_all(fd, s) < 0 || fchmod(fd, 0666 & ~mask) < 0 || fsync(fd) < 0) {
		int why = errno;

		close(fd);
		unlink(tmp.p);
		failed(path, "cannot write", why);
		goto out;
	}
	if (close(fd) < 0 || rename(tmp.p, path) < 0) {
		int why = errno;

		unlink(tmp.p);
		failed(path, "cannot write", why);
		goto out;
	}
	rc = 0;
out:
	buf_release(&tmp);
	return rc;
}

size_t
output_size(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
		st.st_size > 0 ? (size_t)st.st_size : 0;
}

/* Whoever wrote before may have left the last line without its end. */
static bool
ends_in_line(int fd, size_t size)
{
	char last = '\n';

	return size == 0 || pread(fd, &last, 1, (off_t)size - 1) != 1 || last == '\n';
}

int
output_append(const char *path, struct str s)
{
	size_t size = output_size(path);
	int fd, rc = 0;

	if (strcmp(path, "-") == 0 || is_special(path))
		return output_write(path, s);
	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return failed(path, "cannot open", errno);
	if ((!ends_in_line(fd, size) && write_all(fd, STR("\n")) < 0) || write_all(fd, s) < 0)
		rc = failed(path, "cannot write", errno);
	if (close(fd) < 0 && rc == 0)
		rc = failed(path, "cannot write", errno);
	return rc;
}

int
output_finish(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	return told ? -1 : failed("standard output", "cannot write", errno);
}
