#!/bin/sh
# The workflows of ci-examples/github, run as GitHub would: its parser and evaluator, the real
# scripts, the recorded reports, a forge on loopback.
. "$(dirname "$0")/lib.sh"
npm_or_skip
stand_ins
forge
export GITHUB_API_URL=$url
sum=$(sha256sum "$GATE" | cut -d ' ' -f 1)

# A given binary takes the place of a build, in a copy of the workflow.
workflow() { # NAME
	python3 - "$top/ci-examples/github/workflows/$1.yml" "$GATE" "$sum" >"$1.yml" <<'P'
import sys
text = open(sys.argv[1]).read()
out = []
lines = text.split("\n")
for i, line in enumerate(lines):
    out.append(line)
    if "ci-examples/github@" in line:
        at = len(line) - len(line.lstrip())
        at += 2 if line.lstrip().startswith("- ") else 0
        if i + 1 >= len(lines) or lines[i + 1] != " " * at + "with:":
            out.append(" " * at + "with:")
        else:
            out.append(lines[i + 1])
            lines[i + 1] = "\0"
        out += [" " * (at + 2) + "binary: " + sys.argv[2], " " * (at + 2) + "sha256: " + sys.argv[3]]
print("\n".join(l for l in out if l != "\0"))
P
}

# runs FILE NAME-OF-EVENT [OPTION...]: $status; `log` holds all that it said
runs() {
	file=$1 name=$2
	shift 2
	status=0
	FAKE_TOKEN=$FAKE_TOKEN node "$EXAMPLES/run-workflow.mjs" "$file" --event "$name=event.json" --top "$top" \
		--workspace ws --store store --env GITHUB_API_URL="$url" --env GATE_SLEEP_SCALE=0.001 \
		--env RECORDED="$RECORDED" --env GIT_CONFIG_GLOBAL=/dev/null "$@" >log 2>&1 </dev/null || status=$?
}
fresh() { # LANGUAGE COLOUR
	rm -rf ws store
	checkout "$1" ws
	event pull_request "$head" "$base"
	RECORDED=$project/$1/recorded/$2
	forge_has "$head" "$base" open
}

for language in python node c; do
	workflow $language
	fresh $language red
	runs $language.yml pull_request
	is "$status" 1 "$language: defects block"
	says log '"verdict":"fail"' "$language: and the output says so"
	says log "::error" "$language: as an annotation too"
	is "$(comments)" "1 True" "$language: one comment says why"
	grep -q 'Blocked' store/summary.md
	ok $? "$language: and the job's summary"
	fresh $language green
	runs $language.yml pull_request
	is "$status" 0 "$language: fixed, with its known failures: it passes"
	says log '"verdict":"pass"' "$language: and says pass"
	is "$(comments)" "0 False" "$language: no comment on a green change"
	[ "$status" = 0 ] || tail -n 30 log | sed 's/^/# /'
done

# The baseline: a push to the default branch keeps it, a change is compared with it.
workflow python
fresh python green
event push "$head" "$base"
runs python.yml push --env GITHUB_REF=refs/heads/main
is "$status" 0 "a push passes"
[ -s store/artifacts/gate-baseline/baseline.json.gz ]
ok $? "and leaves its baseline"
says log "No run of main has passed yet" "the first one has nothing to compare with"
mkdir passed && cp store/artifacts/gate-baseline/* passed/
fresh python red
runs python.yml pull_request --env PASSED="$scratch/passed"
is "$status" 1 "a change that breaks what passed there is blocked"
says log "regression" "as a regression"
[ ! -e store/artifacts/gate-baseline ]
ok $? "and a change leaves no baseline"

# A merge queue: judged, and nothing said on a change.
fresh python green
event merge_group "$head" "$base"
runs python.yml merge_group
is "$status" 0 "a merge group passes"
is "$(comments)" "0 False" "and is not commented"

# A matrix: each leg collects, one job judges. A leg that breaks did not deliver.
workflow matrix
fresh python green
runs matrix.yml pull_request
is "$status" 0 "the legs pass together"
says log "18 tests" "all of them were judged"
fresh python red
runs matrix.yml pull_request
is "$status" 1 "what fails in the legs blocks"
is "$(comments)" "1 True" "in one comment"
fresh python green
sed -i 's/gate collect/[ $LEG = py310 ] || gate collect/' matrix.yml
runs matrix.yml pull_request
is "$status" 1 "a leg that delivers nothing"
says log "leg py310 delivered no report" "is named"
says log '"verdict":"inconclusive"' "and is no pass"

# Built from the checkout, then taken from the cache. (The objects are there: building them is make's.)
mkdir -p temp/regression-gate-build
cp -a "$(dirname "$GATE")/obj" "$(dirname "$GATE")/gen" temp/regression-gate-build/
fresh python green
cp "$top/ci-examples/github/workflows/python.yml" built.yml
runs built.yml pull_request --temp temp
is "$status" 0 "built from the checkout, it passes"
says log '  LINK ' "it was built"
is "$(ls store/cache | wc -l)" 1 "and kept"
kept=$(echo store/cache/*)
is "$(ldd "$kept/bin/gate" | sed -n 's/.*libxml2[^ ]* => \([^ ]*\) .*/\1/p' | xargs -r realpath | xargs -r dirname)" \
	"$(realpath "$kept/lib")" "its libraries are beside it"
runs built.yml pull_request
is "$status" 0 "from the cache, it passes"
says_not log '  LINK ' "and nothing was built"

# What a developer takes home decides as the job did.
fresh python red
runs built.yml pull_request
gate replay store/artifacts/gate/gate.tar.gz
exits 1 "the bundle of a blocked run decides again, at a desk"
says out "Blocked: 1 new failure, 1 failed fix." "and says the same"

# Two halves for forks.
workflow fork-judge
workflow fork-post
fresh python red
runs fork-judge.yml pull_request
is "$status" 1 "the half that judges blocks"
is "$(comments)" "0 False" "and posts nothing"
[ -s store/artifacts/gate-decision/decision.json ]
ok $? "it leaves the decision"
event workflow_run_fork "$head" "$base"
runs fork-post.yml workflow_run
is "$status" 0 "the half that posts passes"
is "$(comments)" "1 True" "and posts"
rm -rf store
runs fork-post.yml workflow_run
is "$status" 1 "without a decision it fails"
says log "Artifact not found for name: gate-decision" "and says what is missing"

# Bad input.
workflow python
fresh python red
sed -i 's/keep unit pytest.*/true/' python.yml
runs python.yml pull_request
is "$status" 1 "no report: it does not pass"
says log '"verdict":"inconclusive"' "its defects are not seen, and that is no pass"
says log "unit" "and the missing one is named"
fresh python green
runs python.yml pull_request
is "$status" 1 "no report, and nothing else wrong: it does not pass"
says log '"verdict":"inconclusive"' "it is inconclusive"
says log "reports/unit.xml" "and says which file is missing"
workflow python
fresh python green
sed -i "s/sha256: .*/sha256: $(printf %064d 0 | tr 0 f)/" python.yml
runs python.yml pull_request
is "$status" 1 "a binary with another checksum is refused"
says log "another checksum: $sum" "and says which it has"
sed -i '/sha256: /d' python.yml
runs python.yml pull_request
is "$status" 1 "a binary without a checksum is refused"
says log "the input binary needs its checksum" "with what to do"
workflow python
sed -i 's/save-baseline: .*/policy: nowhere.yaml/' python.yml
fresh python green
runs python.yml pull_request
is "$status" 1 "a policy that is not there"
says log '"verdict":"invalid"' "nothing was judged, and the output says so"
says log "nowhere.yaml" "the policy is named"
done_testing
