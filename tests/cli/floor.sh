#!/bin/sh
# --floor: for each parameter the stricter of policy and floor holds. Every attempt of a policy to
# undercut its floor.
. "$(dirname "$0")/../lib.sh"
NOW=2026-11-20T12:00:00Z
judge() { gate run --now $NOW --floor floor.yaml "$@"; }
report() { # report NAME=OUTCOME...: a JUnit report
	echo '<testsuite name="s">'
	for t; do
		case $t in
		*=fail) echo "<testcase classname=\"t\" name=\"${t%=*}\"><failure/></testcase>" ;;
		*=skip) echo "<testcase classname=\"t\" name=\"${t%=*}\"><skipped/></testcase>" ;;
		*) echo "<testcase classname=\"t\" name=\"${t%=*}\"/>" ;;
		esac
	done
	echo '</testsuite>'
}
# policy LINE...: a policy with these lines; floor LINE...: a floor
policy() {
	printf 'version: 1\nregisters: known.yaml\n' >gate.yaml
	printf '%s\n' "$@" >>gate.yaml
	grep -q '^reports' gate.yaml || echo 'reports: {unit: unit.xml}' >>gate.yaml
}
floor() { printf '%s\n' 'version: 1' "$@" >floor.yaml; }
# holds STATUS WHAT BELOW: the run ends so, and lists what was looser
holds() {
	judge
	exits "$1" "$2"
	tr -s '\n ' ' ' <out >flat
	says flat "below-floor: $3" "... and it is listed: $3"
}
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: high, match: {test: "t::known"}}
  - id: KF-2
    title: two
    match: {test: "t::waived"}
    waiver: {owner: ann, reason: later, expires: 2027-06-30}
  - id: KF-3
    title: three
    match: {test: "t::late"}
    waiver: {owner: ann, reason: later, expires: 2026-11-18}
END

# ---- limits, levels, rules that are off or gone
report a=fail b=pass >unit.xml
floor 'rules: {new-failures: 0}'
policy 'rules: {new-failures: 5}'
holds 1 "a raised limit" "rules.new-failures.max is 5 (gate.yaml:3), the floor's 0 holds (floor.yaml:2)."
policy 'rules: {new-failures: warn}'
holds 1 "a lowered level" "rules.new-failures.level is warn (gate.yaml:3), the floor's fail holds"
policy 'rules: {new-failures: off}'
holds 1 "a rule that is off" "rules.new-failures is off, the floor's 0 holds (floor.yaml:2)."
policy 'rules: {regressions: 0}'
holds 1 "a rule that is not there" "rules.new-failures is off, the floor's 0 holds"
policy 'rules: {new-failures: {max: baseline}}' 'baseline: {path: none.gz, required: false}'
holds 1 "a limit that only the baseline tells" "rules.new-failures.max is baseline"
policy 'rules: {new-failures: {max: {critical: 0}}}'
holds 1 "a limit for one level only" "rules.new-failures.max is critical 0"
policy 'rules: {new-failures: {test: "t::b"}}'
holds 1 "a selector that leaves it out" "rules.new-failures is 0 for test t::b (gate.yaml:3), the floor's 0 holds"
policy 'rules: {new-failures: [{test: "t::b"}, {test: "t::a", level: info}]}'
holds 1 "several instances" "rules.new-failures is 0 for test t::b; 0 at info for test t::a"
policy 'extends: loose.yaml'
echo 'rules: {new-failures: {max: 100, level: info}}' >loose.yaml
holds 1 "what it extends" "rules.new-failures.level is info (loose.yaml:1)"
policy 'extends: advisory'
holds 1 "a lenient preset" "rules.new-failures.level is warn (preset advisory), the floor's fail"
floor 'rules: {new-failures: 3}'
policy 'rules: {new-failures: {max: 0, level: warn}}'
holds 1 "each parameter for itself: the policy's limit at the floor's level" "rules.new-failures.level is warn"
says_not out 'rules.new-failures.max' "... and what is stricter is not listed"
policy 'rules: {new-failures: 0}'
judge
exits 1 "a stricter policy holds"
says_not out 'below-floor' "... and nothing is below the floor"
says out '1 new failure, 0 allowed' "... and is judged once"
is "$(grep -c '^new-failures:' out)" 1 "... only"
floor 'rules: {new-failures: [{test: "t::a", max: 0}, {test: "t::b", max: 0}]}'
policy 'rules: {new-failures: 9}'
holds 1 "several instances of the floor" "rules.new-failures is 9 (gate.yaml:3), the floor's 0 for test t::a holds"
floor 'rules: {new-failures: warn}'
policy 'rules: {known-failures: 0}'
judge
exits 0 "a floor that warns adds a warning"
says out 'Warnings: 1 new failure' "... which is said"

# ---- tolerate, evidence, words
report known=fail b=pass >unit.xml
floor 'rules: {known-failures: {tolerate: medium}}'
policy 'rules: {known-failures: {tolerate: all}}'
holds 1 "tolerate" "rules.known-failures.tolerate is all (gate.yaml:3), the floor's medium, low, info holds"
policy 'rules: {known-failures: {tolerate: [critical, high]}}'
holds 1 "a list of levels that is neither more nor less" "rules.known-failures.tolerate is critical, high, unknown"
policy 'severities: {high: low}' 'rules: {known-failures: {tolerate: medium}}'
holds 1 "a word that is talked down" "severities.high is low (gate.yaml:3), the floor's high holds (built in)"
printf 'version: 1\nregisters: {path: known.yaml, severities: {high: low}}\nreports: {unit: unit.xml}\nrules: {known-failures: {tolerate: medium}}\n' >gate.yaml
holds 1 "... in a register's own words" "severities.high is low"
cp floor.yaml floor.old
floor 'rules: {new-issues: {max: {high: 0}}}'
echo '[{"filePath":"/x/a.js","messages":[{"ruleId":"no-undef","severity":2,"message":"x is not defined","line":1,"column":1}],"errorCount":1,"warningCount":0}]' >lint.json
for words in '"2": low' 'error: low' '"eslint:2": low' '"eslint:error": low'; do
	printf 'version: 1\nreports: {lint: {path: lint.json, format: eslint-json}}\nseverities: {%s}\nrules: {new-issues: {max: {critical: 0}}}\n' "$words" >gate.yaml
	judge
	exits 1 "a tool's own word that is talked down: $words"
done
printf 'version: 1\nreports: {lint: {path: lint.json, format: eslint-json}}\nseverities: {"2": low, error: low}\nrules: {new-issues: {max: {critical: 0}}}\n' >gate.yaml
holds 1 "... is listed" "severities is lower than its format's level for 1 result (gate.yaml:3)"
sed -i 's/low/critical/g; s/new-issues/total-issues/' gate.yaml
judge
exits 1 "... and may be talked up"
says out 'of level critical' "... to critical"
mv floor.old floor.yaml
floor 'rules: {known-failures: {max: 0}}'
policy 'rules: {known-failures: {tolerate: all, max: 216}}'
holds 1 "a count" "rules.known-failures.max is 216 (gate.yaml:3), the floor's 0 holds"
floor 'rules: {known-failures: {evidence: certain}}'
policy 'rules: {known-failures: {evidence: possible}}'
holds 1 "weaker evidence" "rules.known-failures.evidence is possible (gate.yaml:3), the floor's certain holds"
floor 'match: {excuse-at: certain}' 'rules: {new-failures: 0}'
policy 'match: {excuse-at: strong}' 'rules: {new-failures: 0, known-failures: {tolerate: all}}'
holds 1 "excuse-at" "match.excuse-at is strong (gate.yaml:3), the floor's certain holds (floor.yaml:2)"
policy 'rules: {new-failures: 0, known-failures: {tolerate: all}}'
holds 1 "... where it is only built in" "match.excuse-at is strong, the floor's certain holds"
sed 's/match: {test: "t::known"}/status: done, match: {test: "t::known"}/' known.yaml >done.yaml
cp known.yaml keep.yaml && cp done.yaml known.yaml
floor 'rules: {failed-fixes: 0}'
policy 'statuses: {done: open}' 'rules: {failed-fixes: 0}'
holds 1 "a status that is talked down" "statuses.done is open (gate.yaml:3), the floor's done holds (built in)"
cp keep.yaml known.yaml

# ---- waivers
report waived=fail b=pass >unit.xml
floor 'rules: {waivers: {max-days: 90}}'
policy 'rules: {waivers: {require: [owner], max-days: 900}}'
holds 1 "a longer term" "rules.waivers.max-days is 900 (gate.yaml:3), the floor's 90 holds"
says out 'below-floor: rules.waivers.require is owner (gate.yaml:3), the floor' "... and fewer fields"
policy 'rules: {waivers: {report: other, max-days: 900}}' 'reports: {unit: unit.xml, other: {path: o.xml, optional: true}}'
judge
exits 1 "terms for another report"
report late=fail b=pass >unit.xml
floor 'rules: {waivers: {grace-days: 0, max-days: 365}, expired-waivers: 0}'
policy 'rules: {waivers: {grace-days: 30}, expired-waivers: 0}'
holds 1 "more grace" "rules.waivers.grace-days is 30 (gate.yaml:3), the floor's 0 holds"
policy 'rules: {waivers: [{grace-days: 30}, {test: "t::x", grace-days: 30}], expired-waivers: 0}'
judge
exits 1 "... in several instances"
sed -i 's/{owner: ann, reason: later, expires: 2026-11-18}/{owner: ann, expires: 2026-12-18}/' known.yaml
floor 'rules: {waivers: {require: [owner, reason, expires]}}'
policy 'rules: {waivers: {require: [owner]}}'
judge
exits 1 "a field that the floor asks for"
cp keep.yaml known.yaml

# ---- reports that must be there
report a=pass b=pass >unit.xml
bandit='{"results": [], "errors": [], "metrics": {"_totals": {"loc": 9}, "a.py": {"loc": 9}}, "generated_at": "2026-11-20T00:00:00Z"}'
floor 'require-reports: {kind: security}'
policy 'rules: {new-failures: 0}'
judge
exits 3 "a kind of report that the policy does not have"
says out 'the floor requires a report of kind security, and none was delivered' "... is said"
gate policy check --floor floor.yaml
exits 0 "a report whose format is not declared may be it"
policy 'reports: {unit: {path: unit.xml, format: junit}}'
gate policy check --floor floor.yaml
exits 2 "where the formats are known, policy check finds it"
says err 'floor.yaml:2:18: error: the floor requires a report of kind security, and no declared one is' "... with its place"
policy 'reports: {unit: unit.xml, bandit: {path: bandit.json, optional: true}}'
judge
exits 3 "an optional one that is absent"
echo "$bandit" >bandit.json
holds 0 "... and when it is there, it is there" "reports.bandit.optional is true (gate.yaml:3), the floor's require-reports holds"
echo "${bandit%????????}" >bandit.json
judge
exits 3 "a cut one"
says out 'none was delivered whole' "... is none"
: >bandit.json
policy 'reports: {unit: unit.xml, bandit: {path: bandit.json, format: bandit-json, empty: clean}}'
judge --runner-exit bandit=0
exits 3 "empty: clean"
floor 'require-reports: {report: bandit, empty: clean}'
judge --runner-exit bandit=0
exits 0 "... unless the floor takes that"
floor 'require-reports: [{tool: semgrep}, {kind: tests}]'
echo "$bandit" >bandit.json
judge
exits 3 "a tool: another one is not it"
says out 'a report of tool semgrep' "... and is said"
floor 'require-reports: {kind: tests, min-tests: 3}'
policy 'reports: {unit: {path: unit.xml, min-tests: 1}}'
judge
exits 3 "too few tests"
says out 'the floor requires 3 tests of kind tests, and 2 ran' "... is said"
report a=pass b=pass c=skip >unit.xml
judge
exits 3 "skipped ones did not run"
report a=pass b=pass c=pass >unit.xml
judge
exits 0 "enough"
report a=skip b=skip >unit.xml
policy 'reports: {unit: {path: unit.xml, min-tests: 0}}'
floor 'require-reports: {kind: tests}'
judge
exits 3 "none at all ran, and the policy asks for none"
says out 'the floor requires 1 test of kind tests, and 0 ran' "... is said"
echo '<testsuite name="s"/>' >unit.xml
judge
exits 3 "a report without a test"
report a=pass >unit.xml
echo '{"results": [], "errors": [], "metrics": {"_totals": {"loc": 0}}, "generated_at": "2026-11-20T00:00:00Z"}' >bandit.json
policy 'reports: {unit: unit.xml, bandit: {path: bandit.json, min-tests: 0}}'
floor 'require-reports: {tool: bandit}'
judge
exits 3 "a scanner that looked at nothing"
report a=pass b=pass c=pass >unit.xml
policy 'rules: {incomplete-input: off}' 'reports: {unit: unit.xml, gone: gone.xml}'
floor 'rules: {new-failures: 0}'
holds 3 "incomplete input that is switched off" "rules.incomplete-input is off, the floor's 0 at inconclusive holds (built in)"
floor 'baseline: {required: true}'
policy 'rules: {new-failures: 0}'
judge
exits 3 "a baseline that nobody names"
says out 'the floor requires a baseline, and the policy names none' "... is said"
policy 'baseline: {path: base.gz, required: false}'
holds 3 "a baseline that is not required" "baseline.required is false (gate.yaml:3), the floor's true holds (floor.yaml:2)"

# ---- since and exempt
report a=fail b=pass >unit.xml
policy 'rules: {new-failures: warn}'
floor 'rules: {new-failures: {max: 0, since: 2026-11-21}}'
judge
exits 0 "a rule that holds from tomorrow on"
says out "The floor's new-failures holds from 2026-11-21 on." "... is told"
gate run --now 2026-11-20T23:59:59Z --floor floor.yaml
exits 0 "... until the last second of today"
gate run --now 2026-11-21T00:00:00Z --floor floor.yaml
exits 1 "... and holds from the first of tomorrow"
floor 'require-reports: {tool: semgrep, since: 2026-11-21}'
judge
exits 0 "a required report can be delayed too"
gate run --now 2026-11-21T00:00:00Z --floor floor.yaml
exits 3 "... no longer"
exempt='exempt: {rule: new-failures, owner: ann, reason: moving, expires: 2026-11-20}'
floor 'rules: {new-failures: 0}' "$exempt"
judge
exits 0 "an exemption"
says out "Exempt from the floor's new-failures until 2026-11-20 (ann: moving)." "... is told"
gate run --now 2026-11-20T23:59:59Z --floor floor.yaml
exits 0 "... holds to the end of its day"
gate run --now 2026-11-21T00:00:00Z --floor floor.yaml
exits 1 "... and not longer"
says out "The exemption from the floor's new-failures ended on 2026-11-20" "... which is told"
floor 'rules: {new-failures: 0}' 'exempt: {rule: new-failures, project: acme/old, owner: ann, reason: moving, expires: 2026-11-30}'
judge
exits 1 "an exemption of another project"
sed -i '1a name: acme/old' gate.yaml
judge
exits 1 "... is not to be had by a name"
GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/old GITHUB_EVENT_NAME=push judge
exits 0 "... but by being it"
floor 'require-reports: [{tool: semgrep}, {kind: security}]' 'exempt: {tool: semgrep, owner: ann, reason: COBOL, expires: 2026-11-30}'
judge
exits 3 "exempt from one required report"
says_not out 'requires a report of tool semgrep' "... is from this one"
says out 'requires a report of kind security' "... not from the other"
floor 'require-reports: {tool: [semgrep, codeql]}' 'exempt: {tool: semgrep, owner: ann, reason: COBOL, expires: 2026-11-30}'
judge
exits 3 "an exemption for one of two tools is none from the other"

# ---- bad input
bad() { # bad STATUS-TEXT LINE...
	want=$1
	shift
	floor "$@"
	judge
	exits 2 "refused: $*"
	says err "$want" "... $want"
}
bad "floor.yaml:2:1: error: unknown key 'rulez'" 'rulez: {}'
bad "error: \`reports\` belongs in a policy" 'reports: {unit: x.xml}'
bad "error: \`registers\` belongs in a policy" 'registers: x.md'
bad "error: unknown key 'strip' in \`match\`" 'match: {strip: /x}'
bad "a floor names no baseline" 'baseline: x.gz'
bad "the exemption lacks \`owner\`" 'exempt: {rule: new-failures, reason: x, expires: 2026-12-01}'
bad "the exemption lacks \`expires\`" 'exempt: {rule: new-failures, owner: x, reason: x}'
bad "the exemption says not from what" 'exempt: {owner: x, reason: x, expires: 2026-12-01}'
bad "'2026-02-30' is not a date" 'exempt: {rule: new-failures, owner: x, reason: x, expires: 2026-02-30}'
bad "unknown value of \`rule\`: 'new-failure'" 'exempt: {rule: new-failure, owner: x, reason: x, expires: 2026-12-01}'
bad "'soon' is not a date" 'rules: {new-failures: {max: 0, since: soon}}'
bad "a required report needs" 'require-reports: {min-tests: 3}'
bad "unknown key 'tols'" 'require-reports: {tols: x}'
bad "unknown rule 'new-failure'" 'rules: {new-failure: 0}'
policy 'require-reports: {kind: security}' 'rules: {new-failures: {max: 0, since: 2027-01-01}}' 'exempt: []'
gate policy check
exits 2 "what belongs in a floor is refused in a policy"
says err "\`require-reports\` belongs in a floor" "... require-reports"
says err "\`exempt\` belongs in a floor" "... exempt"
says err "\`since\` belongs in a floor" "... since"
policy 'rules: {new-failures: 0}'
gate run --floor gone.yaml
exits 2 "a floor that is not there"
says err "gone.yaml" "... is named"
gate run --floor relase
exits 2 "a preset that is not there"
says err "did you mean 'release'?" "... has a hint"
report a=fail b=pass >unit.xml
policy 'rules: {new-failures: 9}'
gate run --now $NOW --floor strict
exits 1 "a preset is a floor too"

# ---- requires
printf 'version: 2\nrequires: ">=99.1"\nrulez: {}\nrules: {x: 1}\n' >floor.yaml
judge
exits 2 "a floor for a newer gate"
is "$(cat err)" "floor.yaml:2:11: error: this floor requires gate >=99.1, and this is gate $("$GATE" --version | sed -n '1s/^gate \([^ ]*\).*/\1/p')" "... says so in one line"
printf 'version: 1\nrequires: ">=99.1"\nrulez: {}\nextends: gone.yaml\n' >gate.yaml
gate run
exits 2 "a policy for a newer gate"
is "$(wc -l <err)" 1 "... says so in one line"
says err "this policy requires gate >=99.1" "... which it is"
gate policy check
exits 2 "... in policy check too"
is "$(wc -l <err)" 1 "... in one line"
printf 'version: 1\nextends: new.yaml\nrules: {x: 1}\nreports: {unit: unit.xml}\n' >gate.yaml
printf 'requires: ">=99.1"\nnew-key: 1\n' >new.yaml
gate run
exits 2 "what it extends is for a newer gate"
is "$(cat err)" "new.yaml:1:11: error: this policy requires gate >=99.1, and this is gate $("$GATE" --version | sed -n '1s/^gate \([^ ]*\).*/\1/p')" "... one line"
policy 'requires: ">=0.1"' 'rules: {new-failures: 9}'
floor 'requires: ">=0.0.9"' 'rules: {new-failures: 9}'
judge
exits 0 "one that is new enough"

# ---- outputs
floor 'rules: {new-failures: 0}'
judge --out json=a.json
judge --out json=b.json
cmp -s a.json b.json
ok $? "same inputs, same bytes"
grep -A14 '"below-floor"' a.json | grep -q '"parameter": "rules.new-failures.max"'
ok $? "the decision lists what is below the floor"
is "$(sed -n '/"floor": {/,/}/s/.*"path": "\(.*\)",*/\1/p' a.json)" floor.yaml "... and names the floor"
gate policy show --floor floor.yaml
exits 0 "policy show under a floor"
says out "max: 0                                # floor.yaml:2" "... has the value that holds, and where it is from"
says out "# below-floor: rules.new-failures.max is 9 (gate.yaml:4), the floor's 0 holds (floor.yaml:2)" "... and what was looser"
cp out effective.yaml
gate policy check effective.yaml
exits 0 "... and can be read again"
gate policy show --json --floor floor.yaml
says out '"/rules/new-failures/0/max": "floor.yaml:2"' "... and as JSON"
gate policy check --floor floor.yaml
exits 0 "policy check warns of what is below"
says err "warning: below-floor: rules.new-failures.max is 9" "... by name"
gate explain --now $NOW --floor floor.yaml
exits 0 "explain judges under the floor too"
gate policy test --floor floor.yaml
exits 2 "policy test takes no floor"
done_testing
