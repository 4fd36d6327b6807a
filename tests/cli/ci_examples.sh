#!/bin/sh
# The scripts of the CI examples without npm: the action's scripts as its steps call them, the
# component's script with its inputs filled in. (make check-examples runs them as the forges do.)
. "$(dirname "$0")/../examples/lib.sh"
action=$top/ci-examples/github
command -v bash >/dev/null || {
	echo "1..0 # skip no bash here"
	exit 0
}

# step SCRIPT [NAME=VALUE]...: $status; `log`, outputs and path in files
step() {
	script=$1
	shift
	: >outputs
	: >path
	: >summary
	status=0
	(cd ws && env -i PATH="$PATH" HOME="$scratch" GIT_CONFIG_GLOBAL=/dev/null RUNNER_TEMP="$scratch/temp" \
		GITHUB_OUTPUT="$scratch/outputs" GITHUB_PATH="$scratch/path" GITHUB_STEP_SUMMARY="$scratch/summary" \
		GITHUB_ACTION_PATH="$action" GATE="$GATE" GATE_POLICY= GATE_REPORTS= GATE_RUNNER_EXITS= GATE_BASELINE= \
		GATE_SAVE_BASELINE= GATE_TRUSTED_REF=none GATE_ARGUMENTS= "$@" \
		bash -eo pipefail -c "$script") >log 2>&1 </dev/null || status=$?
}
judge() { step 'bash "$GITHUB_ACTION_PATH/judge.sh"' "$@"; }
plan() { step 'bash "$GITHUB_ACTION_PATH/setup.sh" plan' "$@"; }
output() { # NAME: the last value, written either way
	awk -v n="$1" '$0 ~ "^" n "=" { v = substr($0, length(n) + 2) }
		index($0, n "<<") == 1 { getline v } END { print v }' outputs
}
with() { # COLOUR
	rm -rf ws temp
	mkdir temp
	checkout python ws
	cp -r "$project/python/recorded/$1" ws/reports
}

with red
judge
is "$status $(output verdict) $(output exit-status) $(output new-failures)" "0 fail 1 1" "judge.sh: red"
is "$(output sentence)" "Blocked: 1 new failure, 1 failed fix." "its sentence is an output"
[ -s "$(output decision)" ] && grep -q Blocked summary
ok $? "the decision and the summary are there"
# What the README says of the annotations.
awk '/^```text/ { on = 1; next } /^```/ { on = 0 } on' "$action/README.md" | grep '^  ' | sed 's/^  //' >promised
sed -n 's/^::error [^:]*:://p; s/^::error .*::\(.*\)$/\1/p' log | sed 's/%0A.*//' | awk '!seen[$0]++' >told
is "$(grep -vxFf told promised)" "" "the annotations are those that its README shows"
with green
judge "GATE_SAVE_BASELINE=next/baseline.json.gz"
is "$(output verdict) $(output exit-status)" "pass 0" "judge.sh: green"
[ -s ws/next/baseline.json.gz ]
ok $? "with a baseline for later runs"
judge "GATE_REPORTS=
  unit=reports/unit.xml
	bandit=reports/bandit.json

" "GATE_ARGUMENTS=--now
2026-10-01T12:00:00Z"
is "$(output verdict)" "pass" "a list takes a line each, blank ones and what indents them are nothing"
rm -r ws/reports
judge
is "$(output verdict) $(output exit-status)" "inconclusive 3" "no reports: no pass"
says log "reports/unit.xml: missing" "and what is missing is named"
rm ws/gate.yaml
judge
is "$(output verdict) $(output exit-status) $(output decision)" "invalid 2 " "no policy and no reports: nothing is judged"
says log "hint: " "with a hint"
says log "::error title=Regression Gate::Nothing was judged" "as an annotation too"
with green
judge 'GATE_REPORTS=unit=reports/unit.xml; touch "$(pwd)/owned"`touch owned`'
[ ! -e ws/owned ]
ok $? "an input is no script"

# Which gate.
sum=$(sha256sum "$GATE" | cut -d ' ' -f 1)
plan GATE_BINARY="$GATE" GATE_SHA256="$sum"
is "$status $(output build)" "0 false" "a given binary with its checksum"
is "$("$(output gate)" --version | head -n 1)" "$("$GATE" --version | head -n 1)" "is the one that is used"
is "$(cat path)" "$scratch/temp/regression-gate/bin" "and is on the PATH"
plan GATE_BINARY="$GATE" GATE_SHA256="$(printf %064d 0)"
is "$status" 2 "another checksum is refused"
says log "another checksum: $sum" "and said"
[ ! -e temp/regression-gate/bin/gate ]
ok $? "nothing is left of it"
plan GATE_BINARY="$GATE" GATE_SHA256=
is "$status" 2 "a binary without a checksum"
plan GATE_BINARY=nowhere GATE_SHA256="$sum"
is "$status" 2 "a binary that is not there"
says log "there is no file nowhere" "is named"
plan GATE_BINARY=http://forge.example/gate GATE_SHA256="$sum"
is "$status" 2 "a URL that is not https"
plan GATE_SHA256="$sum"
is "$status" 2 "a checksum of nothing"
plan
is "$status $(output build)" "0 true" "no binary: it is built"
first=$(output key)
plan
is "$(output key)" "$first" "the same sources have the same key"

# The component's script, by a plain POSIX shell.
python3 - "$top/ci-examples/gitlab/templates/gate/template.yml" <<'P'
import sys, yaml
spec, job = yaml.safe_load_all(open(sys.argv[1]))
job = next(iter(job.values()))
open("script", "w").write("set -e\n")
with open("script", "a") as f:
    f.write("\n".join(job["before_script"] + job["script"]) + "\n")
P
# component [NAME=VALUE]...: as `step`
component() {
	status=0
	(cd ws && env -i PATH="$PATH" HOME="$scratch" GIT_CONFIG_GLOBAL=/dev/null GATE_BINARY="$GATE" GATE_SHA256="$sum" \
		GATE_POLICY= GATE_REPORTS= GATE_ARGUMENTS="--trusted-ref none" GATE_BASELINE= GATE_COMMENT=false "$@" \
		sh "$scratch/script") >log 2>&1 </dev/null || status=$?
}
with red
component
is "$status" 1 "component: red"
for file in gate-decision.json gate-codequality.json gate-junit.xml gate.env gate-metrics.txt; do
	[ -s "ws/$file" ]
	ok $? "component: it leaves $file"
done
with green
component
is "$status" 0 "component: green"
[ -s ws/gate-next/baseline.json.gz ]
ok $? "with a baseline for later runs"
component GATE_POLICY=nowhere.yaml
is "$status" 2 "component: a policy that is not there"
says log "hint: the inputs policy" "and what to look at"
rm -r ws/reports
component
is "$status" 3 "component: no reports"
component GATE_SHA256="$(printf %064d 0)"
is "$status" 2 "component: another checksum"
says log "the binary has another checksum, $sum" "and said"
done_testing
