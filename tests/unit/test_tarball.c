/* test_tarball.c -- archives in memory: the same bytes for the same members, and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "gate/tarball.h"

static void
add(struct tarball *t, const char *name, struct str data)
{
	struct tarball_member *m = vec_push(&t->members);

	m->name = str_of(name);
	m->data = data;
}

static void
read_back(const struct buf *packed, struct tarball *t)
{
	char path[] = "/tmp/gate-test-tarball.XXXXXX";
	int fd = mkstemp(path);
	struct err err = { 0 };

	assert_true(fd >= 0);
	assert_int_equal(write(fd, packed->p, packed->n), (ssize_t)packed->n);
	close(fd);
	if (tarball_read(t, path, &err) < 0)
		fail_msg("%s", err.text);
	unlink(path);
}

static void
round_trip(void **state)
{
	struct tarball t = { 0 }, back = { 0 };
	struct buf one = BUF_INIT, two = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	add(&t, "manifest.json", STR("{}"));
	add(&t, "text/001-a", STR("with\0a NUL"));
	add(&t, "text/002-empty", STR_NONE);
	assert_int_equal(tarball_write(&t, &one, &err), 0);
	assert_int_equal(tarball_write(&t, &two, &err), 0);
	assert_true(str_eq(buf_str(&one), buf_str(&two)));
	read_back(&one, &back);
	assert_int_equal(back.members.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_true(str_eq(back.members.v[i].name, t.members.v[i].name));
		assert_true(str_eq(back.members.v[i].data, t.members.v[i].data));
	}
	assert_ptr_equal(tarball_find(&back, STR("text/001-a")), &back.members.v[1]);
	assert_null(tarball_find(&back, STR("text")));
	tarball_release(&back);
	tarball_release(&t);
	buf_release(&one);
	buf_release(&two);
}

/* What is written is never what a reader refuses as a bomb. */
static void
repeats(void **state)
{
	struct tarball t = { 0 }, back = { 0 };
	struct buf zeros = BUF_INIT, packed = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	buf_addn(&zeros, 'x', TARBALL_RATIO_FREE + (1u << 20));
	add(&t, "report/001-x", buf_str(&zeros));
	assert_int_equal(tarball_write(&t, &packed, &err), 0);
	read_back(&packed, &back);
	assert_int_equal(back.members.v[0].data.n, zeros.n);
	tarball_release(&back);
	tarball_release(&t);
	buf_release(&zeros);
	buf_release(&packed);
}

static void
too_many(void **state)
{
	struct tarball t = { 0 };
	struct buf packed = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i <= MAX_TARBALL_MEMBERS; i++)
		add(&t, "x", STR_NONE);
	assert_int_equal(tarball_write(&t, &packed, &err), -1);
	assert_true(err.set);
	tarball_release(&t);
	buf_release(&packed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(repeats),
		cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
