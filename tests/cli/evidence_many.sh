#!/bin/sh
# Findings that all name one folder, and a suite in it that fails as a whole: what is kept of the
# candidates has a bound, what is left out is said, and the verdict is the same.
. "$(dirname "$0")/../lib.sh"
awk 'BEGIN { print "# Audit"; for (i = 0; i < 300; i++)
	printf "\n## BUG-A%04d: part %d is wrong\n\n- Severity: high\n- Tests: `tests/test_a.py`\n", i, i }' >audit.md
awk 'BEGIN { print "<testsuite name=\"s\">"; for (i = 0; i < 4000; i++)
	printf "<testcase classname=\"tests.test_a\" name=\"test_%d\" file=\"tests/test_a.py\"><failure message=\"boom\"/></testcase>\n", i
	print "</testsuite>" }' >unit.xml
gate run -q --policy ratchet --register audit.md unit.xml --out json=d.json
exits 1 "all of them are judged"
python3 - >got <<'E2'
import json
d = json.load(open("d.json"))
kept = [len(t["evidence"]) for t in d["tests"]]
short = [t["note"] for t in d["tests"] if len(t["evidence"]) < 300]
print(d["counts"]["new-failure"], max(kept), min(kept), sum(kept) < 600000, set(short))
E2
is "$(cat got)" "4000 300 10 True {'290 weaker candidates are not listed'}" "and the best candidates of each are there"
done_testing
