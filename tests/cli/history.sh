#!/bin/sh
# gate history, gate run --history: what earlier runs showed, and that it excuses nothing.
. "$(dirname "$0")/../lib.sh"
day=1
unset GITHUB_SHA CI_COMMIT_SHA
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a \
	GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@a

# unit NAME[:OUTCOME]...: a JUnit report, unlike any before
unit() {
	day=$((day + 1))
	{
		echo "<testsuite name=\"s\"><properties><property name=\"n\" value=\"$day\"/></properties>"
		for c in "$@"; do
			case $c in
			*:failed) echo "<testcase classname=\"c\" name=\"${c%:*}\"><failure message=\"m\"/></testcase>" ;;
			*:skipped) echo "<testcase classname=\"c\" name=\"${c%:*}\"><skipped/></testcase>" ;;
			*:flaky) echo "<testcase classname=\"c\" name=\"${c%:*}\"><flakyFailure message=\"m\"/></testcase>" ;;
			*) echo "<testcase classname=\"c\" name=\"$c\"/>" ;;
			esac
		done
		echo '</testsuite>'
	} >unit.xml
}

judge() {
	gate run --now "2026-01-$(printf %02d $day)T12:00:00Z" --policy ratchet --report unit=unit.xml \
		--out json=d.json "$@"
}

test_of() { # ID FIELD
	python3 - "$1" "$2" <<'P'
import json, sys
print(*[t[sys.argv[2]] for t in json.load(open("d.json"))["tests"] if t["id"] == sys.argv[1]] or "-")
P
}

git init -q && git commit -q --allow-empty -m one

# flips within one revision
unit good flips:failed bad:failed
judge --history h.db
exits 1 "the first run"
[ -s h.db ]
ok $? "made the history"
unit good flips bad:failed
judge
is "$(test_of c::flips class)" - "without the history it merely passed"
exits 1 "and bad fails"
cp h.db before.db
judge --history h.db
is "$(test_of c::flips class)" flaky "it failed in another run of this revision: flaky"
is "$(test_of c::flips note)" "failed in 1 of 1 earlier run of this revision" "and the note says so"
is "$(test_of c::bad class)" new-failure "what fails fails"
cp d.json first.json
judge --history before.db
cat >same.py <<'P'
import json
a, b = json.load(open("d.json")), json.load(open("first.json"))
for d in a, b:
    d.pop("digest")
    d["environment"]["history"].pop("path")
print("same" if a == b else "different")
P
is "$(python3 same.py)" same "the same history gives the same decision"
is "$(python3 -c 'import json; a=json.load(open("d.json")); print(a["environment"]["history"]["runs"], a["environment"]["history"]["runs_of_revision"], len(a["environment"]["history"]["sha256"]))')" \
	"1 1 64" "the decision names the history as it was found"
unit good flips:failed bad:failed
judge --history h.db
exits 1 "a failure that passed before fails"
is "$(test_of c::flips class)" new-failure "and is new"
is "$(test_of c::flips note)" "passed in 1 of 2 earlier runs of this revision" "its history is said"

# the same reports are one run
cp h.db twice.db
judge --history twice.db
gate history show --history twice.db
says out "3 runs" "reports that are judged again are no other run"

# another revision
git commit -q --allow-empty -m two
unit good flips bad
judge --history h.db
exits 0 "another revision starts anew"
is "$(test_of c::flips class)" - "what failed in another revision was mended"
unit good:flaky flips bad new
judge --history h.db
unit good flips bad:skipped new
judge --history h.db

# to look at it
gate history show --history h.db
exits 0 "show"
says out "6 runs, 2026-01-02 to 2026-01-07; 3 tests failed or needed retries" "how many runs"
says out " 33.3 %     2 of 6     2026-01-07  c::flips (unit)" "how often it flips"
gate history show c::flips --history h.db
cat >want <<'W'
c::flips (unit)
  first seen 2026-01-02T12:00:00Z
  last seen  2026-01-07T12:00:00Z
  last pass  2026-01-07T12:00:00Z
  last fail  2026-01-04T12:00:00Z
  runs       6: 4 passed (0 after retries), 2 failed; skipped in 0 more
  flip rate  33.3 %: 2 flips without a change, retries in 0 runs
  recent     fpfppp (p passed, l after retries, f failed, e error, s skipped; newest last)
W
is "$(cat out)" "$(cat want)" "one test"
gate history show bad --history h.db
says out "skipped in 1 more" "by the end of its name"
gate history show --json new --history h.db
is "$(python3 -c 'import json; d=json.load(open("out")); print(d["schema"], [(t["id"], t["first_seen"], t["runs"], t["flip_rate"]) for t in d["tests"]])')" \
	"regression-gate/history@1 [('c::new', '2026-01-06T12:00:00Z', 2, 0.0)]" "JSON"

# the policy names it: read, never written
printf 'extends: ratchet\nreports: {unit: unit.xml}\nhistory: h.db\n' >gate.yaml
cp h.db same.db
unit good flips bad:failed new
gate run --now 2026-02-01T00:00:00Z --out json=d.json
cmp -s h.db same.db
ok $? "a run that does not name the history leaves it as it is"
is "$(python3 -c 'import json; print(json.load(open("d.json"))["environment"]["history"]["runs"])')" 0 \
	"each policy has its own runs"
gate history show
exits 0 "the policy says where it is"
gate policy check
exits 0 "the key is known"

# what a register expects, held against the data
printf 'version: 1\nfindings:\n  - {id: K-1, title: t, status: open, match: {test: "c::bad"}, expect: always}\n' >known.yaml
printf 'name: preset ratchet\nextends: ratchet\nregisters: known.yaml\nreports: {unit: unit.xml}\n' >always.yaml
name=$(python3 -c 'import sqlite3; print(sqlite3.connect("h.db").execute("select distinct gate from test").fetchone()[0])')
sed -i "s/^name:.*/name: $name/" always.yaml
git commit -q --allow-empty -m three
for outcome in bad bad:failed bad; do
	unit good flips $outcome
	gate run --now "2026-01-$(printf %02d $day)T12:00:00Z" --policy always.yaml --history h.db --out json=d.json
done
gate run --now 2026-02-01T00:00:00Z --policy always.yaml --history h.db -v --out json=d.json
says out "changed without a change: \`expect: sometimes\`" "an entry that expects it always is told"

# what is no history
unit good
head -c 3000 h.db >cut.db
judge --history cut.db
exits 0 "a cut history changes no verdict"
says err "warning: the history cut.db is not used: it is broken" "and is a warning"
says err "warning: nothing was added to the history cut.db" "nothing is written to it"
[ "$(wc -c <cut.db)" = 3000 ]
ok $? "it stays as it is"
is "$(python3 -c 'import json; d=json.load(open("d.json")); print(d["environment"]["history"]["not_used"], d["remarks"][-1])')" \
	"it is broken, or no history at all The history cut.db was not used: it is broken, or no history at all." \
	"the decision says so"
echo 'not a database, but long enough to be looked at as one, with text in it' >text.db
judge --history text.db
exits 0 "a text"
says err "it is broken, or no history at all" "is none"
python3 - <<'P'
import shutil, sqlite3
shutil.copy("h.db", "newer.db")
c = sqlite3.connect("newer.db")
c.execute("pragma user_version = 2")
c.commit()
c = sqlite3.connect("other.db")
c.execute("create table test(x)")
c.commit()
shutil.copy("h.db", "more.db")
c = sqlite3.connect("more.db")
c.execute("create view v as with recursive r(x) as (select 1 union all select x + 1 from r) select x from r")
c.commit()
P
judge --history newer.db
says err "schema 2, written by a newer gate" "a newer one is not read"
judge --history other.db
says err "no history of this program" "nor another program's"
judge --history more.db
says err "its tables are not those of a history" "nor one with views in it"
gate history show --history more.db
exits 2 "which is not shown either"
mkdir folder
judge --history folder
exits 0 "a folder"
says err "warning" "is none"
judge --history nowhere/h.db
exits 0 "one that can't be made"
says err "nothing was added to the history nowhere/h.db" "is a warning"

# locked by another program
python3 - <<'P' &
import sqlite3, time
c = sqlite3.connect("h.db", isolation_level=None)
c.execute("begin exclusive")
open("locked", "w").close()
while not __import__("os").path.exists("done"):
    time.sleep(0.05)
P
while [ ! -e locked ]; do sleep 0.1; done
judge --history h.db
touch done
wait
exits 0 "a locked history changes no verdict"
says err "locked by another program" "and is a warning"

# a part of the reports is no run
unit part:failed
judge --history h.db --only unit
says err "nothing was added to the history h.db: a run of some of the reports is not recorded" \
	"--only is not recorded"
gate history show part --history h.db
exits 2 "its tests are not known"

# incomplete reports are not recorded
echo '<testsuite name="s"><testcase classname="c" name="a">' >unit.xml
judge --history cutrun.db
exits 3 "a cut report"
gate history show --history cutrun.db
says out "no test failed" "none of its tests is recorded"

# bounded: runs that are long gone are forgotten
unit old:failed
judge --history old.db
python3 - <<'P'
import sqlite3
c = sqlite3.connect("old.db")
c.execute("update run set id = 1")
c.execute("insert into run select 5000, gate, project, revision, 'x', at, verdict, tests, failed, flaky from run")
c.commit()
P
unit young
judge --history old.db
gate history show old --history old.db
exits 2 "a test that was in none of the last thousand runs is forgotten"
says err "no test 'old'" "and it says so"

# the sub-commands
rm gate.yaml
gate history
exits 2 "no sub-command"
gate history shwo
says err "did you mean \`gate history show\`" "the nearest is named"
gate history show
says err "no history is named" "no file"
gate history show --history nothing.db
exits 2 "a file that is not there"
gate history show a b --history h.db
exits 2 "two tests"
done_testing
