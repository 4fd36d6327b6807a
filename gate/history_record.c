/* history_record.c -- adds one run to a history; see history_file.h. */
#include <sqlite3.h>

#include "gate/baseline.h"
#include "gate/history_file.h"
#include "gate/model/snapshot.h"

#define FIND \
	"SELECT id, here_passes, here_fails, revision, recent FROM test " \
	"WHERE gate = ? AND producer = ? AND leg = ? AND name = ?"
#define ADD \
	"INSERT INTO test VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?5, ?6, " \
	"CASE WHEN ?7 THEN ?5 ELSE 0 END, CASE WHEN ?8 THEN ?5 ELSE 0 END, ?7 + ?8, ?7, ?8, " \
	"?9, ?10, 0, ?11, ?7, ?8, ?12)"
#define CHANGE \
	"UPDATE test SET last_at = ?5, last_run = ?6, " \
	"pass_at = CASE WHEN ?7 THEN ?5 ELSE pass_at END, " \
	"fail_at = CASE WHEN ?8 THEN ?5 ELSE fail_at END, runs = runs + ?7 + ?8, " \
	"passes = passes + ?7, fails = fails + ?8, flaky = flaky + ?9, skips = skips + ?10, " \
	"flips = flips + ?13, revision = ?11, " \
	"here_passes = ?7 + CASE WHEN revision = ?11 THEN here_passes ELSE 0 END, " \
	"here_fails = ?8 + CASE WHEN revision = ?11 THEN here_fails ELSE 0 END, " \
	"recent = substr(recent || ?12, -?14) WHERE id = ?15"

struct recording {
	const struct decision *d;
	struct sqlite3 *db;
	sqlite3_stmt *find, *add, *change;
	struct str revision;
	sqlite3_int64 run;
	long room; /* for tests that are not there yet */
	bool ok;
};

static void
bind(sqlite3_stmt *st, int i, struct str s)
{
	sqlite3_bind_text(st, i, s.p ? s.p : "", (int)s.n, SQLITE_STATIC);
}

static int
by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* One digest of all reports: the same ones are one run, however often they are judged. */
static void
digest_inputs(const struct run *run, char hex[SHA256_HEX])
{
	VEC(const char *) all = { 0 };
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < run->producers.n; i++)
		for (size_t k = 0; k < run->producers.v[i].reports.n; k++)
			*vec_push(&all) = run->producers.v[i].reports.v[k]->sha256;
	vec_sort(&all, by_text);
	for (size_t i = 0; i < all.n; i++)
		buf_addf(&text, "%s\n", all.v[i]);
	sha256_of(buf_str(&text), hex);
	vec_release(&all);
	buf_release(&text);
}

static long
ask(struct recording *r, const char *sql, struct str a, struct str b, struct str c)
{
	sqlite3_stmt *st = NULL;
	long n = -1;

	if (sqlite3_prepare_v2(r->db, sql, -1, &st, NULL) == SQLITE_OK) {
		if (sqlite3_bind_parameter_count(st) > 0) {
			bind(st, 1, a);
			bind(st, 2, b);
			bind(st, 3, c);
		}
		if (sqlite3_step(st) == SQLITE_ROW)
			n = (long)sqlite3_column_int64(st, 0);
	}
	sqlite3_finalize(st);
	r->ok = r->ok && n >= 0;
	return n;
}

static void
add_run(struct recording *r, const char *inputs)
{
	const struct decision *d = r->d;
	sqlite3_stmt *st = NULL;
	long tests = 0, failed = 0, flaky = 0;

	for (size_t i = 0; i < d->run->producers.n; i++) {
		const struct producer *p = &d->run->producers.v[i];

		tests += p->total;
		failed += p->count[OUT_FAILED] + p->count[OUT_ERROR];
		flaky += p->count[OUT_FLAKY];
	}
	if (sqlite3_prepare_v2(r->db, "INSERT INTO run VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		-1, &st, NULL) == SQLITE_OK) {
		bind(st, 1, d->name);
		bind(st, 2, d->build.project);
		bind(st, 3, r->revision);
		bind(st, 4, str_of(inputs));
		sqlite3_bind_int64(st, 5, d->now);
		bind(st, 6, str_of(verdict_name(d->verdict)));
		sqlite3_bind_int64(st, 7, tests);
		sqlite3_bind_int64(st, 8, failed);
		sqlite3_bind_int64(st, 9, flaky);
	}
	r->ok = r->ok && sqlite3_step(st) == SQLITE_DONE;
	sqlite3_finalize(st);
	r->run = sqlite3_last_insert_rowid(r->db);
}

struct known {
	sqlite3_int64 id; /* 0: it is new */
	bool flipped;
};

static const char *
letter(enum outcome o)
{
	switch (o) {
	case OUT_PASSED:
		return "p";
	case OUT_FLAKY:
		return "l";
	case OUT_FAILED:
		return "f";
	case OUT_ERROR:
		return "e";
	default:
		return "s";
	}
}

/* The last outcome that says something: skips don't. */
static char
last_outcome(struct str recent)
{
	while (recent.n && recent.p[recent.n - 1] == 's')
		recent.n--;
	return recent.n ? recent.p[recent.n - 1] : '\0';
}

static struct known
find(struct recording *r, const struct snapshot_producer *p, const struct snapshot_leg *leg,
	struct str name, enum outcome o)
{
	struct known k = { 0 };
	int rc;

	bind(r->find, 1, r->d->name);
	bind(r->find, 2, p->spec.name);
	bind(r->find, 3, leg->report->leg);
	bind(r->find, 4, name);
	rc = sqlite3_step(r->find);
	if (rc == SQLITE_ROW) {
		const char *rev = (const char *)sqlite3_column_text(r->find, 3);
		const char *recent = (const char *)sqlite3_column_text(r->find, 4);
		char last = last_outcome(str_of(recent));
		bool bad = last == 'f' || last == 'e';

		k.id = sqlite3_column_int64(r->find, 0);
		k.flipped = r->revision.n && rev && str_eqz(r->revision, rev) && last &&
			(outcome_bad(o) ? !bad : outcome_passed(o) && bad);
	}
	r->ok = r->ok && (rc == SQLITE_ROW || rc == SQLITE_DONE);
	sqlite3_reset(r->find);
	return k;
}

static void
add_case(struct recording *r, const struct snapshot_producer *p, const struct snapshot_leg *leg,
	struct str name, enum outcome o)
{
	struct known k = find(r, p, leg, name, o);
	sqlite3_stmt *st = k.id ? r->change : r->add;

	if (k.id == 0 && r->room <= 0 && (o == OUT_PASSED || o == OUT_SKIPPED ||
		r->room <= -HISTORY_TESTS))
		return;
	if (k.id == 0)
		r->room--;
	if (k.id == 0) {
		bind(st, 1, r->d->name);
		bind(st, 2, p->spec.name);
		bind(st, 3, leg->report->leg);
		bind(st, 4, name);
	} else {
		sqlite3_bind_int64(st, 13, k.flipped);
		sqlite3_bind_int64(st, 14, HISTORY_RECENT);
		sqlite3_bind_int64(st, 15, k.id);
	}
	sqlite3_bind_int64(st, 5, r->d->now);
	sqlite3_bind_int64(st, 6, r->run);
	sqlite3_bind_int64(st, 7, outcome_passed(o));
	sqlite3_bind_int64(st, 8, outcome_bad(o));
	sqlite3_bind_int64(st, 9, o == OUT_FLAKY);
	sqlite3_bind_int64(st, 10, o == OUT_SKIPPED);
	bind(st, 11, r->revision);
	bind(st, 12, str_of(letter(o)));
	r->ok = r->ok && sqlite3_step(st) == SQLITE_DONE;
	sqlite3_reset(st);
}

static bool
complete(const struct run *run, struct str name)
{
	const struct producer *p = run_producer(run, name);

	return p && p->complete;
}

/* What a baseline would hold: every case by its name. */
static void
add_cases(struct recording *r, const struct snapshot *s)
{
	for (size_t i = 0; i < s->producers.n; i++) {
		const struct snapshot_producer *p = s->producers.v[i];

		for (size_t k = 0; k < p->legs.n && complete(r->d->run, p->spec.name); k++) {
			struct snapshot_case c = { .snapshot = s, .leg = p->legs.v[k] };
			struct buf id = BUF_INIT;

			while (r->ok && snapshot_next(&c)) {
				if (c.synthetic)
					continue;
				snapshot_case_id(&c, &id);
				add_case(r, p, p->legs.v[k], buf_str(&id), c.outcome);
			}
			snapshot_case_release(&c);
			buf_release(&id);
		}
	}
}

static void
forget(struct recording *r)
{
	sqlite3_stmt *st = NULL;
	static const char *const old[] = { "DELETE FROM run WHERE id <= ?",
		"DELETE FROM test WHERE last_run <= ?" };

	for (int i = 0; i < 2; i++) {
		if (sqlite3_prepare_v2(r->db, old[i], -1, &st, NULL) == SQLITE_OK)
			sqlite3_bind_int64(st, 1, r->run - HISTORY_RUNS);
		r->ok = r->ok && sqlite3_step(st) == SQLITE_DONE;
		sqlite3_finalize(st);
		st = NULL;
	}
}

static void
write_run(struct recording *r, const struct snapshot *s, const char *inputs)
{
	r->ok = sqlite3_exec(r->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
	if (r->ok && ask(r, "SELECT count(*) FROM run WHERE gate = ? AND revision = ? AND "
		"inputs = ?", r->d->name, r->revision, str_of(inputs)) > 0) {
		sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
		return; /* it was recorded already */
	}
	if (r->ok)
		r->room = HISTORY_TESTS - ask(r, "SELECT count(*) FROM test", STR_NONE, STR_NONE,
			STR_NONE);
	r->ok = r->ok &&
		sqlite3_prepare_v2(r->db, FIND, -1, &r->find, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(r->db, ADD, -1, &r->add, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(r->db, CHANGE, -1, &r->change, NULL) == SQLITE_OK;
	if (r->ok) {
		add_run(r, inputs);
		add_cases(r, s);
		forget(r);
	}
	sqlite3_finalize(r->find);
	sqlite3_finalize(r->add);
	sqlite3_finalize(r->change);
	r->ok = r->ok && sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

int
history_record(const struct decision *d, const char *path, struct str revision,
	struct arena *mem, struct str *why)
{
	struct snapshot_about about = { .origin = ORIGIN_SAVED, .saved = d->now };
	struct recording r = { .d = d, .revision = revision };
	struct snapshot s = { 0 };
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	char inputs[SHA256_HEX];

	r.db = history_open(mem, path, true, why);
	if (r.db == NULL)
		return -1;
	sqlite3_progress_handler(r.db, 0, NULL, NULL); /* what is written here is our own */
	digest_inputs(d->run, inputs);
	snapshot_write(d->run, &about, &text);
	if (snapshot_parse(&s, &text, path, &err) < 0)
		*why = arena_dup(mem, str_of(err.text));
	else
		write_run(&r, &s, inputs);
	if (why->n == 0 && !r.ok)
		*why = history_error(mem, r.db);
	sqlite3_close(r.db);
	snapshot_release(&s);
	buf_release(&text);
	return why->n ? -1 : 0;
}
