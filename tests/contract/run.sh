#!/bin/sh
# run.sh -- delivery held against other people's tools: GitHub's official description through
# Prism in front of an independent emulator, GitLab's through Prism, GitHub's own toolkit for
# workflow commands, python3-gitlab as a reader. They come from npm, into build/contract; where
# that can't be, it is said and nothing fails.
. "$(dirname "$0")/../lib.sh"
. "$top/tests/forge/lib.sh"
tools=$top/build/contract
prism=$tools/node_modules/@stoplight/prism-cli/dist/index.js
shared=$top/../shared/platform

give_up() {
	skip "$1"
	done_testing
	exit
}
command -v npm >/dev/null && command -v node >/dev/null || give_up "npm is not installed"
mkdir -p "$tools"
if ! cmp -s "$top/tests/contract/package.json" "$tools/installed.json"; then
	cp "$top/tests/contract/package.json" "$tools/package.json"
	(cd "$tools" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts) >"$tools/npm.log" 2>&1 ||
		give_up "npm can't install what it needs (build/contract/npm.log)"
	cp "$tools/package.json" "$tools/installed.json"
fi
hub=$shared/github-trimmed.json
if [ ! -f "$hub" ]; then
	hub=$tools/node_modules/@octokit/openapi/generated/api.github.com.json
	[ -f "$hub" ] || (cd "$tools" && npm install --no-package-lock --no-save --no-audit --no-fund --ignore-scripts @octokit/openapi@23.0.2) \
		>>"$tools/npm.log" 2>&1 || hub=
fi

# free: a port that nobody has
free() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
# starts PORT COMMAND...: waits until something listens there
starts() {
	waits=$1
	shift
	"$@" >"server.$waits" 2>&1 &
	servers="$servers $!"
	python3 - "$waits" <<'P'
import socket, sys, time
for _ in range(600):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit(1)
P
	ok $? "$(basename "$1") $(basename "$2") listens"
}
# failing N: a report of N failures on the lines of a.py, with everything that strangers write
failing() {
	python3 - "$1" >red.xml <<'P'
import sys
from xml.sax.saxutils import quoteattr
print('<testsuite name="s">')
for i in range(int(sys.argv[1])):
    name = "t%03d [50%% a:b,c=d]" % i
    text = "boom 100%%0A @team <b>::error::x ##[error]y\nsecond: line, %d" % i
    print('<testcase classname="a" name=%s file="a.py" line="%d"><failure message=%s/></testcase>' % (quoteattr(name), i + 1, quoteattr(text)))
print("</testsuite>")
P
}
cat >gate.yaml <<'Y'
version: 1
name: backend
extends: ratchet
reports: {unit: red.xml}
delivery: {check: on, discussions: on, annotations: 120, messages: full}
Y
sed 's/annotations: 120/annotations: 3/' gate.yaml >few.yaml

# GitHub: gate, a relay, Prism with the official description, the emulator
if [ -n "$hub" ]; then
	em=$(free)
	starts "$em" node "$tools/node_modules/emulate/dist/index.js" start -s github -p "$em" --seed "$top/tests/contract/emulate.yaml"
	pr=$(free)
	starts "$pr" node "$prism" proxy -h 127.0.0.1 -p "$pr" "$hub" "http://127.0.0.1:$em"
	serve relay "$top/tests/contract/relay.py" "http://127.0.0.1:$pr"
	url=http://127.0.0.1:$port
	set -- $(python3 "$top/tests/contract/change.py" "http://127.0.0.1:$em")
	echo "{\"pull_request\": {\"number\": $1, \"head\": {\"sha\": \"$2\", \"repo\": {\"full_name\": \"ci-bot/demo\"}}, \"base\": {\"sha\": \"$2\"}}}" >event.json
	export GITHUB_ACTIONS=true GITHUB_REPOSITORY=ci-bot/demo GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=$scratch/event.json
	export GITHUB_API_URL=$url GITHUB_TOKEN=$FAKE_TOKEN
	# of the emulator itself: e PATH EXPRESSION
	e() {
		python3 - "http://127.0.0.1:$em/repos/ci-bot/demo$1" "$2" <<'P'
import json, os, sys, urllib.request
r = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + os.environ["FAKE_TOKEN"]})
d = json.load(urllib.request.urlopen(r))
print(eval(sys.argv[2]))
P
	}
	failing 120
	judge red.json
	post red.json
	exits 0 "GitHub: delivered"
	is "$(e /issues/1/comments 'len(d), d[0]["user"]["login"], "Blocked" in d[0]["body"]')" "(1, 'ci-bot', True)" "one comment"
	is "$(e "/commits/$2/check-runs" '[(r["name"], r["conclusion"], r["head_sha"] == "'"$2"'") for r in d["check_runs"]]')" \
		"[('regression-gate/backend', 'failure', True)]" "one check run on the head"
	is "$(ask GET /_log | python3 -c 'import json, sys; print([l.split()[0] for l, s in json.load(sys.stdin) if "check-runs" in l and l[0] == "P"])')" \
		"['POST', 'PATCH', 'PATCH']" "annotations in three batches"
	post red.json
	is "$(e /issues/1/comments 'len(d)')" "1" "again: no second comment"
	is "$(e "/commits/$2/check-runs" 'len(d["check_runs"])')" "1" "no second check run"
	echo '<testsuite name="s" tests="1"><testcase classname="a" name="ok"/></testsuite>' >red.xml
	judge green.json
	post green.json
	is "$(e /issues/1/comments 'len(d), len(d[0]["body"].splitlines())')" "(1, 2)" "green: the same comment, one line"
	python3 - <<'P'
import json
json.dump({"version": "2.1.0", "runs": []}, open("a.sarif", "w"))
P
	post red.json --sarif a.sarif
	says err "the check run says it" "what the emulator does not know (statuses) is made up for"
	is "$(ask GET /_wrong)" "[]" "every request is one of GitHub's description, says Prism"

	# The same commands as GitHub's toolkit writes.
	failing 12
	"$GATE" run --no-progress --trusted-ref none --out github=commands >/dev/null 2>&1
	is "$(node "$top/tests/contract/commands.mjs" commands "$tools/node_modules/@actions/core/lib/core.js")" "10 commands" \
		"workflow commands are what @actions/core writes"
	GITHUB_TOKEN= post red.json
	grep '^::' out >log
	is "$(node "$top/tests/contract/commands.mjs" log "$tools/node_modules/@actions/core/lib/core.js")" "10 commands" \
		"and those of gate post"
	unset GITHUB_ACTIONS
else
	skip "no description of GitHub's API at hand"
fi

# GitLab: gate, a relay, Prism's mock of the official description
lab=$shared/gitlab-trimmed.patched.json
[ -f "$lab" ] || give_up "no description of GitLab's API at hand"
sha=1111111111111111111111111111111111111111
cat >overrides.json <<J
[["GET /api/v4/user", {"id": 1, "username": "bot"}],
 ["GET .*/merge_requests/7$", {"iid": 7, "state": "opened", "sha": "$sha", "diff_refs": {"base_sha": "$sha", "start_sha": "$sha", "head_sha": "$sha"}}],
 ["GET .*/(notes|discussions)", []]]
J
export GITLAB_CI=true CI_PROJECT_ID=12 CI_MERGE_REQUEST_PROJECT_ID=12 CI_MERGE_REQUEST_IID=7 CI_COMMIT_SHA=$sha CI_PIPELINE_ID=5
export GITLAB_TOKEN=$FAKE_TOKEN CI_JOB_URL=https://gitlab.example.test/a/b/-/jobs/1
pr=$(free)
starts "$pr" node "$prism" mock -h 127.0.0.1 -p "$pr" "$lab"
serve lab "$top/tests/contract/relay.py" "http://127.0.0.1:$pr" overrides.json
url=http://127.0.0.1:$port
export CI_API_V4_URL=$url/api/v4
failing 3
judge lab.json --policy few.yaml
post lab.json
exits 0 "GitLab: delivered"
is "$(ask GET /_log | python3 -c 'import json, sys; print(sorted(l.split("/")[-1].split()[-1] for l, s in json.load(sys.stdin) if l[:4] == "POST" and s in (200, 201)))')" \
	"['$sha', 'discussions', 'discussions', 'discussions', 'notes']" "a note, three discussions, a status"
is "$(ask GET /_wrong)" "[]" "every request is one of GitLab's description, says Prism"

# What gate wrote, read by a client that others wrote; and the fake forge held against Prism.
serve fake "$top/tests/forge/fake_forge.py" $specs
fake=$port
pr=$(free)
starts "$pr" node "$prism" proxy --errors -h 127.0.0.1 -p "$pr" "$lab" "http://127.0.0.1:$fake"
url=http://127.0.0.1:$fake
set_state "{\"self\": \"bot\", \"self_status\": 200, \"diff\": {\"a.py\": [1, 3]}, \"change\": {\"iid\": 7, \"state\": \"opened\", \"sha\": \"$sha\", \"diff_refs\": {\"base_sha\": \"$sha\", \"start_sha\": \"$sha\", \"head_sha\": \"$sha\"}}}"
CI_API_V4_URL=http://127.0.0.1:$pr/api/v4 post lab.json
exits 0 "GitLab: through Prism to the stateful fake"
is "$(state 'len(ours), len(s["threads"]), len(s["statuses"])')" "(1, 2, 1)" "a note, discussions, a status"
reader=
for p in python3 /usr/bin/python3; do
	"$p" -c 'import gitlab' 2>/dev/null && reader=$p && break
done
if [ -n "$reader" ]; then
	is "$($reader - "http://127.0.0.1:$pr" <<'P'
import os, sys
import gitlab
lab = gitlab.Gitlab(sys.argv[1], private_token=os.environ["FAKE_TOKEN"])
mr = lab.projects.get(12, lazy=True).mergerequests.get(7, lazy=True)
notes, threads = mr.notes.list(get_all=True), mr.discussions.list(get_all=True)
print(len(notes), "Blocked" in notes[0].body, len(threads), threads[0].attributes["notes"][0]["resolvable"])
P
	)" "1 True 2 True" "python3-gitlab reads the same"
else
	skip "python3-gitlab is not installed"
fi
says_not everything sesame "the token is in no output"
done_testing
