#!/bin/sh
# A policy with one wrong letter is refused, wherever the letter stands: a key that is not
# understood would be a rule that does not judge.
. "$(dirname "$0")/../lib.sh"
echo '<testsuite name="s"><testcase classname="c" name="ok"/></testsuite>' >unit.xml
echo 'All checks passed!' >ruff.txt
echo 0 >unit.exit
printf '# Audit\n\n## BUG-A01 Totals are off\n\n- **Severity**: P1\n' >audit.md
cat >gate.yaml <<'E2'
version: 1
name: (backend)
extends: ratchet
registers:
  - {path: audit.md, excuses: false, owner: (ann), severity: high, expires: 2030-01-01}
reports:
  (unit):
    path: unit.xml
    format: junit
    min-tests: 1
    expect-files: 1
    exit-file: unit.exit
    root: (services)
  (ruff): {path: ruff.txt, finding: BUG-A01}
  (isort): {path: isort.txt, empty: clean, optional: true}
match:
  excuse-at: strong
  suggest-at: possible
  id-patterns: [{pattern: '(_[0-9]{4}x)', id: '(#$0)'}]
  strip: (/workspace/)
severities: {(zz): critical}
statuses: {(gemacht): done}
redact: {patterns: ['(acme_[0-9]{32})'], env: [(DB)]}
rules:
  new-failures: 0
  known-failures: {tolerate: high, max: 216}
  unexpected-passes: [{report: unit, level: fail}, {report: ruff, level: info}]
  flaky-tests: warn
  skipped-tests: {max-percent: 10}
  new-issues: [{tool: [(bandit), (semgrep)], path: (app/**), max: {high: 0}}, {kind: lint, max: 3}]
  waivers: {require: [owner, reason, expires], max-days: 90, grace-days: 3}
  runner-exit: fail
delivery: {comment: on-change, check: off, annotations: 10, messages: first-line, required: false}
E2
mv gate.yaml marked.yaml
sed 's/[()]//g' marked.yaml >gate.yaml
gate run
exits 0 "without a typo it judges"

# Each word but what stands in brackets, which is free, loses its last letter.
awk '{
	line[NR] = $0
} END {
	for (l = 1; l <= NR; l++) {
		depth = 0; quoted = 0; start = 0
		for (i = 1; i <= length(line[l]) + 1; i++) {
			c = substr(line[l], i, 1)
			if (c == "(") depth++
			if (c == ")") depth--
			if (depth == 0 && c ~ /[a-zA-Z_.-]/) { if (!start) start = i; continue }
			if (start && i - start > 2 && substr(line[l], start, 1) ~ /[a-z]/)
				print l, start, i - start, substr(line[l], start, i - start)
			start = 0
		}
	}
}' marked.yaml >words
passed=
count=0
while read -r line start len word; do
	awk -v l="$line" -v s="$start" -v n="$len" 'NR == l {
		$0 = substr($0, 1, s + n - 2) substr($0, s + n)
	} { print }' marked.yaml | sed 's/[()]//g' >typo.yaml
	gate run --policy typo.yaml
	count=$((count + 1))
	case "$word:$status" in
	*:2) ;;
	*.xml:3 | *.txt:3 | *.exit:1) ;; # names of files: what they name does not come
	isort.txt:0) ;;                  # and this one need not
	*) passed="$passed $line:$word=$status" ;;
	esac
done <words
is "$passed" "" "every word of a policy, short of a letter"
ok "$([ "$count" -gt 70 ]; echo $?)" "$count words were tried"
done_testing
