#!/bin/sh
# `gate policy check`: everything that is wrong at once, with its place and what to do.
. "$(dirname "$0")/../lib.sh"

gate policy
exits 2 "no verb"
says err "hint: gate policy check, show or test" "... and which there are"
gate policy chekc
exits 2 "an unknown verb"
says err "did you mean \`gate policy check\`?" "... the nearest one is offered"
gate policy check
exits 2 "no policy here or above"
says err "gate init" "... and how to get one"
gate policy check gone.yaml
exits 2 "a policy that is not there"
gate policy check a.yaml b.yaml
exits 2 "two policies"
gate policy check --json ratchet
exits 2 "--json is for show"

for preset in advisory ratchet release security strict; do
	gate policy check "$preset"
	exits 0 "the preset $preset is valid"
done

cat >audit.md <<'END'
# Audit

### BUG-1: The clock stops
- **Severity**: HIGH
END
cat >known.yaml <<'END'
version: 1
findings:
  - id: W-1
    title: leave for the clock
    links: [{kind: tracks, to: audit/BUG-1}]
    match: {test: "a::b", report: unit}
    waiver: {owner: ann, reason: known, expires: 2026-03-01}
END
cat >gate.yaml <<'END'
version: 1
extends: ratchet
registers: [audit.md, known.yaml]
reports:
  unit: {path: unit.xml, format: junit, legs: [py39]}
  ruff: {path: ruff.txt, format: ruff}
rules:
  new-issues: [{tool: ruff, max: {high: 0}}, {report: ruff, level: info}]
  flaky-tests: [{report: unit, leg: py39}, {test: "a::*", level: info}]
  failed-fixes: {finding: "BUG-*"}
END
gate policy check
exits 0 "a good policy"
is "$(cat out)" "gate.yaml: valid: 2 reports, 2 registers with 2 findings, 23 rules" "... what it holds"
is "$(cat err)" "" "... and nothing to say"
mkdir -p sub/dir .git
(cd sub/dir && "$GATE" policy check >../../out 2>&1)
is "$?" 0 "searched upwards"
says out "../../gate.yaml: valid" "... and named"

# Each of these is one mistake: the place, what is wrong, what to do.
# wrong DESCRIPTION RULES-OR-LINES PLACE-AND-MESSAGE HINT
wrong() {
	printf 'version: 1\nregisters: [audit.md, known.yaml]\nreports: {unit: {path: unit.xml, format: junit, legs: [py39]}, ruff: {path: ruff.txt, format: ruff}}\n%s\n' "$2" >bad.yaml
	gate policy check bad.yaml
	exits 2 "$1"
	says err "$3" "... is said"
	[ -z "$4" ] || says err "hint: $4" "... with a hint"
	is "$(cat out)" "" "... and no success"
}
wrong "a report nobody declares" 'rules: {new-failures: {report: [unit, unti]}}' \
	"bad.yaml:4:9: error: the policy has no producer 'unti'" "did you mean 'unit'?"
wrong "a leg nobody declares" 'rules: {flaky-tests: {report: unit, leg: py312}}' \
	"bad.yaml:4:37: error: \`flaky-tests\` can never apply: none of the declared reports has such a \`leg\`" ""
wrong "issues have no test" 'rules: {new-issues: {test: "a::*"}}' \
	"bad.yaml:4:22: error: \`new-issues\` can never apply: it counts lint and scan results, which have no \`test\`" "\`tool\`"
wrong "tests have no rule" 'rules: {regressions: {rule: F401}}' \
	"bad.yaml:4:23: error: \`regressions\` can never apply: it counts tests" "\`test\`"
wrong "the kind of other results" 'rules: {new-issues: {kind: tests}}' \
	"bad.yaml:4:22: error: \`new-issues\` can never apply: it counts lint and scan results" ""
wrong "no report of the kind" 'rules: {new-failures: {report: ruff}}' \
	"bad.yaml:4:24: error: \`new-failures\` can never apply: the reports it looks at hold no tests" ""
wrong "selectors that exclude each other" 'rules: {new-issues: {report: unit, tool: ruff}}' \
	"\`new-issues\` can never apply: the reports it looks at hold no lint or scan results" ""
wrong "registers have no tool" 'rules: {register-health: {tool: ruff}}' \
	"bad.yaml:4:27: error: \`register-health\` can never apply: registers have no \`tool\`" "\`path\`"
wrong "a finding nobody holds" 'rules: {failed-fixes: {finding: BUG-2}}' \
	"no register holds the finding 'BUG-2'" "did you mean 'BUG-1'?"
wrong "an unknown rule" 'rules: {new-failure: 0}' \
	"bad.yaml:4:9: error: unknown rule 'new-failure'" "did you mean 'new-failures'?"
wrong "a universal pattern" 'rules: {new-failures: {test: "*"}}' \
	"bad.yaml:4:30: error: the pattern '*' matches everything" ""
wrong "an empty pattern" 'rules: {new-failures: {test: ""}}' "bad.yaml:4:30: error: \`test\` is empty" ""
wrong "an unquoted **" 'match: {strip: **/app}' \
	"bad.yaml:4:16: error: aliases are not read here: '**/app'" \
	"a pattern that starts with '*' must be quoted: \"**/app\""

printf 'registers: [gone.md, broken.yaml, known.yaml]\nreports: {unit: {path: unit.xml, format: juint}}\nnmae: x\n' >bad.yaml
printf 'version: 1\nfindings:\n  - title: no id\n' >broken.yaml
gate policy check bad.yaml
exits 2 "several at once"
says err "bad.yaml:1:13: error: the register 'gone.md' does not exist" "... a register that is not there"
says err "broken.yaml:3:5: error: a finding needs 'id'" "... one that can't be read"
says err "bad.yaml:2:42: error: unknown format 'juint'" "... a format"
says err "bad.yaml:3:1: error: unknown key 'nmae'" "... a key"

# What YAML can't read is said, and what it can is checked all the same: every problem at once.
cat >bad.yaml <<'END'
version: 1
name: a
name: b
match: {strip: **/app, excuse-at: maybe}
reports:
  unit: {path: **/*.xml, min-test: 3}
  lint: @x
  e2e: *.xml
registers: [*]
rules: {new-failure: 0, flaky-tests: warm, new-issues: {path: "**", max: -1}, waivers: {max-days: 0, max-days: 3}}
END
gate policy check bad.yaml
exits 2 "many kinds of problems in one file"
sed -n 's/^bad.yaml:\([0-9:]*\): error: \(.*\)$/\1 \2/p' err >got
cat >want <<'END'
3:1 the key 'name' stands twice: first at line 2, column 1
4:16 aliases are not read here: '**/app'
4:35 unknown value of `excuse-at`: 'maybe'
6:16 aliases are not read here: '**/*.xml'
6:26 unknown key 'min-test' in `unit`
7:9 invalid YAML: found character that cannot start any token while scanning for the next token
8:8 aliases are not read here: '*.xml'
9:13 aliases are not read here: '*'
9:13 the pattern '*' matches every file
10:9 unknown rule 'new-failure'
10:38 'warm' is no value for the rule `flaky-tests`
10:63 the pattern '**' matches everything
10:74 `max` must be a whole number from 0 to 1000000000, not '-1'
10:99 `max-days` must be a whole number from 1 to 36500, not '0'
10:102 the key 'max-days' stands twice: first at line 10, column 89
END
is "$(cat got)" "$(cat want)" "... each with its place, and nothing else"
says err "hint: a pattern that starts with '*' must be quoted: \"**/*.xml\"" "... and its hint"
gate run --policy bad.yaml unit.xml
exits 2 "nothing is judged with it"
printf 'reports: {unit: **/u.xml}\nrules: {flaky-tests: {report: e2e}}\n' >bad.yaml
gate policy check bad.yaml
says err "bad.yaml:1:17: error: aliases are not read here: '**/u.xml'" "what is unquoted"
says err "bad.yaml:2:9: error: the policy has no producer 'e2e'" "... hides no rule that can't apply"
printf 'name: *x\nrules: [1\n' >bad.yaml
gate policy check bad.yaml
exits 2 "broken beyond a quote"
says err "bad.yaml:1:7: error: aliases" "... the quote"
says err "bad.yaml:3:1: error: invalid YAML: did not find expected ',' or ']'" "... and what is beyond"
i=0
{
	echo 'registers:'
	while [ $((i += 1)) -le 80 ]; do echo "  - *r$i.md"; done
} >bad.yaml
gate policy check bad.yaml
exits 2 "more unquoted patterns than anybody writes"
is "$(grep -c 'error: aliases' err)" 51 "... are told up to a limit"
printf 'version: 1\nfindings:\n  - {id: A, match: {test: **/app}}\n  - {id: B, matsch: {}}\n' >broken.yaml
gate findings broken.yaml
says err "broken.yaml:3:27: error: aliases" "a register: what is unquoted"
says err "broken.yaml:4:13: error: unknown key 'matsch'" "... and what stands behind it"

# Waivers.
sed 's|audit/BUG-1|audit/BUG-7|' known.yaml >other.yaml
printf 'registers: [audit.md, other.yaml]\n' >bad.yaml
gate policy check bad.yaml
exits 2 "a waiver for a finding nobody holds"
says err "other.yaml:7:13: error: the waiver of 'W-1' is for the finding 'audit/BUG-7', which no register holds" "... is said"
says err "hint: did you mean 'audit/BUG-1'?" "... with the nearest"
printf 'version: 1\nfindings:\n  - id: W-9\n    match: {test: "a::b", report: unti}\n    waiver: {owner: a, reason: b, expires: 2026-03-01}\n' >bare.yaml
printf 'registers: [bare.yaml]\nreports: {unit: unit.xml}\nrules: {new-issues: {tool: blakc, max: baseline}}\n' >warned.yaml
gate policy check warned.yaml
exits 0 "warnings alone are no error"
says err "bare.yaml:5:13: warning: nothing says what the finding 'W-9' is" "a waiver for a bare ID"
says err "bare.yaml:3: warning: the match of 'W-9' can never apply: no report is called 'unti'" "an entry for another report"
says err "warned.yaml:3:28: warning: no tool called 'blakc' is known here" "a tool's name"
says err "hint: did you mean 'black'?" "... with the nearest"
says err "will be inconclusive" "a limit by a baseline that nobody names"
says out "4 warnings" "... counted"

printf 'registers: [audit.md]\nrules: {known-failures: {tolerate: high}}\n' >bad.yaml
gate policy check bad.yaml
exits 0 "known failures, and nothing that excuses"
says err "bad.yaml:2:9: warning: \`known-failures\` has nothing to judge" "... is a warning"
printf 'registers: {path: audit.md, excuses: true}\nrules: {known-failures: {tolerate: high}}\n' >bad.yaml
gate policy check bad.yaml
is "$(cat err)" "" "... and none with a document that excuses"

# What several projects extend may say more than one of them needs.
printf 'rules: {flaky-tests: {report: unit, kind: lint}}\n' >shared.yaml
printf 'extends: shared.yaml\nreports: {unit: unit.xml}\n' >mine.yaml
gate policy check mine.yaml
exits 0 "a shared file's rule that can't apply here"
says err "shared.yaml:1:37: warning: \`flaky-tests\` can never apply" "... is a warning"
printf 'registers: broken.yaml\nreports: {unit: unit.xml}\nrules: {flaky-tests: {report: e2e}}\n' >bad.yaml
gate policy check bad.yaml
says err "bad.yaml:3:31: error: \`flaky-tests\` can never apply: no report is called 'e2e'" "a report nobody declares, beside a broken register"
printf 'extends: gone.yaml\nrules: {flaky-tests: {report: e2e}}\nreports: {unit: unit.xml}\n' >mine.yaml
gate policy check mine.yaml
exits 2 "a base that can't be read"
says_not err "can never apply" "... may declare what this file lacks"
done_testing
