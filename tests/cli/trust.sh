#!/bin/sh
# A change is judged by the policy and registers of the revision it starts from. Real
# repositories: a forge's merge commit, shallow clones, moved files, a submodule.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF CI_MERGE_REQUEST_IID

top_of() { git -C "$1" rev-parse HEAD; }
commit() { git add -A && git commit -qm "$1"; }
report() { # report FILE NAME=OUTCOME...: a JUnit report
	file=$1
	shift
	{
		echo '<testsuite name="s">'
		for t; do
			case $t in
			*=fail) echo "<testcase classname=\"t\" name=\"${t%=*}\"><failure/></testcase>" ;;
			*) echo "<testcase classname=\"t\" name=\"${t%=*}\"/>" ;;
			esac
		done
		echo '</testsuite>'
	} >"$file"
}
verdict() { sed -n 's/^ "verdict": "\([a-z]*\)",*$/\1/p' out; }
merged() { sed -n 's/^ "if_merged": "*\([a-z]*\)"*,$/\1/p' out; }
judge() { gate run --now 2026-11-20T12:00:00Z --out json=- --out console="$scratch/text" "$@"; }

# ---- a repository whose main branch knows one failure and waives another
git init -q -b main repo
cd repo || exit 1
printf 'out\nerr\nstatus\n' >.git/info/exclude
cat >gate.yaml <<'END'
version: 1
registers: [known.yaml]
reports: {unit: ../unit.xml}
rules:
  new-failures: 0
  known-failures: {tolerate: all}
  failed-fixes: 0
  waivers: {require: [owner, reason, expires], max-days: 90}
  expired-waivers: 0
END
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: high, match: {test: "t::known"}}
  - id: KF-2
    title: two
    match: {test: "t::waived"}
    waiver: {owner: ann, reason: later, expires: 2026-12-24}
END
commit base
report ../unit.xml known=fail waived=fail good=pass

judge --trusted-ref main
exits 0 "what is merged counts"
is "$(merged)" "null" "... and nothing is pending"
judge --trusted-ref none
exits 0 "none: the checkout judges"
judge --trusted-ref gone
exits 2 "a revision that is not there"
says err "gone" "... is named"
says err "fetch-depth: 2" "... with what to do"
judge --trusted-ref=-n
exits 2 "an option is no revision"

# ---- loosening edits are pending
git checkout -q -b loosen
report ../unit.xml known=fail waived=fail good=fail
sed -i 's/new-failures: 0/new-failures: 5/' gate.yaml
commit "raise the limit"
judge --trusted-ref main
exits 1 "a raised limit does not count"
is "$(verdict) $(merged)" "fail pass" "... but would, once merged"
says out "loosens the rule new-failures: from 0 to 5" "... and is listed"
says out '"at": "gate.yaml:5"' "... with its place"
digest=$(sed -n 's/.*--approve-pending \([0-9a-f]\{64\}\) .*/\1/p' out | head -n 1)
is "${#digest}" 64 "the sentence gives the digest"
judge --trusted-ref main --approve-pending "$digest"
exits 0 "approved, it counts"
says ../text "1 pending edit of the change was approved" "... and the decision says so"
judge --trusted-ref main --approve-pending "${digest%?}0$digest"
exits 1 "another digest approves nothing"
judge
exits 0 "outside CI the checkout judges, by its own limit"

git checkout -q main && git checkout -q -b waive
cat >>known.yaml <<'END'
  - id: KF-3
    match: {test: "t::good"}
    waiver: {owner: ann, reason: mine, expires: 2026-12-24}
END
commit "a waiver for myself"
judge --trusted-ref main
exits 1 "a new waiver does not count"
is "$(merged)" "pass" "... until it is merged"
says out "adds known/KF-3: a waiver" "... and is listed"
says ../text "Pending until the change is merged, not counted (1)" "people see it in a section of its own"
says ../text "the verdict with it: pass" "... with the verdict it would make"
says ../text "to count exactly this: gate run --approve-pending" "... and how it is approved"
is "$(sed -n 's/^ "pending_digest": "\(.*\)",$/\1/p' out)" "$(sed -n 's/.*--approve-pending \([0-9a-f]\{64\}\)$/\1/p' ../text)" "... by its digest"
waive=$(sed -n 's/.*--approve-pending \([0-9a-f]\{64\}\) .*/\1/p' out | head -n 1)
sed -i 's/reason: mine/reason: ours/' known.yaml
commit "another reason"
judge --trusted-ref main --approve-pending "$waive"
exits 1 "what was approved was another text"
git checkout -q main && git merge -q --no-ff -m "merge waive" waive
judge --trusted-ref main
exits 0 "a waiver that is merged on the target branch counts"
git reset -q --hard HEAD^

for edit in 's/"t::known"/"t::**"/' 's/tolerate: all/tolerate: all, level: info/'; do
	git checkout -q -B widen main
	sed -i "$edit" known.yaml gate.yaml
	commit widen
	report ../unit.xml known=fail waived=fail good=fail
	judge --trusted-ref main
	exits 1 "not counted: $edit"
	says_not out '"pending": [],' "... but listed"
done

git checkout -q -B drop main
sed -i 's#reports: .*#reports: {other: ../other.xml}#' gate.yaml
commit "take the producer away"
report ../other.xml fine=pass
judge --trusted-ref main
exits 1 "a producer that is taken away still judges"
says out "removes the producer unit" "... and that is listed"

git checkout -q -B off main
sed -i '/new-failures/d' gate.yaml
commit "take the rule away"
judge --trusted-ref main
exits 1 "a rule that is taken away still judges"
says out "removes the rule new-failures" "... and that is listed"

git checkout -q -B gone main
git rm -q gate.yaml && commit "no policy at all"
judge --trusted-ref main --report unit=../unit.xml
exits 1 "a policy that is taken away still judges"

# ---- tightening edits count
report ../unit.xml known=fail waived=fail good=pass
git checkout -q -B close main
sed -i 's/id: KF-1,/id: KF-1, status: done,/' known.yaml
commit "close it"
judge --trusted-ref main
exits 1 "closed by the change, and failing: a failed fix"
says_not out '"edit"' "... with nothing pending"
report ../unit.xml known=pass waived=fail good=pass
judge --trusted-ref main
exits 0 "closed by the change, and passing"

report ../unit.xml known=fail waived=fail good=pass
git checkout -q -B delist main
sed -i '/KF-1/d' known.yaml
commit "no longer listed"
judge --trusted-ref main
exits 1 "an entry that is taken back excuses no more"
says out '"new-failure"' "... its failure is new"

git checkout -q -B strict main
sed -i 's/tolerate: all/tolerate: low/' gate.yaml
commit "tolerate less"
judge --trusted-ref main
exits 1 "a stricter rule counts at once"
says_not out '"edit"' "... with nothing pending"

git checkout -q -B more main
sed -i 's#reports: .*#reports: {unit: ../unit.xml, more: ../more.xml}#' gate.yaml
commit "one more producer"
judge --trusted-ref main
exits 3 "a producer that is added must deliver"

git checkout -q -B both main
sed -i 's/id: KF-1,/id: KF-1, status: done,/; s/expires: 2026-12-24/expires: 2027-01-24/' known.yaml
commit "close one, prolong another"
judge --trusted-ref main
exits 1 "of two edits the stricter one counts"
says out "changes known/KF-2: a longer waiver" "... the other is pending"

# ---- every form of a rule: stricter counts, looser is pending, neither does both
git checkout -q -B forms main
while IFS='|' read -r rule was now want; do
	printf 'version: 1\nregisters: [known.yaml]\nreports: {unit: ../unit.xml}\nrules:\n  %s: %s\n' \
		"$rule" "$was" >gate.yaml
	git add -A && git commit -q --allow-empty -m was && git branch -f was
	sed -i "s#^  $rule:.*#  $rule: $now#" gate.yaml && git commit -qam now
	judge --trusted-ref was
	case $(grep -c '"edit"' out) in 0) got=counts ;; *) got=pending ;; esac
	is "$got" "$want" "$rule: from $was to $now"
done <<'END'
new-failures|1|0|counts
new-failures|0|1|pending
new-failures|warn|fail|counts
new-failures|fail|info|pending
new-failures|{max: 1, level: warn}|{max: 2, level: fail}|pending
new-failures|{max: {high: 1}}|{max: {high: 0}}|counts
new-failures|{max: {high: 0}}|{max: {high: 0, low: 0}}|counts
new-failures|{max: {high: 0, low: 0}}|{max: {high: 0}}|pending
new-failures|0|{max: {high: 0}}|pending
new-failures|0|[{test: "t::a*", max: 0}, {test: "t::b*", max: 3}]|pending
new-failures|0|{max: 0, test: "t::a*"}|pending
known-failures|{tolerate: high}|{tolerate: low}|counts
known-failures|{tolerate: low}|{tolerate: all}|pending
waivers|{max-days: 90}|{max-days: 30}|counts
waivers|{max-days: 90}|{max-days: 400}|pending
waivers|{max-days: 90}|{grace-days: 3}|pending
waivers|{require: [owner]}|{require: [owner, reason]}|counts
waivers|{require: [owner, reason]}|{require: [owner]}|pending
skipped-tests|{max-percent: 10}|{max-percent: 5}|counts
skipped-tests|{max-percent: 10}|{max-percent: 50}|pending
END
git checkout -q -f main

# ---- an entry that only the change has is never unused
git checkout -q -B unused main
sed -i 's/rules:/rules:\n  orphaned-findings: 0/' gate.yaml
commit "orphans fail" && git branch -f base unused
printf '  - {id: KF-9, match: {test: "t::never"}}\n' >>known.yaml
commit "an entry nobody needs"
judge --trusted-ref base
exits 0 "not reported by the change that adds it"
is "$(merged)" "pass" "... nor once it is merged"
judge --trusted-ref none
exits 1 "afterwards it is"

# ---- what the change brings must be valid; what is broken on the target is inconclusive
git checkout -q -B broken main
echo '  new-failures: 3' >>gate.yaml
commit "a key twice"
judge --trusted-ref main
exits 2 "a broken policy of the change's own"
git branch -f bad broken
git checkout -q -B repair bad
git checkout -q main -- gate.yaml
commit "repair it"
judge --trusted-ref bad
exits 3 "a policy that is broken on the trusted revision"
says out "can't be used" "... says so"

# ---- moved files
git checkout -q -B moved main
mkdir ci && git mv gate.yaml ci/policy.yaml
sed -i 's#known.yaml#../known.yaml#; s#\.\./unit.xml#../../unit.xml#; s/new-failures: 0/new-failures: 7/' \
	ci/policy.yaml
commit "move the policy, and loosen it"
report ../unit.xml known=fail waived=fail good=fail
judge --policy ci/policy.yaml --trusted-ref main
exits 1 "a renamed policy judges as it was"
says out "loosens the rule new-failures" "... and what it loosens is pending"
git checkout -q -B renamed main
git mv known.yaml listed.yaml && sed -i 's/known.yaml/listed.yaml/' gate.yaml
commit "rename the register"
report ../unit.xml known=fail waived=fail good=pass
judge --trusted-ref main
exits 0 "a renamed register's findings are the same ones"
says_not out '"edit"' "... and nothing is pending"
(cd "$PWD/.." && mkdir -p below) && mkdir sub
(cd sub && judge --trusted-ref main; cp out err ..; echo "$status" >../status)
is "$(cat status)" 0 "from a folder below too"
rm -f out err status
git checkout -q main
judge --policy "$PWD/gate.yaml" --trusted-ref main
exits 0 "an absolute path is the same file"

# ---- the first policy of a project
git checkout -q -f --orphan first && git rm -rqf . && echo hi >readme && commit "no policy yet"
git checkout -q -b adds
git checkout -q main -- gate.yaml known.yaml && commit "the first policy"
judge --trusted-ref first
exits 0 "a project's first policy judges the change that brings it"
says ../text "has no policy" "... and says so"

# ---- a baseline under version control is the trusted revision's
git checkout -q -f -B based main
sed -i 's/^rules:/baseline: base.json.gz\nrules:\n  regressions: 0\n  preexisting-failures: info/' gate.yaml
report ../unit.xml known=fail waived=fail good=pass
"$GATE" baseline save --now 2026-11-20T12:00:00Z -o base.json.gz >/dev/null
commit "with a baseline"
git checkout -q -B rebase
report ../unit.xml known=fail waived=fail good=fail
"$GATE" baseline save --now 2026-11-20T12:00:00Z -o base.json.gz >/dev/null
commit "a baseline in which it fails"
judge --trusted-ref none
exits 0 "by the change's own baseline it failed before"
judge --trusted-ref based
exits 1 "by the trusted one it did not"
says out '"class": "regression"' "... and is a regression"
says out "changes the baseline base.json.gz" "... with the other baseline pending"
is "$(merged)" "pass" "... which would let it pass"

# ---- a file that no revision holds is the pipeline's
git checkout -q -B tracker main
report ../unit.xml known=fail waived=fail good=pass
sed -i 's/\[known.yaml\]/[known.yaml, issues.json]/' gate.yaml
echo issues.json >.gitignore
commit "the tracker's export" && git branch -f tracked
sed -i 's/KF-1,/KF-1, aliases: ["#12"],/' known.yaml && commit alias && git branch -f tracked
echo '[{"number": 12, "title": "one", "state": "CLOSED"}]' >issues.json
judge --trusted-ref tracked
exits 1 "an export that the pipeline makes is read where it is"
sed -i s/CLOSED/OPEN/ issues.json
git add -f issues.json && commit "an export of my own"
judge --trusted-ref tracked
exits 3 "one that the change brings is not"

# ---- a forge's merge commit, and clones that reach it or not
git checkout -q -f main
git checkout -q -B pr main
sed -i 's/new-failures: 0/new-failures: 5/' gate.yaml
commit "raise it" && head=$(git rev-parse HEAD)
git checkout -q main
echo 'more' >other.txt && commit "main goes on" && base=$(git rev-parse HEAD)
git checkout -q --detach main
git merge -q --no-ff -m "Merge pr into main" pr && git branch -f pull/merge HEAD
report ../unit.xml known=fail waived=fail good=fail
cd .. || exit 1
printf '{"pull_request": {"head": {"sha": "%s"}, "base": {"sha": "%s"}}}' "$head" "$base" >event.json
export GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH="$PWD/event.json" \
	GITHUB_REF=refs/pull/7/merge
GITHUB_SHA=$(git -C repo rev-parse pull/merge)
export GITHUB_SHA
for depth in 1 2; do
	git clone -q --depth $depth --branch pull/merge "file://$PWD/repo" depth$depth 2>clone.log
done
(cd depth1 && judge; cp out err ..; echo "$status" >../status); status=$(cat status)
exits 2 "depth 1: the merge commit's parent is not there"
says err "fetch-depth: 2" "... and what to do"
(cd depth2 && judge; cp out err ..; echo "$status" >../status); status=$(cat status)
exits 1 "depth 2: judged by the target branch"
is "$(merged)" "pass" "... with the change's own limit pending"
(cd depth2 && judge --trusted-ref none; echo "$status" >../status)
is "$(cat status)" 0 "none: judged by its own limit"
# without the event the merge commit is told by its name
(cd depth2 && GITHUB_EVENT_PATH='' judge; echo "$status" >../status)
is "$(cat status)" 1 "without the event"
# a change whose own last commit is a merge does not choose its judge
(
	cd repo && git checkout -q pr && git checkout -q -b evil "$head" &&
		sed -i 's/new-failures: 5/new-failures: 9/' gate.yaml && commit evil &&
		git checkout -q -b tip "$head" && git merge -q --no-ff -m "looks like a forge" evil
) >/dev/null
tip=$(git -C repo rev-parse tip)
printf '{"pull_request": {"head": {"sha": "%s"}, "base": {"sha": "%s"}}}' "$tip" "$base" >event.json
(cd repo && git checkout -q tip && GITHUB_SHA=$tip judge; cp out err ..; echo "$status" >../status)
status=$(cat status)
exits 1 "a merge of the change's own is no merge of the forge's"

# ---- a merge group
printf '{"merge_group": {"base_sha": "%s", "head_sha": "%s"}}' "$base" "$GITHUB_SHA" >event.json
(cd depth2 && GITHUB_EVENT_NAME=merge_group judge; cp out err ..; echo "$status" >../status)
status=$(cat status)
exits 1 "a merge group is judged by its base"
(cd depth2 && GITHUB_EVENT_NAME=push judge; echo "$status" >../status)
is "$(cat status)" 0 "a push is no change"

# ---- merge requests
unset GITHUB_ACTIONS
export GITLAB_CI=true CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_DIFF_BASE_SHA="$base"
(cd depth2 && judge; echo "$status" >../status)
is "$(cat status)" 1 "a merge request is judged by its base"
(cd depth2 && CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=$head CI_MERGE_REQUEST_DIFF_BASE_SHA='' judge
	echo "$status" >../status)
is "$(cat status)" 1 "... or by the first parent of a merged result"
(cd depth1 && judge; cp err ..; echo "$status" >../status)
is "$(cat status)" 2 "a base that is not there"
says err "GIT_DEPTH" "... and what to do"
unset GITLAB_CI CI_MERGE_REQUEST_IID CI_MERGE_REQUEST_DIFF_BASE_SHA

# ---- registers in a submodule
git init -q -b main lists
(cd lists && cp ../repo/known.yaml . && git -C ../repo show main:known.yaml >known.yaml && commit lists)
git init -q -b main app
cd app || exit 1
git -c protocol.file.allow=always submodule --quiet add "file://$scratch/lists" lists 2>/dev/null
git -C ../repo show main:gate.yaml | sed 's#known.yaml#lists/known.yaml#' >gate.yaml
commit "with a submodule"
report ../unit.xml known=fail waived=fail good=fail
git checkout -q -b wider
(cd lists && sed -i 's/"t::known"/"t::*"/' known.yaml && commit wider)
commit "wider lists"
judge --trusted-ref none
exits 0 "a submodule of the change's own excuses more"
judge --trusted-ref main
exits 1 "the submodule is read as the trusted revision records it"
says out "changes lists/known/KF-1: a wider match" "... and what is wider is pending"
done_testing
