#!/bin/sh
# The 26 rules of the decision model, each with the case that shows it, the whole way: a policy,
# a register, a report, the decision.
. "$(dirname "$0")/../lib.sh"

now=2026-01-20T12:00:00Z
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c

# report FILE: lines "class::name outcome [message]" on standard input become JUnit XML
report() {
	awk 'BEGIN { print "<testsuites><testsuite name=\"s\">" }
		{ split($1, at, "::"); message = $0; sub(/^[^ ]+ +[^ ]+ */, "", message)
		  printf "<testcase classname=\"%s\" name=\"%s\">", at[1], at[2]
		  if ($2 == "failed") printf "<failure message=\"%s\"/>", message
		  if ($2 == "error") printf "<error message=\"%s\"/>", message
		  if ($2 == "skipped") printf "<skipped/>"
		  print "</testcase>" }
		END { print "</testsuite></testsuites>" }' >"$1"
}

# policy: the rest of gate.yaml on standard input
policy() {
	{ echo 'version: 1'; cat; } >gate.yaml
}

entries() {
	{ printf 'version: 1\nfindings:\n'; cat; } >known.yaml
}

simple() {
	policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: unit.xml}
END
}

# judge ARGS: decides into d.json
judge() {
	gate run --now $now --color never --out json=d.json --out console=- "$@"
}

# class ID: "class finding" of a test of the decision, "-" for a plain pass or skip
class() {
	python3 - "$1" <<'END'
import json, sys
rows = [t for t in json.load(open("d.json"))["tests"] if t["id"] == sys.argv[1]]
print("; ".join("%s %s" % (t["class"], t["finding"] or "-") for t in rows) or "-")
END
}

verdict() {
	python3 -c 'import json; print(json.load(open("d.json"))["verdict"])'
}

note() { # ID: its note
	python3 - "$1" <<'END'
import json, sys
print([t for t in json.load(open("d.json"))["tests"] if t["id"] == sys.argv[1]][0]["note"])
END
}

# 1
simple
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::noon", message: "boom at noon"}}
END
echo 'a::noon failed quite another thing' | report unit.xml
judge
is "$(class a::noon)" "new-failure -" "rule 1: a known test with a new message is new"
is "$(note a::noon)" "signature-mismatch: KF-1 is about this, but its message 'boom at noon' does not occur" \
	"rule 1: and says which signature did not match"
exits 1 "rule 1: it blocks"
echo 'a::noon failed boom at noon' | report unit.xml
judge
is "$(class a::noon)" "known-failure known/KF-1" "rule 1: with its own message it is known"

# 2
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", outcome: [failed]}}
  - {id: KF-2, severity: high, owner: ann, match: {test: "a::y", outcome: [error]}}
END
printf 'a::x error killed\na::y failed now it says why\n' | report unit.xml
judge
is "$(class a::x)" "new-failure -" "rule 2: expected failed, got error: new"
is "$(class a::y)" "known-failure known/KF-2" "rule 2: expected error, got failed: an improvement"
case $(note a::y) in *improve*) ok 0 "rule 2: which is reported" ;; *) ok 1 "rule 2: which is reported: $(note a::y)" ;; esac

# 3
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a/foo::*"}}
  - {id: KF-2, severity: high, owner: ann, match: {test: "a::x"}}
END
printf 'a/foobar::t failed m\na/foo::t failed m\na::xy failed m\n' | report unit.xml
judge
is "$(class a/foobar::t)" "new-failure -" "rule 3: a/foo does not cover a/foobar"
is "$(class a/foo::t)" "known-failure known/KF-1" "rule 3: but what is below it"
is "$(class a::xy)" "new-failure -" "rule 3: a::x does not cover a::xy"

# 4
for pattern in '""' '"*"' '"**"'; do
	entries <<END
  - {id: KF-1, severity: high, owner: ann, match: {test: $pattern}}
END
	judge
	exits 2 "rule 4: the pattern $pattern is a configuration error"
done
for message in '""' 'error' '{regex: ".*", matches: x, matches-not: "y"}'; do
	entries <<END
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", message: $message}}
END
	judge
	exits 2 "rule 4: the message $message is a configuration error"
done

# 5
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", message: "got [1] of (2)"}}
END
printf 'a::x failed got [1] of (2) rows\n' | report unit.xml
judge
is "$(class a::x)" "known-failure known/KF-1" "rule 5: a pattern is literal"
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", message: {regex: "got .* rows", matches: "got 2 rows"}}}
END
judge
exits 2 "rule 5: a regex carries an example that must not match"
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", message: {regex: "got \\d+ rows", matches: "got many rows", matches-not: "lost 2 rows"}}}
END
judge
exits 2 "rule 5: and both examples are checked"
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", message: {regex: "^(x+x+)+[yz]$", matches: "xxy", matches-not: "zz"}}}
END
printf 'a::x failed %s\n' "$(printf '%01000d' 0 | tr 0 x)" | report unit.xml
judge
is "$(class a::x)" "new-failure -" "rule 5: a regex that gave up excuses nothing"
grep -q 'gave up' d.json out err
ok $? "rule 5: and gave up is not no match: it is said"

# 6
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", message: "lost object at 0x7ffe01 after 12 ms"}}
END
printf 'a::x failed lost object at 0x55aa99 after 340 ms\n' | report unit.xml
judge
is "$(class a::x)" "known-failure known/KF-1" "rule 6: volatile text is normalised on both sides"

# 7
policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: {path: "unit-*.xml", legs: [py39, py312]}}
END
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x", leg: py39}}
END
echo 'a::x failed m' | report unit-py39.xml
echo 'a::x failed m' | report unit-py312.xml
judge
is "$(class a::x)" "new-failure -; known-failure known/KF-1" "rule 7: known on Python 3.9 only is no excuse for 3.12"
rm unit-*.xml

# 8
policy <<'END'
extends: ratchet
registers: [known.yaml, fixed.yaml]
reports: {unit: unit.xml}
END
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x"}}
END
cat >fixed.yaml <<'END'
version: 1
findings:
  - {id: FX-1, severity: low, owner: ann, status: done, match: {test: "a::x"}}
END
echo 'a::x failed m' | report unit.xml
judge
is "$(class a::x)" "failed-fix fixed/FX-1" "rule 8: of several findings the strictest decides"
grep -q '"known/KF-1"' d.json
ok $? "rule 8: and all are recorded"
sed -i 's/known.yaml, fixed.yaml/fixed.yaml, known.yaml/' gate.yaml
judge
is "$(class a::x)" "failed-fix fixed/FX-1" "rule 8: whatever the order of the registers"
sed -i 's/status: done, match: {test: "a::x"}/status: done, match: {test: "a::x", message: "some other words"}/' fixed.yaml
judge
is "$(class a::x)" "known-failure known/KF-1" "rule 8: a signature mismatch voids that finding's evidence only"

# 9
simple
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::known"}}
END
{ awk 'BEGIN { for (i = 0; i < 100000; i++) print "a::t" i " failed m" }'; echo 'a::known failed m'; } | report unit.xml
judge
is "$(python3 -c 'import json; d = json.load(open("d.json")); print(len(d["tests"]), d["counts"]["new-failure"], d["counts"]["known-failure"])')" \
	"100001 100000 1" "rule 9: 100,001 failures are all classified"

# 10
simple
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::old"}}
renamed: {"a::old": "a::new"}
END
echo 'a::new failed m' | report unit.xml
judge
is "$(class a::new)" "known-failure known/KF-1" "rule 10: a rename maps old to new"
says d.json "renamed to a::new" "rule 10: and says so"

# 11
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x"}}
  - {id: KF-2, severity: high, owner: ann, expect: sometimes, match: {test: "a::y"}}
END
printf 'a::x passed\na::y passed\n' | report unit.xml
judge
is "$(class a::x)" "unexpected-pass known/KF-1" "rule 11: a passing test of an always finding is unexpected"
is "$(class a::y)" "-" "rule 11: one pass does not contradict sometimes"

# 12
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, status: done, match: {test: "a::x"}}
END
echo 'a::x failed m' | report unit.xml
judge
is "$(class a::x)" "failed-fix known/KF-1" "rule 12: done and failing is a failed fix"
exits 1 "rule 12: which blocks"
git init -q .
git add -A && git commit -q -m base
base=$(git rev-parse HEAD)
git commit -q --allow-empty -m 'the fix' && fix=$(git rev-parse HEAD)
sed -i "s/status: done/status: done, fixed-in: $fix/" known.yaml
git checkout -q "$base" -- . 2>/dev/null; git checkout -q --detach "$base"
sed -i "s/status: done, match/status: done, fixed-in: $fix, match/" known.yaml
judge
is "$(class a::x)" "known-failure known/KF-1" "rule 12: unless the revision lacks the fix (stale base)"
git stash -q && git checkout -q --detach "$fix" && git stash pop -q
judge
is "$(class a::x)" "failed-fix known/KF-1" "rule 12: and in one that holds it, failed-fix"
rm -rf .git

# 13
entries <<'END'
  - {id: KF-1, severity: high, match: {test: "a::x"}, waiver: {owner: ann, reason: clock, expires: 2026-03-01}}
  - {id: KF-2, severity: high, match: {test: "a::y"}, waiver: {owner: ann, expires: 2026-03-01}}
END
printf 'a::x failed m\na::y failed m\n' | report unit.xml
judge
is "$(class a::x)" "waived known/KF-1" "rule 13: a whole waiver covers its match"
is "$(class a::y | cut -d' ' -f1)" "known-failure" "rule 13: one without a reason excuses nothing"
says out "waivers" "rule 13: and violates the rule waivers"
exits 1 "rule 13: which blocks"
entries <<'END'
  - {id: KF-1, severity: high, waiver: {owner: ann, reason: clock, expires: 2026-03-01}}
END
judge
exits 2 "rule 13: an entry without a match can't carry a waiver"
entries <<'END'
  - {id: KF-1, severity: high, match: {test: "a::x"}, waiver: {owner: ann, reason: clock, expires: 2026-01-15}}
END
echo 'a::x failed m' | report unit.xml
judge
is "$(class a::x)" "waived known/KF-1" "rule 13: within the grace days it stays waived"
grep -q 'grace' out
ok $? "rule 13: with a warning"

# 14
for date in 2026-02-30 never 2026-13-01 '""' 20260301 2026-3-1; do
	entries <<END
  - {id: KF-1, severity: high, match: {test: "a::x"}, waiver: {owner: ann, reason: clock, expires: $date}}
END
	judge
	exits 2 "rule 14: $date is an error, never forever"
done
entries <<'END'
  - {id: KF-1, severity: high, match: {test: "a::x"}, waiver: {owner: ann, reason: clock, expires: 2026-01-20}}
END
policy <<'END'
extends: strict
registers: [known.yaml]
reports: {unit: unit.xml}
END
now=2026-01-20T23:59:59Z
judge
is "$(class a::x)" "waived known/KF-1" "rule 14: a date means the end of that day in UTC"
now=2026-01-21T00:00:00Z
judge
is "$(class a::x)" "waiver-expired known/KF-1" "rule 14: and not a second longer"
now=2026-01-20T12:00:00Z

# 15
policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: unit.xml, e2e: {path: e2e.xml, optional: true}}
END
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "b::x", report: e2e}}
  - {id: KF-2, severity: high, owner: ann, match: {test: "a::gone", report: unit}}
END
echo 'a::y passed' | report unit.xml
judge
python3 -c '
import json; d = json.load(open("d.json"))
print(sorted((f["qualified"], f["state"]) for f in d["findings"]), d["counts"]["orphaned"])' >got
is "$(cat got)" "[('known/KF-1', 'open'), ('known/KF-2', 'open')] 1" \
	"rule 15: an entry is orphaned only if its producer ran"
grep -q 'KF-1.*orphan' out && ok 1 "rule 15: the other is not named" || ok 0 "rule 15: the other is not named"

# 16
simple
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, status: done, match: {test: "a::x"}}
  - {id: KF-2, severity: high, owner: ann, match: {test: "a::y"}}
END
printf 'a::x skipped\na::y skipped\na::z passed\n' | report unit.xml
judge
is "$(class a::x)" "unverified-fix known/KF-1" "rule 16: skipped is no evidence of a fix"
is "$(class a::y)" "known-skip known/KF-2" "rule 16: nor a pass"

# 17
entries <<'END'
  - {id: KF-9, severity: low, owner: ann, match: {test: "z::z"}, expect: sometimes}
END
printf 'a::x failed m\na::x passed\n' | report unit.xml
judge
exits 1 "rule 17: two cases of one name are no retry"
is "$(class a::x)" "new-failure -" "rule 17: the one that failed failed"
cat >unit.xml <<'END'
<testsuite name="s"><testcase classname="a" name="x"><flakyFailure message="first try" type="E"/></testcase></testsuite>
END
judge
is "$(class a::x)" "flaky -" "rule 17: attempts that the runner names are kept"

# 18
cat >audit.md <<'END'
# Audit 2026-01-01

## BUG-A01: Cart drops cents (High)

- Status: open
- Tests: `tests/test_cart.py::test_total`
END
policy <<'END'
extends: ratchet
registers: [audit.md]
reports: {unit: unit.xml}
END
echo 'tests.test_cart::test_total failed m' | report unit.xml
judge
exits 1 "rule 18: being named in a document is not consent to fail"
is "$(class tests/test_cart.py::test_total)" "known-failure audit/BUG-A01" "rule 18: though it is known"
sed -i 's/\[audit.md\]/[{path: audit.md, excuses: true}]/' gate.yaml
judge
exits 0 "rule 18: an excusing register makes it tolerable"

# 19
entries <<'END'
  - {id: KF-9, severity: low, owner: ann, match: {test: "z::z"}, expect: sometimes}
END
policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: unit.xml, e2e: e2e.xml}
END
echo 'a::x passed' | report unit.xml
judge
exits 3 "rule 19: one of two producers missing is inconclusive"
says out "e2e" "rule 19: and the gate says which"

# 20
simple
entries <<'END'
  - {id: KF-1, severity: high, owner: ann, match: {test: "a::x"}}
END
echo 'a::x failed m' | report unit.xml
judge --runner-exit unit=139
exits 3 "rule 20: 139 with only known failures is inconclusive"
judge --runner-exit unit=1
exits 0 "rule 20: 1 with a known failure is explained"
echo 'a::x passed' | report unit.xml
judge --runner-exit unit=1
exits 3 "rule 20: 1 without a failure is not"

# 21
printf '<testsuites></testsuites>\n' >unit.xml
judge
exits 3 "rule 21: nothing ran is not a pass"
policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: {path: unit.xml, min-tests: 3}}
END
printf 'a::y passed\na::z passed\n' | report unit.xml
judge
exits 3 "rule 21: fewer than the floor is not a pass"
policy <<'END'
extends: ratchet
registers: [known.yaml]
baseline: base.xml
reports: {unit: unit.xml}
END
printf 'a::x failed m\na::y passed\n' | report base.xml
echo 'a::y passed' | report unit.xml
judge
is "$(class a::x)" "missing -; orphaned known/KF-1" "rule 21: a finding may excuse a failure, never a disappearance"
exits 1 "rule 21: which blocks"
printf 'removed: ["a::x"]\n' >>known.yaml
judge
is "$(class a::x)" "removed -; orphaned known/KF-1" "rule 21: a register may list it as removed"
says out "a::x" "rule 21: and the report always names it"

# 22
policy <<'END'
extends: ratchet
baseline: base.json.gz
reports: {lint: {path: lint.txt, format: gcc}}
rules: {new-issues: 0}
END
printf "a.c:3:1: warning: unused variable 'one' [-Wunused-variable]\na.c:9:1: warning: unused variable 'two' [-Wunused-variable]\n" >lint.txt
gate run --now $now --policy ratchet --report lint=gcc:lint.txt --save-baseline base.json.gz
sed -i "s/'two'/'three'/" lint.txt
judge
is "$(python3 -c 'import json; c = json.load(open("d.json"))["counts"]; print(c["new-issue"], c["resolved"], c["existing-issue"])')" \
	"1 1 1" "rule 22: one violation swapped for another: one new, one resolved"
exits 1 "rule 22: the count did not grow, and it blocks"

# 23
simple
entries <<'END'
  - {id: KF-9, severity: low, owner: ann, match: {test: "z::z"}, expect: sometimes}
END
cat >unit.xml <<'END'
<testsuite name="s" tests="2" failures="1" errors="0"><testcase classname="a" name="x"/><testcase classname="a" name="y"/></testsuite>
END
judge
exits 1 "rule 23: more failures declared than shown are failures"
says d.json "declared-mismatch" "rule 23: and are said"

# 24
echo 'a::x failed m' | report unit.xml
judge
is "$(class a::x)" "new-failure -" "rule 24: without a baseline, failures are new"

# 25
policy <<'END'
extends: ratchet
reports: {unit: unit.xml}
rules: {new-failurs: 3}
END
judge
exits 2 "rule 25: a policy with a typo judges nothing"
says err "new-failures" "rule 25: and the nearest name is told"
[ ! -s d.json ] || grep -q schema d.json
policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: unit.xml}
END
echo 'a::x failed m' | report unit.xml
git init -q . && git add -A && git commit -q -m base
sed -i 's/^reports/rules: {new-failures: off}\nreports/' gate.yaml
git add -A && git commit -q -m loosen
judge --trusted-ref HEAD~1
exits 1 "rule 25: a change can't loosen its own gate"
says out "pending" "rule 25: its edit is pending"
git reset -q --hard HEAD~1
sed -i 's/^reports/rules: {new-failures: 5}\nreports/' gate.yaml && git commit -q -a -m five
sed -i 's/new-failures: 5/new-failures: 0/' gate.yaml && git commit -q -a -m none
judge --trusted-ref HEAD~1
exits 1 "rule 25: but it can tighten it"
rm -rf .git

# 26
policy <<'END'
extends: ratchet
registers: [known.yaml]
reports: {unit: unit.xml, e2e: e2e.xml}
END
judge
exits 1 "rule 26: a violation outranks inconclusive"
is "$(verdict)" fail "rule 26: in the decision too"
cp d.json first.json
judge
cmp -s d.json first.json
ok $? "rule 26: same inputs, same bytes"
done_testing
