#!/bin/sh
# The published schemas say what the program says: their generated part is current, their keys
# are the program's, what the program takes they take, and what they refuse the program refuses.
. "$(dirname "$0")/../lib.sh"
policy=$top/policies/schema/gate.schema.json
register=$top/policies/schema/register.schema.json
floor=$top/policies/schema/floor.schema.json
if ! python3 -c 'import jsonschema, yaml' 2>/dev/null; then
	skip "python3-jsonschema or python3-yaml is not installed"
	done_testing
	exit
fi
try() {
	python3 "$top/tests/meta/schema.py" "$@"
}

python3 "$top/policies/schema/rules.py" "$GATE" "$policy" >made 2>err
is "$(cat err)" "" "rules.py reads the program's tables"
cmp -s made "$policy"
ok $? "gate.schema.json holds the rules as they are (make schema rewrites it)"

python3 "$top/policies/schema/rules.py" --floor "$GATE" "$policy" >made 2>err
cmp -s made "$floor"
ok $? "floor.schema.json is made of it (make schema rewrites it)"

# What the program knows, it says when asked for what it can't know.
X=qqzzqqzzqqzz
known() {
	sed -n 's/^hint: known: //p' err | head -n 1 | tr -d ' ' | tr ',' '\n' | grep -vxe exempt -e require-reports | sort
}
# policy_keys TEXT KEY...: the keys of a policy's map, in which TEXT has one that is unknown
policy_keys() {
	printf '%s\n' "$1" >gate.yaml
	shift
	gate policy check
	is "$(try keys "$policy" "$@")" "$(known)" "keys of a policy: ${*:-the file}"
}
policy_keys "$X: 1"
policy_keys "registers: {path: a.md, $X: 1}" registers
policy_keys "baseline: {path: a, $X: 1}" baseline
policy_keys "match: {$X: 1}" match
policy_keys "match: {id-patterns: {$X: 1}}" match id-patterns
policy_keys "redact: {$X: 1}" redact
policy_keys "delivery: {$X: 1}" delivery
printf 'reports: {u: {path: a, %s: 1}}\n' $X >gate.yaml
gate policy check
is "$(try keys "$policy" reports)" "$(known)" "keys of a policy: reports"
printf 'formats: {f: {%s: 1}}\n' $X >gate.yaml
gate policy check
is "$(try keys "$policy" formats)" "$(known)" "keys of a policy: formats"
printf 'formats: {f: {syntax: json, records: {%s: 1}}}\n' $X >gate.yaml
gate policy check
is "$(try keys "$policy" formats records)" "$(known)" "keys of a policy: formats, records"
# of a floor, those that it refuses are known too: they belong in a policy
floor_keys() {
	printf '%s\n' "$1" >floor.yaml
	shift
	gate policy show ratchet --floor floor.yaml
	is "$(try keys "$floor" "$@")" "$(known_all | grep -vxE "$in_policy")" "keys of a floor: ${*:-the file}"
}
known_all() {
	sed -n 's/^hint: known: //p' err | head -n 1 | tr -d ' ' | tr ',' '\n' | sort
}
in_policy='severities|statuses|registers|reports|redact|delivery|formats'
floor_keys "$X: 1"
floor_keys "match: {$X: 1}" match
floor_keys "baseline: {$X: 1}" baseline
floor_keys "require-reports: {kind: tests, $X: 1}" require-reports
floor_keys "exempt: {$X: 1}" exempt
printf 'registers: known.yaml\n' >gate.yaml
register_keys() {
	printf '%s\n' "$1" >known.yaml
	shift
	gate policy check
	is "$(try keys "$register" "$@")" "$(known)" "keys of a register: ${*:-the file}"
}
register_keys "{\"version\": 1, \"findings\": [], \"$X\": 1}"
register_keys "{\"version\": 1, \"findings\": [{\"$X\": 1}]}" findings
for key in tests locations signatures tools links dates match waiver; do
	value="{\"$X\": 1}"
	register_keys "{\"version\": 1, \"findings\": [{\"id\": \"A\", \"$key\": $value}]}" findings $key
done
register_keys "{\"version\": 1, \"findings\": [{\"id\": \"A\", \"match\": {\"message\": {\"$X\": 1}}}]}" findings match message

# What the program takes, the schemas take: every policy and register of the tests.
cd "$top" || exit 1
for f in $(find tests ci-examples -name 'gate*.yaml' -o -name 'gate*.json'); do
	"$GATE" policy show "$f" >/dev/null 2>&1 && echo "$f"
done >"$scratch/policies"
is "$(try valid "$policy" $(cat "$scratch/policies"))" "" "every policy of the tests and examples is valid"
[ "$(wc -l <"$scratch/policies")" -gt 30 ]
ok $? "... and there are some"
for f in $(find tests ci-examples -name '*.yaml' ! -name 'gate*' ! -name '*.tests.yaml'); do
	grep -q '^findings:' "$f" && "$GATE" findings "$f" >/dev/null 2>&1 && echo "$f"
done >"$scratch/registers"
is "$(try valid "$register" $(cat "$scratch/registers"))" "" "every structured register of the tests and examples is valid"
[ "$(wc -l <"$scratch/registers")" -gt 15 ]
ok $? "... and there are some"
awk '/^```yaml/ { on = 1; next } /^```/ { if (on && text ~ /^version: 1/) print text; on = 0; text = ""; next } on { text = text $0 "\n" }' README.md >"$scratch/readme.yaml"
is "$(try valid "$policy" "$scratch/readme.yaml")" "" "the README's policy is valid"
for p in policies/presets/*.yaml; do
	is "$(try valid "$policy" "$p")" "" "$(basename "$p") is valid"
done
cd "$scratch" || exit 1

# What they refuse, the program refuses too: each document is one mistake.
cat >policies.txt <<'END'
nmae: x
---
version: 2
---
extends: ratched
---
extends: []
---
registers: ""
---
registers: [{excuses: true}]
---
registers: {path: a.md, excuses: maybe}
---
registers: {path: a.md, expires: soon}
---
reports: {u: {path: ""}}
---
reports: {u: {path: []}}
---
reports: {u: {path: "**"}}
---
reports: {u: {path: x, min-tests: -1}}
---
reports: {u: {path: x, empty: full}}
---
reports: {cli: x}
---
reports: {a/b: x}
---
reports: [{path: x}]
---
baseline: {path: x, requierd: false}
---
match: {excuse-at: likely}
---
match: {id-patterns: {pattern: 'x(1)', id: x}}
---
severities: {P9: grave}
---
formats: {f: {each: "a[]", rule: x}}
---
formats: {f: {syntax: yaml, each: "a[]", rule: x}}
---
formats: {a/b: {syntax: json, each: "a[]", rule: x}}
---
formats: {f: {syntax: json, each: "a[]", rule: x, levels: {E: grave}}}
---
formats: {f: {syntax: json, each: "a[]", rule: x, ruel: y}}
---
formats: {f: {syntax: lines, regex: []}}
---
formats: {f: {syntax: json, each: "a[]", rule: x, records: {what: warning}}}
---
redact: {env: 1X}
---
delivery: {comment: sometimes}
---
rules: {new-failure: 0}
---
rules: {new-failures: -1}
---
rules: {new-failures: true}
---
rules: {new-failures: []}
---
rules: {new-failures: {}}
---
rules: {flaky-tests: warm}
---
rules: {new-issues: {max: {hihg: 0}}}
---
rules: {new-issues: {tool: "*"}}
---
rules: {new-issues: {kind: scans}}
---
rules: {waivers: {require: [ownr]}}
---
rules: {waivers: {max-days: 0}}
---
rules: {known-failures: {tolerate: highest}}
---
rules: {skipped-tests: {max-percent: 101}}
---
rules: {skipped-tests: {test: "a::b"}}
END
cat >floors.txt <<'END'
reports: {u: x}
---
registers: x.md
---
match: {excuse-at: likely}
---
match: {strip: /x}
---
baseline: {path: x}
---
baseline: x
---
rules: {new-failures: {max: 0, since: soon}}
---
require-reports: {min-tests: 3}
---
require-reports: {kind: scans}
---
require-reports: {kind: tests, min-tests: 0}
---
require-reports: {kind: tests, empty: full}
---
exempt: {rule: new-failures, owner: a, reason: b}
---
exempt: {rule: new-failure, owner: a, reason: b, expires: 2027-01-01}
---
exempt: {owner: a, reason: b, expires: 2027-01-01}
---
exempt: {rule: waivers, owner: "", reason: b, expires: 2027-01-01}
END
is "$(try refused "$floor" <floors.txt)" "" "mistakes that a floor's schema finds"
is "$(try refused "$policy" <policies.txt)" "" "mistakes that a policy's schema finds"
cat >registers.txt <<'END'
findings: []
---
version: 2
findings: []
---
version: 1
finding: []
---
version: 1
findings: [{title: x}]
---
version: 1
findings: [{id: ""}]
---
version: 1
findings: [{id: A, serverity: high}]
---
version: 1
findings: [{id: A, match: {}}]
---
version: 1
findings: [{id: A, match: {level: high}}]
---
version: 1
findings: [{id: A, match: {test: "*"}}]
---
version: 1
findings: [{id: A, match: {test: []}}]
---
version: 1
findings: [{id: A, match: {test: "a::b", outcome: skipped}}]
---
version: 1
findings: [{id: A, match: {test: "a::b", message: {regex: "x+y"}}}]
---
version: 1
findings: [{id: A, waiver: {owner: ann, reason: x, expires: 2026-03-01}}]
---
version: 1
findings: [{id: A, match: {test: "a::b"}, waiver: {expires: soon}}]
---
version: 1
findings: [{id: A, match: {test: "a::b"}, expect: never}]
---
version: 1
findings: [{id: A, links: [{kind: about, to: B}]}]
---
version: 1
findings: [{id: A, links: [{kind: tracks}]}]
---
version: 1
findings: [{id: A, locations: {path: a, line: 0}}]
---
version: 1
findings: [{id: A, tests: {scope: case}}]
---
version: 1
removed: ["**"]
---
version: 1
renamed: [a]
END
is "$(try refused "$register" <registers.txt)" "" "mistakes that a register's schema finds"
# agree FILE ARGS: the program refuses each of the documents
agree() {
	awk 'BEGIN { f = "one00.yaml" } /^---$/ { close(f); f = sprintf("one%02d.yaml", ++n); next } { print >f }' "$1"
	shift
	for f in one*.yaml; do
		gate "$@" "$f"
		[ "$status" = 2 ] || sed "s/^/the program takes: /" "$f"
	done
	rm -f one*.yaml
}
: >a.md
is "$(agree policies.txt policy check)" "" "... which the program finds too"
is "$(agree floors.txt policy show ratchet --floor)" "" "... in floors too"
is "$(agree registers.txt findings)" "" "... in registers too"
done_testing
