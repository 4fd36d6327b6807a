#!/bin/sh
# --only and --partial: runs of some of the reports judge what ran, say so, and are neither posted
# nor saved.
. "$(dirname "$0")/../lib.sh"

now=2026-03-01T12:00:00Z
unset GITHUB_RUN_ID GITHUB_RUN_ATTEMPT GITHUB_SHA CI_PIPELINE_ID CI_JOB_ID CI_COMMIT_SHA
suite() { # CASES...
	printf '<testsuite name="s">'
	for c in "$@"; do
		case $c in
		-*) printf '<testcase classname="C" name="%s"><failure message="no"/></testcase>' "${c#-}" ;;
		*) printf '<testcase classname="C" name="%s"/>' "$c" ;;
		esac
	done
	printf '</testsuite>\n'
}
suite a b c >unit.xml
suite x y z >e2e.xml
cat >gate.yaml <<'E2'
version: 1
extends: ratchet
registers: [known.yaml]
baseline: base.gz
reports:
  unit: {path: unit.xml, min-tests: 3}
  e2e: {path: e2e.xml, exit-file: e2e.exit}
rules: {missing-tests: 0, orphaned-findings: 0, preexisting-failures: 0}
E2
cat >known.yaml <<'E2'
version: 1
findings:
  - {id: KF-1, title: In e2e, status: open, expect: sometimes, match: {test: "C::z"}}
  - {id: KF-2, title: In unit, status: open, expect: sometimes, match: {test: "C::c", report: unit}}
E2
echo 0 >e2e.exit
gate baseline save --now $now
exits 0 "a whole run is saved"
gate run --now $now
exits 0 "and passes"

# ---- --only
rm e2e.xml e2e.exit
gate run --now $now
exits 3 "a producer that does not deliver is inconclusive"
gate run --now $now --only unit -o json=d.json
exits 0 "--only: what is out of scope is not judged"
is "$(head -n 1 out)" "Passed (only unit): 3 tests (baseline less than a day old)." "the verdict says so"
says d.json '"scope": "only unit"' "the decision says so"
says_not d.json '"name": "e2e"' "what was not read is no input"
says d.json '"missing": 0' "its tests are not missing"
says d.json '"orphaned": 0' "findings of them are not orphaned"
suite a b >unit.xml
sed -i 's/min-tests: 3/min-tests: 1/' gate.yaml
gate run --now $now --only unit -o json=d.json
exits 1 "what is gone in scope is"
says d.json '"missing": 1' "missing"
gate run --now $now --only unit,e2e
exits 1 "a failure outranks: both are in scope"
says out "(only unit, e2e)" "and said"
suite a b -c >unit.xml
gate run --now $now --only unit
exits 0 "what a finding in scope excuses"
gate run --now $now --only unit --runner-exit e2e=139 --runner-exit unit=1
exits 0 "the exit status of a runner out of scope says nothing"
gate run --now $now --only unti
exits 2 "no such producer"
says err "did you mean 'unit'?" "the nearest is named"
gate run --now $now --only ''
exits 2 "no name"
gate run --now $now --only unit --save-baseline x.gz
exits 2 "it can't be saved"
says err "--save-baseline with --only: a part of the reports is no baseline" "and says why"
gate baseline save --now $now --only unit -o x.gz
exits 2 "not by baseline save either"
ok "$([ ! -e x.gz ]; echo $?)" "nothing was written"
gate run --now $now --only unit --post
exits 2 "it can't be posted"
gate run --now $now --only unit -o json=d.json
GITHUB_ACTIONS=true GITHUB_REPOSITORY=o/p GITHUB_SHA=1111111111111111111111111111111111111111 \
	GITHUB_TOKEN=x gate post --decision d.json
exits 2 "nor later"
says err "limited scope" "and says why"

# ---- --partial
suite a >unit.xml
suite x >e2e.xml
echo 0 >e2e.exit
sed -i 's/min-tests: 1/min-tests: 3, legs: [one, two]/' gate.yaml
gate run --now $now
exits 1 "most tests are missing"
gate run --now $now --partial -o json=d.json
exits 0 "--partial: nothing is judged absent"
says out "Passed (partial): 2 tests" "the verdict says so"
says d.json '"missing": 0' "no test"
says d.json '"orphaned": 0' "no finding"
says d.json '"scope": "partial"' "the decision says so"
suite -q >unit.xml
gate run --now $now --partial
exits 1 "what failed fails"
printf '<testsuite name="s"/>\n' >unit.xml
gate run --now $now --partial
exits 3 "where nothing ran, nothing is known"
rm unit.xml
gate run --now $now --partial
exits 3 "a report that is not there is no part of a run"
gate run --now $now --partial --only e2e
exits 0 "with --only"
says out "(only e2e; partial)" "both are said"
for option in --save-baseline=x.gz --post; do
	gate run --now $now --partial $option
	exits 2 "--partial and $option"
done
gate baseline save --now $now --partial -o x.gz
exits 2 "--partial and baseline save"

# ---- with legs
suite a b >p.xml
gate collect unit/one=p.xml e2e/one=e2e.xml -o leg.gate.json.gz
gate run --now $now --partial --only unit leg.gate.json.gz -o json=d.json
exits 0 "a leg holds more than what is in scope"
says_not d.json '"name": "e2e"' "that is not read"
cd / && cd "$scratch" && mkdir bare && cd bare && cp ../leg.gate.json.gz .
gate run --now $now --only e2e leg.gate.json.gz
exits 0 "without a policy the legs name the producers"
gate run --now $now --only e3e leg.gate.json.gz
exits 2 "and no others"
done_testing
