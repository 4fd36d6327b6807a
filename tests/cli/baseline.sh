#!/bin/sh
# gate baseline, gate run --baseline and --save-baseline, from the outside.
. "$(dirname "$0")/../lib.sh"
now="--now 2026-01-15T12:00:00Z"

# unit FILE NAME[:OUTCOME]...: a JUnit report
unit() {
	file=$1
	shift
	{
		echo '<testsuite name="s">'
		for c in "$@"; do
			case $c in
			*:failed) echo "<testcase classname=\"c\" name=\"${c%:*}\"><failure message=\"m\"/></testcase>" ;;
			*:skipped) echo "<testcase classname=\"c\" name=\"${c%:*}\"><skipped/></testcase>" ;;
			*) echo "<testcase classname=\"c\" name=\"$c\"/>" ;;
			esac
		done
		echo '</testsuite>'
	} >"$file"
}

# class ID: of the last decision, "-" when it is not listed
class() {
	python3 - "$1" <<'P'
import json, sys
d = json.load(open("d.json"))
print(" ".join(sorted(t["class"] for t in d["tests"] if t["id"] == sys.argv[1])) or "-")
P
}

judge() {
	gate run $now --out json=d.json "$@"
}

cat >gate.yaml <<'E'
version: 1
extends: ratchet
baseline: .gate/baseline.json.gz
reports: {unit: unit.xml}
E

# saving
unit unit.xml a b old:failed mend:failed goes skips
gate baseline save $now
exits 0 "a run is saved, whatever its verdict"
says out "saved .gate/baseline.json.gz: 6 tests" "and what was saved is said"
cp .gate/baseline.json.gz first.gz
gate baseline save $now -o again.gz
cmp -s first.gz again.gz
ok $? "the same run gives the same bytes"
is "$(od -An -tx1 -j4 -N4 first.gz | tr -d ' ')" 00000000 "no time in the header"
echo '<testsuite><testcase name="a"' >cut.xml
gate baseline save $now -o not.gz cut.xml
exits 3 "an incomplete report is not saved"
[ ! -e not.gz ]
ok $? "and nothing is written"
says err "cli is incomplete" "and it says which"
gate baseline save $now --policy advisory unit.xml
exits 2 "a policy without a baseline needs -o"
gate baseline save $now -o /dev/full unit.xml
exits 3 "a full disk is no saved baseline"

# every cell that a baseline fills
unit unit.xml a b:failed old:failed mend added:failed plus skips:skipped
judge
exits 1 "regressions block"
is "$(class 'c::a')" - "passed and passed: nothing to say"
is "$(class 'c::b')" regression "passed and failed"
is "$(class 'c::old')" preexisting-failure "failed and failed"
is "$(class 'c::mend')" fixed "failed and passed"
is "$(class 'c::added')" new-failure "not there and failed"
is "$(class 'c::plus')" - "not there and passed"
is "$(class 'c::goes')" missing "passed and gone"
is "$(class 'c::skips')" newly-skipped "passed and skipped"
says out "baseline less than a day old" "the sentence names the baseline's age"
gate run --now 2026-01-20T12:00:00Z -q
says out "baseline 5 days old" "which grows"
gate run --now 2026-01-10T12:00:00Z -q
tr -s ' \n' ' ' <out >flat
says flat "it is newer than this run: it was saved at 2026-01-15T12:00:00Z" "one newer than the run says so"
gate run --now 2026-01-15T11:55:00Z -q
says out "baseline saved later than this run" "clocks may differ by minutes"
python3 -c 'import json; b = json.load(open("d.json"))["environment"]["baseline"]; print(b["path"], b["tests"], b["origin"], len(b["sha256"]))' >got
is "$(cat got)" ".gate/baseline.json.gz 6 saved 64" "the decision names its baseline"

# the revision
mkdir -p repo/.git/refs/heads repo/sub
echo 'ref: refs/heads/main' >repo/.git/HEAD
echo 0123456789abcdef0123456789abcdef01234567 >repo/.git/refs/heads/main
cp unit.xml repo/sub
(cd repo/sub && "$GATE" baseline save $now -o ../../rev.gz unit.xml >/dev/null 2>&1)
gate baseline show rev.gz
says out "0123456789abcdef0123456789abcdef01234567" "the revision is the checkout's"
rm repo/.git/refs/heads/main
echo 'fedcba9876543210fedcba9876543210fedcba98 refs/heads/main' >repo/.git/packed-refs
(cd repo/sub && "$GATE" baseline save $now -o ../../rev.gz unit.xml >/dev/null 2>&1)
gate run $now --baseline rev.gz -q unit.xml
says out "baseline fedcba9876, less" "packed references too; the sentence names it"

# the project
ci() { # ci PROJECT ARGS...
	project=$1
	shift
	status=0
	env GITHUB_ACTIONS=true GITHUB_REPOSITORY="$project" "$GATE" "$@" >out 2>err </dev/null || status=$?
}
ci acme/shop baseline save $now -o shop.gz unit.xml
gate baseline show shop.gz
says out "project   acme/shop" "the project is the build's"
ci acme/other run $now --out json=d.json --baseline shop.gz unit.xml
tr '\n' ' ' <out | sed 's/  */ /g' >flat
says flat "it is of another project: it was saved in acme/shop, this is acme/other" "one of another project says so"
ci acme/shop run $now --baseline shop.gz unit.xml
says_not out "another project" "one of the same does not"

# renamed and removed
cat >known.yaml <<'E'
version: 1
removed: ["c::goes"]
renamed: {"c::old": "c::young"}
findings: []
E
cat >with.yaml <<'E'
version: 1
extends: [gate.yaml]
registers: [known.yaml]
E
unit unit.xml a b young:failed mend skips
judge --policy with.yaml
is "$(class 'c::goes')" removed "removed: makes it removed, and it is named"
is "$(class 'c::young')" preexisting-failure "renamed: carries the baseline over"
is "$(class 'c::old')" - "and the old name is not missing"
unit unit.xml a b mend skips goes
judge --policy with.yaml
is "$(class 'c::old')" removed "a new name that did not run is no excuse to be silent"

# out of scope, incomplete: nothing is absent
unit unit.xml a
sed -i '$d' unit.xml
judge
is "$(class 'c::goes')" - "a cut report proves no absence"
cat >two.yaml <<'E'
version: 1
extends: [gate.yaml]
reports: {more: {path: more.xml, optional: true}}
E
unit unit.xml a b old:failed mend:failed goes skips
unit more.xml x
gate baseline save $now --policy two.yaml -o two.gz
exits 0 "two producers are saved"
rm more.xml
judge --policy two.yaml --baseline two.gz
is "$(class 'c::x')" - "an optional producer that is not there misses nothing"
judge --baseline two.gz
grep -q "of more, which is no report of this run" d.json out
ok $? "a producer that is not declared any more is said"

# with and without the suite in front
cat >suites.xml <<'E'
<testsuites><testsuite name="s1"><testcase classname="c" name="t"/></testsuite>
<testsuite name="s2"><testcase classname="c" name="t"/></testsuite></testsuites>
E
gate baseline save $now -o suites.gz --policy ratchet suites.xml
cat >suites.xml <<'E'
<testsuites><testsuite name="s1"><testcase classname="c" name="t"><failure/></testcase></testsuite></testsuites>
E
judge --policy ratchet --baseline suites.gz suites.xml
is "$(class 'c::t')" regression "the suite is not in front any more"
is "$(class 's1::c::t')" - "and is not missing"
is "$(class 's2::c::t')" missing "the other one is"
gate baseline save $now -o suites.gz --policy ratchet suites.xml
cat >suites.xml <<'E'
<testsuites><testsuite name="s1"><testcase classname="c" name="t"><failure/></testcase></testsuite>
<testsuite name="s2"><testcase classname="c" name="t"><failure/></testcase></testsuite></testsuites>
E
judge --policy ratchet --baseline suites.gz suites.xml
is "$(class 's1::c::t')" preexisting-failure "the suite is in front now"
is "$(class 's2::c::t')" new-failure "and the new one is new"

# names that change from run to run
unit unit.xml 'p[Foo object at 0x7f3a5c2e10]' 'p[Foo object at 0x7f3a5c2e90]' 'q[Bar@1b6d3586]' \
	'r[2026-01-01T10:00:00Z]' 'n[3]' 'n[10s]'
gate baseline save $now --policy ratchet --report unit=unit.xml -o unstable.gz
unit unit.xml 'p[Foo object at 0x7f00112230]' 'p[Foo object at 0x7f00112277]:failed' 'q[Bar@22bb44cc]' \
	'r[2026-01-02T11:30:00Z]' 'n[4]' 'n[20s]'
judge --policy ratchet --report unit=unit.xml --baseline unstable.gz
is "$(class 'c::p[Foo object at 0x7f00112277]')" regression "an address in a name is no part of it"
python3 -c 'import json; print(*sorted(t["id"] for t in json.load(open("d.json"))["tests"] if t["class"] == "missing"))' >got
is "$(cat got)" "c::n[10s] c::n[3]" "a number or duration that somebody chose is"
grep -q "4 tests are named anew in each run" out d.json
ok $? "and it says so"

# raw reports of the target branch
unit main.xml a b old:failed goes
unit unit.xml a b:failed old:failed
judge --baseline main.xml
is "$(class 'c::b') $(class 'c::old') $(class 'c::goes')" "regression preexisting-failure missing" \
	"a baseline may be raw reports"
judge --baseline cut.xml
exits 1 "cut ones are none"
says out "can't be compared with: cut.xml: " "and it says so"

# a decision made earlier
unit unit.xml a b old:failed goes
judge --policy ratchet --report unit=unit.xml
cp d.json then.json
unit unit.xml a b:failed old:failed
judge --baseline then.json
is "$(class 'c::b') $(class 'c::old') $(class 'c::goes')" "new-failure preexisting-failure -" \
	"a decision tells what failed, and claims no more"
grep -q "names only what failed" d.json out
ok $? "and it says so"
gate run $now --out json=then.json cut.xml
judge --baseline then.json
exits 1 "a decision of incomplete reports is no baseline"
grep -q "a decision of incomplete reports: cli" out d.json
ok $? "and it says so"
sed 's/decision@1/decision@7/' d.json >other.json
judge --baseline other.json
grep -q "decision of a schema that this gate does not" out d.json
ok $? "nor one of another schema"

# a plain list of what failed
printf '# known on main\nc.old\nc::elsewhere\n' >list.txt
judge --baseline list.txt
is "$(class 'c::b') $(class 'c::old') $(class 'c::elsewhere')" "new-failure preexisting-failure -" \
	"a list tells what failed, in its own spelling"
echo '{"failures": ["c::old"]}' >list.json
judge --baseline list.json
is "$(class 'c::b') $(class 'c::old')" "new-failure preexisting-failure" "a JSON list too"

# what is no baseline
unit unit.xml a
judge --baseline nothing.gz
exits 3 "a required baseline that is missing is inconclusive"
says out "the baseline nothing.gz is missing" "and it says so"
head -c 60 first.gz >cut.gz
judge --baseline cut.gz
exits 3 "a cut one too"
says out "can't be read whole" "and it says so"
gzip -dc first.gz | sed 's/baseline@1/baseline@9/' >newer
judge --baseline newer
exits 3 "one of a newer schema too"
grep -q "schema 9, written by a newer" d.json
ok $? "and it says so"
sed 's/^baseline:.*/baseline: {path: nothing.gz, required: false}/' gate.yaml >optional.yaml
judge --policy optional.yaml
exits 0 "required: false forgives absence"
says out "nothing.gz is not there" "and says so"
sed 's/^baseline:.*/baseline: {path: cut.gz, required: false}/' gate.yaml >optional.yaml
judge --policy optional.yaml
exits 3 "but not a broken one"
gate run --now 2026-01-10T12:00:00Z --baseline first.gz
exits 3 "one newer than the run is inconclusive, never a pass"
ci acme/other run $now --baseline shop.gz
exits 3 "one of another project too"
ci acme/shop run $now --baseline shop.gz
says_not out "can't be compared" "its own is compared with"

# --save-baseline
unit unit.xml a b
gate run $now -q --policy ratchet --save-baseline fresh.gz unit.xml
exits 0 "gate run saves too"
gate baseline diff fresh.gz fresh.gz
says out "no difference" "a baseline is the same as itself"
gate baseline diff first.gz fresh.gz
exits 0 "two are compared"
gate run $now -q --policy ratchet --save-baseline no.gz cut.xml
exits 3 "an incomplete run is not saved"
[ ! -e no.gz ]
ok $? "nothing is written"

# the sub-commands
gate baseline
exits 2 "no sub-command"
gate baseline shwo x
exits 2 "a wrong one"
says err "did you mean \`gate baseline show\`" "the nearest is named"
gate baseline show nothing.gz
exits 2 "a file that is not there"
gate baseline show
exits 2 "no file"
gate baseline diff first.gz
exits 2 "one file to compare"
gate baseline show --items first.gz
exits 0 "show"
says out "unit (junit): 6 tests: 4 passed, 2 failed" "counts"
says out "c::old" "items"
gate baseline diff first.gz fresh.gz
cat >want <<'E'
         tests   failing   skipped   results
E
is "$(head -n 1 out)" "$(cat want)" "a diff starts with both sides' numbers"
is "$(sed -n 2p out | cut -d, -f1)" "then         6         2         0         0   first.gz" "one"

# ---- cases that are known by their count alone, before some that have names
cat >runs.txt <<'E2'
============================= test session starts ==============================
platform linux -- Python 3.11.2, pytest-7.2.1, pluggy-1.0.0+repack
collected 1 item

checks/test_good.py .                                                    [100%]

============================== 1 passed in 0.05s ===============================
============================= test session starts ==============================
platform linux -- Python 3.11.2, pytest-7.2.1, pluggy-1.0.0+repack
collected 2 items

checks/test_cart.py FF                                                   [100%]

=================================== FAILURES ===================================
___________________________________ test_one ___________________________________
checks/test_cart.py:23: in test_one
E   AssertionError: one
___________________________________ test_two ___________________________________
checks/test_cart.py:29: in test_two
E   AssertionError: two
=========================== short test summary info ============================
FAILED checks/test_cart.py::test_one - AssertionError: one
FAILED checks/test_cart.py::test_two - AssertionError: two
============================== 2 failed in 0.05s ===============================
E2
gate baseline save --policy ratchet -o runs.gz --report unit=runs.txt
exits 0 "cases with and without names"
gate run --policy ratchet --baseline runs.gz --report unit=runs.txt
exits 0 "a report against itself"
says out "2 preexisting failures, 1 passed" "every name keeps its own outcome"

# ---- bytes that are no list of tests
printf 'a b\377\376\001\n\377\376\002\n\377\376\003x\377\n' >bytes
gate run --policy ratchet --baseline bytes --report unit=suites.xml
says out "the baseline bytes can't be compared with" "are no baseline"
gate findings bytes
exits 2 "and no register"
done_testing
