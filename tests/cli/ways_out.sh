#!/bin/sh
# Ways out: what a person who was just blocked is told to do works when it is done.
. "$(dirname "$0")/../lib.sh"
cat >gate.yaml <<'END'
version: 1
name: shop
registers: [known.yaml, audit.md]
reports: {unit: unit.xml, bandit: bandit.json}
rules:
  new-failures: 0
  new-issues: 0
  failed-fixes: 0
  expired-waivers: 0
  unexpected-passes: 0
  known-failures: {tolerate: all}
  waivers: {require: [owner, reason, expires], max-days: 90}
END
printf 'version: 1\nfindings:\n' >known.yaml
cat >audit.md <<'END'
# Audit

## AU-1: Totals drift
- **Severity:** P1
- **Status:** open

Seen with `tests/test_b.py::test_y`.
END
cat >unit.xml <<'END'
<testsuite name="s"><testcase classname="tests.test_a" name="test_x[a: &quot;b&quot; - #1]" file="tests/test_a.py"><failure message="m"/></testcase>
<testcase classname="tests.test_b" name="test_y" file="tests/test_b.py"><failure message="m"/></testcase></testsuite>
END
python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
d["results"] = d["results"][:1]
json.dump(d, open("bandit.json", "w"))' "$top/tests/reporters/sarif/issues/bandit.json"
now=2026-02-03T04:05:06Z

# entry FILE: the lines of the entries in a report
entry() {
	sed -n '/- id: KF-NEW/,/waiver:/p' "$1" | sed 's/^ *\(- id:\)/  \1/; s/^  *\(title:\|match:\|waiver:\)/    \1/; s/^  *test:/      test:/; s/^  *- "/        - "/'
}
gate run --now $now
exits 1 "three things block"
says out "make it pass; if it must wait, a waiver" "a new failure: what would unblock it"
says out "or \`excuses: true\` for audit.md" "a known one: its register"
says out "mend it; if it must wait, a waiver" "a scanner's result"
says out "  pytest 'tests/test_a.py::test_x[a: \"b\" - #1]' tests/test_b.py::test_y" "one command for the tests"
says out "into known.yaml, under" "where the entry goes"
entry out >pasted
is "$(grep -c 'id: KF-NEW' pasted)" 2 "an entry for the tests, one for the result"
cp known.yaml before.yaml
cat pasted >>known.yaml
gate run --now $now
exits 0 "pasted as they are, they let it pass"
gate run --now 2026-03-30T00:00:00Z
exits 1 "... for thirty days"

cp before.yaml known.yaml
gate run --now $now --out json=d.json --out markdown=m.md --out summary=s.md
for id in 'tests/test_a.py::test_x[a: "b" - #1]' tests/test_b.py::test_y; do
	gate explain --decision d.json "$id"
	exits 0 "explain $id"
	says out "if it must wait, a waiver" "... tells of the waiver"
	entry out >>known.yaml
	sed -i "s/KF-NEW-1/KF-$(wc -l <known.yaml)/" known.yaml
done
gate explain --decision d.json "$(python3 -c 'import json; print(json.load(open("d.json"))["issues"][0]["id"])')"
says out 'match: {tool: "bandit", rule: "B307", path: "app/a b.py"}' "explain a result: its entry"
entry out >>known.yaml
gate run --now $now
exits 0 "what explain gives, pasted, lets it pass too"

# the documents show the same entry
for file in m.md s.md; do
	python3 - "$file" >shown <<'E2'
import html, re, sys
print(html.unescape(re.search("<pre><code>(.*?)</code></pre>", open(sys.argv[1]).read(), re.S)[1]))
E2
	entry shown >got
	is "$(cat got)" "$(cat pasted)" "$file has it to paste"
done
says m.md "way out: make it pass" "markdown tells what would unblock it"
says s.md "*way out" "the summary too"

# an entry to paste fits the policy's longest term, wherever it is shown
cp before.yaml known.yaml
sed -i 's/max-days: 90/max-days: 7/' gate.yaml
rm s.md
gate run --now $now --out console=c.txt --out json=d.json --out markdown=m.md --out summary=s.md
gate explain --decision d.json tests/test_b.py::test_y
for file in c.txt m.md s.md out; do
	is "$(grep -o 'expires: 2026-[0-9-]*' "$file" | sort -u)" "expires: 2026-02-10" "$file: seven days"
done
entry c.txt >>known.yaml
gate run --now $now
exits 0 "... and pasted it lets them pass"
sed -i 's/max-days: 7/max-days: 90/' gate.yaml

# what is closed is reopened, what passes is closed
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: done, status: done, match: {test: "tests/test_b.py::test_y"}}
  - {id: KF-2, title: passes, match: {test: "tests/test_c.py::test_z"}}
END
sed -i 's#</testsuite>#<testcase classname="tests.test_c" name="test_z" file="tests/test_c.py"/></testsuite>#' unit.xml
gate run --now $now
exits 1 "a failed fix and an unexpected pass"
says out "make it pass; or reopen KF-1 (known.yaml:3)" "a failed fix: reopen the finding"
says out "close KF-2 (known.yaml:4): it passes" "an unexpected pass: close it"
rm bandit.json
gate run --now $now
says out "let its job deliver a whole report" "an input that is missing"

# names that YAML or a shell would take for something else are not offered
printf '<testsuite name="s"><testcase classname="c" name="a&#8238;b"><failure/></testcase><testcase classname="tests.test_a" name="test_x; rm -rf ~" file="tests/test_a.py"><failure/></testcase></testsuite>' >unit.xml
gate run --now $now
says out "pytest 'tests/test_a.py::test_x; rm -rf ~'" "a name for a shell is quoted"
is "$(entry out | grep -c 202e)" 0 "a name that does not show as it is, is not to paste"
says out "+1 more results would need entries of their own" "... and that is said"
done_testing
