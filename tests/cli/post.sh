#!/bin/sh
# gate post against a stateful fake forge on loopback: one comment, edited in place, whatever
# goes wrong; and never the token in any output.
. "$(dirname "$0")/../lib.sh"
. "$top/tests/forge/lib.sh"
serve fake "$top/tests/forge/fake_forge.py" $specs
url=http://127.0.0.1:$port

cat >red.xml <<'X'
<testsuite name="s" tests="2"><testcase classname="a" name="b"><failure message="boom @team &lt;b&gt;"/></testcase>
<testcase classname="a" name="c"/></testsuite>
X
cat >green.xml <<'X'
<testsuite name="s" tests="1"><testcase classname="a" name="b"/></testsuite>
X
export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/app GITHUB_EVENT_NAME=pull_request GITHUB_API_URL=$url
export GITHUB_EVENT_PATH=$top/tests/forge/events/pull_request.json
"$GATE" run --no-progress --trusted-ref none --out json=red.json red.xml >/dev/null 2>&1
"$GATE" run --no-progress --trusted-ref none --out json=green.json green.xml >/dev/null 2>&1
sed 's/"required": false/"required": true/' red.json >required.json
export GITHUB_TOKEN=$FAKE_TOKEN

post green.json
exits 0 "green, nothing before"
is "$(state 'writes')" "[]" "green and nothing before: silent"
post red.json
exits 0 "red: delivered"
is "$(state 'len(ours), "Blocked" in ours[0]["body"]')" "(1, True)" "one comment that says it"
is "$(state '"@team" in ours[0]["body"] or "<b>" in ours[0]["body"]')" "False" "strangers' text is no markup"
post red.json
is "$(state 'len(writes)')" "1" "the same again: no write"
says out "says this already" "and that is said"
post green.json
is "$(state 'len(ours), ours[0]["id"], len(ours[0]["body"].splitlines())')" "(1, 1, 2)" \
	"turned green: the same comment, one line"

again
set_state '{"comments": [{"id": 90, "body": "<!-- regression-gate/comment@1 x -->", "user": {"login": "mallory"}}], "next": 91}'
sed 's/"name": "[^"]*"/"name": "x"/' red.json >named.json
post named.json
is "$(state '[c["id"] for c in ours if c["user"]["login"] != "mallory"], s["comments"][0]["body"]')" \
	"([91], '<!-- regression-gate/comment@1 x -->')" "a stranger's comment with our marker is left alone"
post red.json
is "$(state 'len(ours)')" "3" "a gate of another name has its own comment"

again
set_state "$(python3 -c 'import json
print(json.dumps({"comments": [{"id": i, "body": "talk", "user": {"login": "ann"}} for i in range(1, 251)], "next": 251}))')"
post red.json
post red.json
is "$(state 'len(ours), sum("page=3" in l for l in log) > 1')" "(1, True)" "found again behind 250 others"

again
script '[{"on": "POST", "apply": true, "reset": true}]'
post red.json
exits 0 "an answer lost after the comment was written"
is "$(state 'len(ours), sum(l.startswith("POST") for l in log)')" "(1, 1)" "is not written twice"
again
script '[{"on": "POST", "status": 502}, {"on": "POST", "apply": true, "status": 500}]'
post red.json
exits 0 "502, then 500 though it was written"
is "$(state 'len(ours), sum(l.startswith("POST") for l in log)')" "(1, 2)" "one comment"
again
post red.json
post named.json
state 'ours[0]["body"]' >body
set_state "$(python3 -c 'import json,sys
b = open("body").read().strip()
print(json.dumps({"comments": [{"id": i, "body": b, "user": {"login": "github-actions[bot]"}} for i in (5, 3, 9)], "next": 10}))')"
post red.json
is "$(state '[c["id"] for c in ours]')" "[3]" "duplicates collapse into the first"

again
post red.json
script '[{"on": "PATCH", "status": 404, "body": {"message": "Not Found"}}]'
post green.json
exits 0 "a comment that is deleted while it is edited"
is "$(state 'len(ours), sum(l.startswith("POST") for l in log)')" "(1, 2)" "is written anew"
again
jobs=
for i in 1 2 3; do
	"$GATE" post --decision red.json >/dev/null 2>&1 &
	jobs="$jobs $!"
done
wait $jobs
is "$(state 'len(ours)')" "1" "three jobs at once: one comment is left"
again
set_state '{"self": "our-app[bot]"}'
post red.json
post red.json
is "$(state '[(c["id"], c["user"]["login"]) for c in ours]')" "[(1, 'our-app[bot]')]" \
	"an app of one's own, which may not ask who it is: one comment all the same"
post green.json
is "$(state 'len(ours), ours[0]["id"], len(ours[0]["body"].splitlines())')" "(1, 1, 2)" "and it turns green"

again
script '[{"on": "GET .*comments", "status": 429, "headers": {"Retry-After": "7"}}, {"on": "POST", "status": 403,
 "body": {"message": "You have exceeded a secondary rate limit"}}, {"on": "GET .*pulls", "status": 503},
 {"on": "GET .*pulls", "reset": true}, {"on": "GET .*user", "close": true}, {"on": "GET .*comments", "truncate": 1}]'
post red.json
exits 0 "limits, 503, a reset, a cut answer"
is "$(state 'len(ours)')" "1" "are waited for"
again
script '[{"on": "POST", "status": 429, "headers": {"Retry-After": "86400"}}]'
post required.json
exits 4 "a wait of a day is not waited"
says err "too long" "and that is said"

again
set_state '{"limit": 30000}'
python3 - <<'P'
with open("huge.xml", "w") as f:
    f.write('<testsuite name="s">')
    for i in range(2000):
        f.write('<testcase classname="a%s" name="t%d"><failure message="%s"/></testcase>' % ("@" * 150, i, "&lt;" * 150))
    f.write("</testsuite>")
P
GITHUB_TOKEN= "$GATE" run --no-progress --trusted-ref none --out json=huge.json huge.xml >/dev/null 2>&1
post huge.json
exits 0 "a body that is refused"
is "$(state 'len(ours), len(ours[0]["body"]) < 30000, "more in the decision" in ours[0]["body"]')" "(1, True, True)" \
	"is sent smaller, and says what is left out"

again
set_state '{"write_status": 403}'
GITHUB_STEP_SUMMARY=$scratch/summary.md post red.json
exits 0 "a token that may only read: degraded, and said so"
says err "pull-requests: write" "with what to do"
says summary.md "Blocked" "the report goes to the job's summary"
post required.json
exits 4 "required: 4"
again
GITHUB_TOKEN=sesame-wrong post red.json
exits 0 "a wrong token"
says err "wrong or expired" "is said"
GITHUB_TOKEN= post red.json
exits 0 "no token"
says err "there is no token" "is said"
printf '%s\n' "$FAKE_TOKEN" >token
GITHUB_TOKEN= post red.json --token-file token
is "$(state 'len(ours)')" "1" "--token-file"
GITHUB_REPOSITORY=acme/other post red.json
says err "wrong project or number" "a wrong project"
again
set_state '{"change": {"number": 7, "state": "closed", "head": {"sha": "1111111111111111111111111111111111111111"}}}'
post red.json
says err "is closed" "a closed pull request"
set_state '{"change": {"number": 7, "state": "open", "head": {"sha": "4444444444444444444444444444444444444444"}}}'
post required.json
exits 4 "a pull request that moved on"
says err "moved on" "is said"
is "$(state 'writes')" "[]" "and nothing is written"
again
script '[{"on": "GET .*pulls", "status": 302, "headers": {"Location": "http://localhost:9/steal"}}]'
post required.json
exits 4 "a redirect to another host"
says err "not followed" "is not followed"
again
script '[{"on": "GET .*pulls", "status": 301, "headers": {"Location": "/repos/acme/app/pulls/7"}}]'
post red.json
is "$(state 'len(ours)')" "1" "one to the same origin is"
GITHUB_API_URL=http://example.test post required.json
exits 4 "plain http to another machine"
says err "neither https nor loopback" "is refused"
GITHUB_API_URL=http://127.0.0.1:1 post required.json
exits 4 "a forge that is down"

sed 's/1111111111111111111111111111111111111111/5555555555555555555555555555555555555555/' red.json >other.json
post other.json
exits 2 "a decision for another revision is refused"
sed 's/"verdict": "fail"/"verdict": "fine"/' red.json >forged.json
post forged.json
exits 2 "a forged verdict"
head -c 300 red.json >cut.json
post cut.json
exits 2 "a cut file"
post none.json
exits 2 "no file"
post red.json --to gitea
exits 2 "an unknown forge"

again
GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=$top/tests/forge/events/workflow_run_fork.json post red.json
is "$(state 'len(ours)')" "1" "from a fork's workflow_run, by the decision's number, checked"
again
GITHUB_ACTIONS= "$GATE" run --no-progress --trusted-ref none --out json=local.json red.xml >/dev/null 2>&1
GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=$top/tests/forge/events/workflow_run_fork.json post local.json
is "$(state 'len(ours)')" "1" "or by the forge's own list"
says err "names no revision" "a decision that names no revision: a note"
python3 - "$top/tests/forge/events/workflow_run_fork.json" <<'P'
import json, sys
d = json.load(open(sys.argv[1]))
d["workflow_run"]["pull_requests"] = [{"number": 8, "base": {"sha": "2" * 40}}]
json.dump(d, open("theirs.json", "w"))
P
again
GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=$scratch/theirs.json post local.json
is "$(state 'len(ours)')" "1" "a number of the fork's own: the forge's list tells the right one"
GITHUB_EVENT_NAME=merge_group GITHUB_EVENT_PATH=$top/tests/forge/events/merge_group.json post local.json
says out "merge queue" "no comment for merge queues"

again
sed 's/"check": false/"check": true/' red.json >check.json
script '[{"on": "POST .*statuses", "apply": true, "reset": true}]'
post check.json
says out "status set" "delivery.check: a status"
is "$(state 'sorted(set(s[1] for s in s["statuses"])), len(ours)')" "(['failure'], 1)" "that says failure, beside the comment"
script '[{"on": "POST .*statuses", "status": 403, "body": {"message": "Resource not accessible"}}]'
post check.json
exits 0 "a token that may set none"
says err "statuses: write" "is told what it lacks"

unset GITHUB_ACTIONS
export GITLAB_CI=true CI_API_V4_URL=$url/api/v4 CI_PROJECT_ID=99 CI_MERGE_REQUEST_PROJECT_ID=12 CI_MERGE_REQUEST_IID=7
export CI_COMMIT_SHA=1111111111111111111111111111111111111111 GITLAB_TOKEN=$FAKE_TOKEN
again
set_state '{"self": "project_12_bot", "self_status": 200, "change": {"iid": 7, "state": "opened", "sha": "1111111111111111111111111111111111111111"}}'
"$GATE" run --no-progress --trusted-ref none --out json=lab.json red.xml >/dev/null 2>&1
post lab.json
post lab.json
exits 0 "GitLab"
is "$(state 'len(ours), len(writes)')" "(1, 1)" "GitLab: one note, in the target project"
sed 's/"check": false/"check": true/' lab.json >check.json
script '[{"on": "POST .*statuses", "status": 400, "body": {"message": "Cannot transition status via :enqueue from :pending"}}]'
post check.json
says out "status set" "GitLab: a status that is set already"
post check.json
is "$(state 's["statuses"][-1][1]')" "failed" "GitLab: a status"
post green.json
is "$(state 'len(ours), [l for l in writes if "notes" in l][-1][:3]')" "(1, 'PUT')" "GitLab: edited in place"

descriptions_held
done_testing
