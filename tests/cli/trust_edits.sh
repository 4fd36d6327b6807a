#!/bin/sh
# Edits that read as harmless or stricter and would loosen the gate: each is listed, none counts,
# and an approval is of what stands around the approved edits too.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF CI_MERGE_REQUEST_IID

commit() { git add -A && git commit -qm "$1"; }
judge() { gate run --now 2026-11-20T12:00:00Z --out json=- --out console="$scratch/text" "$@"; }
digest() { sed -n 's/^ "pending_digest": "\(.*\)",$/\1/p' out; }
merged() { sed -n 's/^ "if_merged": "*\([a-z]*\)"*,$/\1/p' out; }
fails() { echo "<testsuite name=\"s\"><testcase classname=\"t\" name=\"$1\"><failure/></testcase></testsuite>"; }
start() { # start NAME: a repository of its own
	cd "$scratch" && git init -q -b main "$1" && cd "$1" || exit 1
	printf 'out\nerr\n' >.git/info/exclude
}
on() { git checkout -qB "$1" main; }

# ---- a finding that is closed, where nothing forbids failed fixes
start closed
cat >gate.yaml <<'END'
version: 1
registers: [known.yaml, audit.md]
reports: {unit: ../unit.xml}
rules: {new-failures: 0, known-failures: {tolerate: low}}
END
cat >known.yaml <<'END'
version: 1
findings:
  - id: KF-1
    title: one
    severity: high
    match: {test: "t::known"}
    dates: {expires: 2026-12-31}
END
printf '# Audit\n\n## BE-01 Something\n\nStatus: open\n\nFails in `t::named`.\n' >audit.md
commit base
fails known >../unit.xml
judge --trusted-ref main
exits 1 "known, and not tolerated"
on close
sed -i 's/id: KF-1/&\n    status: done/' known.yaml
commit close
judge --trusted-ref main
exits 1 "closing it does not take its failure away"
says out "closed, and no rule forbids failed fixes" "... and is pending"
is "$(merged)" pass "... since no rule would judge it once merged"
on date
sed -i 's/2026-12-31/2026-11-01/' known.yaml
commit date
judge --trusted-ref main
exits 1 "nor does a date that has passed"
says out "ended, and no rule forbids expired waivers" "... which is pending"
fails named >../unit.xml
on describe
sed -i 's/Status: open/Status: done/' audit.md
commit describe
judge --trusted-ref main
exits 1 "nor does closing what a document describes"
says out "changes audit/BE-01: closed" "... which is pending"
on ruled
sed -i 's/Status: open/Status: done/' audit.md
sed -i 's/rules: {/&failed-fixes: 0, /' gate.yaml
commit ruled
judge --trusted-ref main
exits 1 "with a rule that forbids failed fixes"
says out '"failed-fix"' "... it counts at once"
says_not out '"edit"' "... with nothing pending"

# ---- a level with room takes what another has too many of
start levels
cat >gate.yaml <<'END'
version: 1
registers: known.yaml
reports: {unit: ../unit.xml}
rules: {new-failures: 0, known-failures: {max: {high: 1, low: 0}}}
END
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: low, match: {test: "t::known"}}
END
commit base
fails known >../unit.xml
on raise
sed -i 's/severity: low/severity: high/' known.yaml
commit raise
judge --trusted-ref none
exits 0 "a level that has room"
judge --trusted-ref main
exits 1 "can't be chosen by the change"
says out "changes known/KF-1: another severity" "... which is pending"

# ---- what a document rejects is excused
start rejected
cat >gate.yaml <<'END'
version: 1
registers: audit.md
reports: {lint: {path: ../lint.txt, format: ruff}}
rules: {new-issues: 0}
END
printf '# Audit\n' >audit.md
printf 'src/a.py:1:1: F401 unused\nFound 1 error.\n' >../lint.txt
commit base
on reject
printf '\n## BE-02 Other\n\nStatus: rejected\n\nLocation: `src/a.py:1`\n\n`ruff` says `F401`.\n' >>audit.md
commit reject
judge --trusted-ref none
exits 0 "a result that a document rejects"
judge --trusted-ref main
exits 1 "is not rejected by the change"
says out "adds audit/BE-02: it would reject" "... which is pending"

# ---- an exit status of one's own makes an empty report a clean one
start empty
cat >gate.yaml <<'END'
version: 1
reports: {style: {path: ../style.txt, empty: clean, format: isort}}
rules: {new-issues: 0}
END
: >../style.txt
commit base
judge --trusted-ref main
exits 3 "empty, and no status says that it ran"
on status
sed -i 's/empty: clean/&, exit-file: style.exit/' gate.yaml
echo 0 >style.exit
commit status
judge --trusted-ref main
exits 3 "the change does not say so itself"
says out "changes the producer style" "... it is pending"

# ---- what is wrong with registers is the change's to bring, and to mend
start health
cat >gate.yaml <<'END'
version: 1
registers: known.yaml
reports: {unit: ../unit.xml}
rules: {new-failures: 0, register-health: {require: [owner, severity]}}
END
printf 'version: 1\nfindings:\n  - {id: KF-1, title: one, owner: ann, severity: low, match: {test: "t::known"}}\n' >known.yaml
commit base
echo '<testsuite name="s"><testcase classname="t" name="good"/></testsuite>' >../unit.xml
judge --trusted-ref main
exits 0 "registers in order"
on disorder
sed -i 's/ owner: ann,//' known.yaml
commit disorder
judge --trusted-ref main
exits 1 "an owner that the change takes away"
says out 'known.yaml:3 KF-1' "... is missed at its place"
git checkout -qB order disorder
sed -i 's/title: one,/& owner: bob,/' known.yaml
commit order
judge --trusted-ref disorder
exits 0 "one that the change brings is there"
"$GATE" bundle --now 2026-11-20T12:00:00Z --trusted-ref disorder -o ../b.tar.gz >/dev/null
gate replay ../b.tar.gz
exits 0 "... in a replay too"

# ---- a first baseline, and what no rule of its own compares
start sections
cat >gate.yaml <<'END'
version: 1
reports: {unit: ../unit.xml}
history: ../history.db
redact: {patterns: ['acme_[a-z]{9}']}
delivery: {required: true}
rules:
  new-failures: 0
  preexisting-failures: info
  incomplete-input: [{report: unit, level: off}]
END
commit base
fails good >../unit.xml
while IFS='|' read -r edit want; do
	on edit
	sed -i "$edit" gate.yaml
	commit edit
	judge --trusted-ref main
	says out "$want" "listed: $want"
done <<'END'
/^history/d|changes history
s/acme_/other_/|changes redact
s/required: true/required: false/|changes delivery.required
s/report: unit, level: off/report: "u*", level: off/|changes the rule incomplete-input
END
on baseline
"$GATE" baseline save --now 2026-11-19T12:00:00Z -o base.json.gz >/dev/null
echo 'baseline: base.json.gz' >>gate.yaml
commit "what fails today is not new"
judge --trusted-ref main
exits 1 "a first baseline does not excuse"
says out "changes baseline" "... it is pending"
is "$(merged)" pass "... and would let it pass"

# ---- an approval is of this, and of nothing that comes with it later
start approval
cat >gate.yaml <<'END'
version: 1
registers: audit.md
baseline: a.json.gz
reports: {unit: ../unit.xml}
rules: {new-failures: 0, regressions: 0, preexisting-failures: info}
END
printf 'version: 1\nrules: {new-failures: 0}\nrequire-reports: {kind: tests, min-tests: 9}\n' >floor.yaml
printf '# Audit\n\n## BE-01 Something\n\nStatus: open\n' >audit.md
echo '<testsuite name="s"><testcase classname="t" name="good"/></testsuite>' >../unit.xml
"$GATE" baseline save --now 2026-11-19T12:00:00Z -o a.json.gz >/dev/null
commit base
fails good >../unit.xml
on asked
cp a.json.gz b.json.gz
sed -i 's/a.json.gz/b.json.gz/' gate.yaml
sed -i 's/min-tests: 9/min-tests: 8/' floor.yaml
echo 'exempt: {rule: new-failures, owner: ann, reason: r, expires: 2026-12-01}' >>floor.yaml
commit "another baseline, the same bytes"
judge --trusted-ref main --floor floor.yaml
approved=$(digest)
is "${#approved}" 64 "edits that wait for approval"
sed -i 's/^version/# a remark\n&/' gate.yaml && commit remark
judge --trusted-ref main --floor floor.yaml
is "$(digest)" "$approved" "a comment changes no digest"
printf '\nMore about it.\n' >>audit.md && commit prose
judge --trusted-ref main --floor floor.yaml
is "$(digest)" "$approved" "nor does a document's prose"
while IFS='|' read -r edit file; do
	git checkout -qB later asked
	case $edit in
	save) "$GATE" baseline save --now 2026-11-19T12:00:00Z -o "$file" >/dev/null ;;
	*) sed -i "$edit" "$file" ;;
	esac
	commit later
	judge --trusted-ref main --floor floor.yaml --approve-pending "$approved"
	says ../text "approved nothing" "not approved with it: $edit $file"
done <<'END'
save|b.json.gz
s/2026-12-01/2099-12-01/|floor.yaml
s/min-tests: 8/min-tests: 1/|floor.yaml
s/^rules/statuses: {fail: waived}\n&/|gate.yaml
s/Status: open/Status: rejected/|audit.md
END
# ---- an excuse that is taken back, where the baseline would forgive what it no longer holds
start back
cat >gate.yaml <<'END'
version: 1
registers: [known.yaml, {path: list.txt, severity: high}]
baseline: {path: ../back.json.gz}
reports: {unit: ../unit.xml}
rules: {new-failures: 0, regressions: 0, preexisting-failures: info, known-failures: {tolerate: low}, unexpected-passes: 0}
END
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: high, match: {test: ["t::known", "t::other"]}}
END
echo 't::listed' >list.txt
commit base
two() { echo "<testsuite name=\"s\"><testcase classname=\"t\" name=\"$1\"><failure/></testcase><testcase classname=\"t\" name=\"$2\"/></testsuite>"; }
two known other >../unit.xml
gate baseline save -o ../back.json.gz --now 2026-11-01T00:00:00Z --trusted-ref none
sed -i 's/, unexpected-passes: 0//' gate.yaml && commit "passes are fine"
judge --trusted-ref main
exits 1 "known, and not of a level that is tolerated"
on delete
printf 'version: 1\nfindings: []\n' >known.yaml
commit delete
judge --trusted-ref main
exits 1 "to delete its entry does not leave its failure to the baseline"
says out "this change takes KF-1 back" "... and the test says why"
says out '"class": "known-failure"' "... as the known failure that it is"
on narrow
sed -i 's/\["t::known", "t::other"\]/"t::other"/' known.yaml
commit narrow
judge --trusted-ref main
exits 1 "nor does a narrower match"
says out "fewer failures, which the baseline would forgive" "... which is pending"
is "$(merged)" pass "... since no rule would stop it once merged"
on describe
sed -i 's/known.yaml,/{path: known.yaml, excuses: false},/' gate.yaml
commit describe
judge --trusted-ref main
exits 1 "nor does a register that only describes from now on"
on whole
sed -i 's/known.yaml, //' gate.yaml && git rm -q known.yaml
commit whole
judge --trusted-ref main
exits 1 "nor a register that is gone"
on fixed
printf 'version: 1\nfindings: []\n' >known.yaml
echo '# nothing' >list.txt
sed -i 's/{tolerate: low}/{tolerate: low}, unexpected-passes: 0, orphaned-findings: 0, missing-tests: off/' gate.yaml
commit fixed
echo '<testsuite name="s"><testcase classname="t" name="other"/></testsuite>' >../unit.xml
judge --trusted-ref main
exits 0 "where the test is gone, its entry may go: nothing is missed"
echo '<testsuite name="s"><testcase classname="t" name="known"/><testcase classname="t" name="other"/></testsuite>' >../unit.xml
judge --trusted-ref main
exits 0 "where the test passes, its entry may go: no pass is unexpected"
on main
two listed other >../unit.xml
gate baseline save -o ../back.json.gz --now 2026-11-01T00:00:00Z --trusted-ref none
judge --trusted-ref main
exits 1 "a listed failure, not tolerated"
on unlist
: >list.txt && echo '# nothing' >list.txt
commit unlist
judge --trusted-ref main
exits 1 "to take its line from the list does not leave it to the baseline"
git checkout -q main && sed -i 's/preexisting-failures: info/preexisting-failures: 0/; s/{tolerate: low}/{tolerate: all}/' gate.yaml
commit "what was red before is red"
judge --trusted-ref main
exits 0 "listed, and all are tolerated"
on tighten
echo '# nothing' >list.txt
commit tighten
judge --trusted-ref main
exits 1 "where a rule forbids what it becomes, taking it back counts at once"
says out '"class": "preexisting-failure"' "... as what it becomes"
done_testing
