#!/bin/sh
# Issue trackers as registers: what they decide, and exports that can't be trusted.
. "$(dirname "$0")/../lib.sh"

cat >gate.yaml <<'END'
version: 1
registers: [known.json, issues.json]
reports: {unit: r.xml}
rules: {new-failures: 0, known-failures: {tolerate: all}, failed-fixes: 0}
END
echo '[{"test": "t.clock::noon", "owner": "ann", "issue": "#12"}]' >known.json
echo '<testsuite name="s"><testcase classname="t.clock" name="noon"><failure/></testcase></testsuite>' >r.xml
issue() {
	printf '[{"number": 12, "title": "Clock", "state": "%s"}]\n' "$1" >issues.json
}
issue OPEN
gate run
exits 0 "open in the tracker: known, excused by the list"
issue CLOSED
gate run
exits 1 "closed in the tracker: a failed fix"
says out "failed-fixes" "... and says so"

issue SLEEPING
gate run
exits 2 "a state nobody knows"
says err "issues.json:1:" "... with its place"
says err "'SLEEPING' is no state of an issue" "... in its words"
echo '[{"number": 12, "title": "Clock"}]' >issues.json
gate run
exits 2 "an export without states says nothing"
says err "gh issue list --state all" "... and how to write one that does"
echo '[{"number": 12, "title": "Clock", "state": "OPEN"}, 3]' >issues.json
gate run
exits 2 "an issue that is no map"
echo '[{"number": 12, "title": "Clock", "state": "OPEN"' >issues.json
gate run
exits 2 "a cut export"
says err "issues.json:" "... named"
done_testing
