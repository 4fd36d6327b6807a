#!/bin/sh
# gate env: what was detected, from variables and an event's file; and what a decision keeps of it.
. "$(dirname "$0")/../lib.sh"
for v in $(env | sed -n 's/^\(GITHUB_[A-Z_]*\|CI_[A-Z_0-9]*\|GITLAB_[A-Z_]*\|GATE_TOKEN\)=.*/\1/p'); do
	unset "$v"
done
events=$top/tests/forge/events
head=1111111111111111111111111111111111111111

gate env
exits 0 "outside CI it ends well"
says out "forge     none" "and says that there is no forge"
gate env --json
says out '"build": null' "JSON: no build"
gate env extra
exits 2 "operands are refused"

export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/app GITHUB_SHA=3333333333333333333333333333333333333333
export GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=$events/pull_request.json
gate env
says out "revision  $head" "the pull request's head, not the merge commit"
says out "change    7" "its number"
says_not out "another project" "not from a fork"
says out "ref       refs/pull/7/head" "what the revision is on"
says out "token     none" "no token"
GITHUB_TOKEN=sesame-open gate env
says out "token     GITHUB_TOKEN" "where a token would come from"
says_not out "sesame" "never the token"
GITHUB_EVENT_PATH=$events/pull_request_fork.json gate env
says out "change    7, from another project" "a fork's pull request"
GITHUB_EVENT_PATH=$events/pull_request_fork_gone.json gate env --json
says out '"fork": true' "a fork that is gone"
GITHUB_EVENT_PATH=$events/none.json gate env
says out "note      the event's payload was not read" "no payload: said"

cat >a.xml <<'X'
<testsuite name="s" tests="1"><testcase classname="a" name="b"/></testsuite>
X
gate run --trusted-ref none --no-progress --out json=d.json a.xml
says d.json '"change": 7,' "the decision holds the change"
says d.json "\"revision\": \"$head\"" "and its head"
unset GITHUB_ACTIONS
gate run --no-progress --trusted-ref none --out json=d.json a.xml
says d.json '"build": null' "outside CI it holds none"
done_testing
