#!/bin/sh
# Allocations of a small run fail in turn, the libraries' too: out of memory is 3, never a pass,
# never a crash, and outputs are whole or not there. The first 40 and then fewer of thousands;
# TORTURE_STRIDE=0 tries them all.
. "$(dirname "$0")/../lib.sh"
cat >unit.xml <<'E2'
<testsuites><testsuite name="s" tests="3" failures="2">
<testcase classname="tests.test_a" name="test_one" file="tests/test_a.py"><failure message="boom at noon">tests/test_a.py:3: E</failure></testcase>
<testcase classname="tests.test_a" name="test_two"><failure message="new">E   KeyError: 'x'</failure></testcase>
<testcase classname="tests.test_a" name="test_three"/>
</testsuite></testsuites>
E2
gzip -c unit.xml >unit.gz
printf 'a.py:1:1: error: No  [misc]\nFound 1 error in 1 file (checked 1 source file)\n' >mypy.txt
cat >audit.md <<'E2'
# Audit

## BUG-A01 Totals are off

- **Severity**: P1
- **Location**: `tests/test_a.py:3`

| ID | Severity | Status | What |
|----|----------|--------|------|
| F1 | High | Open | Clock fails with `boom at noon` |
E2
cat >kf.yaml <<'E2'
version: 1
findings:
  - id: KF-1
    title: Noon
    status: open
    match: {test: "tests/test_a.py::test_one", message: {regex: 'boom at \w+', matches: boom at x, matches-not: boom}}
E2
printf '["tests/test_z.py::test_gone"]' >list.json
cat >gate.yaml <<'E2'
version: 1
extends: ratchet
registers: [audit.md, kf.yaml, list.json]
reports:
  unit: {path: [unit.xml, '*.gz']}
  mypy: mypy.txt
rules: {new-issues: warn}
E2

# torture STATUS ARGS...: every N until the run ends as it does without a fault
torture() {
	want=$1
	shift
	gate "$@"
	exits "$want" "$1 ends in $want"
	mkdir -p out.d
	bad=
	fault=1
	while :; do
		rm -f out.d/*
		status=0
		GATE_FAIL_ALLOC=$fault "$GATE" "$@" >out 2>err </dev/null || status=$?
		grep -q 'out of memory' err || break
		[ "$status" = 3 ] || bad="$bad $fault:$status"
		for f in out.d/*; do
			[ ! -e "$f" ] && continue
			case $f in
			*.json) tail -c 2 "$f" | grep -q '}' || bad="$bad $fault:$f" ;;
			*.md) ;;
			*) bad="$bad $fault:$f" ;;
			esac
		done
		fault=$((fault + 1 + ${TORTURE_STRIDE:-fault / 40}))
	done
	is "$bad" "" "$1: its allocations, up to $fault, may fail"
	is "$status" "$want" "$1: and then it ends in $want again"
}

now='--now 2026-01-15T12:00:00Z'
torture 1 run $now --jobs 1 --out json=out.d/d.json --out markdown=out.d/d.md
torture 0 explain $now --jobs 1
torture 0 findings audit.md kf.yaml list.json
torture 0 findings --json audit.md kf.yaml list.json
torture 0 inspect --items unit.xml unit.gz mypy.txt
done_testing
