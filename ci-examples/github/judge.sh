#!/usr/bin/env bash
# judge.sh -- `gate run` of the action: its inputs in; annotations, the job's summary and the outputs
# out. It ends in 0, so that the decision can be posted; a later step ends with the verdict.
set -euo pipefail

decision=$RUNNER_TEMP/regression-gate/decision.json
mkdir -p "${decision%/*}"
rm -f "$decision"

args=()
# each OPTION LINES: the option for each line that is not blank; without an option, the line alone
each() {
	local line

	while IFS= read -r line; do
		line=${line#"${line%%[![:space:]]*}"}
		line=${line%"${line##*[![:space:]]}"}
		[ -z "$line" ] || args+=(${1:+"$1"} "$line")
	done <<<"$2"
}
each --policy "$GATE_POLICY"
each --report "$GATE_REPORTS"
each --runner-exit "$GATE_RUNNER_EXITS"
each --baseline "$GATE_BASELINE"
each --save-baseline "$GATE_SAVE_BASELINE"
each --trusted-ref "$GATE_TRUSTED_REF"
each "" "$GATE_ARGUMENTS"

code=0
"$GATE" run --no-progress --out console=- --out github=- --out json="$decision" \
	--out summary="$GITHUB_STEP_SUMMARY" --out github-output="$GITHUB_OUTPUT" "${args[@]}" || code=$?
if [ -f "$decision" ]; then
	echo "decision=$decision" >>"$GITHUB_OUTPUT"
else
	[ $code -ne 0 ] || code=3
	echo "verdict=invalid" >>"$GITHUB_OUTPUT"
	echo "::error title=Regression Gate::Nothing was judged, see the message above." \
		"The inputs policy, reports and arguments of the action are what it was given."
fi
echo "exit-status=$code" >>"$GITHUB_OUTPUT"
