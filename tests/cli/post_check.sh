#!/bin/sh
# gate post to GitHub beyond the comment: check runs with annotations, statuses, SARIF, merge
# queues, tokens that may only read; and gate run --post.
. "$(dirname "$0")/../lib.sh"
. "$top/tests/forge/lib.sh"
serve fake "$top/tests/forge/fake_forge.py" $specs
url=http://127.0.0.1:$port
events=$top/tests/forge/events

cat >gate.yaml <<'Y'
version: 1
name: backend
extends: ratchet
reports: {unit: red.xml}
delivery: {check: on, annotations: 200}
Y
# failing N NAME: a report of N failures, on the lines of a.py
failing() {
	python3 - "$1" >"$2" <<'P'
import sys
print('<testsuite name="s">')
for i in range(int(sys.argv[1])):
    print('<testcase classname="a" name="t%03d" file="a.py" line="%d"><failure message="boom %d @team &lt;b&gt; ::error::x"/></testcase>' % (i, i + 1, i))
print("</testsuite>")
P
}
export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/app GITHUB_EVENT_NAME=pull_request GITHUB_API_URL=$url GITHUB_RUN_ID=42
export GITHUB_EVENT_PATH=$events/pull_request.json GITHUB_TOKEN=$FAKE_TOKEN
failing 3 red.xml
judge red.json
failing 120 red.xml
judge many.json
echo '<testsuite name="s" tests="1"><testcase classname="a" name="t000"/></testsuite>' >red.xml
judge green.json

post red.json
exits 0 "red, with delivery.check"
is "$(state '[(c["name"], c["head_sha"], c["conclusion"], len(c["annotations"])) for c in s["checks"]]')" \
	"[('regression-gate/backend', '1111111111111111111111111111111111111111', 'failure', 3)]" "a check run on the head"
is "$(state '[(a["path"], a["start_line"], a["annotation_level"]) for a in s["checks"][0]["annotations"]][0]')" \
	"('a.py', 1, 'failure')" "an annotation has its line and level"
is "$(state 's["checks"][0]["title"][:7], "regression-gate/comment" in s["checks"][0]["summary"], "boom" in s["checks"][0]["summary"]')" \
	"('Blocked', False, True)" "title and summary say why, without the comment's marker"
is "$(state 's["statuses"], len(ours)')" \
	"([['regression-gate/backend', 'failure', '1111111111111111111111111111111111111111']], 1)" "a status and a comment too"
post red.json
is "$(state 'len(s["checks"]), sum("check-runs" in l for l in writes)')" "(1, 1)" "the same again: no second check run"
says out "says this already" "and that is said"
post green.json
is "$(state '[c["conclusion"] for c in s["checks"]]')" "['failure', 'success']" "another decision: its own check run"
post red.json
is "$(state '[c["conclusion"] for c in s["checks"]]')" "['failure', 'success', 'failure']" \
	"the first one again: the newest of the name is what a forge counts"

again
post many.json
is "$(state 'len(s["checks"][0]["annotations"]), [l.split()[0] for l in writes if "check-runs" in l]')" \
	"(120, ['POST', 'PATCH', 'PATCH'])" "120 annotations: 50 made with it, 50 and 20 appended"
is "$(state 'len(set(a["title"] for a in s["checks"][0]["annotations"]))')" "120" "none stands twice"
again
script '[{"on": "POST .*check-runs", "apply": true, "reset": true}, {"on": "PATCH .*check-runs", "apply": true, "status": 502},
 {"on": "PATCH .*check-runs", "close": true}]'
post many.json
exits 0 "lost answers, some applied, some not"
is "$(state 'len(s["checks"]), len(s["checks"][0]["annotations"]), len(set(a["title"] for a in s["checks"][0]["annotations"]))')" \
	"(1, 120, 120)" "one check run, each annotation once"
again
script '[{"on": "PATCH .*check-runs", "status": 422, "body": {"message": "no"}}]'
post many.json
says err "adding annotations" "a batch that is refused is said"
post many.json
is "$(state 'len(s["checks"]), len(s["checks"][0]["annotations"])')" "(1, 120)" "the next delivery goes on where that one ended"
again
sed 's/"annotations": 200/"annotations": 0/' many.json >none.json
post none.json
is "$(state 'len(s["checks"][0]["annotations"])')" "0" "annotations: 0"
again
script '[{"on": "POST .*check-runs", "status": 422, "body": {"message": "Invalid request", "errors": ["summary is too long"]}}]'
post many.json
is "$(state 'len(s["checks"])')" "1" "a summary that is refused is sent smaller"
again
set_state '{"check_status": 403}'
post red.json
exits 0 "a token that is no app's makes no check run"
says err "the commit's status says it" "the status says it instead"
is "$(state 'len(s["statuses"]), len(s["checks"])')" "(1, 0)" "and is set"
as_required red.json >required.json
post required.json
exits 0 "which is a delivery"
python3 - <<'P'
import json
d = json.load(open("red.json"))
for i, t in enumerate(d["tests"]):
    t["file"] = ["/etc/passwd", "../../x.py", "a/../../x.py"][i]
json.dump(d, open("paths.json", "w"))
P
again
post paths.json
is "$(state 'len(s["checks"][0]["annotations"])')" "0" "paths outside of the checkout are no places"

# limits by level: what is within them does not block, and is no failure's annotation
python3 - <<'P'
import json
rows = [{"filename": "app/a%02d.py" % i, "issue_severity": "LOW", "issue_confidence": "HIGH", "issue_text": "assert used", "test_id": "B101", "line_number": i}
        for i in range(1, 31)] + [{"filename": "app/z.py", "issue_severity": "HIGH", "issue_confidence": "HIGH", "issue_text": "shell", "test_id": "B602", "line_number": 7}]
json.dump({"results": rows, "errors": [], "generated_at": "2026-01-01T00:00:00Z", "metrics": {}}, open("bandit.json", "w"))
P
for rule in 'new-issues: {max: {high: 0}}' 'total-issues: {max: {high: 0}}'; do
	printf 'version: 1\nname: backend\nreports: {scan: bandit.json}\nbaseline: bandit.json\nrules: {%s}\ndelivery: {check: on}\n' "$rule" >levels.yaml
	[ "${rule%%:*}" = total-issues ] || sed -i '/^baseline/d' levels.yaml
	judge levels.json --policy levels.yaml
	again
	post levels.json
	is "$(state '[(a["path"], a["annotation_level"]) for a in s["checks"][0]["annotations"]]')" "[('app/z.py', 'failure')]" \
		"${rule%%:*}, limits by level: only what is over them is annotated"
	is "$(state '"B602" in ours[0]["body"], ours[0]["body"].count("B101")')" "(True, 0)" "and stands in the comment"
done

# the sentence is a stranger's too: one line, no control characters, cut where the forge cuts
python3 - <<'P'
import json
d = json.load(open("red.json"))
d["sentence"] = "Blocked:\n::error::x \u202e\u001b[31m" + "\u00e9" * 300
json.dump(d, open("sentence.json", "w"))
P
again
post sentence.json
for of in 's["checks"][0]["title"]' '[json.loads(r["body"])["description"] for r in requests if "statuses" in r["line"]][0]'; do
	is "$(state "any(ord(c) < 32 or c == chr(0x202e) for c in $of), $of[-3:], len($of.encode()) <= 250")" "(False, '...', True)" \
		"a sentence as the forge shows it, $(echo "$of" | cut -c1-12)"
done

# a token that may only read
again
set_state '{"write_status": 403}'
GITHUB_STEP_SUMMARY=$scratch/summary.md post red.json
exits 0 "read only: the verdict's delivery degrades"
is "$(grep -c 'not delivered' err)" "1" "that is said once"
says err "summary and annotations" "and where the report is"
says out "::error file=a.py,line=1,title=new failure%3A a.py%3A%3At000::boom 0" "annotations of the job itself"
is "$(grep '^ *::' out | grep -cv '^::error file=')" "0" "which strangers can't forge"
says summary.md "Blocked" "the job's summary"
GITHUB_STEP_SUMMARY=/nonexistent/summary.md post required.json
exits 4 "required: 4"
GITHUB_ACTIONS= GITHUB_STEP_SUMMARY= post red.json --to github
says_not out "::error" "outside of Actions no workflow commands"

# merge queues, pushes, forks
again
export GITHUB_EVENT_NAME=merge_group GITHUB_EVENT_PATH=$events/merge_group.json
gate env
queue=$(sed -n 's/^revision *//p' out)
failing 3 red.xml
judge queue.json
post queue.json
exits 0 "a merge queue"
is "$(state "[x[2] == '$queue' for x in s['statuses']], len(s['comments']), s['checks']")" "([True], 0, [])" \
	"its head has a status, and no comment is written"
again
export GITHUB_EVENT_NAME=push GITHUB_EVENT_PATH=$events/push.json
judge push.json
set_state '{"change": {"number": 7, "state": "open", "sha": "4444444444444444444444444444444444444444", "head": {"sha": "4444444444444444444444444444444444444444"}}}'
post push.json
exits 0 "a push whose revision heads no change"
is "$(state 'len(s["comments"]), len(s["checks"]), len(s["statuses"])')" "(0, 1, 1)" "a check run and a status, no comment"
again
export GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=$events/workflow_run_fork.json
set_state '{"change": {"number": 7, "state": "closed", "sha": "1111111111111111111111111111111111111111", "head": {"sha": "1111111111111111111111111111111111111111"}}}'
GITHUB_ACTIONS= "$GATE" run --no-progress --trusted-ref none --out json=local.json >/dev/null 2>&1
post local.json
is "$(state 'len(s["comments"]), len(s["checks"])')" "(0, 1)" "the change was closed meanwhile: no comment, but a check run"
export GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=$events/pull_request.json

# SARIF
again
echo '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": []}]}' >a.sarif
post red.json --sarif a.sarif
exits 0 "--sarif"
is "$(state 's["sarifs"]')" "[['1111111111111111111111111111111111111111', 'refs/pull/7/head', 1]]" "gzip and base64, for the head"
says out "SARIF uploaded" "and that is said"
again
sed 's/"change": 7/"change": 999/' red.json >elsewhere.json
GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=$events/workflow_run_fork.json post elsewhere.json --sarif a.sarif
is "$(state '[x[1] for x in s["sarifs"]]')" "['refs/pull/7/head']" \
	"a fork's: for the change that its revision heads, whatever the decision says, and on no branch of ours"
again
set_state '{"change": {"number": 7, "state": "closed", "sha": "1111111111111111111111111111111111111111", "head": {"sha": "1111111111111111111111111111111111111111"}}}'
GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=$events/workflow_run_fork.json post local.json --sarif a.sarif
is "$(state 's["sarifs"]')" "[]" "none for a change that is closed"
says err "the SARIF file is not uploaded" "which is said"
again
script '[{"on": "GET .*sarifs", "body": {"processing_status": "failed", "errors": ["location is no file"]}}]'
post red.json --sarif a.sarif
says err "location is no file" "one that is taken in badly is said"
script '[{"on": "POST .*sarifs", "status": 403, "body": {"message": "Advanced Security must be enabled"}}]'
post required.json --sarif a.sarif
exits 4 "code scanning that is off: asked for, not delivered"
says err "security-events: write" "with what to do"
echo '{}' >b.sarif
post red.json --sarif b.sarif
exits 2 "what is no SARIF"
post red.json --sarif none.sarif
exits 2 "a file that is not there"

# gate run --post
again
gate run --no-progress --trusted-ref none --post
exits 1 "run --post: the verdict stays"
is "$(state 'len(ours), len(s["checks"]), len(s["statuses"])')" "(1, 1, 1)" "and is delivered"
says err "GitHub: comment" "said beside the report, not in it"
says_not out "GitHub:" "the output is the report"
gate run --no-progress --trusted-ref none --post -v
cat out err >>everything
says err "gate: http: GET" "-v: each request"
GITHUB_TOKEN= gate run --no-progress --trusted-ref none --post
exits 1 "no token: the verdict stays"
says err "there is no token" "and that is said"
echo 'delivery: {required: true}' >tail
sed 's/^delivery.*/delivery: {required: true}/' gate.yaml >strict.yaml
GITHUB_TOKEN= gate run --no-progress --trusted-ref none --policy strict.yaml --post
exits 1 "required and not delivered: 1 stays 1"
echo '<testsuite name="s" tests="1"><testcase classname="a" name="t000"/></testsuite>' >red.xml
GITHUB_TOKEN= gate run --no-progress --trusted-ref none --policy strict.yaml --post
exits 4 "judged 0, required, not delivered: 4"
GITHUB_TOKEN= gate run --no-progress --trusted-ref none --post
exits 0 "judged 0, not required: 0"
gate run --no-progress --trusted-ref none --policy strict.yaml --post --out json=-
exits 0 "judged 0 and delivered"
python3 -c 'import json; json.load(open("out"))'
ok $? "the output is JSON, whole"
GITHUB_ACTIONS= gate run --no-progress --trusted-ref none --policy strict.yaml --post
exits 4 "no forge at all: required is not met"
again
python3 - <<'P'
import json
d = json.load(open("red.json"))
d["scope"] = "only unit"
json.dump(d, open("part.json", "w"))
P
post part.json
exits 2 "a decision of a part is refused"
is "$(state 'log')" "[]" "before anything is asked"
judge only.json --only unit
post only.json
exits 2 "one made with --only too"
says err "limited scope is not posted: only unit" "which is said"
gate run --no-progress --trusted-ref none --post --partial
exits 2 "run --post --partial: before anything is judged"
is "$(state 'log')" "[]" "nothing is asked"
descriptions_held
done_testing
