#!/bin/sh
# From registers as people write them to what each result maps to: the whole way.
. "$(dirname "$0")/../lib.sh"

cat >audit.md <<'EOF'
# Audit, 2026-01-10

## BUG-A01: Cart total drops cents (High)

- **Status:** open
- **Location:** `src/cart.py:10-20`
- Tests: `tests/test_cart.py::test_total`, `test_refund_rounding`

## BUG-A02: Clock drifts at noon (Medium)

- **Status:** fixed
- `pytest tests/test_clock.py -q` said "clock went backwards".

## BUG-A03: Imports are unsorted (Low)

- **Status:** open
- `isort --check-only .` fails.
EOF
cat >known.yaml <<'EOF'
version: 1
findings:
  - id: KF-1
    title: Upload hangs on slow disks
    severity: high
    match:
      test: "tests/test_upload.py::*"
      message: "disk is too slow"
    waiver: {owner: ann, reason: new disks ordered, expires: 2026-03-01}
  - id: KF-2
    title: Mail goes out twice
    severity: low
    match: {test: "tests/test_mail.py::test_twice"}
renamed: {"tests/test_mail.py::test_twice": "tests/test_mail.py::test_sent_twice"}
EOF
cat >baseline.txt <<'EOF'
# known since last year
tests/test_old.py::test_legacy
tests/test_old.py::test_gone
EOF
cat >unit.xml <<'EOF'
<testsuites><testsuite name="pytest">
<testcase classname="tests.test_cart" name="test_total"><failure message="assert 1.99 == 2.00"/></testcase>
<testcase classname="tests.test_refund" name="test_refund_rounding[eur]"><failure message="x"/></testcase>
<testcase classname="tests.test_clock" name="test_noon"><failure message="clock went backwards by 12 ms"/></testcase>
<testcase classname="tests.test_clock" name="test_night"><failure message="something else"/></testcase>
<testcase classname="tests.test_upload" name="test_big"><failure message="the disk is too slow"/></testcase>
<testcase classname="tests.test_upload" name="test_small"><failure message="no such bucket"/></testcase>
<testcase classname="tests.test_mail" name="test_sent_twice"/>
<testcase classname="tests.test_old" name="test_legacy"><failure message="x"/></testcase>
<testcase classname="tests.test_new" name="test_said"><properties><property name="finding" value="BUG-A01"/></properties><failure message="x"/></testcase>
<testcase classname="tests.test_new" name="test_bug_a01_again"><failure message="x"/></testcase>
<testcase classname="tests.test_new" name="test_plain"><failure message="x"/></testcase>
</testsuite></testsuites>
EOF
echo 'ERROR: /w/src/cart.py Imports are incorrectly sorted and/or formatted.' >isort.txt
cat >gate.yaml <<'EOF'
version: 1
extends: ratchet
registers: [audit.md, known.yaml, baseline.txt]
reports: {unit: unit.xml, isort: isort.txt}
match: {strip: /w/}
EOF

# One line a result: id, class, what it rests on, its first evidence. The JSON is indented by one.
judged() {
	sed -n 's/^   "\(class\|excused\|finding\|id\|note\|strength\)": \(.*[^,]\),*$/\1 \2/p; s/^     "kind": \(.*\),$/kind \1/p' "$1" |
		tr -d '"' | awk '
		$1 == "class" { if (id != "") print id, class, on, strength, kinds; class = $2; kinds = "-"; id = "" }
		$1 == "kind" { kinds = kinds == "-" ? $2 : kinds "," $2 }
		$1 == "finding" { on = $2 }
		$1 == "id" { id = $2 }
		$1 == "strength" { strength = $2 }
		END { if (id != "") print id, class, on, strength, kinds }'
}

gate run --now 2026-01-20T12:00:00Z --out json=d.json
exits 1 "new failures and a failed fix block"
cat >want <<'EOF'
tests/test_old.py::test_gone orphaned baseline/tests/test_old.py::test_gone strong -
tests/test_cart.py::test_total known-failure audit/BUG-A01 strong test-case
tests/test_clock.py::test_night new-failure null null file
tests/test_clock.py::test_noon failed-fix audit/BUG-A02 strong file+signature,file,signature
tests/test_mail.py::test_sent_twice unexpected-pass known/KF-2 strong entry
tests/test_new.py::test_bug_a01_again known-failure audit/BUG-A01 strong id
tests/test_new.py::test_plain new-failure null null -
tests/test_new.py::test_said known-failure audit/BUG-A01 certain property
tests/test_old.py::test_legacy known-failure baseline/tests/test_old.py::test_legacy strong entry
tests/test_refund.py::test_refund_rounding[eur] known-failure audit/BUG-A01 strong test-case
tests/test_upload.py::test_big waived known/KF-1 certain entry,signature
tests/test_upload.py::test_small new-failure null null -
EOF
judged d.json >got
is "$(grep '^tests/' got)" "$(cat want)" "every test maps to what people would say"
is "$(grep '^isort' got | sed 's/:[^ ]*//')" "isort new-issue null null tool" "a tool without rules is a suggestion"
grep -q '"orphaned": 1,' d.json
ok $? "an entry whose test is gone is orphaned"
grep -q 'signature-mismatch: KF-1' d.json
ok $? "another message of a known test is said"
grep -q 'test_twice, renamed to tests/test_mail.py::test_sent_twice' d.json
ok $? "a rename is said"

sed 's/audit.md, known.yaml, baseline.txt/baseline.txt, known.yaml, audit.md/' gate.yaml >turned.yaml
gate run --policy turned.yaml --now 2026-01-20T12:00:00Z --out json=t.json
judged t.json >turned
is "$(cat turned)" "$(cat got)" "the order of registers changes no class"
done_testing
