#!/bin/sh
# Two decisions side by side: what is new, gone, reclassified, and what made it so.
. "$(dirname "$0")/../lib.sh"

cat >gate.yaml <<'END'
version: 1
registers: [known.yaml]
reports: {unit: unit.xml, lint: {path: lint.txt, format: flake8}}
rules: {new-failures: 0, known-failures: {tolerate: all}, new-issues: 0, failed-fixes: 0}
END
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: high, match: {test: "t::known"}}
  - {id: KF-2, title: two, severity: low, status: open, match: {test: "t::two"}}
END
case_() { echo "<testcase classname=\"t\" name=\"$1\">${2:+<failure message=\"$2\"/>}</testcase>"; }
{ echo '<testsuite name="s">'; case_ known boom; case_ two boom; case_ a; case_ b boom; echo '</testsuite>'; } >unit.xml
printf 'a.py:1:1: F401 os imported but unused\n' >lint.txt
judge() { out=$1; shift; gate run --now 2026-11-20T12:00:00Z --out json="$out" --bundle "${out%.json}.tgz" "$@"; }
# has FILTER DESCRIPTION: the comparison, as JSON, holds it
has() {
	python3 -c 'import json, sys
d = json.load(open("out"))
sys.exit(not eval(sys.argv[1], {"d": d, "by": lambda l: {x["id"]: x for x in d[l]}}))' "$1"
	ok $? "$2"
}

judge a.json
exits 1 "a decision"
gate diff a.json a.json
exits 0 "with itself"
is "$(cat out)" "the same decision" "... it is the same"
gate diff a.json a.tgz
exits 0 "with its bundle"
gate diff a.tgz a.tgz --json
exits 0 "two bundles"
has 'd["same"] and d["schema"] == "regression-gate/diff@1"' "... as JSON"

# ---- another report
{ echo '<testsuite name="s">'; case_ known boom; case_ two boom; case_ a new; case_ b; echo '</testsuite>'; } >unit.xml
printf 'a.py:1:1: F401 sys imported but unused\n' >lint.txt
judge b.json
gate diff a.json b.json
exits 1 "another report: different"
says out "fail (exit 1) both times" "... verdict"
says out "input unit unit.xml: its content differs" "... the input is named"
says out "t::a: new-failure; by unit unit.xml" "... with what it brought"
gate diff a.json b.json --json
has 'by("tests")["t::a"]["change"] == "new" and by("tests")["t::b"]["change"] == "gone"' "new and gone"
has 'by("tests")["t::a"]["because"] == ["unit unit.xml"]' "... because of their report"
has 'len(d["issues"]) == 2 and {i["change"] for i in d["issues"]} == {"new", "gone"}' "issues too"
has '[c["name"] for c in d["causes"]] == ["lint lint.txt", "unit unit.xml"]' "nothing else is a cause"
cp out ab
gate diff b.json a.json --json
has 'by("tests")["t::a"]["change"] == "gone"' "the other way round"
gate diff a.json b.json --json
cmp -s out ab
ok $? "the same bytes again"

# ---- another register
sed -i 's/t::known/t::a/; s/status: open/status: done/' known.yaml
judge c.json
gate diff b.json c.json
exits 1 "another register"
says out "register known.yaml: its content differs" "... is named"
says out "t::a: new-failure -> known-failure (known/KF-1, excused); by known.yaml" "... for what it reclassified"
says out "t::two: known-failure (known/KF-2, excused) -> failed-fix (known/KF-2); by known.yaml" "... all of it"
says out "known/KF-2: open, low -> done, low" "... with the finding's state"
says out "failed-fixes: pass (0, limit 0; fail) -> fail (1, limit 0; fail)" "... and the rule"
says out "failed-fix: 0 -> 1" "... and the counts"

# ---- another policy, another clock
sed -i 's/new-failures: 0/new-failures: 9/' gate.yaml
judge d.json
gate diff c.json d.json
says out "policy: it differs, or what it extends" "another policy is named"
says out "new-failures: fail (1, limit 0; fail) -> pass (1, limit 9; fail)" "... with the limit that moved"
gate run --now 2026-12-20T12:00:00Z --out json=e.json --out console=/dev/null
gate diff d.json e.json
exits 1 "another clock"
says out "now: 2026-11-20T12:00:00Z -> 2026-12-20T12:00:00Z" "... is named"
says_not out "Tests" "... nothing was reclassified"
gate baseline save --now 2026-11-19T12:00:00Z -o base.json.gz
judge f.json --baseline base.json.gz
gate diff d.json f.json
says out "baseline: only the second has one" "a baseline is named"
says out "t::known: new-failure -> preexisting-failure; by baseline" "... for what it reclassified"
rm unit.xml
judge g.json
gate diff d.json g.json
says out "input unit unit.xml: only the first could read it" "an input that is missing is a cause"
sed 's/"version": "[^"]*"/"version": "9.9.9"/' d.json >h.json
gate diff d.json h.json
exits 1 "another version"
says out "gate: " "... is a cause"

# ---- many rows
{ echo '<testsuite name="s">'; i=0; while [ $i -lt 30 ]; do case_ "many$i" boom; i=$((i + 1)); done; echo '</testsuite>'; } >unit.xml
judge i.json
gate diff d.json i.json
says out "new (32)" "long lists are counted (with two findings whose tests are gone)"
says out "+12 more with -v" "... and cut"
gate diff -v d.json i.json
says out "t::many9" "-v shows all"

# ---- what can't be read
gate diff a.json
exits 2 "one file only"
gate diff a.json nothing.json
exits 2 "a file that is not there"
says err "nothing.json" "... is named"
gate diff a.json gate.yaml
exits 2 "a file that is no decision"
sed 's/"verdict": "fail"/"verdict": "maybe"/' a.json >bad.json
gate diff bad.json a.json
exits 2 "a verdict that there is not"
head -c 200 a.tgz >cut.tgz
gate diff a.tgz cut.tgz
exits 2 "a cut bundle"
says err "cut.tgz: error: a cut or broken archive" "... is named"
printf '{"schema": "regression-gate/decision@2"}' >newer.json
gate diff a.json newer.json
exits 2 "a decision of another version"
done_testing
