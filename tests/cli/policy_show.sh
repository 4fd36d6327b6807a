#!/bin/sh
# `gate policy show`: the effective policy, each value with where it came from.
. "$(dirname "$0")/../lib.sh"

mkdir -p ci
cat >ci/base.yaml <<'END'
extends: ratchet
registers: [../docs/audit.md, {path: list.txt, owner: ann}]
reports: {lint: {path: [../ruff.txt, more.txt], exit-file: lint.exit}}
redact: {patterns: ["it's_[a-z]{8}"]}
END
cat >gate.yaml <<'END'
version: 1
extends: ci/base.yaml
name: shop
reports:
  unit: {path: "**/*.xml", min-tests: 3}
severities: {P9: low, "sehr hoch": high}
rules:
  flaky-tests: off
  waivers: {max-days: 30}
  new-issues: [{tool: [bandit, semgrep], max: {high: 0}}, {tool: ruff, level: info}]
delivery: {comment: always}
END
gate policy show
exits 0 "show"
is "$(sed -n 1p out)" "# the effective policy of gate.yaml" "says what it is"
# at LINE-WITHOUT-BLANKS ORIGIN
at() {
	is "$(sed 's/  *# /\t/' out | awk -F'\t' -v line="$1" '$1 == line { print $2 }')" "$2" "$1 is from $2"
}
at "name: shop" "gate.yaml:3"
at "  - docs/audit.md" "ci/base.yaml:2"
at "  - path: ci/list.txt" "ci/base.yaml:2"
at "    owner: ann" "ci/base.yaml:2"
at "      - ci/more.txt" "ci/base.yaml:3"
at "    exit-file: ci/lint.exit" "ci/base.yaml:3"
at "    path: '**/*.xml'" "gate.yaml:5"
at "    - 'it''s_[a-z]{8}'" "ci/base.yaml:4"
at "  sehr hoch: high" "gate.yaml:6"
at "  new-failures: 0" "preset ratchet"
at "  flaky-tests: off" "gate.yaml:8"
at "    max-days: 30" "gate.yaml:9"
at "      - owner" "built in"
at "    - tool: ruff" "gate.yaml:10"
at "  comment: always" "gate.yaml:11"
at "  excuse-at: strong" "built in"
at "  runner-exit: 0" "built in"
says_not out "extends" "what it extends is here already"

# What it prints is a policy that says the same.
cp out flat.yaml
gate policy show flat.yaml
exits 0 "what it prints can be read"
sed 's/ *#.*//' flat.yaml >want
is "$(sed 's/ *#.*//' out)" "$(cat want)" "... and says the same"

# ... as every policy of the tests does.
for f in $(cd "$top" && find tests ci-examples -name 'gate*.yaml' -o -name 'gate*.json'); do
	rm -rf case
	cp -r "$top/$(dirname "$f")" case
	(cd case && "$GATE" policy show "$(basename "$f")" >flat.yaml 2>/dev/null) || continue
	(cd case && "$GATE" policy show flat.yaml >again.yaml 2>&1)
	sed -i 's/ *# .*//' case/flat.yaml case/again.yaml
	cmp -s case/flat.yaml case/again.yaml || echo "$f"
done >differ
is "$(cat differ)" "" "what is shown of any policy of the tests says the same again"

gate policy show --json
exits 0 "as JSON"
is "$(python3 - out <<'END'
import json, sys
d = json.load(open(sys.argv[1]))
p, o = d["policy"], d["origins"]
print(d["schema"], d["path"], len(d["sha256"]))
print(p["reports"]["unit"]["min-tests"], o["/reports/unit/min-tests"])
print(p["rules"]["new-issues"][1]["tool"], o["/rules/new-issues/1/tool"], p["delivery"]["required"])
END
)" "regression-gate/policy@1 gate.yaml 64
3 gate.yaml:5
ruff gate.yaml:10 False" "values and origins"

gate policy show strict
exits 0 "a preset"
at "  new-failures: 0" "preset strict"
echo '{"version": 1, "rules": {"new-failures": 0, "flaky-tests": "warn"}, "name": "a\tb: c"}' >p.json
gate policy show p.json
exits 2 "a control character is no name"
echo '{"version": 1, "rules": {"new-failures": 0, "flaky-tests": "warn"}, "name": "b: c #d"}' >p.json
gate policy show p.json
says out "name: 'b: c #d'" "what must be quoted is quoted"
printf 'rules: {nope: 1}\n' >bad.yaml
gate policy show bad.yaml
exits 2 "a bad policy is not shown"
is "$(cat out)" "" "... not even in part"
"$GATE" policy show >/dev/full 2>err
is "$?" 3 "a full disk is no success"
done_testing
