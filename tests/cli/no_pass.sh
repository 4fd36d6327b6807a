#!/bin/sh
# Inputs that are no pass, and look as if they were: none may end in 0.
. "$(dirname "$0")/../lib.sh"
ok='<testcase classname="c" name="ok"/>'
bad='<testcase classname="c" name="bad"><failure message="boom"/></testcase>'

# ends STATUS XML DESCRIPTION: `gate run` on that report
ends() {
	printf '%s\n' "$2" >report.xml
	gate run report.xml
	exits "$1" "$3"
}

# ---- JUnit: results outside of where they belong
ends 3 "<testsuite name='s'>$ok</testsuite>$bad" "a case behind the root is not lost"
ends 3 "<testsuites><testsuite name='s'>$ok</testsuite></testsuites></testsuites>$bad" \
	"nor one behind an end tag too many"
ends 1 "<testsuite name='s'>$ok</testsuite>
<j:testsuite xmlns:j='u'><j:testcase name='bad'><j:failure/></j:testcase></j:testsuite>" \
	"a second report with a prefix is read"
ends 3 "$ok$bad" "cases without a root are no report"
ends 0 "<testsuite name='s'>$ok</testsuite>
1 of 1 passed, a < b" "text behind the root is text"

# ---- totals that are more than is shown, however they are spelled
for total in 1 ' 1 ' 1.0 1,000 99999999999999999999; do
	ends 1 "<testsuite name='s' failures='$total'>$ok</testsuite>" "failures='$total' is a failure"
done
ends 0 "<testsuite name='s' failures='none'>$ok</testsuite>" "failures='none' is no number"
gate inspect report.xml
says out 'failures="none" is no number' "and that is said"
for word in timeout timedOut crashed ABORTED killed error failed; do
	ends 1 "<testsuite name='s'><testcase name='x' status='$word'/></testsuite>" "status='$word'"
done

# ---- cases that say two things
ends 1 "<testsuite><testcase name='x'/><testcase name='x'><failure/></testcase></testsuite>" \
	"passed, then failed under the same name"
ends 1 "<testsuite><testcase name='x'><failure/></testcase><testcase name='x'/></testsuite>" \
	"failed, then passed under the same name"
ends 1 "<testsuite><testcase name='x'><skipped/><failure/></testcase></testsuite>" "skipped and failed"
ends 1 "<testsuites><testsuite><testsuite><testsuite>$bad</testsuite></testsuite></testsuite></testsuites>" \
	"a failure three suites down"
ends 1 "<testsuite name='s'>$ok<error message='no'/></testsuite>" "an error of the suite itself"

# ---- a small report cut at every byte
printf '%s' "<?xml version='1.0'?><testsuites><testsuite name='s' tests='2' failures='0'>$ok<testcase \
classname='c' name='two' time='0.1'><system-out>a &amp; <![CDATA[b]]></system-out></testcase></testsuite></testsuites>" >whole.xml
size=$(wc -c <whole.xml)
mkdir cuts
at=0
while [ "$at" -lt "$size" ]; do
	head -c "$at" whole.xml >"cuts/$at.xml"
	at=$((at + 1))
done
passed=
for f in cuts/*.xml; do
	gate run -q "$f"
	[ "$status" = 3 ] || passed="$passed $f:$status"
done
is "$passed" "" "a report of passes, cut at each byte, ends in 3"
gate run -q whole.xml
exits 0 "whole, it passes"
gzip -nc whole.xml >whole.gz
size=$(wc -c <whole.gz)
passed=
at=1
while [ "$at" -lt "$size" ]; do
	head -c "$at" whole.gz >cut.gz
	gate run -q cut.gz
	[ "$status" = 3 ] || passed="$passed $at:$status"
	at=$((at + 1))
done
is "$passed" "" "nor does its gzip, cut at each byte, pass"

# ---- what did not come
mkdir empty
for none in 'nothing/*.xml' nothing.xml empty; do
	gate run whole.xml "$none"
	exits 3 "$none beside a whole report is missing"
done
policy() {
	{
		printf 'version: 1\nextends: ratchet\nreports:\n'
		cat
	} >gate.yaml
}
policy <<'E2'
  unit: {path: [whole.xml, 'parts/*.xml']}
E2
gate run
exits 3 "a glob of several that matches nothing"
says out missing "is said to be missing"
policy <<'E2'
  unit: {path: [whole.xml, 'parts/*.xml'], optional: true}
E2
gate run
exits 0 "optional forgives absence"
ln -s loop.xml loop.xml
policy <<'E2'
  unit: {path: loop.xml, optional: true}
E2
gate run
exits 3 "optional does not forgive what is there and can't be read"
echo 'All checks passed!' >lint.txt
policy <<'E2'
  unit: {path: lint.txt, min-tests: 2}
E2
gate run
exits 3 "a linter's word is no test"
mkdir py39 py312
cp whole.xml py39/
echo '<testsuite name="s" tests="0"/>' >py312/whole.xml
policy <<'E2'
  unit: {path: '*/whole.xml', legs: [py39, py312]}
E2
gate run
exits 3 "a leg in which no test ran did not deliver"
says out py312 "and is named"
rm -f gate.yaml

# ---- what gate itself wrote among the reports: stale, it would stand for those that did not come
mkdir stale
cp whole.xml stale/
echo 'version: 1
extends: ratchet
reports: {unit: stale}' >gate.yaml
gate run --out junit=stale/gate.xml
exits 0 "a report of passes"
rm stale/whole.xml
for paths in stale 'stale/*.xml' 'stale/**'; do
	gate run --report "unit=$paths"
	exits 3 "$paths: the output of the run before is no report"
	says out "gate wrote this itself" "and is told"
done
gate run --policy ratchet whole.xml --out sarif=stale/gate.xml
gate run
exits 3 "nor is its SARIF"
gate run --policy ratchet whole.xml --out junit=stale/gate.xml
gate run --report unit=stale/gate.xml
exits 0 "who names the file means it"
rm -f gate.yaml

# ---- texts without a summary
printf 'ERROR: /a/b.py Imports are incorrectly sorted and/or formatted.\nERROR: /a/c.py Imp' >isort.txt
gate inspect isort.txt
exits 3 "isort's text cut in a line"

printf '************* Module shop.cart\n' >pylint.txt
gate inspect --format pylint-text pylint.txt
exits 3 "pylint's heading without results"
printf 'MSBuild version 17.8.3 for .NET\n  Determining projects to restore...\n' >msbuild.txt
gate inspect --format msbuild msbuild.txt
exits 3 "a build's log without its end"

# ---- a runner's status
gate run --runner-exit 139 whole.xml
exits 3 "a runner that was killed"
gate run --runner-exit 1 whole.xml
exits 3 "a runner that failed, though nothing did"
gate run --runner-exit 139 --runner-exit 0 whole.xml
exits 2 "a status told twice"
gate run --runner-exit cli=139 --runner-exit 0 whole.xml
exits 2 "however it is told"

# ---- a list whose entries would hold for ever
bad_list() {
	printf '%s' "$1" >list.json
	printf 'version: 1\nextends: ratchet\nregisters: list.json\nreports: {unit: red.xml}\n' >gate.yaml
	gate run --now 2026-01-15T12:00:00Z
	exits "$2" "$3"
}
echo "<testsuite name='s'>$bad</testsuite>" >red.xml
bad_list '["c::bad"]' 0 "a list excuses"
bad_list '[{"id": "c::bad", "expires": "2025-12-01"}]' 1 "until the day that it names"
bad_list '[{"id": "c::bad", "expirse": "2025-12-01"}]' 2 "which it must spell right"
bad_list '[{"id": "c::bad", "expires": "2025-02-30"}]' 2 "and which must exist"
bad_list '["**"]' 2 "and not everything"
rm -f gate.yaml

# ---- what never ends
timeout 60 "$GATE" inspect /dev/zero >out 2>err
is "$?" 3 "a device that never ends is given up"
done_testing
