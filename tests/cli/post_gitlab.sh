#!/bin/sh
# gate post to GitLab: the note, discussions on lines, commit statuses, fork pipelines, pages,
# moved projects, job tokens.
. "$(dirname "$0")/../lib.sh"
. "$top/tests/forge/lib.sh"
serve fake "$top/tests/forge/fake_forge.py" $specs
url=http://127.0.0.1:$port

cat >gate.yaml <<'Y'
version: 1
name: backend
extends: ratchet
reports: {unit: red.xml}
delivery: {check: on, discussions: on, annotations: 5}
Y
# failing LINE...: a report with a failure on each of these lines of a.py
failing() {
	{
		echo '<testsuite name="s"><testcase classname="a" name="ok"/>'
		for l in "$@"; do
			echo "<testcase classname=\"a\" name=\"t$l\" file=\"a.py\" line=\"$l\"><failure message=\"boom $l @team\"/></testcase>"
		done
		echo '</testsuite>'
	} >red.xml
}
export GITLAB_CI=true CI_API_V4_URL=$url/api/v4 CI_SERVER_URL=https://gitlab.example.test CI_PROJECT_ID=99 CI_PIPELINE_ID=1234
export CI_MERGE_REQUEST_PROJECT_ID=12 CI_MERGE_REQUEST_SOURCE_PROJECT_ID=99 CI_MERGE_REQUEST_IID=7 CI_JOB_TOKEN=sesame-of-the-job
export CI_COMMIT_SHA=1111111111111111111111111111111111111111 GITLAB_TOKEN=$FAKE_TOKEN
export CI_JOB_URL=https://gitlab.example.test/acme/app/-/jobs/5
me() { set_state '{"self": "project_12_bot", "self_status": 200, "link": '"${1:-true}"', "change": {"iid": 7, "state": "opened", "sha": "1111111111111111111111111111111111111111",
 "diff_refs": {"base_sha": "2222222222222222222222222222222222222222", "start_sha": "2222222222222222222222222222222222222222", "head_sha": "1111111111111111111111111111111111111111"}}}'; }
me
failing 3 4 9
judge red.json
failing 4
judge less.json
echo '<testsuite name="s" tests="1"><testcase classname="a" name="ok"/></testsuite>' >red.xml
judge green.json

post green.json
exits 0 "green, nothing before"
is "$(state '[l for l in writes if "statuses" not in l]')" "[]" "silent but for the status"
again
me
post red.json
exits 0 "red"
is "$(state 'len(ours), [t["at"] for t in s["threads"]]')" "(1, [['a.py', 3], ['a.py', 4]])" \
	"one note, and a discussion on each line of the diff"
says out "1 line outside of the diff" "what has no place there is counted"
is "$(state '"@team" in s["threads"][0]["body"], "boom 3" in s["threads"][0]["body"]')" "(False, True)" "strangers' text mentions nobody"
is "$(state 's["statuses"]')" "[['regression-gate/backend', 'failed', '1111111111111111111111111111111111111111', '99']]" \
	"the status stands in the fork, where the pipeline runs"
is "$(state '[json.loads(r["body"])["pipeline_id"] for r in requests if "statuses" in r["line"]]')" "[1234]" "and names the pipeline"
is "$(state 'sorted(set(l.split("/")[4] for l in log if "merge_requests" in l))')" "['12']" "the note in the target project"
post red.json
is "$(state 'len(s["threads"]), [l for l in writes if "PUT" in l or "DELETE" in l]')" "(2, [])" "the same again: nothing opened, nothing edited"
post less.json
is "$(state '[(t["at"][1], t["resolved"]) for t in s["threads"]]')" "[(3, True), (4, False)]" "what is right again is resolved"
post red.json
is "$(state '[(t["at"][1], t["resolved"]) for t in s["threads"]]')" "[(3, False), (4, False)]" "and opened again when it is back"
state '[dict(t, resolved=True, by="ann") for t in s["threads"]]' >threads
set_state "{\"threads\": $(python3 -c 'import ast,json; print(json.dumps(ast.literal_eval(open("threads").read())))')}"
post red.json
is "$(state '[t["by"] for t in s["threads"]]')" "['ann', 'ann']" "what people resolved stays resolved"
# what is not known to be right stays open; what only warns opens none
again
me
post red.json
sed 's/"annotations": 5/"annotations": 1/' red.json >first.json
post first.json
is "$(state '[(t["at"][1], t["resolved"]) for t in s["threads"]]')" "[(3, False), (4, False)]" \
	"what fails still is not resolved because others come first"
echo '<testsuite name="s"><testcase classname="a" na' >red.xml
judge broken.json
post broken.json
is "$(state '[t["resolved"] for t in s["threads"]]')" "[False, False]" "nor because its report did not come"
says out "2 left open, since not every report is whole" "which is said"
failing 3 4
sed 's/^extends.*/rules: {new-failures: {max: 0, level: warn}}/' gate.yaml >warn.yaml
judge warn.json --policy warn.yaml
again
me
post warn.json
is "$(state 'len(s["threads"])')" "0" "what only warns opens none"
again
me
post red.json
state '[dict(t, resolved=True, by="ann") for t in s["threads"]]' >threads
set_state "{\"threads\": $(python3 -c 'import ast,json; print(json.dumps(ast.literal_eval(open("threads").read())))')}"
sed 's/boom 3/bang 3/g' red.json >other.json
post other.json
is "$(state '"bang 3" in s["threads"][0]["body"], len(s["threads"])')" "(True, 2)" "another message: edited in place"
post green.json
is "$(state 'len(ours[0]["body"].splitlines()), ours[0]["id"]')" "(2, 1)" "green: the note is one line"
again
me
script '[{"on": "POST .*discussions", "apply": true, "reset": true}, {"on": "POST .*discussions", "status": 500}]'
post red.json
is "$(state '[t["at"][1] for t in s["threads"]]')" "[3, 4]" "lost answers: each discussion once"
again
me
post red.json
state 's["threads"]' >threads
set_state "{\"threads\": $(python3 -c 'import ast,json
t = ast.literal_eval(open("threads").read())
t += [dict(t[0], id="f" * 40, note=900), dict(t[0], id="e" * 40, note=901, user="mallory")]
print(json.dumps(t))')}"
post red.json
is "$(state 'len(s["threads"]), [t["user"] for t in s["threads"]][-1]')" "(3, 'mallory')" "duplicates collapse, strangers' stay"
sed 's/"discussions": true/"discussions": false/' red.json >quiet.json
again
me
post quiet.json
is "$(state 'len(s["threads"])')" "0" "none where the policy does not ask"

again
me false
set_state "$(python3 -c 'import json
print(json.dumps({"per_page": 20, "comments": [{"id": i, "body": "talk", "user": {"login": "ann"}} for i in range(1, 251)], "next": 251}))')"
post quiet.json
post quiet.json
is "$(state 'len(ours)')" "1" "found again by numbered pages, without a Link"
script '[{"on": "GET .*notes", "headers": {"Link": "<http://gitlab.internal/api/v4/x?page=2>; rel=\"next\"", "X-Next-Page": ""}, "body": []}]'
as_required quiet.json >required.json
post required.json
exits 4 "a next page on another host is not asked"
says err "at another host" "and said: the list is not whole"
again
me
set_state '{"comments": [{"id": 1, "system": true, "body": "<!-- regression-gate/comment@1 backend -->", "user": {"login": "project_12_bot"}}], "next": 2}'
post quiet.json
is "$(state 's["comments"][0]["body"], len(s["comments"])')" "('<!-- regression-gate/comment@1 backend -->', 2)" "a system note is none of ours"

again
me
script '[{"on": "POST .*statuses", "status": 400, "body": {"message": "Cannot transition status via :run from :running (Reason(s): Status cannot transition via \"run\")"}}]'
post quiet.json
exits 0 "a status that is set already"
says out "status set" "is one that is set"
script '[{"on": "POST .*statuses", "status": 409, "body": {"message": "409 Conflict"}}]'
post quiet.json
says out "status set" "a lock that another job holds is waited for"
script '[{"on": "GET .*merge_requests/7$", "status": 429, "headers": {"Retry-After": "3", "Content-Type": "text/plain"}, "body": "Retry later\n"}]'
post quiet.json -v
exits 0 "429 in plain text"
says err "waiting 3 s" "is waited for"
script '[{"on": "GET .*merge_requests/7$", "status": 301, "headers": {"Location": "/api/v4/projects/acme%2Fapp/merge_requests/7"}}]'
post quiet.json
exits 0 "a project that moved"
script '[{"on": "GET .*merge_requests/7$", "status": 301, "headers": {"Location": "https://gitlab.example.test/api/v4/x"}}]'
post required.json
exits 4 "one that moved to another host"
says err "not followed" "is not followed"

again
me
GITLAB_TOKEN=$CI_JOB_TOKEN post required.json
exits 4 "CI_JOB_TOKEN"
says err "CI_JOB_TOKEN may write no notes" "may not write: said"
is "$(state 'log')" "[]" "before anything is asked"
GITLAB_TOKEN=sesame-wrong post quiet.json
exits 0 "a wrong token"
says err "project access token" "is said, with what to make"
is "$(state 'len(log)')" "1" "and nothing more is tried"
set_state '{"write_status": 403}'
post quiet.json
exits 0 "a token that may only read"
is "$(grep -c 'not delivered' err)" "1" "is said once"
again
me
set_state '{"foreign": ["99"]}'
post quiet.json
is "$(state '[x[3] for x in s["statuses"]]')" "['12']" "a fork that the token may not see: the status stands in the project"
again
CI_MERGE_REQUEST_PROJECT_ID=13 post required.json
exits 4 "a wrong project"
says err "wrong project or number" "is said"
again
set_state '{"change": {"iid": 7, "state": "merged", "sha": "1111111111111111111111111111111111111111"}}'
post quiet.json
says err "is closed" "a merge request that is merged"
again
me
post red.json --sarif red.xml
exits 2 "what is no SARIF"
echo '{"runs": []}' >a.sarif
post quiet.json --sarif a.sarif
says err "takes no SARIF" "GitLab takes no SARIF"

# merge trains, merged results, branch pipelines
again
me
CI_MERGE_REQUEST_EVENT_TYPE=merge_train post quiet.json
is "$(state 'len(ours), len(s["statuses"])')" "(0, 1)" "a merge train: a status, no note"
again
me
CI_COMMIT_SHA=3333333333333333333333333333333333333333 CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=1111111111111111111111111111111111111111 post quiet.json
is "$(state 'len(ours), [x[2][0] for x in s["statuses"]], [json.loads(r["body"]).get("pipeline_id") for r in requests if "statuses" in r["line"]]')" \
	"(1, ['1'], [None])" "a merged result: the head of the request, and no pipeline of another commit"
unset CI_MERGE_REQUEST_IID CI_MERGE_REQUEST_PROJECT_ID CI_MERGE_REQUEST_SOURCE_PROJECT_ID
again
me
export CI_PROJECT_ID=12
"$GATE" run --no-progress --trusted-ref none --out json=branch.json >/dev/null 2>&1
sed 's/"verdict": "pass"/"verdict": "fail"/' branch.json >red_branch.json
post red_branch.json
is "$(state 'len(ours)')" "1" "a branch pipeline: the open request of this revision"
descriptions_held
done_testing
