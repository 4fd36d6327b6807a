#!/bin/sh
# Lint results after edits: the same twice, fifty lines above, swaps, renames, random drifts of
# recorded reports, held to the floors of precision and recall. `make bench` tries more of them.
. "$(dirname "$0")/../lib.sh"
for tool in python3 git; do
	command -v $tool >/dev/null || { skip "$tool is not here"; done_testing; exit; }
done
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH CI_MERGE_REQUEST_IID
python3 "$top/tests/bench/drift.py" "$GATE" --seeds 2 --check >out 2>&1
status=$?
exits 0 "every case as it must be, precision and recall above their floors"
grep -c '^drift, .* precision' out >got
is "$(cat got)" 3 "with git, with sources, with neither"
sed 's/^/# /' out
done_testing
