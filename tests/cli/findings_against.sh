#!/bin/sh
# `gate findings --against`: what each finding would take, before anything failed.
. "$(dirname "$0")/../lib.sh"

cat >known.yaml <<'END'
version: 1
findings:
  - id: KF-1
    title: Clock test fails at noon
    match: {test: "t.clock::noon", message: "boom at noon"}
  - id: KF-2
    title: Everything about stock
    match: {test: "t.stock::**"}
  - id: KF-3
    title: Disk is full
    match: {message: "no space left on device"}
END
cat >audit.md <<'END'
# Audit

### AUD-1: Prices are rounded down
- **Severity**: HIGH
- **Tests**: `t/test_price.py::test_rounds`
END
junit() {
	echo '<testsuite name="s">'
	echo '<testcase classname="t.clock" name="noon"/>'
	echo '<testcase classname="t.test_price" name="test_rounds" file="t/test_price.py"><skipped/></testcase>'
	echo '<testcase classname="t.price" name="AUD-1 too"/>'
	i=0
	while [ $i -lt "$1" ]; do
		echo "<testcase classname=\"t.stock\" name=\"case$i\"/>"
		i=$((i + 1))
	done
	echo '</testsuite>'
}
junit 50 >r.xml

gate findings --against r.xml known.yaml audit.md
exits 0 "a preview is no verdict"
says out "against 1 report with 53 tests" "it says what it looked at"
says out "passed  t.stock::case49" "passing tests are listed, all of them"
says out "entry, strong: 50 tests" "... by kind of evidence"
says out "passed  t.clock::noon (only with its message)" "a required message is said"
says out "id, strong: 1 test" "an ID in a test's name counts"
says out "skipped t/test_price.py::test_rounds" "skipped ones too"
says out "nothing would map to: KF-3" "what takes nothing is named"
says_not out "warning: " "50 tests are not too many"

junit 51 >r.xml
gate findings --against r.xml known.yaml audit.md
exits 0 "a warning is no error"
says out "warning: known/KF-2 would take 51 tests" "51 for one entry are too many"
gate findings --json --against r.xml known.yaml
cp out first
gate findings --json --against r.xml known.yaml
cmp -s out first
ok $? "the same bytes twice"
python3 - <<'END'
import json
d = json.load(open("out"))
a = d["against"]
assert d["schema"] == "regression-gate/findings@1"
assert a["tests"] == 54 and a["reports"] == [{"complete": True, "path": "r.xml"}], a
by = {f["finding"]: f for f in a["findings"]}
assert by["known/KF-2"]["tests"] == 51 and "51 tests" in by["known/KF-2"]["warning"]
kind = by["known/KF-2"]["kinds"][0]
assert (kind["kind"], kind["strength"], kind["counts"]) == ("entry", "strong", True)
assert len(kind["items"]) == 51 and kind["items"][0]["outcome"] == "passed"
assert by["known/KF-1"]["warning"] is None
assert by["known/KF-1"]["kinds"][0]["items"][0]["needs_message"] is True
assert by["known/KF-3"]["kinds"] == []
END
ok $? "the same as JSON"

printf -- '- t.stock::case1\n' >few.txt
gate findings --strict --against r.xml few.txt
exits 0 "--strict: a narrow list is no problem"
gate findings --strict --against r.xml known.yaml
exits 2 "--strict: too wide a pattern is a problem"

# A test that failed shows its message.
cat >failed.xml <<'END'
<testsuite name="s"><testcase classname="t.clock" name="noon">
<failure message="boom at noon"/></testcase>
<testcase classname="t.other" name="writes"><failure message="no space left on device"/></testcase>
</testsuite>
END
gate findings --against failed.xml known.yaml
says out "entry, certain: 1 test" "an entry's own message makes it certain"
says out "failed  t.other::writes" "a message alone is found where it occurs"

gate findings --against r.xml --against failed.xml known.yaml
says out "against 2 reports" "several reports"
gate findings --against gone.xml known.yaml
exits 2 "a report that is not there"
says err "gone.xml: error: missing" "... is named"
echo hello >notes.log
gate findings --against notes.log known.yaml
exits 2 "what is no report"
says err "notes.log: error: not-recognised" "... is named"
head -c 300 r.xml >cut.xml
gate findings --against cut.xml known.yaml
exits 0 "a cut report shows what it has"
says err "cut.xml: warning: truncated" "... and says that it is cut"
done_testing
