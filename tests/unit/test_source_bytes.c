/* test_source_bytes.c -- files, pipes, gzip and ceilings below the text of a source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/base/limits.h"
#include "gate/input/source.h"

static void
read_all(struct source *s, size_t step, struct buf *out)
{
	char p[8192];
	size_t n;

	while ((n = source_read(s, p, step)) != 0)
		buf_add(out, str_n(p, n));
}

/* A text of n bytes with something beyond ASCII wherever a chunk may end. */
static void
make_text(struct buf *b, size_t n, const char *odd)
{
	buf_reset(b);
	for (size_t i = 0; b->n < n; i++)
		buf_addf(b, "%zu %s line%s\n", i, odd, i % 7 ? "" : " with more in it");
}

static void
gzip_add(struct buf *out, struct str s)
{
	z_stream z = { 0 };

	assert_int_equal(
		deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	buf_reserve(out, deflateBound(&z, s.n) + 64);
	z.next_in = (unsigned char *)(uintptr_t)s.p;
	z.avail_in = (unsigned)s.n;
	z.next_out = (unsigned char *)out->p + out->n;
	z.avail_out = (unsigned)(out->cap - out->n);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->n += z.total_out;
	deflateEnd(&z);
}

static void
check_gzip(struct str bytes, struct str want, enum source_status status)
{
	struct source *s = source_of_memory(bytes);
	struct buf out = BUF_INIT;
	char hex[SHA256_HEX], expect[SHA256_HEX];

	read_all(s, 4000, &out);
	assert_int_equal(source_status(s), status);
	if (status == SOURCE_OK)
		assert_true(str_eq(buf_str(&out), want));
	else
		assert_memory_equal(out.p ? out.p : "", want.p ? want.p : "", out.n);
	assert_int_equal(source_why(s)[0] != '\0', status != SOURCE_OK);
	source_digest(s, hex);
	sha256_of(bytes, expect);
	assert_string_equal(hex, expect); /* of the bytes as found, all of them */
	source_close(s);
	buf_release(&out);
}

static void
test_gzip(void **state)
{
	struct buf text = BUF_INIT, gz = BUF_INIT, two = BUF_INIT;

	(void)state;
	make_text(&text, 5 * READ_CHUNK, "\xe2\x82\xac gzip");
	gzip_add(&gz, buf_str(&text));
	check_gzip(buf_str(&gz), buf_str(&text), SOURCE_OK);
	/* Members: the text in two, with an empty one between, padded with zeros. */
	gzip_add(&two, str_to(buf_str(&text), 1000));
	gzip_add(&two, STR_NONE);
	gzip_add(&two, str_from(buf_str(&text), 1000));
	check_gzip(buf_str(&two), buf_str(&text), SOURCE_OK);
	buf_addn(&two, '\0', 700);
	check_gzip(buf_str(&two), buf_str(&text), SOURCE_OK);
	buf_addz(&two, "junk");
	check_gzip(buf_str(&two), buf_str(&text), SOURCE_MALFORMED);
	/* Cut anywhere, in the header and in the checksum too. */
	for (size_t n = 2; n < gz.n; n += n < 20 || n > gz.n - 20 ? 1 : 997)
		check_gzip(str_to(buf_str(&gz), n), buf_str(&text), SOURCE_TRUNCATED);
	/* A wrong checksum. */
	gz.p[gz.n - 8] ^= 1;
	check_gzip(buf_str(&gz), buf_str(&text), SOURCE_MALFORMED);
	/* UTF-16 and Latin-1 inside. */
	buf_reset(&gz);
	gzip_add(&gz, STR("\xff\xfe<\0a\0/\0>\0"));
	check_gzip(buf_str(&gz), STR("<a/>"), SOURCE_OK);
	buf_release(&text);
	buf_release(&gz);
	buf_release(&two);
}

static void
test_bombs(void **state)
{
	struct buf text = BUF_INIT, gz = BUF_INIT, out = BUF_INIT;
	struct source *s;

	(void)state;
	buf_addn(&text, ' ', 8u << 20);
	gzip_add(&gz, buf_str(&text));
	s = source_of_memory(buf_str(&gz)); /* about 1000:1, as much as deflate can do */
	read_all(s, 8192, &out);
	assert_int_equal(source_status(s), SOURCE_OK);
	assert_int_equal(out.n, text.n);
	source_close(s);

	s = source_of_memory(buf_str(&gz));
	source_ceilings(s, 0, 100);
	buf_reset(&out);
	read_all(s, 8192, &out);
	assert_int_equal(source_status(s), SOURCE_OVER_LIMIT);
	assert_true(out.n < 4u << 20);
	source_close(s);

	s = source_of_memory(buf_str(&gz));
	source_ceilings(s, 100000, 0);
	buf_reset(&out);
	read_all(s, 8192, &out);
	assert_int_equal(source_status(s), SOURCE_OVER_LIMIT);
	assert_int_equal(out.n, 100000);
	source_close(s);

	s = source_of_memory(STR("ten bytes."));
	source_ceilings(s, 9, 0);
	buf_reset(&out);
	read_all(s, 8192, &out);
	assert_int_equal(source_status(s), SOURCE_OVER_LIMIT);
	assert_string_equal(buf_z(&out), "ten bytes");
	source_close(s);
	buf_release(&text);
	buf_release(&gz);
	buf_release(&out);
}

/* Every read(2) gives `packet` bytes at most. */
static void
check_short_reads(struct str bytes, struct str want, size_t packet)
{
	struct buf out = BUF_INIT;
	struct source *s;
	int fd[2], saved = dup(0), status;
	pid_t child;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	child = fork();
	if (child == 0) {
		close(fd[0]);
		for (struct str s2 = bytes; s2.n; s2 = str_from(s2, packet))
			if (send(fd[1], s2.p, s2.n < packet ? s2.n : packet, MSG_NOSIGNAL) < 0)
				_exit(1);
		_exit(0);
	}
	close(fd[1]);
	assert_int_equal(dup2(fd[0], 0), 0);
	close(fd[0]);
	s = source_open("-");
	read_all(s, 4000, &out);
	assert_int_equal(source_status(s), SOURCE_OK);
	assert_true(str_eq(buf_str(&out), want));
	source_close(s);
	dup2(saved, 0);
	close(saved);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	buf_release(&out);
}

static void
test_short_reads(void **state)
{
	struct buf text = BUF_INIT, gz = BUF_INIT;

	(void)state;
	make_text(&text, 20000, "\xf0\x9f\x98\x80 short");
	gzip_add(&gz, buf_str(&text));
	/* Powers of two, which fill every buffer exactly: a socket drops the rest of a packet. */
	for (size_t packet = 1; packet < 5; packet *= 2) {
		check_short_reads(buf_str(&text), buf_str(&text), packet);
		check_short_reads(buf_str(&gz), buf_str(&text), packet);
		check_short_reads(
			STR("\xff\xfe<\0\x3d\xd8\x00\xde>\0"), STR("<\xf0\x9f\x98\x80>"), packet);
		check_short_reads(STR("\x1f"), STR("?"), packet);
	}
	buf_release(&text);
	buf_release(&gz);
}

static void
test_files(void **state)
{
	struct source *s = source_open("/nonexistent/file");
	char hex[SHA256_HEX], p[8];

	(void)state;
	assert_int_equal(source_status(s), SOURCE_MISSING);
	assert_int_equal(source_read(s, p, sizeof(p)), 0);
	assert_int_equal(source_head(s).n, 0);
	source_close(s);
	s = source_open("/");
	assert_int_equal(source_status(s), SOURCE_UNREADABLE);
	assert_string_equal(source_why(s), "it is a folder");
	assert_int_equal(source_read(s, p, sizeof(p)), 0);
	source_close(s);
	s = source_open("/dev/null");
	assert_int_equal(source_head(s).n, 0);
	source_digest(s, hex);
	assert_string_equal(
		hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_int_equal(source_status(s), SOURCE_OK);
	source_close(s);
	source_close(NULL);
}

static void
test_slurp(void **state)
{
	char path[] = "/tmp/gate-slurp-XXXXXX", hex[SHA256_HEX], want[SHA256_HEX];
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "\xef\xbb\xbfkey: 1\n", 10), 10);
	close(fd);
	assert_int_equal(source_slurp(path, 100, &out, hex, &err), 0);
	assert_string_equal(buf_z(&out), "key: 1\n");
	sha256_of(STR("\xef\xbb\xbfkey: 1\n"), want);
	assert_string_equal(hex, want);
	buf_reset(&out);
	assert_int_equal(source_slurp(path, 10, &out, NULL, &err), 0);
	buf_reset(&out);
	assert_int_equal(source_slurp(path, 6, &out, NULL, &err), -1);
	assert_true(err.set);
	assert_non_null(strstr(err.text, "larger than 6 bytes"));
	unlink(path);
	memset(&err, 0, sizeof(err));
	assert_int_equal(source_slurp(path, 6, &out, hex, &err), -1);
	assert_string_equal(err.file, path);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_short_reads),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_slurp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
