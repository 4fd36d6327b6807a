/* history_show.c -- what a history says of tests, for people and as JSON; see history_file.h. */
#include <sqlite3.h>
#include <stdio.h>

#include "gate/base/date.h"
#include "gate/base/utf8.h"
#include "gate/command.h"
#include "gate/history_file.h"
#include "gate/report/support/json_out.h"

#define COLUMNS \
	"gate, producer, leg, name, first_at, last_at, pass_at, fail_at, runs, passes, fails, " \
	"flaky, skips, flips, recent"
#define MOST 200 /* tests in one text; JSON has all */

struct row {
	struct str gate, producer, leg, name, recent;
	long first_at, last_at, pass_at, fail_at, runs, passes, fails, flaky, skips, flips;
};

struct rows {
	struct arena mem;
	struct { struct row *v; size_t n, cap; } v;
	long runs, first_at, last_at;
};

static struct str
text(struct arena *mem, sqlite3_stmt *st, int i)
{
	const char *s = (const char *)sqlite3_column_text(st, i);

	return s ? arena_dup(mem, str_n(s, (size_t)sqlite3_column_bytes(st, i))) : STR_NONE;
}

static void
take_row(struct rows *rows, sqlite3_stmt *st)
{
	struct row *r = vec_push(&rows->v);
	long *const numbers[] = { &r->first_at, &r->last_at, &r->pass_at, &r->fail_at, &r->runs,
		&r->passes, &r->fails, &r->flaky, &r->skips, &r->flips };

	r->gate = text(&rows->mem, st, 0);
	r->producer = text(&rows->mem, st, 1);
	r->leg = text(&rows->mem, st, 2);
	r->name = text(&rows->mem, st, 3);
	for (int i = 0; i < 10; i++)
		*numbers[i] = (long)sqlite3_column_int64(st, 4 + i);
	r->recent = text(&rows->mem, st, 14);
}

/* `test` is the name or its end, behind a separator. */
static bool
names(struct str name, struct str test)
{
	char before;

	if (test.n > name.n || !str_eq(str_from(name, name.n - test.n), test))
		return false;
	if (test.n == name.n)
		return true;
	before = name.p[name.n - test.n - 1];
	return !is_alnum(before) && before != '_';
}

static int
read_rows(struct sqlite3 *db, struct str test, struct rows *rows)
{
	static const char one[] = "SELECT " COLUMNS " FROM test ORDER BY gate, producer, leg, name",
		troubled[] = "SELECT " COLUMNS " FROM test WHERE fails + flaky > 0 "
			"ORDER BY (flips + flaky) * 1.0 / max(runs, 1) DESC, fails DESC, gate, "
			"producer, leg, name";
	sqlite3_stmt *st = NULL;
	int rc = SQLITE_ERROR;

	if (sqlite3_prepare_v2(db, "SELECT count(*), min(at), max(at) FROM run", -1, &st, NULL) ==
		SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) {
		rows->runs = (long)sqlite3_column_int64(st, 0);
		rows->first_at = (long)sqlite3_column_int64(st, 1);
		rows->last_at = (long)sqlite3_column_int64(st, 2);
	}
	sqlite3_finalize(st);
	st = NULL;
	if (sqlite3_prepare_v2(db, test.n ? one : troubled, -1, &st, NULL) == SQLITE_OK)
		while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
			const char *name = (const char *)sqlite3_column_text(st, 3);

			if (test.n == 0 || (name && names(str_of(name), test)))
				take_row(rows, st);
		}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

/* In tenths of a percent, rounded. */
static long
flip_rate(const struct row *r)
{
	return r->runs > 0 ? ((r->flips + r->flaky) * 1000 + r->runs / 2) / r->runs : 0;
}

/* ---- JSON ---- */

static json_t *
instant(long at)
{
	struct buf b = BUF_INIT;
	json_t *o;

	if (at)
		date_rfc3339(&b, at);
	o = json_text_or_null(buf_str(&b));
	buf_release(&b);
	return o;
}

static void
put_json(const struct rows *rows, struct buf *out)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < rows->v.n; i++) {
		const struct row *r = &rows->v.v[i];
		json_t *t = json_object();

		json_put(t, "gate", json_text(r->gate));
		json_put(t, "id", json_text(r->name));
		json_put(t, "report", json_text(r->producer));
		json_put(t, "leg", json_text_or_null(r->leg));
		json_put(t, "first_seen", instant(r->first_at));
		json_put(t, "last_seen", instant(r->last_at));
		json_put(t, "last_pass", instant(r->pass_at));
		json_put(t, "last_fail", instant(r->fail_at));
		json_put(t, "runs", json_integer(r->runs));
		json_put(t, "passed", json_integer(r->passes));
		json_put(t, "failed", json_integer(r->fails));
		json_put(t, "flaky", json_integer(r->flaky));
		json_put(t, "skipped", json_integer(r->skips));
		json_put(t, "flips", json_integer(r->flips));
		json_put(t, "flip_rate", json_real((double)flip_rate(r) / 1000));
		json_put(t, "recent", json_text(r->recent));
		json_push(list, t);
	}
	json_put(o, "schema", json_string("regression-gate/history@1"));
	json_put(o, "runs", json_integer(rows->runs));
	json_put(o, "tests", list);
	json_write(out, o, 0);
	buf_addc(out, '\n');
}

/* ---- text ---- */

static void
day(struct buf *out, long at)
{
	if (at)
		date_day(out, at);
	else
		buf_addz(out, "never     ");
}

static void
moment(struct buf *out, const char *what, long at)
{
	buf_addf(out, "  %-10s ", what);
	if (at)
		date_rfc3339(out, at);
	else
		buf_addz(out, "never");
	buf_addc(out, '\n');
}

static void
where(const struct row *r, struct buf *out)
{
	buf_addz(out, " (");
	utf8_log(out, r->producer);
	if (r->leg.n) {
		buf_addc(out, ' ');
		utf8_log(out, r->leg);
	}
	buf_addc(out, ')');
}

static void
put_test(const struct row *r, struct buf *out)
{
	long rate = flip_rate(r);

	utf8_log(out, r->name);
	where(r, out);
	buf_addc(out, '\n');
	moment(out, "first seen", r->first_at);
	moment(out, "last seen", r->last_at);
	moment(out, "last pass", r->pass_at);
	moment(out, "last fail", r->fail_at);
	buf_addf(out, "  %-10s %ld: %ld passed (%ld after retries), %ld failed; skipped in %ld "
		"more\n", "runs", r->runs, r->passes, r->flaky, r->fails, r->skips);
	buf_addf(out, "  %-10s %ld.%ld %%: %ld flip%s without a change, retries in %ld run%s\n",
		"flip rate", rate / 10, rate % 10, r->flips, r->flips == 1 ? "" : "s", r->flaky,
		r->flaky == 1 ? "" : "s");
	buf_addf(out, "  %-10s %.*s (p passed, l after retries, f failed, e error, s skipped; "
		"newest last)\n", "recent", STR_FMT(r->recent));
}

static void
put_summary(const struct rows *rows, struct buf *out)
{
	buf_addf(out, "%ld run%s", rows->runs, rows->runs == 1 ? "" : "s");
	if (rows->runs) {
		buf_addz(out, ", ");
		date_day(out, rows->first_at);
		buf_addz(out, " to ");
		date_day(out, rows->last_at);
	}
	if (rows->v.n == 0) {
		buf_addz(out, "; no test failed or needed retries\n");
		return;
	}
	buf_addf(out, "; %zu test%s failed or needed retries\n\n"
		"flip rate      failed   last pass   test\n", rows->v.n,
		rows->v.n == 1 ? "" : "s");
	for (size_t i = 0; i < rows->v.n && i < MOST; i++) {
		const struct row *r = &rows->v.v[i];
		long rate = flip_rate(r);

		buf_addf(out, "%5ld.%ld %%  %4ld of %-4ld  ", rate / 10, rate % 10, r->fails,
			r->runs);
		day(out, r->pass_at);
		buf_addz(out, "  ");
		utf8_log(out, r->name);
		where(r, out);
		buf_addc(out, '\n');
	}
	if (rows->v.n > MOST)
		buf_addf(out, "... %zu more; --json has all\n", rows->v.n - MOST);
}

static int
refuse(const char *path, struct str why)
{
	fprintf(stderr, "gate history: error: %s: %.*s\n", path, STR_FMT(why));
	return EXIT_INVALID;
}

int
history_show(const char *path, struct str test, bool json, struct buf *out)
{
	struct rows rows = { 0 };
	struct str why;
	struct sqlite3 *db = history_open(&rows.mem, path, false, &why);
	int rc = EXIT_PASS;

	if (db == NULL) {
		rc = refuse(path, why.n ? why : STR("no such file"));
	} else if (read_rows(db, test, &rows) < 0) {
		rc = refuse(path, history_error(&rows.mem, db));
	} else if (test.n && rows.v.n == 0) {
		fprintf(stderr, "gate history: error: no test '%.*s' in %s\n"
			"hint: name it as decisions do, or by the end of that name\n",
			STR_FMT(test), path);
		rc = EXIT_INVALID;
	} else if (json) {
		put_json(&rows, out);
	} else if (test.n == 0) {
		put_summary(&rows, out);
	} else {
		for (size_t i = 0; i < rows.v.n; i++)
			put_test(&rows.v.v[i], out);
	}
	sqlite3_close(db);
	vec_release(&rows.v);
	arena_release(&rows.mem);
	return rc;
}
