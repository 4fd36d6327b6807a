#!/bin/sh
# `gate policy test`: cases beside the policy say what it must do.
. "$(dirname "$0")/../lib.sh"

cat >gate.yaml <<'END'
version: 1
extends: ratchet
registers: live.yaml
reports:
  unit: {path: build/unit.xml, min-tests: 600, exit-file: build/unit.exit}
  ruff: {path: build/ruff.txt}
rules:
  new-issues: {report: ruff, max: 3}
END
printf 'version: 1\nfindings: []\n' >live.yaml
mkdir cases
cat >cases/known.yaml <<'END'
version: 1
findings:
  - id: KF-1
    title: The clock stops at noon
    severity: high
    match: {test: "tests/test_clock.py::test_noon"}
    waiver: {owner: ann, reason: the clock is being replaced, expires: 2026-03-01}
END
cat >cases/unit.xml <<'END'
<testsuite name="unit" tests="3" failures="1" skipped="1">
  <testcase classname="tests.test_clock" name="test_noon"><failure message="assert 1 == 2">tests/test_clock.py:7: AssertionError</failure></testcase>
  <testcase classname="tests.test_clock" name="test_dawn"/>
  <testcase classname="tests.test_clock" name="test_dusk"><skipped/></testcase>
</testsuite>
END
cat >gate.tests.yaml <<'END'
version: 1
now: 2026-01-15T12:00:00Z
cases:
  - name: a waived failure passes
    registers: cases/known.yaml
    reports: {unit: {path: cases/unit.xml, min-tests: 3}}
    expect:
      verdict: pass
      sentence: 1 waived
      classes:
        "tests/test_clock.py::test_noon": waived
        "tests/test_clock.py::test_dawn": passed
        "tests/test_clock.py::test_dusk": skipped
        "tests/test_clock.py::test_gone": absent
      rules: {new-failures: pass, waivers: pass}
      counts: {waived: 1, new-failure: 0}
  - name: the waiver ends
    now: 2026-05-01T00:00:00Z
    registers: cases/known.yaml
    reports: {unit: {path: cases/unit.xml, min-tests: 3}}
    expect:
      verdict: fail
      classes: {"tests/test_clock.py::test_noon": waiver-expired}
      rules: {expired-waivers: fail}
  - name: what nobody lists is new
    reports: {unit: {path: cases/unit.xml, min-tests: 3}}
    expect: {verdict: fail, classes: {"tests/test_clock.py::test_noon": new-failure}}
  - name: a killed runner is no pass
    registers: cases/known.yaml
    reports: {unit: {path: cases/unit.xml, min-tests: 3}}
    runner-exit: {unit: 137}
    expect: {verdict: inconclusive, rules: {runner-exit: inconclusive}}
  - name: the policy's own floor holds
    registers: cases/known.yaml
    reports: {unit: cases/unit.xml}
    expect: {verdict: inconclusive, rules: {incomplete-input: inconclusive}}
END
# The case's exit file: the policy names one that is not there.
sed -i 's/, exit-file: build\/unit.exit//' gate.yaml
gate policy test
exits 0 "all as expected"
is "$(cat out)" "ok   a waived failure passes
ok   the waiver ends
ok   what nobody lists is new
ok   a killed runner is no pass
ok   the policy's own floor holds
5 cases: all as expected" "... and says so"
cp out first
mkdir elsewhere
(cd elsewhere && "$GATE" policy test --policy ../gate.yaml >../out 2>../err)
is "$?" 0 "from another folder"
cmp -s first out
ok $? "... the same"

# A case has no baseline but its own.
sed -i 's/message="assert 1 == 2"/message="assert 3 == 4"/' cases/unit.xml
"$GATE" baseline save --now 2026-01-14T12:00:00Z -o cases/base.json --policy ratchet --report unit=cases/unit.xml >/dev/null 2>err
is "$?" 0 "a baseline"
cat >base.yaml <<'END'
now: 2026-01-15T12:00:00Z
cases:
  - name: a failure that was there
    reports: {unit: {path: cases/unit.xml, min-tests: 3}}
    baseline: cases/base.json
    expect: {classes: {"tests/test_clock.py::test_noon": preexisting-failure}}
  - name: without one it is new
    reports: {unit: {path: cases/unit.xml, min-tests: 3}}
    expect: {classes: {"tests/test_clock.py::test_noon": new-failure}}
END
cp gate.yaml with.yaml
echo 'baseline: gone.json' >>with.yaml
gate policy test with.yaml --cases base.yaml
exits 0 "cases with and without a baseline"

sed 's/: waived$/: known-failure/; s/new-failure: 0/new-failure: 2/; s/verdict: inconclusive, rules: {runner-exit: inconclusive/verdict: pass, rules: {runner-exit: pass/' gate.tests.yaml >other.yaml
gate policy test --cases other.yaml
exits 1 "expectations that fail"
is "$(sed -n 1,6p out)" "FAIL a waived failure passes
     tests/test_clock.py::test_noon: waived, not known-failure
     0 new-failure, not 2
ok   the waiver ends
ok   what nobody lists is new
FAIL a killed runner is no pass" "... with what came out instead"
says out "     the verdict: inconclusive, not pass: Inconclusive: " "... and the sentence"
says out "     the rule runner-exit: inconclusive, not pass: " "... and the rule's message"
says out "5 cases: 2 not as expected" "... counted"

gate policy test ratchet
exits 2 "no cases beside it"
says err "ratchet.tests.yaml does not exist" "... where they would be"

# bad CASES MESSAGE HINT
bad() {
	printf '%s\n' "$1" >bad.yaml
	gate policy test --cases bad.yaml
	exits 2 "bad cases: $2"
	says err "bad.yaml:$2" "... the place"
	[ -z "$3" ] || says err "hint: $3" "... a hint"
}
bad 'cases: []' "1:8: error: \`cases\` is an empty list" ""
bad 'version: 2' "1:10: error: unknown version of the cases: '2'" ""
bad '- a' "1:1: error: the value must be a map, not a list" ""
bad 'cases: [{nmae: x}]' "1:10: error: unknown key 'nmae'" "did you mean 'name'?"
bad 'cases: [{name: x}]' "1:9: error: a case needs \`expect\`" "expect: {verdict: pass}"
bad 'cases: [{name: x, expect: {verdict: pass}}]' "1:9: error: a case needs \`now\`" "now: 2026-01-31"
bad 'cases: [{name: x, expect: {verdict: passed}}]' "1:37: error: unknown value of \`verdict\`: 'passed'" "did you mean 'pass'?"
bad 'cases: [{name: x, expect: {}}]' "1:27: error: the case expects nothing" ""
bad 'cases: [{name: x, expect: {classes: {a: knwon-failure}}}]' "1:41: error: unknown value of \`a\`: 'knwon-failure'" "did you mean 'known-failure'?"
bad 'cases: [{name: x, expect: {rules: {new-failure: pass}}}]' "1:36: error: unknown rule 'new-failure'" "did you mean 'new-failures'?"
bad 'cases: [{name: x, expect: {counts: {waivd: 1}}}]' "1:37: error: unknown class 'waivd'" "did you mean 'waived'?"
bad 'cases: [{name: x, now: noon, expect: {verdict: pass}}]' "1:24: error: 'noon' is no RFC 3339 instant" ""
bad 'now: 2026-01-15T12:00:00Z
cases: [{name: x, expect: {verdict: pass}}, {name: x, expect: {verdict: pass}}]' "2:52: error: two cases are called 'x'" ""

printf 'now: 2026-01-15T12:00:00Z\ncases: [{name: x, registers: gone.yaml, expect: {verdict: pass}}]\n' >bad.yaml
gate policy test --cases bad.yaml
exits 2 "a register that is not there"
says err "bad.yaml:2:30: error: the register 'gone.yaml' does not exist" "... is named"
says out "BAD  x" "... and the case is not judged"
printf 'now: 2026-01-15T12:00:00Z\ncases: [{name: x, reports: {unit: {pth: y}}, expect: {verdict: pass}}]\n' >bad.yaml
gate policy test --cases bad.yaml
exits 2 "a mistake in a case's reports"
says err "bad.yaml:2:36: error: unknown key 'pth'" "... is named"
done_testing
