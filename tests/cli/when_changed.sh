#!/bin/sh
# `when-changed`: a producer is due only if the change touches its files; outside changes always.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF CI_MERGE_REQUEST_IID

commit() { git add -A && git commit -qm "$1"; }
judge() { gate run --now 2026-11-20T12:00:00Z --out json=- --out console="$scratch/text" "$@"; }
passes='<testsuite name="s"><testcase classname="t" name="a"/></testsuite>'
fails='<testsuite name="s"><testcase classname="t" name="a"><failure/></testcase></testsuite>'

git init -q -b main repo
cd repo || exit 1
printf 'out\nerr\nbuild\n' >.git/info/exclude
mkdir -p src web docs build svc
echo 1 >src/a.c
echo 1 >web/a.ts
echo 1 >docs/a.md
echo 1 >svc/main.go
cat >gate.yaml <<'END'
version: 1
extends: ratchet
reports:
  unit: {path: build/unit.xml, when-changed: [src/**, tests/**], exit-file: build/unit.exit}
  web: {path: [build/web*.xml, build/e2e.xml], when-changed: web/**, legs: [ff, cr]}
  docs: {path: build/docs.xml}
END
cat >svc/gate.yaml <<'END'
version: 1
extends: ratchet
reports: {svc: {path: ../build/svc.xml, when-changed: "**/*.go"}}
END
commit base
echo "$passes" >build/docs.xml

judge
exits 3 "outside a change every producer is due"
says out '"due": true' "... and says so"

git checkout -q -b docs
echo 2 >docs/a.md
commit docs
judge --trusted-ref main
exits 0 "a change of the documents asks for no tests"
says out 'Not due: unit, web' "... which the sentence names"
says "$scratch/text" "not due (nothing of theirs changed): unit, web" "... and the inputs"
is "$(grep -c '"due": false' out)" 2 "... and the decision"
says_not out '"code": "missing"' "... and nothing of them is missing"
judge --trusted-ref none
exits 3 "without a revision to compare with, all are due"
echo "$fails" >build/unit.xml
echo 1 >build/unit.exit
judge --trusted-ref main
exits 1 "what is delivered is judged, due or not"
says_not out 'Not due: unit' "... and is no longer called not due"
echo '<testsuite name="s"><testcase' >build/unit.xml
judge --trusted-ref main
exits 3 "a cut report is a cut report, due or not"
rm build/unit.xml build/unit.exit
echo "$passes" >build/web-ff.xml
judge --trusted-ref main
exits 3 "one that is delivered in part is not absent: leg cr is missing"
rm build/web-ff.xml
judge --trusted-ref main --runner-exit unit=1
exits 3 "a status that somebody gives is judged"
gate run --now 2026-11-20T12:00:00Z --trusted-ref main --save-baseline build/base.gz
exits 3 "what did not run is no baseline"
says err "unit was not due and did not run" "... and says why"
ok "$([ ! -e build/base.gz ]; echo $?)" "... and nothing is written"

git checkout -q main && git checkout -q -b code
echo 2 >src/a.c
commit code
judge --trusted-ref main
exits 3 "a change of the sources asks for the unit tests"
says out 'unit did not deliver' "... by name"
says out 'Not due: web' "... and for no others"
git checkout -q main && git checkout -q -b move
git mv web/a.ts docs/b.ts && commit move
judge --trusted-ref main
says out 'web did not deliver' "a file that moves away is touched where it was"
git checkout -q main && git checkout -q -b drop
git rm -q web/a.ts && commit drop
judge --trusted-ref main
says out 'web did not deliver' "... and so is one that is deleted"
git checkout -q main && git checkout -q -b odd
mkdir 'src/ü "x'
printf '\000\001' >'src/ü "x/bin	ary'
commit odd
judge --trusted-ref main
says out 'unit did not deliver' "... and one whose name git quotes"
git checkout -q main && git checkout -q -b mode
chmod +x src/a.c && commit mode
judge --trusted-ref main
says out 'unit did not deliver' "... and one whose mode alone changes"

# ---- a change can't excuse itself
git checkout -q main && git checkout -q -b loosen
sed -i 's#src/\*\*, tests/\*\*#none/**#' gate.yaml
echo 3 >src/a.c
commit loosen
judge --trusted-ref main
exits 3 "a change that narrows when-changed is judged by the old one"
says out 'unit did not deliver' "... by which the tests are due"
says out 'changes the producer unit' "... and the edit is pending"

# ---- patterns are relative to the policy
git checkout -q main && git checkout -q -b svc
echo 2 >svc/main.go
commit svc
judge --trusted-ref main --policy svc/gate.yaml
exits 3 "patterns of a policy in a folder are relative to it"
git checkout -q main && git checkout -q -b beside
echo 1 >tool.go
commit tool
judge --trusted-ref main --policy svc/gate.yaml
exits 0 "... so that what lies outside asks for nothing"
cp svc/gate.yaml "$scratch/away.yaml"
sed -i 's#\.\./build#repo/build#' "$scratch/away.yaml"
judge --trusted-ref main --policy "$scratch/away.yaml"
exits 3 "a policy outside the repository can't be compared with the change: due"

# ---- a baseline's tests of it are not missed
git checkout -q main
echo "$passes" >build/unit.xml
echo 0 >build/unit.exit
sed 's/"t"/"w"/' build/unit.xml >build/web-ff.xml
cp build/web-ff.xml build/web-cr.xml
echo "$passes" >build/e2e.xml
gate run --now 2026-11-20T12:00:00Z --save-baseline build/base.gz --policy ratchet \
	--report unit=build/unit.xml --report docs=build/docs.xml
exits 0 "a baseline"
rm build/unit.* build/web* build/e2e.xml
git checkout -q docs
judge --trusted-ref main --baseline build/base.gz
exits 0 "tests of a producer that is not due are not missing"
says out '"missing": 0' "... none of them"
cp out ../first
judge --trusted-ref main --baseline build/base.gz
is "$(cmp out ../first && echo same)" same "same inputs, same bytes"
done_testing
