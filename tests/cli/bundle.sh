#!/bin/sh
# A decision is made again from its bundle, byte for byte, in an empty folder with an empty
# environment: whatever it was made from.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF CI_MERGE_REQUEST_IID
now=2026-11-20T12:00:00Z
mkdir "$scratch/empty"

report() { # report FILE NAME=OUTCOME...: a JUnit report
	file=$1
	shift
	{
		echo '<testsuite name="s">'
		for t; do
			case $t in
			*=fail) echo "<testcase classname=\"t\" name=\"${t%=*}\"><failure message=\"boom\"/></testcase>" ;;
			*) echo "<testcase classname=\"t\" name=\"${t%=*}\"/>" ;;
			esac
		done
		echo '</testsuite>'
	} >"$file"
}

# replays FILE WHAT: in an empty folder, without environment, what `run` decided comes out again
replays() {
	want=$status
	(
		cd "$scratch/empty" || exit 9
		env -i "$GATE" replay --out json=../replayed.json --out console=/dev/null "$1" >../said 2>../why
	)
	is "$? $(cat "$scratch/why")" "$want " "$2: the decision's own status"
	cmp -s decision.json "$scratch/replayed.json"
	ok $? "... and its very bytes"
	tar -xOzf "$1" manifest.json | grep -q '^ "equal": true,$'
	ok $? "... and the bundle knows"
}
# judged WHAT ARGS: bundle and decision of a run, then the replay
judged() {
	what=$1
	shift
	gate run --now $now --bundle "$scratch/b.tgz" --out json=decision.json --out console=/dev/null "$@"
	cat err >"$scratch/first"
	replays "$scratch/b.tgz" "$what"
}

# ---- a policy, a register, reports
mkdir -p desk/docs desk/reports
cd desk || exit 1
cat >gate.yaml <<'END'
version: 1
extends: [ratchet, more.yaml]
registers: [docs/*.md, known.yaml]
END
cat >more.yaml <<'END'
version: 1
reports:
  unit: {path: "reports/unit-*.xml", exit-file: unit.exit}
  lint: {path: reports/lint.txt, format: flake8, optional: true}
redact: {patterns: ['acme_[a-z0-9]{8}'], env: [DB_PASSWORD]}
END
cat >known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: high, match: {test: "t::known"}}
END
printf '# Audit\n\n## BUG-7: it breaks\n\nSeverity: high\n\nSee `reports/x.py:3` and `t::described`.\n' >docs/audit.md
report reports/unit-1.xml known=fail good=pass described=fail
report reports/unit-2.xml other=pass
echo 1 >unit.exit
judged "a run with two reports, a document, a structured register"
is "$want" 1 "... which was blocked"
"$GATE" run --now $now --out json=plain.json --out console=/dev/null
cmp -s plain.json decision.json
ok $? "a run with --bundle decides as one without"
cp "$scratch/b.tgz" "$scratch/b1.tgz"
judged "again"
cmp -s "$scratch/b.tgz" "$scratch/b1.tgz"
ok $? "the same inputs give the same bundle"
judged "with another number of threads" --jobs 3
cmp -s "$scratch/b.tgz" "$scratch/b1.tgz"
ok $? "... whatever the threads"
gate bundle -o "$scratch/b2.tgz" --now $now
exits 0 "gate bundle: written, whatever the verdict"
cmp -s "$scratch/b2.tgz" "$scratch/b1.tgz"
ok $? "... the same bundle"
is "$(tar -tzf "$scratch/b1.tgz" | head -n 1)" manifest.json "its first member is the manifest"
tar -xOzf "$scratch/b1.tgz" decision.json | cmp -s - decision.json
ok $? "it holds the decision"
gate bundle
exits 2 "gate bundle without a file to write"
says err "gate bundle -o FILE" "... says how"
gate run --now $now --bundle /nowhere/b.tgz
exits 1 "a bundle that can't be written leaves a red verdict as it is"
says err "/nowhere/b.tgz" "... and is named"
gate bundle --now $now -o /nowhere/b.tgz
exits 3 "gate bundle that can't write"
gate run --now $now --bundle -
exits 2 "a bundle among the report on the standard output"
says err "gate bundle -o -" "... says where it can go"
gate bundle --now $now -o -
cmp -s out "$scratch/b1.tgz"
ok $? "gate bundle can write it there"
gate run --policy nothing.yaml --bundle "$scratch/none.tgz"
exits 2 "where nothing was judged"
[ ! -e "$scratch/none.tgz" ]
ok $? "... no bundle is written"

# ---- arguments, a baseline, line contexts
report base.xml known=fail good=fail gone=pass
gate baseline save -o base.json.gz --now 2026-11-01T00:00:00Z --report unit=base.xml
judged "compared with a saved baseline" --baseline base.json.gz
judged "compared with raw reports" --baseline base.xml
cp decision.json then.json
judged "compared with a decision" --baseline then.json
printf 't::known\nt::good\n' >list.txt
judged "compared with a list" --baseline list.txt
judged "compared with a baseline that is not there" --baseline nothing.gz
is "$want" 1 "... (a violation outranks it)"
mkdir app
printf 'import os\nimport sys\nx = 1\n' >app/a.py
printf 'app/a.py:1:1: F401 os imported but unused\napp/a.py:2:1: F401 sys imported but unused\n' >reports/lint.txt
gate baseline save -o lint.json.gz --now $now
printf 'import os\n\nimport sys\nx = 1\n' >app/a.py
printf 'app/a.py:1:1: F401 os imported but unused\napp/a.py:3:1: F401 sys imported but unused\napp/a.py:3:1: E999 new\n' >reports/lint.txt
judged "results placed by the lines around them" --baseline lint.json.gz
judged "operands and options" --trusted-ref none reports/unit-1.xml --runner-exit cli=1 \
	--runner-exit lint=1 --report unit=junit:reports/unit-2.xml

# ---- what is wrong with the inputs
printf '<testsuite name="s"><testcase classname="t" name="known">' >reports/unit-2.xml
judged "a report that is cut"
: >reports/unit-2.xml
judged "an empty report"
printf 'bash: line 1: pytest: command not found\n' >reports/unit-2.xml
judged "a shell's cry"
rm reports/unit-2.xml unit.exit
judged "a missing exit file"
rm reports/unit-1.xml
judged "no report at all"
is "$want" 3 "... which is inconclusive"
report reports/unit-1.xml known=fail good=pass
gzip -k reports/unit-1.xml
mv reports/unit-1.xml.gz reports/unit-gz.xml
judged "a compressed report"
rm reports/unit-gz.xml
status=0
"$GATE" run --now $now --bundle "$scratch/b.tgz" --out json=decision.json --out console=/dev/null \
	--report unit=- <reports/unit-1.xml 2>err || status=$?
replays "$scratch/b.tgz" "a report on standard input"
judged "one producer only" --only unit
judged "a part of a run" --partial

# ---- nothing secret is in it
secret=ghp_0123456789abcdefghijABCDEFGHIJ012345
cat >reports/unit-1.xml <<END
<testsuite name="s"><testcase classname="t" name="known"><failure message="token $secret">x acme_abcd1234 y hunter22secret z &#103;hp_0123456789abcdefghijABCDEFGHIJ012345</failure></testcase>
<testcase classname="t" name="p[$secret]"/>
<testcase classname="t" name="q[$secret]"><failure message="Authorization: Basic dXNlcjpodW50ZXIyMg=="/></testcase>
</testsuite>
END
printf '\n## BUG-8: %s\n\nSeverity: low\n\nIt says `https://u:hunter22secret@example.org/x`.\n' "$secret" >>docs/audit.md
export DB_PASSWORD=hunter22secret
judged "texts with secrets"
unset DB_PASSWORD
gunzip -c "$scratch/b.tgz" >"$scratch/b.tar"
for s in ghp_0123456789 acme_abcd hunter22 dXNlcjpo; do
	says_not "$scratch/b.tar" "$s" "... and $s is not in the bundle"
done
# A pattern that matches itself must not take the policy's quotes with it.
sed -i '/^redact:/d' more.yaml
cat >>more.yaml <<'END'
redact: {patterns: ["acme_\\S+", 'key=\S+']}
END
sed -i 's/hunter22secret/key=hunter22secret/' reports/unit-1.xml
judged "texts with secrets, by patterns that match themselves"
is "$want" 1 "... which was blocked"
gunzip -c "$scratch/b.tgz" >"$scratch/b.tar"
for s in acme_abcd key=hunter22; do
	says_not "$scratch/b.tar" "$s" "... and $s is not in the bundle"
done
cd ..

# ---- a change, judged by the revision it starts from
git init -q -b main repo
cd repo || exit 1
printf 'out\nerr\nstatus\ndecision.json\n' >.git/info/exclude
cat >gate.yaml <<'END'
version: 1
registers: [known.yaml]
reports: {unit: ../unit.xml}
baseline: base.json.gz
rules: {new-failures: 0, regressions: 0, known-failures: {tolerate: all}, missing-tests: 0, touched-findings: info}
END
cp ../desk/known.yaml .
report ../unit.xml known=fail good=pass gone=pass
gate baseline save -o base.json.gz --now $now
mkdir tests
printf 'def test_a():\n    pass\n' >tests/test_a.py
git add -A && git commit -qm base
git checkout -q -b change
sed -i 's/new-failures: 0/new-failures: 5/' gate.yaml
printf '  - {id: KF-2, title: two, match: {test: "t::fresh"}}\n' >>known.yaml
git mv tests/test_a.py tests/test_b.py
git commit -qam loosen
report ../unit.xml known=fail good=pass fresh=fail
judged "pending edits" --trusted-ref main
is "$want" 1 "... which do not count"
cp "$scratch/b.tgz" "$scratch/b1.tgz"
cp -r . ../elsewhere
(
	cd ../elsewhere || exit 9
	umask 077
	TZ=Asia/Tokyo HOME=/nonexistent LANG=tr_TR.UTF-8 "$GATE" bundle --now $now -o "$scratch/b.tgz" \
		--trusted-ref main
)
cmp -s "$scratch/b.tgz" "$scratch/b1.tgz"
ok $? "another checkout of it gives the same bundle, under another umask, zone and home"
judged "a policy named by its absolute path" --trusted-ref main --policy "$PWD/gate.yaml"
is "$want" 1 "... is still the repository's"
digest=$(sed -n 's/.*"pending_digest": "\([0-9a-f]*\)".*/\1/p' decision.json)
judged "approved edits" --trusted-ref main --approve-pending "$digest"
mkdir ../event
printf '{"pull_request":{"number":7,"head":{"sha":"%s"},"base":{"sha":"%s"}}}' \
	"$(git rev-parse change)" "$(git rev-parse main)" >../event/event.json
git checkout -q -b merged main
git merge -q --no-ff -m merge change
export GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=$scratch/event/event.json \
	GITHUB_SHA="$(git rev-parse HEAD)" GITHUB_REF=refs/pull/7/merge GITHUB_REPOSITORY=o/r \
	GITHUB_TOKEN=$secret
judged "a pull request on GitHub"
says decision.json '"change": 7' "... is told from its event"
gunzip -c "$scratch/b.tgz" >"$scratch/b.tar"
says_not "$scratch/b.tar" "$secret" "... and the token is not in the bundle"
unset GITHUB_ACTIONS GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF GITHUB_REPOSITORY \
	GITHUB_TOKEN

cd ..

# ---- the legs of a matrix
mkdir matrix && cd matrix || exit 1
cat >gate.yaml <<'END'
version: 1
registers: [known.yaml]
reports: {unit: {path: "reports/*.xml", legs: [py39, py312]}, lint: {path: lint.txt, format: flake8}}
rules: {new-failures: 0, known-failures: {tolerate: all}, new-issues: 0}
END
cp ../desk/known.yaml .
report a.xml known=fail good=pass
report b.xml known=pass "q[$secret]=fail"
gate collect unit/py39=a.xml --runner-exit 1 -o py39.leg
gate collect unit/py312=b.xml --runner-exit 1 -o py312.leg
printf 'a.py:1:1: F401 os imported but unused\n' >lint.txt
judged "legs of a matrix on the command line" py39.leg py312.leg
is "$want" 1 "... which block"
says decision.json py312 "... and are there"
judged "one leg only" --report unit=py39.leg
mkdir ../other
printf '<testsuite name="s"><testcase classname="t" name="x" file="%s/t.py"><failure message="%s/t.py"/></testcase></testsuite>' \
	"$PWD" "$PWD" >../other/x.xml
(cd ../other && "$GATE" collect unit/py39=x.xml -o x.leg >/dev/null)
judged "a leg of another folder that names files of this one" ../other/x.leg
says decision.json '"file": "t.py"' "... as this one's"
mkdir reports
cp py39.leg reports/py39.xml
head -c 120 py312.leg >reports/py312.xml
judged "legs under the policy's paths, one of them cut"
cd ..

# ---- what earlier runs showed; times; a format of one's own; a floor
mkdir more && cd more || exit 1
cat >gate.yaml <<'END'
version: 1
reports: {unit: unit.xml}
baseline: base.json.gz
history: history.db
rules: {new-failures: 0, flaky-tests: warn, duration: {percent: 50, min-ms: 100, level: fail}}
END
slow() { echo "<testsuite name=\"s\"><testcase classname=\"t\" name=\"a\" time=\"$1\"/><testcase classname=\"t\" name=\"b\" time=\"0.2\">$2</testcase></testsuite>"; }
slow 1.0 >unit.xml
gate baseline save -o base.json.gz --now $now
gate run --now $now --history history.db
slow 1.0 '<failure message="boom"/>' >unit.xml
gate run --now $now --history history.db
slow 9.0 >unit.xml
judged "times and a history"
judged "times and a history that is written too" --history history.db

cat >floor.yaml <<'END'
version: 1
rules: {new-failures: 0, skipped-tests: {max: 1}}
END
judged "a central floor" --floor floor.yaml
cat >own.yaml <<'END'
version: 1
formats: {ours: {syntax: lines, kind: lint, tool: ours, shape: "{file}:{line}: {message}"}}
reports: {ours: {path: ours.txt, format: ours}}
rules: {new-issues: 0}
severities: {bad: critical}
END
printf 'a.c:3: bad thing\n' >ours.txt
judged "a format of one's own" --policy own.yaml
is "$want" 1 "... which blocks"

done_testing
