#!/bin/sh
# gate run from the outside: every way out has its status and one clear message.
. "$(dirname "$0")/../lib.sh"
now='--now 2026-01-15T12:00:00Z'

suite() { # NAME CASES...: a small JUnit report
	name=$1
	shift
	printf '<testsuite name="%s">' "$name"
	for c; do
		case $c in
		bad:*) printf '<testcase classname="k" name="%s"><failure message="boom"/></testcase>' "${c#bad:}" ;;
		*) printf '<testcase classname="k" name="%s"/>' "$c" ;;
		esac
	done
	printf '</testsuite>\n'
}
suite a one two >green.xml
suite a one bad:two >red.xml
head -c 60 green.xml >cut.xml
: >empty.xml
mkdir legs && suite x one >legs/py39.xml && suite x one >legs/py312.xml

# Without a policy
gate run $now green.xml
exits 0 "a green report passes"
says err "preset \`ratchet\`" "and the preset that judged is named"
gate run $now red.xml
exits 1 "a failure nobody knows blocks"
gate run $now cut.xml
exits 3 "a cut report is inconclusive"
gate run $now red.xml cut.xml
exits 1 "a violation outranks a cut report"
gate run $now empty.xml
exits 3 "an empty report is inconclusive"
gate run $now 'no/**/such*.xml'
exits 3 "a pattern that matches nothing is inconclusive"
says out "no file matches" "and is named"
gate run $now nowhere.xml
exits 3 "a missing report is inconclusive"
gate run $now .
exits 1 "a folder stands for the reports in it"
gate run
exits 2 "no policy and no reports"
says err "gate run REPORT" "and a hint what to do"
status=0
"$GATE" run $now - <green.xml >out 2>err || status=$?
exits 0 "standard input is a report"
gzip -c red.xml >packed.xml
gate run $now packed.xml
exits 1 "gzip is known by its content"
head -c 80 packed.xml >packed-cut.xml
gate run $now packed-cut.xml
exits 3 "a cut gzip file is inconclusive"

printf '<testsuite name="s"><testcase name="a"><skipped/></testcase></testsuite>' >skipped.xml
gate run $now skipped.xml
exits 3 "when every test was skipped, none ran"
says out "skipped" "which is said"

# The command line
gate run --polcy x
exits 2 "an unknown option"
says err "did you mean --policy" "names the nearest"
gate run --now yesterday green.xml
exits 2 "a --now that is no instant"
gate run --jobs 0 green.xml
exits 2 "a --jobs that is no number of jobs"
gate run --out yaml=x green.xml
exits 2 "an unknown output format"
gate run --out json green.xml
exits 2 "an output without a file"
gate run --color sometimes green.xml
exits 2 "a --color that is none"
gate run --runner-exit 1x green.xml
exits 2 "a --runner-exit that is no status"
gate run --runner-exit e2e=0 green.xml
exits 2 "a --runner-exit for a producer that is not there"
gate run --register nowhere.md green.xml
exits 2 "a register that is not there"

# The runner's exit status must be explained
gate run $now --runner-exit 0 green.xml
exits 0 "exit 0 with all green"
gate run $now --runner-exit 1 green.xml
exits 3 "exit 1 without a failure"
gate run $now --runner-exit 139 red.xml
says out "signal 11" "a runner that crashed after a failure is named"
cat >known.yaml <<'X'
version: 1
findings:
  - {id: KF-1, title: two fails, severity: high, owner: ann, match: {test: "k::two"}}
X
gate run $now --register known.yaml --runner-exit 1 red.xml
exits 0 "exit 1 with only a known failure"
gate run $now --register known.yaml --runner-exit 139 red.xml
exits 3 "exit 139 with only a known failure"

# Producers of a policy
cat >gate.yaml <<'X'
version: 1
extends: ratchet
reports:
  unit: {path: green.xml, min-tests: 2, exit-file: unit.exit}
X
gate run $now
exits 3 "a declared exit file that is not there"
echo 0 >unit.exit
gate run $now
exits 0 "a policy is found in the working folder"
git init -q . && mkdir -p deep/er && (cd deep/er && "$GATE" run $now >"$scratch/out" 2>"$scratch/err")
is "$?" 0 "and above it"
gate run $now --report unit=red.xml
exits 1 "--report replaces a producer's paths"
gate run $now --report unti=red.xml
exits 2 "a --report for a producer the policy does not have"
says err "did you mean 'unit'" "names the nearest"
gate run $now red.xml
exits 1 "REPORT arguments are judged beside the policy's producers"
sed 's/min-tests: 2/min-tests: 3/' gate.yaml >more.yaml
gate run $now --policy more.yaml
exits 3 "fewer tests than min-tests"
printf 'version: 1\nextends: ratchet\nreports: {m: {path: "legs/*.xml", legs: [py39, py312]}}\n' >legs.yaml
gate run $now --policy legs.yaml
exits 0 "legs are told by their names in the paths"
rm legs/py39.xml
gate run $now --policy legs.yaml
exits 3 "a leg that did not deliver"
says out "py39" "is named"
printf 'version: 1\nextends: ratchet\nreports: {u: green.xml, e2e: {path: "e2e/*.xml", optional: true}}\n' >opt.yaml
gate run $now --policy opt.yaml
exits 0 "an optional producer may be absent"
mkdir e2e && cp cut.xml e2e/
gate run $now --policy opt.yaml
exits 3 "but not deliver a cut file"
printf 'version: 1\nreports: {u: red.xml}\n' >norules.yaml
gate run $now --policy norules.yaml
says out "1 " "a policy without rules still tells what failed"
printf 'version: 1\nextends: ratchet\nreports: {i: {path: empty.xml, empty: clean}}\n' >clean.yaml
gate run $now --policy clean.yaml
exits 3 "an empty file is not clean by itself"
gate run $now --policy clean.yaml --runner-exit i=0
exits 0 "but together with the runner's exit status 0 it is"
gate run $now --policy clean.yaml --runner-exit i=1
exits 3 "and not with another"

# Outputs
gate run $now --out json=d.json --out markdown=d.md --policy strict red.xml
exits 1 "several outputs"
[ -s d.json ] && [ -s d.md ] && [ -s out ]
ok $? "all are there, and the report on standard output"
cp d.json first.json
gate run $now --out json=d.json --policy strict --jobs 1 red.xml
cmp -s d.json first.json
ok $? "the same inputs give the same bytes, whatever the threads"
TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 COLUMNS=50 "$GATE" run $now --out json=d.json --policy strict red.xml >/dev/null 2>&1
cmp -s d.json first.json
ok $? "and whatever the time zone, locale and terminal"
gate run $now -q --policy strict green.xml
is "$(wc -l <out)" 1 "quiet: the verdict is one line"
gate run $now --out json=- --policy strict green.xml
python3 -c 'import json; json.load(open("out"))'
ok $? "JSON on standard output stands alone"
gate run $now --out json=no/such/folder/d.json --policy strict green.xml
exits 3 "an output that can't be written is not a pass"
if [ -w /dev/full ]; then
	gate run $now --out json=/dev/full --policy strict green.xml
	exits 3 "a full disk is not a pass"
	status=0
	"$GATE" run $now --policy strict green.xml >/dev/full 2>err || status=$?
	exits 3 "nor a full standard output"
	gate run $now --out json=/dev/full --policy strict red.xml
	exits 1 "and a failure stays a failure"
else
	skip "no /dev/full here"
fi
rm -f d.json
cp first.json keep.json
gate run --out json=keep.json --now never red.xml
cmp -s keep.json first.json
ok $? "an output is untouched when nothing was judged"
done_testing
