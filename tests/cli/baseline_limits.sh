#!/bin/sh
# Limits that say `baseline`, and lint results against a baseline: drift, swaps, sources.
. "$(dirname "$0")/../lib.sh"
now="--now 2026-01-15T12:00:00Z"

# unit NAME[:OUTCOME]...: unit.xml
unit() {
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
	} >unit.xml
}

judge() {
	gate run $now --out json=d.json --out console=- "$@"
}

cat >limits.yaml <<'E'
version: 1
registers: [listed.yaml]
reports: {unit: unit.xml}
rules: {known-failures: {max: baseline}, skipped-tests: {max: baseline}, preexisting-failures: {max: baseline}}
E
cat >listed.yaml <<'E'
version: 1
findings:
  - {id: KF-1, title: known, status: open, severity: low, expect: sometimes, match: {test: ["c::k*"]}}
E
unit a k1:failed k2 old:failed s:skipped t
gate baseline save $now --policy limits.yaml -o limits.gz
judge --policy limits.yaml --baseline limits.gz
exits 0 "as many as the baseline had are allowed"
unit a k1:failed k2:failed old:failed s:skipped t
judge --policy limits.yaml --baseline limits.gz
exits 1 "one known failure more is not"
says out "2 known failures, 1 allowed by the baseline" "and the number is the baseline's"
unit a k1:failed k2 old:failed s:skipped t:skipped
judge --policy limits.yaml --baseline limits.gz
exits 1 "one skipped test more is not"
unit a k1 k2 old s t
gate baseline save $now --policy limits.yaml --baseline limits.gz -o less.gz
says out "shrank: unit: 0 failing tests, 2 before" "saving says what shrank"
unit a:failed k1 k2 old s t new
gate baseline save $now --policy limits.yaml --baseline less.gz -o more.gz
says out "grew: unit: 1 failing test, 0 before" "and what grew"
says out "grew: unit: 7 tests, 6 before" "tests too"
printf '%s\n' 'version: 1' 'reports: {unit: unit.xml}' 'rules:' '  new-failures: 3' \
	'  skipped-tests: {max: baseline}' '  known-failures: {max: 5, level: info}' >tighten.yaml
gate baseline save $now --policy tighten.yaml -o tighter.gz
exits 0 "a baseline of a policy with limits"
says out "tighten: tighten.yaml:4: new-failures allows 3: 1 would hold now" "tightening is offered"
is "$(grep -c tighten: out)" 1 "not of what the baseline limits, nor of what only informs"
judge --policy limits.yaml
exits 3 "without a baseline a failing limit is inconclusive"

cat >lint.yaml <<'E'
version: 1
reports: {ruff: ruff.txt}
rules: {new-issues: 0, total-issues: {max: baseline}}
E
# lint LINE...: ruff.txt with one finding of one message on each line
lint() {
	{
		for l in "$@"; do
			printf 'src.py:%d:1: F401 `os` imported but unused\n' "$l"
		done
		echo "Found $# errors."
	} >ruff.txt
}
issues() {
	python3 -c 'import json
c = json.load(open("d.json"))["counts"]
print(c.get("new-issue", 0), c.get("existing-issue", 0), c.get("resolved", 0))'
}
seq -f 'line %g' 100 >src.py
lint 10 20
gate baseline save $now --policy lint.yaml -o lint.gz
judge --policy lint.yaml --baseline lint.gz
is "$status $(issues)" "0 0 2 0" "the same file twice is no difference"
{
	seq -f 'above %g' 50
	seq -f 'line %g' 100
} >src.py
lint 60 70
judge --policy lint.yaml --baseline lint.gz
is "$status $(issues)" "0 0 2 0" "fifty lines above are nothing"
seq -f 'line %g' 100 >src.py
lint 10 80
judge --policy lint.yaml --baseline lint.gz
is "$status $(issues)" "1 1 1 1" "one swapped for another is one new and one resolved"
says out "src.py:80" "the new one is named"
lint 10 20 80
judge --policy lint.yaml --baseline lint.gz
says out "total-issues: 3 issues, 2 allowed by the baseline" "a ceiling of the baseline's"
sed -i 's/new-issues: 0/new-issues: {max: baseline}/' lint.yaml
lint 10 80
judge --policy lint.yaml --baseline lint.gz
exits 0 "new-issues by the baseline: not more than before"
lint 10 20 80
judge --policy lint.yaml --baseline lint.gz
says out "new-issues: 1 new issue, 0 allowed by the baseline" "but not one more"
lint 10
judge --policy lint.yaml --baseline lint.gz
python3 -c 'import json
i = json.load(open("d.json"))["issues"]
print(len(i), len(set(x["id"] for x in i)), i == sorted(i, key=lambda x: x["id"]), i[0]["class"])' >got
python3 -c 'import json; print(json.load(open("d.json"))["counts"]["existing-issue"])' >>got
is "$(tr '\n' ' ' <got)" "1 1 True resolved 1 " "one of two that are alike is resolved, under an ID of its own"
rm src.py
lint 12 22
judge --policy lint.yaml --baseline lint.gz
is "$status $(issues)" "0 0 2 0" "without the source, the nearest lines of one message"
mkfifo src.py
lint 1 22
judge --policy lint.yaml --baseline lint.gz
exits 0 "whatever stands where the source was"
done_testing
