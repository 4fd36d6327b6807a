/* history_sql.h -- the tables of a history, word for word as they stand in every file. */
#ifndef GATE_HISTORY_SQL_H
#define GATE_HISTORY_SQL_H

#define HISTORY_RUN_TABLE \
	"CREATE TABLE run (id INTEGER PRIMARY KEY, gate TEXT NOT NULL, project TEXT NOT NULL, " \
	"revision TEXT NOT NULL, inputs TEXT NOT NULL, at INTEGER NOT NULL, " \
	"verdict TEXT NOT NULL, tests INTEGER NOT NULL, failed INTEGER NOT NULL, " \
	"flaky INTEGER NOT NULL)"
/* Times are seconds since 1970, 0 for never; `recent` holds the last outcomes, a letter each. */
#define HISTORY_TEST_TABLE \
	"CREATE TABLE test (id INTEGER PRIMARY KEY, gate TEXT NOT NULL, producer TEXT NOT NULL, " \
	"leg TEXT NOT NULL, name TEXT NOT NULL, first_at INTEGER NOT NULL, " \
	"last_at INTEGER NOT NULL, last_run INTEGER NOT NULL, pass_at INTEGER NOT NULL, " \
	"fail_at INTEGER NOT NULL, runs INTEGER NOT NULL, passes INTEGER NOT NULL, " \
	"fails INTEGER NOT NULL, flaky INTEGER NOT NULL, skips INTEGER NOT NULL, " \
	"flips INTEGER NOT NULL, revision TEXT NOT NULL, here_passes INTEGER NOT NULL, " \
	"here_fails INTEGER NOT NULL, recent TEXT NOT NULL, " \
	"UNIQUE (gate, producer, leg, name))"
#define HISTORY_INDEX \
	"CREATE INDEX troubled ON test (gate, producer, leg, name) WHERE fails + flaky > 0"

/* HISTORY_ID and HISTORY_SCHEMA. */
#define HISTORY_MARKS "PRAGMA application_id = 1380403249; PRAGMA user_version = 1; "

#define HISTORY_TROUBLED \
	"SELECT producer, leg, name, runs, passes, fails, flaky, flips, " \
	"CASE WHEN revision = ?1 AND ?1 <> '' THEN here_passes ELSE 0 END, " \
	"CASE WHEN revision = ?1 AND ?1 <> '' THEN here_fails ELSE 0 END " \
	"FROM test WHERE gate = ?2 AND fails + flaky > 0 ORDER BY producer, leg, name"

#endif
