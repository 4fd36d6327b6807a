#!/bin/sh
# gate collect: the legs of a matrix, judged together, give the decision of the reports they were
# made of: the same bytes.
. "$(dirname "$0")/../lib.sh"

now=2026-03-01T12:00:00Z
unset GITHUB_RUN_ID GITHUB_RUN_ATTEMPT GITHUB_SHA CI_PIPELINE_ID CI_JOB_ID CI_COMMIT_SHA

cat >pass.xml <<'E2'
<testsuite name="s" tests="2"><testcase classname="t.test_a" name="test_one" time="0.0123"/>
<testcase classname="t.test_a" name="test_two" time="1e-05"/></testsuite>
E2
cat >fail.xml <<'E2'
<testsuites><testsuite name="s" tests="4" failures="1" errors="1">
<testcase classname="t.test_b" name="test_bad" file="/nowhere/t/test_b.py" line="7" time="1.5">
<properties><property name="finding" value="F-100"/></properties>
<failure message="boom &quot;1&quot; &#9; tab" type="AssertionError">Traceback
  t/test_b.py:12: AssertionError: boom</failure></testcase>
<testcase classname="t.test_b" name="test_err"><error message="crash" type="OSError">at x</error></testcase>
<testcase classname="t.test_b" name="test_skip"><skipped message="later"/></testcase>
<testcase classname="t.test_b" name="test_flaky"><flakyFailure message="once" type="E">x</flakyFailure></testcase>
</testsuite></testsuites>
E2
head -c 400 fail.xml >cut.xml
cp pass.xml pass2.xml
cat >suites.xml <<'E2'
<testsuites><testsuite name="one"><testcase classname="C" name="x"/></testsuite>
<testsuite name="two"><testcase classname="C" name="x"><failure message="no"/></testcase>
<testcase classname="C" name="y"/><testcase classname="C" name="y"><failure message="2nd"/></testcase>
</testsuite></testsuites>
E2
cat >suite-error.xml <<'E2'
<testsuites><testsuite name="broken" tests="1"><error message="setup failed">boom</error>
<testcase classname="C" name="ok"/></testsuite></testsuites>
E2
cat >mismatch.xml <<'E2'
<testsuites><testsuite name="m" tests="5" failures="3"><testcase classname="C" name="ok"/>
</testsuite></testsuites>
E2
cat >eslint.json <<'E2'
[{"filePath":"src/a.js","messages":[
{"ruleId":"no-undef","severity":2,"message":"'x' is not defined.","line":2,"column":5},
{"ruleId":"semi","severity":1,"message":"Missing semicolon.","line":3,"column":9}],
"errorCount":1,"warningCount":1}]
E2
cat >scan.sarif <<'E2'
{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scan","rules":[{"id":"R1",
"properties":{"security-severity":"9.1"}}]}},"results":[{"ruleId":"R1","level":"error",
"message":{"text":"injection"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/a.js"},
"region":{"startLine":2}}}],"partialFingerprints":{"p/v1":"abc"}},
{"ruleId":"R1","message":{"text":"old"},"suppressions":[{"kind":"inSource"}]}]}]}
E2
printf '%s\n' 'a = 1' 'b = 2' 'c = 3' 'd = 4' >src.js && mkdir -p src && mv src.js src/a.js
printf 'bash: line 1: bandit: command not found\n' >cry.txt
: >empty.txt

# equal DESCRIPTION RUN-ARGS...: leg.json, of the legs here, and raw.json of these arguments
equal() {
	what=$1
	shift
	gate run --now $now -o json=raw.json "$@"
	raw=$status
	sed 's/^/# /' err >raw.err
	gate run --now $now -o json=leg.json $also legs/*.gate.json.gz
	is "$status" "$raw" "$what: the exit status"
	if diff raw.json leg.json >differs; then
		ok 0 "$what: the same decision, byte for byte"
	else
		ok 1 "$what: the same decision, byte for byte"
		head -n 20 differs | sed 's/^/# /'
	fi
}
also='--policy ratchet'
flat() { # of the last gate, without line breaks
	tr -s ' \n' ' ' <out >flat.out
}
fresh() { rm -rf legs && mkdir legs; }

# ---- one file, every kind
for f in pass.xml fail.xml cut.xml suites.xml suite-error.xml mismatch.xml eslint.json scan.sarif \
	cry.txt empty.txt missing.xml; do
	fresh
	gate collect unit/py39=$f -o legs/a.gate.json.gz
	case $f in
	cut.xml | cry.txt | empty.txt | missing.xml) exits 3 "$f: an incomplete report is said" ;;
	*) exits 0 "$f: collected" ;;
	esac
	equal "$f" --policy ratchet --report unit/py39=$f
done

# ---- several files, several legs, several producers, nothing matched
fresh
gate collect unit/py39=pass.xml suites.xml lint/py39=eslint.json -o legs/1.gate.json.gz
exits 0 "several files in a leg"
says out "unit/py39: 2 reports, 6 tests, 2 failed" "and what they hold is said"
gate collect unit/py312=pass2.xml unit/py312=fail.xml -o legs/2.gate.json.gz
gate collect 'unit/py313=none/*.xml' sec=scan.sarif -o legs/3.gate.json.gz
exits 3 "a pattern that matches nothing is incomplete"
says err "missing: no file matches 'none/*.xml'" "and said"
equal "three legs" --policy ratchet --report unit/py39=pass.xml --report unit/py39=suites.xml \
	--report lint/py39=eslint.json --report unit/py312=pass2.xml --report unit/py312=fail.xml \
	--report 'unit/py313=none/*.xml' --report sec=scan.sarif
says leg.json '"new-failure": 4' "every failure is there"
is "$raw" 1 "a failure outranks what is missing"

# ---- the bytes
gate collect unit/py39=pass.xml suites.xml lint/py39=eslint.json -o again.gate.json.gz
ok "$(cmp -s legs/1.gate.json.gz again.gate.json.gz; echo $?)" "the same reports, the same bytes"
gate inspect --json legs/1.gate.json.gz && cp out leg-inspect
gate inspect --json pass.xml suites.xml eslint.json
is "$(sort out | md5sum)" "$(sort leg-inspect | md5sum)" "inspect reads a leg as its reports"
gate collect unit=pass.xml -o - && cp out piped.gz
gate inspect piped.gz
exits 0 "-o - is standard output, and a leg is known by its content"

# ---- with a policy: legs, roots, registers, what is known of passing tests
mkdir -p proj/reports && cp ./*.xml eslint.json proj/reports/
cat >proj/gate.yaml <<'E2'
version: 1
extends: ratchet
registers: [known.yaml, audit.md]
reports:
  unit: {path: "reports/fail.xml", legs: [a, b], root: services/api, min-tests: 3, exit-file: unit.exit}
  lint: {path: "reports/eslint.json", format: eslint-json}
match: {strip: /nowhere/}
redact: {patterns: ['acme_[a-z0-9]{8}']}
E2
cat >proj/known.yaml <<'E2'
version: 1
findings:
  - id: KF-1
    title: One fails
    status: open
    match: {test: "t/test_a.py::test_one"}
  - {id: KF-2, title: Err, status: done, match: {test: "t/test_b.py::test_err"}}
  - {id: KF-3, title: Skip, status: open, match: {test: "t/test_b.py::test_skip"}}
E2
cat >proj/audit.md <<'E2'
# Audit

## F-100: Boom (high)

`t/test_b.py::test_bad`, also services/api/t/test_b.py:12
E2
cd proj || exit 1
echo 0 >unit.exit
fresh
gate collect unit/a=reports/pass.xml -o legs/a.gate.json.gz
echo 1 >unit.exit
gate collect unit/b=reports/fail.xml lint=reports/eslint.json -o legs/b.gate.json.gz
exits 0 "formats, roots and exit-files are the policy's"
also=
equal "with a policy" --report unit/a=reports/pass.xml --report unit/b=reports/fail.xml \
	--report lint=reports/eslint.json --runner-exit unit/a=0 --runner-exit unit/b=1
says leg.json '"unexpected-pass": 1' "a passing test that a finding expects to fail is known"
says leg.json '"failed-fix": 1' "a fix that fails"
says leg.json '"services/api/t/test_b.py"' "roots go in front of paths"
mkdir only && mv legs/a.gate.json.gz only/
gate run --now $now only/a.gate.json.gz --report lint=reports/eslint.json
exits 3 "a leg that is missing is incomplete"
says out "leg b delivered no report (missing)" "and named"
cat >by-path.yaml <<'E2'
version: 1
extends: ratchet
reports: {unit: {path: "only/*.gate.json.gz"}, lint: legs/*.gate.json.gz}
E2
gate run --now $now --policy by-path.yaml -o json=leg.json
exits 1 "legs stand in a policy's paths too"
says leg.json '"path": "reports/fail.xml"' "what another producer's file holds is taken"

gate collect unti=reports/pass.xml -o x.gate.json.gz
exits 2 "a name that the policy does not have"
says err "did you mean 'unit'?" "the nearest is named"
(cd .. && "$GATE" collect unti/a=pass.xml -o proj/x.gate.json.gz >/dev/null)
gate run --now $now --report lint=reports/eslint.json x.gate.json.gz
says out "cli is incomplete (refused)" "a leg of a producer that the policy does not have is refused"
flat
says flat.out "x.gate.json.gz: refused: it holds a leg of 'unti', which the policy does not declare; did you mean 'unit'?" "and said"
rm x.gate.json.gz

# ---- secrets
cat >secret.xml <<'E2'
<testsuite><testcase classname="C" name="x[acme_12345678]"><failure message="acme_aaaaaaaa"/></testcase>
<testcase classname="C" name="x[acme_87654321]"/></testsuite>
E2
rm unit.exit
printf 'version: 1\nextends: ratchet\nreports: {unit: x.xml}\nredact: {patterns: ["acme_[a-z0-9]{8}"]}\n' >s.yaml
gate collect --policy s.yaml unit/a=secret.xml -o s.gate.json.gz
zcat s.gate.json.gz >s.txt
says_not s.txt acme_ "secrets do not travel"
gate run --policy s.yaml --now $now -o json=leg.json s.gate.json.gz
gate run --policy s.yaml --now $now -o json=raw.json --report unit/a=secret.xml
ok "$(cmp -s raw.json leg.json; echo $?)" "names that lost a secret are told apart all the same"
printf 'version: 1\nextends: ratchet\nreports: {u-%s: x.xml}\nredact: {patterns: ["[a-f0-9]{8,}"]}\n' \
	deadbeef >hex.yaml
fresh
gate collect --policy hex.yaml u-deadbeef/cafecafe=secret.xml -o legs/a.gate.json.gz
also='--policy hex.yaml'
equal "a policy that calls digests secret" --policy hex.yaml --report u-deadbeef/cafecafe=secret.xml

# ---- a prefix that comes off a path that only the ID tells
cat >vitest.xml <<'E2'
<testsuites name="vitest tests"><testsuite name="src/math.test.ts"><testcase classname="src/math.test.ts"
name="math &gt; divides"><failure message="no">src/math.test.ts:9:17</failure></testcase>
<testcase classname="src/math.test.ts" name="math &gt; adds"/></testsuite></testsuites>
E2
printf 'version: 1\nextends: ratchet\nreports: {unit: {path: x, root: web}}\nmatch: {strip: src/}\n' >strip.yaml
fresh
gate collect --policy strip.yaml unit=vitest.xml -o legs/a.gate.json.gz
also='--policy strip.yaml'
equal "a path that the ID tells" --policy strip.yaml --report unit=vitest.xml
says leg.json '"file": "web/math.test.ts"' "loses its prefix where the leg is read, too"
cd ..
also='--policy ratchet'

# ---- a baseline, matched by the lines around a result
gate baseline save --policy ratchet --now $now -o base.gz --report lint=eslint.json --report sec=scan.sarif \
	--report unit=pass.xml
(printf '%s\n' new lines above && cat src/a.js) >moved && mv moved src/a.js
sed 's/"line":2/"line":5/; s/is not defined/is unknown/' eslint.json >later.json
fresh
gate collect lint=later.json sec=scan.sarif unit=fail.xml -o legs/a.gate.json.gz
mv src hidden # the job at the end has no sources
gate run --policy ratchet --now $now --baseline base.gz -o json=leg.json legs/a.gate.json.gz
mv hidden src
gate run --policy ratchet --now $now --baseline base.gz -o json=raw.json --report lint=later.json \
	--report sec=scan.sarif --report unit=fail.xml
ok "$(cmp -s raw.json leg.json; echo $?)" "the hashes of source lines travel"
says raw.json '"existing-issue": ' "and results are matched by them"
gate baseline save --policy ratchet --now $now -o raw.gz --report unit=fail.xml --report lint=later.json
fresh
gate collect unit=fail.xml lint=later.json -o legs/a.gate.json.gz
gate baseline save --policy ratchet --now $now -o leg.gz legs/a.gate.json.gz
ok "$(cmp -s raw.gz leg.gz; echo $?)" "a baseline of legs is that of the reports"
gate run --policy ratchet --now $now --baseline legs/a.gate.json.gz fail.xml -o json=out.json
says out.json '"preexisting-failure": 2' "legs serve as a baseline"

# ---- runners' exit statuses
fresh
gate collect unit/a=fail.xml --runner-exit 139 -o legs/a.gate.json.gz
gate collect unit/b=pass.xml --runner-exit 0 -o legs/b.gate.json.gz
equal "exit statuses" --policy ratchet --report unit/a=fail.xml --report unit/b=pass.xml \
	--runner-exit unit/a=139 --runner-exit unit/b=0
says out "unit/a was killed by signal 11 (SIGSEGV), exit status 139" "the leg is named"
gate run --policy ratchet --now $now legs/b.gate.json.gz
exits 0 "a clean leg"
says_not out "exit not checked" "whose status is known"
fresh
gate collect unit=pass.xml --runner-exit 1 -o legs/a.gate.json.gz
equal "one status" --policy ratchet --report unit=pass.xml --runner-exit unit=1
is "$status" 3 "a status that nothing explains"
gate run --policy ratchet --now $now legs/a.gate.json.gz --runner-exit unit=0
exits 2 "the command line can't talk over it"
printf 'version: 1\nextends: ratchet\nreports: {lint: {path: x, empty: clean}}\n' >empty.yaml
fresh
gate collect --policy empty.yaml lint=empty.txt --runner-exit 0 -o legs/a.gate.json.gz
gate run --policy empty.yaml --now $now legs/a.gate.json.gz
exits 0 "an empty file is clean with a status of 0, in a leg too"
gate collect unit=pass.xml --runner-exit 300 -o x.gz
exits 2 "no exit status"
gate collect unit/a=pass.xml unit/b=pass.xml --runner-exit 1 -o x.gz
exits 2 "a status that does not say whose it is"
gate collect unit=pass.xml --runner-exit lint=1 -o x.gz
exits 2 "a status of nobody"

# ---- revisions
mkdir repo && cd repo && git init -q -b main . && git config user.email a@b && git config user.name a
git commit -q --allow-empty -m one
cp ../pass.xml ../fail.xml .
gate collect unit/a=pass.xml -o a.gate.json.gz
gate run --policy ratchet --now $now --trusted-ref none a.gate.json.gz
exits 0 "a leg of this revision"
git commit -q --allow-empty -m two
gate run --policy ratchet --now $now --trusted-ref none a.gate.json.gz
exits 3 "a leg of another revision is refused"
flat
says flat.out "unit: a.gate.json.gz is a leg of revision $(git rev-parse HEAD~1 | cut -c1-12), this run is of $(git rev-parse HEAD | cut -c1-12)" "both are named"
gate collect unit/b=fail.xml -o b.gate.json.gz
gate run --policy ratchet --now $now --trusted-ref none a.gate.json.gz b.gate.json.gz
exits 1 "the other legs count"
cd ..
gate run --policy ratchet --now $now --trusted-ref none repo/a.gate.json.gz repo/b.gate.json.gz
exits 3 "where nothing says which revision this is, the legs must agree"
says out "nothing says which this run is of" "and they do not"
gate run --policy ratchet --now $now --trusted-ref none repo/a.gate.json.gz
exits 0 "one that agrees with itself is taken"
gate collect unit/c=pass.xml -o repo/c.gate.json.gz
cd repo
gate run --policy ratchet --now $now --trusted-ref none c.gate.json.gz
exits 0 "one that does not know its revision is taken"
flat
says flat.out "c.gate.json.gz does not say which revision it is of; it counts as one of this run's." "and that is said"
cd ..

# ---- attempts
attempt() { # FILE REPORT ATTEMPT [RUN]
	GITHUB_ACTIONS=true GITHUB_RUN_ID=${4:-77} GITHUB_RUN_ATTEMPT=$3 \
		"$GATE" collect unit/a="$2" -o "$1" >/dev/null 2>err
}
fresh
attempt legs/1.gate.json.gz fail.xml 1
attempt legs/2.gate.json.gz pass.xml 2
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 0 "the newest attempt of a leg wins"
says out "unit/a: attempt 2 counts (legs/2.gate.json.gz), attempt 1 does not (legs/1.gate.json.gz)." "and that is said"
attempt legs/0.gate.json.gz fail.xml 3
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 1 "by its number, not by its name"
attempt legs/3.gate.json.gz pass.xml 3
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 1 "two of one attempt: the failure counts"
fresh
attempt legs/1.gate.json.gz pass.xml 1
attempt legs/2.gate.json.gz suite-error.xml 1
sed -i 's/<error.*error>//' suite-error.xml
attempt legs/2.gate.json.gz suite-error.xml 1
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 3 "two of one attempt that differ are never green"
flat
says flat.out "are both of unit/a, of the same attempt, and differ (refused)" "and said"
attempt legs/2.gate.json.gz pass.xml 1
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 0 "a copy counts once"
says out "holds the same as" "and is noted"
attempt legs/2.gate.json.gz suite-error.xml 2 88
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 3 "legs of different pipelines"
fresh
# job NUMBER NAME OPERAND FILE: of GitLab, where the jobs of a pipeline differ in number as retries do
job() {
	GITLAB_CI=true CI_PIPELINE_ID=5 CI_JOB_ID=$1 CI_JOB_NAME=$2 "$GATE" collect "$3" -o "$4" >/dev/null
}
job 1001 py39 unit/a=fail.xml legs/1.gate.json.gz
job 1002 py39 unit/a=pass.xml legs/2.gate.json.gz
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 0 "a retried job of GitLab has a higher number"
job 1001 py39 unit/a=suite-error.xml legs/1.gate.json.gz
job 1002 py312 unit/a=pass.xml legs/2.gate.json.gz
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 3 "two jobs that took one name are no attempts of one another"
flat
says flat.out "made by different jobs: each needs a name of its own (refused)" "and that is said"
job 1001 'unit 1/2' unit=fail.xml legs/1.gate.json.gz
job 1002 'unit 2/2' unit=pass.xml legs/2.gate.json.gz
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 1 "shards without a name are not attempts of one another either"
job 1001 'unit 1/2' unit=suite-error.xml legs/1.gate.json.gz
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 0 "they stand beside each other"
says out "Passed: 3 tests." "all of them"
job 1003 'unit 2/2' unit=fail.xml legs/3.gate.json.gz
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 1 "one of them again: its failure counts"
flat
says flat.out "without a name nothing says which replaces which: write NAME/LEG= (refused)" "and which one counts is open"
cp legs/2.gate.json.gz legs/4.gate.json.gz && rm legs/3.gate.json.gz
gate run --policy ratchet --now $now legs/*.gate.json.gz
exits 0 "a copy of a shard"
says out "legs/4.gate.json.gz holds the same as legs/2.gate.json.gz; it counts once." "counts once"

# ---- shards without names
printf 'version: 1\nextends: ratchet\nreports: {unit: {path: "none/*.xml", expect-files: 2}}\n' >shards.yaml
fresh
gate collect --policy shards.yaml unit=pass.xml -o legs/1.gate.json.gz
gate run --policy shards.yaml --now $now legs/*.gate.json.gz
exits 3 "expect-files: one of two"
gate collect --policy shards.yaml unit=suite-error.xml -o legs/2.gate.json.gz
gate run --policy shards.yaml --now $now legs/*.gate.json.gz
exits 0 "both"

# ---- damaged, foreign, hostile
fresh
gate collect unit/a=fail.xml lint/a=eslint.json -o whole.gate.json.gz
size=$(wc -c <whole.gate.json.gz)
red=0 green=0
for at in 5 20 60 120 200 280 340 $((size - 9)) $((size - 1)); do
	head -c "$at" whole.gate.json.gz >legs/a.gate.json.gz
	gate run --policy ratchet --now $now legs/a.gate.json.gz
	if [ "$status" = 0 ]; then green=$((green + 1)); else red=$((red + 1)); fi
done
is "$red $green" "9 0" "a leg file cut anywhere is never green"
head -c $((size - 9)) whole.gate.json.gz >legs/a.gate.json.gz
gate run --policy ratchet --now $now legs/a.gate.json.gz
exits 1 "a failure before the cut still fails"
flat
says flat.out "lint: legs/a.gate.json.gz: the gzip data end in the middle (truncated)" "what may be behind the cut is inconclusive"
zcat whole.gate.json.gz >text.jsonl
gate run --policy ratchet --now $now text.jsonl
exits 1 "a leg need not be packed"
sed '1s/leg@1/leg@7/' text.jsonl | gzip -n >legs/a.gate.json.gz
gate run --policy ratchet --now $now legs/a.gate.json.gz
exits 3 "a newer version is refused"
flat
says flat.out "a leg file of schema 7, written by a newer gate; this one reads schema 1" "with a clear message"
sed 's/"failed"/"passed"/; s/"error"/"passed"/' text.jsonl | sed '$s/[0-9][0-9]*/3/' | gzip -n >legs/a.gate.json.gz
gate run --policy ratchet --now $now legs/a.gate.json.gz
exits 3 "a leg that does not hold what its end says"
printf '{"schema":"regression-gate/leg@1","producers":[{"name":"u"}]}\n' >bomb
(cat bomb; head -c 50000000 /dev/zero | tr '\0' '[') | gzip >legs/a.gate.json.gz
gate run --policy ratchet --now $now legs/a.gate.json.gz
exits 3 "a bomb is refused"
cp whole.gate.json.gz legs/a.gate.json.gz
gate collect unit=legs/a.gate.json.gz -o x.gz
exits 3 "a leg of legs is none"
says err "refused: no leg file of this gate: a leg can't stand here" "and said"

# ---- a bundle of legs
fresh
cp whole.gate.json.gz legs/a.gate.json.gz
gate run --policy ratchet --now $now legs/a.gate.json.gz --bundle b.tar.gz -o json=raw.json
mkdir elsewhere && cp b.tar.gz elsewhere && cd elsewhere || exit 1
gate replay b.tar.gz --out json=leg.json
exits 1 "a bundle of legs is decided again"
ok "$(cmp -s leg.json ../raw.json; echo $?)" "and gives the same decision"
cd ..
gate collect --policy ratchet unit=proj/secret.xml -o s.gate.json.gz
gate run --policy proj/s.yaml --now $now s.gate.json.gz --bundle b.tar.gz
zcat b.tar.gz >unpacked
says_not unpacked acme_12345678 "what the last job knows as secret is not in its bundle"

# ---- a format of the policy's own
cat >own.yaml <<'E2'
version: 1
extends: ratchet
formats:
  ours: {syntax: json, kind: lint, tool: ours, each: "[]", rule: code, message: text, file: path, line: line}
reports: {ours: {path: ours.json, format: ours}}
E2
printf '[{"code":"X1","text":"bad thing here","path":"src/a.js","line":2}]\n' >ours.json
fresh
gate collect --policy own.yaml ours=ours.json -o legs/a.gate.json.gz
exits 0 "a format of the policy's own is collected"
also='--policy own.yaml'
equal "a format of the policy's own" --policy own.yaml
also='--policy ratchet'

# ---- the command line
gate collect -o x.gz
exits 2 "no report"
gate collect pass.xml -o x.gz
exits 2 "a report without a name"
says err "write NAME=pass.xml, or NAME/LEG=pass.xml in a matrix" "is told how"
gate collect unit=pass.xml
exits 2 "nowhere to write"
gate collect unit= -o x.gz
exits 2 "no path"
gate collect --policy missing.yaml unit=pass.xml -o x.gz
exits 2 "no such policy"
gate collect unit=pass.xml -o no/such/folder/x.gz
exits 3 "it can't be written"
ok "$([ ! -e x.gz ] || [ -n "$(zcat x.gz 2>/dev/null)" ]; echo $?)" "nothing half written stays"
done_testing
