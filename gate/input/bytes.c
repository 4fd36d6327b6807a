/* bytes.c -- see bytes.h. */
#include "gate/input/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/limits.h"
#include "gate/base/mem.h"

#define UNREAD_MOST (256u << 20) /* of a device or pipe, read for its digest alone */
#define RATIO_FREE (1u << 20) /* inflated bytes before the ratio is looked at */

static void
fail(struct bytes *b, enum source_status status, const char *why)
{
	if (b->status != SOURCE_OK)
		return;
	b->status = status;
	snprintf(b->why, sizeof(b->why), "%s", why);
}

static void
fail_errno(struct bytes *b, int e)
{
	char text[128];

	if (e == ENOENT || e == ENOTDIR)
		fail(b, SOURCE_MISSING, "no such file");
	else if (strerror_r(e, text, sizeof(text)) == 0)
		fail(b, SOURCE_UNREADABLE, text);
	else
		fail(b, SOURCE_UNREADABLE, "can't be read");
}

void
bytes_init(struct bytes *b)
{
	memset(b, 0, sizeof(*b));
	b->fd = -1;
	b->max_bytes = MAX_REPORT_BYTES;
	b->max_ratio = MAX_INFLATE_RATIO;
	b->sha = sha256_new();
}

void
bytes_open(struct bytes *b, const char *path)
{
	struct stat st = { 0 };

	if (strcmp(path, "-") == 0) {
		b->fd = STDIN_FILENO;
	} else {
		do
			b->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		while (b->fd < 0 && errno == EINTR);
		b->own_fd = b->fd >= 0;
	}
	if (b->fd < 0)
		fail_errno(b, errno);
	else if (fstat(b->fd, &st) == 0 && S_ISDIR(st.st_mode))
		fail(b, SOURCE_UNREADABLE, "it is a folder");
	else
		b->endless = !S_ISREG(st.st_mode);
}

/* The bytes as found: every one goes through here once, and into the digest. */
static size_t
found_read(void *ctx, char *p, size_t n)
{
	struct bytes *b = ctx;
	ssize_t got = 0;

	if (b->found_end || b->status == SOURCE_MISSING || b->status == SOURCE_UNREADABLE)
		return 0;
	if (b->fd < 0) {
		got = (ssize_t)(b->memory.n < n ? b->memory.n : n);
		if (got)
			memcpy(p, b->memory.p, (size_t)got);
		b->memory = str_from(b->memory, (size_t)got);
	} else {
		do
			got = read(b->fd, p, n);
		while (got < 0 && errno == EINTR);
		if (got < 0)
			fail_errno(b, errno);
	}
	if (got <= 0) {
		b->found_end = true;
		return 0;
	}
	sha256_add(b->sha, p, (size_t)got);
	return (size_t)got;
}

static void
check_gunzip(struct bytes *b)
{
	uint64_t in = gunzip_in(b->gunzip), out = gunzip_out(b->gunzip);

	if (gunzip_state(b->gunzip) == GUNZIP_CUT)
		fail(b, SOURCE_TRUNCATED, gunzip_why(b->gunzip));
	else if (gunzip_state(b->gunzip) == GUNZIP_BROKEN)
		fail(b, SOURCE_MALFORMED, gunzip_why(b->gunzip));
	else if (out > RATIO_FREE && out / b->max_ratio > in)
		fail(b, SOURCE_OVER_LIMIT, "it inflates to far more than its size");
}

/* Looks for gzip's magic. What was read for that is at p already, when it is not gzip. */
static size_t
start(struct bytes *b, char *p, size_t n)
{
	size_t have = 0, got;

	b->started = true;
	do { /* a pipe may give one byte at a time */
		got = found_read(b, p + have, n - have);
		have += got;
	} while (got && have < 2 && have < n);
	if (!gunzip_magic(str_n(p, have)))
		return have;
	b->gunzip = gunzip_new(found_read, b, str_n(p, have));
	return 0;
}

size_t
bytes_read(struct bytes *b, char *p, size_t n)
{
	size_t got = 0;

	if (b->status != SOURCE_OK || n == 0)
		return 0;
	if (!b->started)
		got = start(b, p, n);
	if (b->gunzip) {
		got = gunzip_read(b->gunzip, p, n);
		check_gunzip(b);
		if (b->status == SOURCE_OVER_LIMIT)
			return 0;
	} else if (got == 0) {
		got = found_read(b, p, n);
	}
	if (got > b->max_bytes - b->total) {
		got = (size_t)(b->max_bytes - b->total);
		fail(b, SOURCE_OVER_LIMIT, "it is larger than any report may be");
	}
	b->total += got;
	return got;
}

size_t
bytes_fill(struct bytes *b, char *p, size_t n)
{
	size_t have = 0, got;

	while (have < n) {
		got = bytes_read(b, p + have, n - have);
		if (got == 0)
			break;
		have += got;
	}
	return have;
}

void
bytes_digest(struct bytes *b, char hex[SHA256_HEX])
{
	char *p = xmalloc(READ_CHUNK);
	uint64_t left = b->endless ? UNREAD_MOST : UINT64_MAX;
	size_t got;

	while (left && (got = found_read(b, p, READ_CHUNK)) != 0)
		left -= got < left ? got : left;
	free(p);
	sha256_end(b->sha, hex);
	if (left == 0 && hex)
		hex[0] = '\0';
	b->sha = NULL;
}

void
bytes_release(struct bytes *b)
{
	if (b->own_fd)
		close(b->fd);
	if (b->sha)
		sha256_end(b->sha, NULL);
	gunzip_free(b->gunzip);
}
