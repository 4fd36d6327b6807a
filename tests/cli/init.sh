#!/bin/sh
# `gate init`: a first policy from what the checkout holds, that works at once.
. "$(dirname "$0")/../lib.sh"

# Nothing here: still a policy.
gate init
exits 0 "an empty folder"
says err "gate.yaml: 0 reports, 0 findings" "... says what it found"
says gate.yaml "# yaml-language-server: \$schema=/" "... with the editor's schema line first"
is "$(grep -c '^# yaml-language-server' gate.yaml) $(sed -n 1p gate.yaml | cut -c1-22)" "1 # yaml-language-server" "... first"
gate policy check
exits 0 "... is valid"
cp gate.yaml before
gate init
exits 2 "a policy that exists"
says err "gate.yaml exists: it is not overwritten" "... is named"
cmp -s gate.yaml before
ok $? "... and left alone"
mv gate.yaml .gate.yaml
gate init
exits 2 "... under any of its names"
rm .gate.yaml
gate init extra
exits 2 "operands"
gate init --print -o x.yaml
exits 2 "two places"

# A checkout.
mkdir -p docs/audits build/test-results/test reports .github/workflows tests/unit tests/data/deep \
	node_modules/x/reports fixtures/reports src
xml='<testsuite name="unit" tests="1"><testcase classname="tests.test_a" name="test_b" file="tests/test_a.py"/></testsuite>'
for i in 1 2 3; do echo "$xml" >build/test-results/test/TEST-$i.xml; done
echo "$xml" >reports/e2e.xml
echo 0 >reports/e2e.exit
printf 'shop/cart.py:1:8: F401 [*] `os` imported but unused\nFound 1 error.\n[*] 1 fixable with the `--fix` option.\n' >reports/lint.txt
echo '<project/>' >build/pom.xml
echo "$xml" >node_modules/x/reports/junit.xml
echo "$xml" >fixtures/reports/junit.xml
echo "$xml" >src/sample.xml
for i in 1 2 3; do printf '# Audit %s\n\n### BUG-%s: Things break\n- **Severity**: HIGH\n' $i $i >docs/audits/2026-0$i-01.md; done
printf '# Notes\n\nNothing to see.\n' >docs/notes.md
printf '# Status\n\n## Done\n- BUG-2 is finished.\n' >docs/status.md
printf '# Read me\n\n### BUG-9: not a register\n- **Severity**: LOW\n' >README.md
printf 'version: 1\nfindings:\n  - {id: KF-1, title: x y, match: {test: "a::b"}}\n' >known-failures.yaml
printf '["tests/test_a.py::test_c", "tests/test_a.py::test_d"]\n' >tests/pytest-baseline.json
printf 'version: 1\nfindings:\n  - {id: KF-7, match: {test: "a::b"}}\n' >tests/data/deep/known.yaml
printf 'services: {db: {image: x}}\n' >compose.yaml
printf 'jobs:\n  test:\n    steps:\n      - run: pytest --junitxml=unit.xml\n' >.github/workflows/ci.yml
gate init
exits 0 "a checkout"
cat >want <<'END'
version: 1
extends: ratchet
registers:
  - docs/audits/*.md
  - docs/status.md
  - known-failures.yaml
  - tests/pytest-baseline.json
reports:
  test:
    path: build/test-results/test/*.xml
  e2e:
    path: reports/e2e.xml
    exit-file: reports/e2e.exit
  ruff:
    path: reports/lint.txt
END
sed 's/ *#.*//' gate.yaml | grep -v '^$' >got
is "$(cat got)" "$(cat want)" "what it names"
says gate.yaml "# 3 findings; describes" "... and what it says of a pattern"
says gate.yaml "# 2 findings; a list of tests: excuses" "... of a list"
[ "$(wc -l <gate.yaml)" -lt 45 ]
ok $? "... short"
says err "gate.yaml: 3 reports, 7 findings" "totals"
says err "gate run\` behind the tests in .github/workflows/ci.yml" "... and where the step goes"
gate policy check
exits 0 "it is valid"
says_not err "warning" "... without a warning"
gate run -q
exits 0 "it judges at once"
says out "Passed: 4 tests" "... all that is there"
cp gate.yaml first
rm gate.yaml
gate init --print
exits 0 "--print"
cmp -s out first
ok $? "... the same bytes"
[ ! -e gate.yaml ]
ok $? "... and no file"
mkdir ci
gate init -o ci/policy.yaml --schema ../gate.schema.json
exits 0 "another place"
says ci/policy.yaml "schema=../gate.schema.json" "... the schema as told"
says ci/policy.yaml "  - ../known-failures.yaml" "... its paths are seen from there"
gate policy check ci/policy.yaml
exits 0 "... and it is valid"
gate init -o ci/policy.yaml
exits 2 "... but not twice"
gate init -o nowhere/policy.yaml
exits 3 "a folder that is not there"

# Reports of several modules are one producer; a stranger among them makes each stand alone.
mkdir -p mono/a/target/surefire-reports mono/b/target/surefire-reports mono/c/target/surefire-reports
for m in a b c; do echo "$xml" >mono/$m/target/surefire-reports/TEST-$m.xml; done
cd mono || exit 1
gate init --print
says out "    path: '**/target/surefire-reports/*.xml'" "modules are one producer"
says out "  tests:" "... with a name"
echo '<project/>' >a/target/surefire-reports/other.xml
gate init --print
says out "path: a/target/surefire-reports/TEST-a.xml" "a stranger: each for itself"
cd ..

# Reports that only the pipeline names.
mkdir -p named && cd named || exit 1
printf 'test:\n  script:\n    - pytest --junitxml "$OUT/x.xml"\n    - gotestsum --junitfile ./build/go.xml\n    # --junitxml=no.xml\n  artifacts:\n    reports:\n      junit: unit.xml\n' >.gitlab-ci.yml
gate init
exits 0 "a pipeline's words"
is "$(sed 's/ *#.*//' gate.yaml | grep path)" "    path: build/go.xml
    path: unit.xml" "... without variables and comments"
says gate.yaml "# as .gitlab-ci.yml:4 names it" "... and where they stand"
gate policy check
exits 0 "... a valid policy"
gate run -q
exits 3 "... that is inconclusive until they are there"
cd ..

# Names that YAML would misread, and links that lead in a circle.
mkdir -p odd/reports && cd odd || exit 1
echo "$xml" >"reports/it's: #1.xml"
ln -s .. reports/up
printf '# A\n\n### BUG-1: x\n- **Severity**: HIGH\n' >"- notes.md"
gate init
exits 0 "odd names"
gate policy show
exits 0 "... are quoted"
says out "path: 'reports/it''s: #1.xml'" "... as they are"
cd ..
# One run written twice is said, and what is no report because its tool was not there.
mkdir twice && cd twice || exit 1
cat >junit.xml <<'END'
<testsuite name="pytest"><testcase classname="test_a" name="test_b"><failure message="assert 1 == 2"/></testcase><testcase classname="test_a" name="test_c"/></testsuite>
END
cat >pytest.txt <<'END'
============================= test session starts ==============================
collected 2 items

test_a.py F.                                                             [100%]

=================================== FAILURES ===================================
____________________________________ test_b ____________________________________

    def test_b():
>       assert 1 == 2
E       assert 1 == 2

test_a.py:2: AssertionError
=========================== short test summary info ============================
FAILED test_a.py::test_b - assert 1 == 2
========================= 1 failed, 1 passed in 0.02s ==========================
END
echo 'bash: command not found: bandit' >bandit.txt
cp bandit.txt "$(printf 'bandit\nrules: {new-failures: off}.txt')"
gate init
exits 0 "one run written twice"
says gate.yaml "# It fails the same tests as junit.xml: if that is the same run, keep one." "... is said"
says gate.yaml "is no report: a shell did not find the command: bash: command not found: bandit" \
	"a tool that was not there is said"
gate policy show
says out "new-failures: 0" "... and a name with a line end in it writes nothing"
cd ..
mkdir .git mono/inner
cp first gate.yaml
(cd mono/inner && "$GATE" init >../../out 2>../../err)
is "$?" 0 "below another policy"
says err "note: ../../gate.yaml holds here so far" "... which is said"
"$GATE" init --print >/dev/full 2>err
is "$?" 3 "a full disk is no success"
done_testing
