/* history.c -- see history.h. */
#include "gate/model/history.h"

#include <limits.h>

#include "gate/base/num.h"
#include "gate/model/snapshot_text.h"

#define SCHEMA "regression-gate/history@1"
#define NUMBERS 7

static void
write_field(struct buf *out, struct str s)
{
	snapshot_escape(out, s);
	buf_addc(out, '\t');
}

void
history_write(const struct history *h, struct buf *out)
{
	buf_addf(out, SCHEMA "\n%ld\t%ld\n", h->runs, h->here_runs);
	for (size_t i = 0; i < h->tests.n; i++) {
		const struct history_test *t = &h->tests.v[i];

		write_field(out, t->producer);
		write_field(out, t->leg);
		write_field(out, t->id);
		buf_addf(out, "%ld\t%ld\t%ld\t%ld\t%ld\t%ld\t%ld\n", t->runs, t->passes, t->fails,
			t->flaky, t->flips, t->here_passes, t->here_fails);
	}
}

static struct str
key_of(struct arena *mem, struct str producer, struct str leg, struct str id)
{
	return arena_printf(mem, "%.*s\n%.*s\n%.*s", STR_FMT(producer), STR_FMT(leg), STR_FMT(id));
}

/* "name (2)" is "name" when its case is read. */
static struct str
without_number(struct str id)
{
	size_t at = str_rfind(id, STR(" ("));
	struct str number = str_from(id, at == STR_NPOS ? id.n : at + 2);

	if (number.n < 2 || str_skip_digits(&number) == 0 || !str_eqz(number, ")"))
		return id;
	return str_to(id, at);
}

static void
list(struct history *h)
{
	for (size_t i = 0; i < h->tests.n; i++) {
		struct history_test *t = &h->tests.v[i];

		*map_at(&h->by_identity, key_of(&h->mem, t->producer, t->leg, t->id)) = t;
		*map_at(&h->by_id, without_number(t->id)) = t;
	}
}

static struct str
take_field(struct history *h, struct str *rest)
{
	struct str field = *rest;
	struct buf plain = BUF_INIT;
	struct str s;

	str_cut(&field, "\t", rest);
	snapshot_unescape(&plain, field);
	s = arena_dup(&h->mem, buf_str(&plain));
	buf_release(&plain);
	return s;
}

static bool
take_numbers(struct str rest, long *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str field = rest;

		str_cut(&field, "\t", &rest);
		if (!num_long(field, 0, LONG_MAX / 4, &out[i]))
			return false;
	}
	return rest.n == 0;
}

static bool
take_test(struct history *h, struct str line)
{
	struct history_test *t = vec_push(&h->tests);
	long n[NUMBERS];

	t->producer = take_field(h, &line);
	t->leg = take_field(h, &line);
	t->id = take_field(h, &line);
	if (!take_numbers(line, n, NUMBERS))
		return false;
	t->runs = n[0];
	t->passes = n[1];
	t->fails = n[2];
	t->flaky = n[3];
	t->flips = n[4];
	t->here_passes = n[5];
	t->here_fails = n[6];
	return true;
}

int
history_parse(struct history *h, struct str text)
{
	struct str line;
	long n[2];

	if (!str_line(&text, &line) || !str_eqz(line, SCHEMA) || !str_line(&text, &line) ||
	    !take_numbers(line, n, 2))
		return -1;
	h->runs = n[0];
	h->here_runs = n[1];
	while (str_line(&text, &line))
		if (!take_test(h, line))
			return -1;
	list(h);
	return 0;
}

const struct history_test *
history_find(const struct history *h, struct str producer, struct str leg, struct str id)
{
	struct arena mem = { 0 };
	const struct history_test *t;

	if (h == NULL || h->tests.n == 0 || map_get(&h->by_id, without_number(id)) == NULL)
		return NULL;
	t = map_get(&h->by_identity, key_of(&mem, producer, leg, id));
	arena_release(&mem);
	return t;
}

bool
history_watch(const struct history *h, const struct test_event *ev, struct str id)
{
	struct buf in_suite = BUF_INIT;
	bool yes;

	if (h->tests.n == 0)
		return false;
	if (map_get(&h->by_id, id))
		return true;
	if (ev->suite.n == 0)
		return false;
	buf_addf(&in_suite, "%.*s::%.*s", STR_FMT(ev->suite), STR_FMT(id));
	yes = map_get(&h->by_id, buf_str(&in_suite)) != NULL;
	buf_release(&in_suite);
	return yes;
}

void
history_release(struct history *h)
{
	map_release(&h->by_identity);
	map_release(&h->by_id);
	vec_release(&h->tests);
	arena_release(&h->mem);
}
