#!/bin/sh
# The order of anything never changes a verdict: registers, entries, producers, cases, rules and
# arguments are shuffled by fixed seeds; verdict, classes and what they rest on stay.
. "$(dirname "$0")/../lib.sh"

cat >shuffle.py <<'EOF2'
"""Writes one arrangement of the same policy, registers and reports: shuffle.py SEED."""
import random
import sys

seed = int(sys.argv[1])
rng = random.Random(seed)


def mixed(items):
    items = list(items)
    if seed:
        rng.shuffle(items)
    return items


ENTRIES = {
    "one.yaml": [
        '{id: A-1, severity: high, owner: ann, match: {test: "a::t1"}}',
        '{id: A-2, severity: low, owner: ann, match: {test: "a::t2", message: "boom at noon"}}',
        '{id: A-3, severity: low, owner: ann, status: done, match: {test: "a::t3"}}',
        '{id: A-4, severity: low, owner: ann, expect: sometimes, match: {test: "a::t4*"}}',
        '{id: A-5, severity: low, match: {test: "b::w1"},'
        ' waiver: {owner: ann, reason: clock, expires: 2026-02-01}}',
        '{id: A-6, severity: low, match: {test: "b::w2"},'
        ' waiver: {owner: ann, reason: clock, expires: 2025-02-01}}',
    ],
    "two.yaml": [
        '{id: B-1, severity: critical, owner: bob, match: {test: "a::t1"}}',
        '{id: B-2, severity: high, owner: bob, match: {test: "a::t2"}}',
        '{id: B-3, severity: high, owner: bob, match: {test: "a::t3"}}',
        '{id: B-4, severity: high, owner: bob, status: rejected, match: {test: "a::t4"}}',
        '{id: B-5, severity: high, owner: bob, match: {test: "b::w*"}, status: done}',
        '{id: B-6, severity: high, owner: bob, match: {test: "b::gone"}}',
    ],
    "three.yaml": [
        '{id: C-1, severity: info, owner: eve, match: {test: "a::t*", message: "boom"}}',
        '{id: C-2, severity: info, owner: eve, match: {test: "b::*", report: other}}',
    ],
}
SECTIONS = [
    "## BUG-A01: Cart drops cents (High)\n\n- Status: open\n- Tests: `tests/test_d.py::test_d1`\n",
    "## BUG-A02: Clock goes back (Medium)\n\n- Status: fixed\n- Tests: `tests/test_d.py::test_d2`\n",
    "## BUG-A03: Mail twice (Low)\n\n- Status: open\n- Tests: `tests/test_d.py::test_d2`\n",
]
RULES = ["new-failures: 0", "regressions: 0", "failed-fixes: 0", "unexpected-passes: warn",
         "known-failures: {tolerate: high, max: 3}", "orphaned-findings: info",
         "waivers: {require: [owner, reason, expires], max-days: 90}", "expired-waivers: 0",
         "preexisting-failures: info", "register-health: warn", "skipped-tests: {max-percent: 10}"]
CASES = {
    "unit.xml": [("a", "t1", "failed", "x"), ("a", "t2", "failed", "boom at noon"),
                 ("a", "t2b", "failed", "boom"), ("a", "t3", "failed", "x"),
                 ("a", "t4", "failed", "boom"), ("a", "t5", "error", "crash"),
                 ("a", "t6", "passed", ""), ("a", "t7", "skipped", "")],
    "more.xml": [("b", "w1", "failed", "x"), ("b", "w2", "failed", "x"), ("b", "w3", "passed", ""),
                 ("b", "id BUG-A01 here", "failed", "x")],
    "docs.xml": [("tests.test_d", "test_d1", "failed", "x"),
                 ("tests.test_d", "test_d2", "failed", "went back")],
}
for name, lines in ENTRIES.items():
    with open(name, "w") as f:
        f.write("version: 1\nfindings:\n" + "".join("  - %s\n" % e for e in mixed(lines)))
with open("audit-2026-01-01.md", "w") as f:
    f.write("# Audit\n\n" + "\n".join(mixed(SECTIONS)))
for name, cases in CASES.items():
    with open(name, "w") as f:
        f.write('<testsuite name="s">')
        for cls, case, outcome, message in mixed(cases):
            inner = {"passed": "", "skipped": "<skipped/>"}.get(
                outcome, '<%s message="%s"/>' % (outcome.replace("failed", "failure"), message))
            f.write('<testcase classname="%s" name="%s">%s</testcase>' % (cls, case, inner))
        f.write("</testsuite>\n")
with open("gate.yaml", "w") as f:
    f.write("version: 1\n")
    parts = [
        "registers: [%s]\n" % ", ".join(mixed(list(ENTRIES) + ["audit-2026-01-01.md"])),
        "reports:\n" + "".join("  %s\n" % r for r in mixed(
            ["unit: unit.xml", "other: more.xml", "docs: docs.xml"])),
        "rules:\n" + "".join("  %s\n" % r for r in mixed(RULES)),
    ]
    f.write("".join(mixed(parts)))
EOF2
cat >told.py <<'EOF2'
import json
import re

d = json.load(open("d.json"))
print(d["verdict"], d["exit"], sorted(d["counts"].items()))
for r in sorted(d["rules"], key=lambda r: (r["rule"], str(r["limit"]))):
    print(r["rule"], r["level"], r["outcome"], r["observed"], r["limit"],
          [re.sub(r":[0-9]+ ", " ", i) for i in r["items"]])
for t in sorted(d["tests"], key=lambda t: (t["report"] or "", t["id"], t["class"])):
    print(t["report"], t["id"], t["class"], t["finding"], t["excused"], t["strength"])
EOF2
for seed in 0 1 2 3 4 5 6 7 8 9 10 11 12; do
	python3 shuffle.py $seed
	gate run --now 2026-01-20T12:00:00Z --out json=d.json --out console=-
	[ $seed -gt 0 ] || exits 1 "the arrangement as written"
	python3 told.py >told
	[ $seed -gt 0 ] || cp told first
	is "$(diff first told)" "" "seed $seed: the same verdict, classes and findings"
done
is "$(grep -o 'known-failure\|new-failure\|failed-fix\|waived\|waiver-expired' first | sort -u | wc -l)" 5 \
	"the arrangement has something of everything"
done_testing
