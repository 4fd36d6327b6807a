#!/bin/sh
# A floor that lies in the repository is the trusted revision's: a change can raise it, not lower it.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF CI_MERGE_REQUEST_IID

commit() { git add -A && git commit -qm "$1"; }
judge() { gate run --now 2026-11-20T12:00:00Z --out json=- --out console="$scratch/text" --trusted-ref main --floor floor.yaml "$@"; }
branch() { git checkout -q -B "$1" main; }
merged() { sed -n 's/^ "if_merged": "*\([a-z]*\)"*,$/\1/p' out; }
echo '<testsuite name="s"><testcase classname="t" name="a"><failure/></testcase><testcase classname="t" name="b"/></testsuite>' >unit.xml
echo '{"results": [], "errors": [], "metrics": {"_totals": {"loc": 9}, "a.py": {"loc": 9}}, "generated_at": "2026-11-20T00:00:00Z"}' >bandit.json

git init -q -b main repo
cd repo || exit 1
printf 'out\nerr\n' >.git/info/exclude
cat >gate.yaml <<'END'
version: 1
reports: {unit: ../unit.xml}
rules: {new-failures: 9}
END
cat >floor.yaml <<'END'
# What every project of ours must at least ask for. Questions: the quality team, on the usual
# channel. Changes need two of us; what they loosen is pending until it is merged.
version: 1
rules: {new-failures: 0, known-failures: {max: 5}}
END
commit base
judge
exits 1 "the floor of the trusted revision holds"

branch lower
sed -i 's/new-failures: 0/new-failures: 9/' floor.yaml
commit "lower the floor"
judge
exits 1 "a change can't lower it"
says out 'loosens the rule new-failures: from 0 to 9' "... that is pending"
says out '"path": "floor.yaml"' "... with its place"
is "$(merged)" pass "... and would pass once merged"
digest=$(sed -n 's/.*--approve-pending \([0-9a-f]\{64\}\) .*/\1/p' out | head -n 1)
judge --approve-pending "$digest"
exits 0 "... or approved"
sed -i 's/new-failures: 9/new-failures: 10/' floor.yaml
commit "lower it more"
judge --approve-pending "$digest"
exits 1 "what was approved was another floor"

branch drop
echo 'version: 1' >floor.yaml
commit "empty the floor"
judge
exits 1 "nor empty it"
says out 'removes the rule new-failures' "... that is pending"
branch gone
git rm -q floor.yaml && commit gone
judge
exits 2 "nor take it away: the option names it"
branch both
cat >gate.yaml <<'END'
version: 1
reports: {unit: ../unit.xml}
rules: {new-failures: off, regressions: 0}
END
sed -i 's/new-failures: 0/new-failures: {max: 0, since: 2030-01-01}/' floor.yaml
commit "both at once"
judge
exits 1 "nor delay a rule of it"
branch exempt
cat >>floor.yaml <<'END'
exempt: {rule: new-failures, owner: mallory, reason: mine, expires: 2027-01-01}
END
commit "exempt myself"
judge
exits 1 "nor exempt itself"
says out "exempts from the floor's new-failures" "... that is pending"
is "$(merged)" pass "... until it is merged"
branch link
rm floor.yaml && ln -s /dev/null floor.yaml && commit link
judge
exits 2 "nor make it a link to nothing"
says err "the floor is empty" "... which is no floor"
branch move
git mv floor.yaml other.yaml
sed -i 's/new-failures: 0/new-failures: 9/' other.yaml
commit move
gate run --now 2026-11-20T12:00:00Z --trusted-ref main --floor other.yaml
exits 1 "nor lower it on the way to another place"
branch extend
printf 'version: 1\nextends: base.yaml\n' >floor.yaml
printf 'version: 1\nrules: {new-failures: 9, known-failures: {max: 5}}\n' >base.yaml
commit extend
judge
exits 1 "nor lower it by what it extends"

# ---- a required report that is not due
branch due
sed -i 's/ \.\.\/unit.xml/ {path: ..\/unit.xml, when-changed: "src\/**"}/; s/new-failures: 9/regressions: 0/' gate.yaml
printf 'version: 1\nrequire-reports: {report: unit}\n' >floor.yaml
commit due
git branch -qf duebase due
echo 1 >doc && commit doc
mv ../unit.xml ../keep.xml
gate run --now 2026-11-20T12:00:00Z --trusted-ref duebase --floor floor.yaml
exits 3 "what the policy calls not due, the floor requires"
says out 'the floor requires a report of report unit, and none was delivered' "... which is said"
printf 'version: 1\nrequire-reports: {report: unit, when-changed: "src/**"}\n' >floor.yaml
commit floor && git branch -qf duebase due
echo 2 >doc && commit doc
gate run --now 2026-11-20T12:00:00Z --trusted-ref duebase --floor floor.yaml
exits 0 "... unless the floor says when it is due"
mkdir src && echo 1 >src/a && commit src
gate run --now 2026-11-20T12:00:00Z --trusted-ref duebase --floor floor.yaml
exits 3 "... and it is"
gate run --now 2026-11-20T12:00:00Z --floor floor.yaml --trusted-ref none
exits 3 "... as outside of a change"
mv ../keep.xml ../unit.xml

# ---- what a change raises counts
branch raise
cat >floor.yaml <<'END'
version: 1
rules: {new-failures: 0, known-failures: {max: 5}, flaky-tests: 0}
require-reports: {kind: security}
END
sed -i 's/ \.\.\/unit.xml/ {path: ..\/unit.xml, optional: true}/' gate.yaml
commit raise
judge
says out 'the floor requires a report of kind security' "a report that the change's floor requires is required"
says_not out 'takes from' "... and nothing of the floor is pending"
git checkout -q main
git merge -q --no-ff -m raise raise
branch unrequire
sed -i '/require-reports/d' floor.yaml
commit unrequire
judge
says out 'the floor requires a report of kind security' "... and stays so when a change takes it back"
says out 'no longer requires a report of kind security' "... which is pending"
branch unexempt
git checkout -q main
echo 'exempt: {kind: security, owner: ann, reason: soon, expires: 2027-01-01}' >>floor.yaml
commit exempt
judge
says_not out 'the floor requires a report' "an exemption that is merged holds"
branch unexempt
sed -i '/exempt/d' floor.yaml
commit unexempt
judge
says out 'the floor requires a report of kind security' "... and a change may give it back"
git checkout -q main

# ---- a floor that only the change has, that is broken, that lies elsewhere
git rm -q floor.yaml && commit "no floor"
branch first
printf 'version: 1\nrules: {new-failures: 0}\n' >floor.yaml
commit first
judge
exits 1 "a floor that the change brings holds"
git checkout -q main
echo 'rulez: {}' >floor.yaml && commit broken
branch mend
printf 'version: 1\nrules: {new-failures: 9}\n' >floor.yaml
commit mend
judge
exits 3 "a floor that is broken on the trusted revision: inconclusive"
says out "the floor of the trusted revision" "... and why"
git checkout -q main
git rm -q floor.yaml && commit none
printf 'version: 1\nrules: {new-failures: 0}\n' >../floor.yaml
branch outside
echo 1 >x && commit x
gate run --now 2026-11-20T12:00:00Z --trusted-ref main --floor ../floor.yaml
exits 1 "a floor outside the repository is read where it is"
branch policy
git checkout -q main && git rm -q gate.yaml && git checkout -q -b nopolicy && commit "no policy on main"
git branch -qf main nopolicy
printf 'version: 1\nreports: {unit: ../unit.xml}\nrules: {new-failures: off}\n' >gate.yaml
printf 'version: 1\nrules: {new-failures: 0}\n' >floor.yaml
git checkout -q -b base && git add floor.yaml && git commit -qm floor && git branch -qf main base
git checkout -q -b intro
printf 'version: 1\nrules: {regressions: 0}\n' >floor.yaml
commit "a first policy, and a lower floor"
judge
exits 1 "a change that brings the first policy does not lower the floor with it"
done_testing
