#!/bin/sh
# A team with a list of 216 known failures switches: nothing it has is lost, and the debt is seen.
. "$(dirname "$0")/../lib.sh"
seq 1 216 >numbers
{
	echo '<testsuite name="s">'
	sed 's/.*/<testcase classname="tests.test_old" name="test_&"><failure message="boom">boom<\/failure><\/testcase>/' numbers
	echo '<testcase classname="tests.test_new" name="test_ok"/></testsuite>'
} >unit.xml
judge() { gate run --now 2026-11-20T12:00:00Z --out json=d.json "$@"; }
# each spelling that people keep such lists in
python_list() { sed 's/.*/tests\/test_old.py::test_&/' numbers; }
python_list >known.txt
sed 's/.*/tests.test_old.test_&/' numbers >dotted.txt
{ echo '# our debt'; python_list | sed 's/$/   ann   see the wiki/'; } >columns.txt
python_list | sed 's/.*/"&"/' | paste -sd, | sed 's/.*/[&]/' >array.json
python_list | sed 's/.*/{"test": "&", "owner": "ann"}/' | paste -sd, | sed 's/.*/{"failures": [&]}/' >failures.json

for list in known.txt dotted.txt array.json failures.json; do
	printf 'version: 1\nextends: ratchet\nregisters: %s\nreports: {unit: unit.xml}\nrules: {known-failures: {tolerate: all}}\n' $list >gate.yaml
	judge
	exits 0 "$list as it is: 216 listed failures pass"
	says d.json '"known-failure": 216' "... each of them known"
done

# ---- the debt
cat >gate.yaml <<'END'
version: 1
extends: ratchet
registers: known.txt
reports: {unit: unit.xml}
rules:
  known-failures: {tolerate: all}
  register-health: {require: [owner, reason, expires], level: warn}
END
judge
exits 0 "what the list lacks is a warning"
says out 'Warnings: 216 register problems' "... in the verdict's sentence"
says d.json '216 entries lack what the policy requires: owner 216, reason 216, expires 216' "... field by field"
says out 'known.txt:1 tests/test_old.py::test_1' "... entry by entry"
[ "$(wc -l <out)" -lt 70 ]
ok $? "... and not 216 lines of it"
is "$(grep -o '"known.txt:[0-9]* tests/test_old.py::test_[0-9]*' d.json | sort -u | wc -l)" 216 "... but all of them in the decision"
gate run --now 2026-11-20T12:00:00Z -v
[ "$(grep -c 'known.txt:[0-9]* tests' out)" = 216 ]
ok $? "... and with -v"

sed -i 's/registers: .*/registers: {path: known.txt, owner: backend, expires: 2027-03-31}/' gate.yaml
judge
says d.json '216 entries lack what the policy requires: reason 216' "the register's own owner and date fill them all"
sed -i 's/\[owner, reason, expires\]/[owner, expires]/' gate.yaml
judge
exits 0 "nothing is lacking then"
says_not out 'Warnings' "... and nothing is warned of"

# ---- the debt shrinks, and may not grow
sed -i 's/registers: .*/registers: known.txt/; s/require: .*/require: owner, max: 216}/' gate.yaml
judge
exits 0 "as many as there are today"
says_not out 'Warnings' "... are the limit"
echo 'tests/test_old.py::test_217' >>known.txt
judge
exits 1 "one more without an owner is one too many"
says d.json '217 register problems, 216 allowed; 217 entries lack what the policy requires: owner 217' "... which is said"
sed -i '$d' known.txt
judge
exits 0 "taken back, it is as before"

# ---- others that excuse
cat >known.yaml <<'END'
version: 1
findings:
  - {id: A, title: why, owner: ann, match: {test: "t::a"}, severity: low}
  - {id: B, match: {test: "t::b"}}
  - {id: C, status: done, match: {test: "t::c"}}
  - {id: D, match: {test: "t::d"}, waiver: {owner: ann, reason: x, expires: 2026-12-31}}
END
printf '# Audit\n\n## BUG-A01 A bug\n' >audit.md
printf 'version: 1\nregisters: [known.yaml, audit.md]\nreports: {unit: {path: none.xml, optional: true}}\nrules: {register-health: {require: [owner, reason, expires, severity], codes: [not-read]}}\n' >gate.yaml
judge
exits 1 "a structured register"
says d.json '3 entries lack what the policy requires: owner 1, reason 1, expires 2, severity 2' "... what is done or only described lacks nothing"
sed -i 's/register-health: {/register-health: {path: audit*, /' gate.yaml
judge
exits 0 "of another register"
sed -i 's/severity\]/sevrity]/' gate.yaml
judge
exits 2 "a field that nobody knows"
says err "did you mean 'severity'?" "... with a hint"
done_testing
