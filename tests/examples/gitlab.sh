#!/bin/sh
# The component and the pipelines of ci-examples/gitlab, run by gitlab-ci-local: GitLab's schema, its
# inputs, its rules, artifacts from job to job; the recorded reports, a forge on loopback.
. "$(dirname "$0")/lib.sh"
npm_or_skip
if ! command -v rsync >/dev/null; then
	echo "1..0 # skip gitlab-ci-local needs rsync"
	exit 0
fi
stand_ins
ln -s "$top/tests/examples/tool" tools/apt-get
forge
sum=$(sha256sum "$GATE" | cut -d ' ' -f 1)
export HOME=$scratch

# pipeline LANGUAGE COLOUR [INPUT: VALUE]...: a checkout with the pipeline and the component in it
pipeline() {
	language=$1
	rm -rf ws
	checkout "$1" ws
	RECORDED=$project/$1/recorded/$2
	export RECORDED
	forge_has "$head" "$base" opened
	cp -r "$top/ci-examples/gitlab/templates" ws/
	shift 2
	python3 - "$top/ci-examples/gitlab/pipelines/$language.yml" "binary: $GATE" "sha256: $sum" "$@" >ws/.gitlab-ci.yml <<'P'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r"component: \S+", "component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/gate@$CI_COMMIT_SHA", text)
print(text.replace("    inputs:\n", "    inputs:\n" + "".join("      %s\n" % i for i in sys.argv[2:])))
P
	git -C ws remote add origin git@gitlab.example:acme/app.git
	git -C ws add -A
	commit ws pipeline
}

# runs VARIABLE=VALUE...: $status; `log` holds all that it said
ours=GITLAB_CI,CI_API_V4_URL,CI_PROJECT_ID,CI_DEFAULT_BRANCH,CI_JOB_TOKEN,CI_PIPELINE_SOURCE,CI_MERGE_REQUEST_IID
ours=$ours,CI_COMMIT_SHA,CI_COMMIT_BRANCH,CI_MERGE_REQUEST_DIFF_BASE_SHA,CI_MERGE_REQUEST_SOURCE_BRANCH_SHA
runs() {
	status=0
	variables=
	for v in "$@" GITLAB_CI=true "CI_API_V4_URL=$url/api/v4" CI_PROJECT_ID=12 CI_DEFAULT_BRANCH=main \
		CI_JOB_TOKEN=job-0123456789 "GITLAB_TOKEN=$FAKE_TOKEN" GATE_SLEEP_SCALE=0.001; do
		variables="$variables --variable $v"
	done
	# shellcheck disable=SC2086 # none of them holds a blank
	(cd ws && node "$EXAMPLES/node_modules/gitlab-ci-local/dist/index.js" --force-shell-executor --shell-isolation \
		--no-timestamps --ignore-predefined-vars "$ours" $variables) >log 2>&1 </dev/null || status=$?
	sed -i 's/^[a-z]* *> //' log
	left=ws/.gitlab-ci-local/artifacts/gate
}
change() {
	runs CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_DIFF_BASE_SHA="$base" \
		CI_MERGE_REQUEST_SOURCE_BRANCH_SHA="$head" CI_COMMIT_BRANCH= "$@"
}
push() {
	runs CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=main "$@"
}

for language in python node c; do
	pipeline $language red
	change
	is "$status" 1 "$language: defects block the merge request"
	says log "FAIL 1" "$language: with the gate's own status"
	is "$(comments)" "1 True" "$language: one note says why"
	for report in gate-codequality.json gate-junit.xml gate.env gate-metrics.txt; do
		[ -s $left/$report ] || [ -n "$(find $left/.gitlab-ci-reports -name $report)" ]
		ok $? "$language: $report is there"
	done
	is "$(sed -n 's/^GATE_VERDICT=//p' "$(find $left -name gate.env | head -n 1)")" fail "$language: jobs that follow can ask"
	pipeline $language green
	change
	is "$status" 0 "$language: fixed, with its known failures: it passes"
	is "$(comments)" "0 False" "$language: no note on a green change"
	[ "$status" = 0 ] || tail -n 30 log | sed 's/^/# /'
done

# The baseline: the default branch's pipeline leaves it, a merge request is compared with it.
pipeline python green
push
is "$status" 0 "the default branch passes"
is "$(comments)" "0 False" "nothing is posted there"
mkdir kept && cp $left/gate-next/baseline.json.gz kept/
ok $? "and leaves its baseline"
python3 "$top/tests/examples/storage.py" kept shown >storage.port &
storage=$!
trap 'kill $server $storage 2>/dev/null; rm -rf "$scratch"' EXIT
while [ ! -s storage.port ]; do sleep 0.1; done
pipeline python red
forge_says '[{"on": "GET .*/jobs/artifacts/main/raw/gate-next/baseline.json.gz.job=gate", "status": 302,
	"headers": {"Location": "http://127.0.0.1:'"$(cat storage.port)"'/baseline.json.gz"}}]'
change
is "$status" 1 "a change that breaks what passed there is blocked"
says log "regression" "as a regression"
is "$(cat shown)" "/baseline.json.gz []" "and the job's token is not shown to the storage"
pipeline python green
forge_says '[{"on": "GET .*/jobs/artifacts/", "status": 404}]'
change
is "$status" 0 "no pipeline has passed there yet: the policy does not require one"
says log "No baseline of main (HTTP 404)" "and that is said"

gate replay $left/gate-bundle.tar.gz
exits 0 "its bundle decides again, at a desk"

# Built from the source where neither the image nor an input has it. The clone is of this checkout,
# with its objects: building them is make's.
cat >tools/git <<'G'
#!/bin/sh
[ "$1" = clone ] || exec "$REAL_GIT" "$@"
for to in "$@"; do :; done
echo "$*" >"$CLONED"
mkdir -p "$to/build/ci" && cd "$TOP" && mkdir "$OLDPWD/$to/tests" &&
	cp -a Makefile ci-examples gate parsers policies "$OLDPWD/$to/" && cp -a tests/deps.sh "$OLDPWD/$to/tests/" &&
	cp -a "$BUILT/obj" "$BUILT/gen" "$OLDPWD/$to/build/ci/"
G
REAL_GIT=$(command -v git) TOP=$top BUILT=$(dirname "$GATE") CLONED=$scratch/cloned
export REAL_GIT TOP BUILT CLONED
chmod +x tools/git
pipeline python green
sed -i '/binary: /d; /sha256: /d' ws/.gitlab-ci.yml
change
is "$status" 0 "built by the job, it passes"
says log "  LINK " "it was built"
says cloned "--branch v0.1.0" "from the revision that the input names"
change
is "$status" 0 "from the cache, it passes"
says_not log "  LINK " "and nothing was built"
rm tools/git

# Bad input.
pipeline python green
sed -i 's/comment: true/comment: perhaps/' ws/.gitlab-ci.yml
change
is "$status" 1 "an input of a wrong type"
says log "comment" "is named"
pipeline python green
sed -i "s/sha256: .*/sha256: $(printf %064d 0 | tr 0 f)/" ws/.gitlab-ci.yml
change
is "$status" 1 "a binary with another checksum is refused"
says log "the binary has another checksum, $sum" "and says which it has"
pipeline python green
sed -i '/sha256: /d' ws/.gitlab-ci.yml
change
is "$status" 1 "a binary without a checksum is refused"
says log "the input binary needs its checksum" "with what to do"
pipeline python green
sed -i 's/keep unit pytest.*/echo no tests/' ws/.gitlab-ci.yml
change
is "$status" 1 "no report: it does not pass"
says log "FAIL 3" "it is inconclusive"
says log "reports/unit.xml: missing" "and says which file is missing"
pipeline python green "policy: nowhere.yaml"
change
says log "FAIL 2" "a policy that is not there: nothing is judged"
says log "nowhere.yaml" "the policy is named"
says log "hint: the inputs policy, reports and arguments" "and what to look at"
done_testing
