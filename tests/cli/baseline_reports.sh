#!/bin/sh
# Reports of the target branch as a baseline, of several legs and producers: what passed in one
# of them is not excused by what failed under the same name in another.
. "$(dirname "$0")/../lib.sh"
passes='<testcase classname="a" name="x"/>'
fails='<testcase classname="a" name="x"><failure message="boom"/></testcase>'
report() { printf '<testsuite name="s">%s</testsuite>\n' "$2" >"$1"; }
mkdir base
report passed.xml "$passes"
report failed.xml "$fails"
printf '%s\n' 'version: 1' 'extends: ratchet' 'baseline: base' >start

# ---- legs as `gate collect` makes them
{ cat start && echo "reports: {unit: {path: '*.leg', legs: [p1, p2]}, web: {path: '*.leg', legs: [p1]}}"; } >gate.yaml
for at in unit/p1 unit/p2 web/p1; do
	gate collect "$at=failed.xml" -o "$(echo $at | tr / -).leg"
done
# was UNIT-P1 UNIT-P2 WEB-P1: what the baseline holds
was() {
	gate collect "unit/p1=$1.xml" -o base/1.leg
	gate collect "unit/p2=$2.xml" -o base/2.leg
	gate collect "web/p1=$3.xml" -o base/3.leg
	gate run
}
was failed failed failed
exits 0 "all of them failed before"
for only in 'passed failed failed' 'failed passed failed' 'failed failed passed'; do
	# shellcheck disable=SC2086
	was $only
	exits 1 "$only: one passed"
	says out "1 regression, 2 preexisting failures" "and is the only regression"
done
rm -f base/* ./*.leg

# ---- plain reports, the leg in their path
{ cat start && echo "reports: {unit: {path: 'unit-*.xml', legs: [p1, p2]}}"; } >gate.yaml
cp failed.xml unit-p1.xml
cp failed.xml unit-p2.xml
cp failed.xml base/p1.xml
cp passed.xml base/p2.xml
gate run
exits 1 "a leg that passed before"
says out "a::x  in unit (p2)" "is told from the one that failed"
says out "1 regression, 1 preexisting failure" "and nothing is missing"
cp failed.xml base/p2.xml
gate run
exits 0 "both failed before"
mv base/p1.xml base/one.xml
mv base/p2.xml base/two.xml
gate run
exits 0 "so they did where nothing tells the legs apart"
for one in one two; do
	cp passed.xml base/$one.xml
	gate run
	exits 1 "$one passed: it may be either"
	says_not out missing "and none is missing"
	cp failed.xml base/$one.xml
done

# ---- two producers
{ cat start && echo "reports: {unit: unit.xml, e2e: e2e.xml}"; } >gate.yaml
cp failed.xml unit.xml
cp failed.xml e2e.xml
for one in one two; do
	cp passed.xml base/$one.xml
	gate run
	exits 1 "$one of two reports passed: whose it is nobody knows"
	says_not out missing "and none is missing"
	cp failed.xml base/$one.xml
done
printf '<testsuite name="s"><testcase classname="a" name="y"/></testsuite>\n' >e2e.xml
gate run
exits 1 "of two, one is gone"
says out "a::x (2)" "and is named"

# ---- what is broken
gate collect unit=failed.xml -o base/one.leg
head -c 60 base/one.leg >base/cut.leg
gate run
exits 1 "beside a leg that is cut nothing is excused"
says out "can't be compared with" "and it is said"
done_testing
