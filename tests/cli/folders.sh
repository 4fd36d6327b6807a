#!/bin/sh
# A project in a folder of its repository: what forges show points to where the repository has it.
. "$(dirname "$0")/../lib.sh"

git init -q . && git config user.email a@b.c && git config user.name a
mkdir -p services/api/docs docs
cat >services/api/unit.xml <<'END'
<testsuite name="pytest"><testcase classname="tests.test_a" name="test_b" file="tests/test_a.py" line="4"><failure message="assert 1 == 2"/></testcase></testsuite>
END
cat >services/api/docs/audit.md <<'END'
# Audit 2026-01-01

## BUG-A01: Cart drops cents (High)

- Status: open
- Tests: `tests/test_a.py::test_b`
END
cp services/api/docs/audit.md docs/audit.md
policy() { # REPORT [ROOT]
	printf 'version: 1\nname: api\nextends: ratchet\nregisters: [docs/audit.md]\n'
	printf 'reports: {unit: {path: %s%s}}\nrules: {new-failures: 0}\n' "$1" "${2:+, root: $2}"
}
git add -A && git commit -q -m base
revision=$(git rev-parse HEAD)
export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/shop GITHUB_SHA="$revision" GITHUB_REF=refs/heads/main \
	GITHUB_EVENT_NAME=push GITHUB_SERVER_URL=https://git.acme.test GITHUB_API_URL=https://git.acme.test/api
unset GITHUB_EVENT_PATH GITHUB_HEAD_REF GITHUB_BASE_REF GITHUB_STEP_SUMMARY GITHUB_OUTPUT
links() {
	grep -o 'href="[^"]*/blob/[^"]*"' "$1" | sed "s/.*$revision.//; s/\"//" | sort -u | tr '\n' ' '
}
judge() { # FOLDER
	rm -f c.md
	(cd "$1" && "$GATE" run --trusted-ref none --now 2026-01-20T12:00:00Z --out json="$scratch/d.json" \
		--out summary="$scratch/c.md" --out github="$scratch/g.txt" \
		--out codequality="$scratch/q.json" -q >/dev/null) 2>err
	status=$?
}
policy unit.xml >services/api/gate.yaml
judge services/api
exits 1 "policy and working folder below the root"
is "$(links c.md)" \
	"services/api/docs/audit.md?plain=1#L3 services/api/docs/audit.md?plain=1#L6 services/api/gate.yaml#L6 services/api/tests/test_a.py#L5 " \
	"... links lead to where the repository has it"
says g.txt "file=services/api/tests/test_a.py,line=5" "... annotations too"
says q.json '"path": "services/api/tests/test_a.py"' "... and Code Quality"
says d.json '"file": "tests/test_a.py"' "... while the decision names it as the runner does"

mkdir -p services/api/services/api && mv services/api/docs/audit.md services/api/services/api/
sed -i 's,docs/audit,services/api/audit,' services/api/gate.yaml
judge services/api
is "$(links c.md)" \
	"services/api/gate.yaml#L6 services/api/services/api/audit.md?plain=1#L3 services/api/services/api/audit.md?plain=1#L6 services/api/tests/test_a.py#L5 " \
	"a register in folders of the same names is still below its policy"
rm services/api/gate.yaml
policy services/api/unit.xml services/api >gate.yaml
judge services/api
exits 1 "the policy at the root, with the producer's root"
is "$(links c.md)" "docs/audit.md?plain=1#L3 docs/audit.md?plain=1#L6 gate.yaml#L6 services/api/tests/test_a.py#L5 " \
	"... nothing is put in front twice"
says g.txt "file=services/api/tests/test_a.py,line=5" "... nor in annotations"

rm gate.yaml
mkdir ci && policy ../services/api/unit.xml services/api >ci/gate.yaml
sed -i 's,docs/audit,../docs/audit,' ci/gate.yaml
rm -f c.md
(cd "$scratch" && "$GATE" run --policy ci/gate.yaml --trusted-ref none --now 2026-01-20T12:00:00Z \
	--out summary=c.md --out github=g.txt -q >/dev/null) 2>err
says g.txt "file=services/api/tests/test_a.py,line=5" "a policy beside: what was tested is where it was"
is "$(links c.md)" "ci/gate.yaml#L6 services/api/tests/test_a.py#L5 " "... and no link leads out of a folder"

cp ci/gate.yaml "$(dirname "$scratch")/gate-$$.yaml"
sed -i "s,\.\./docs,$scratch/docs,; s,\.\./services/api/unit,$scratch/services/api/unit," "$(dirname "$scratch")/gate-$$.yaml"
rm -f c.md
"$GATE" run --policy "$(dirname "$scratch")/gate-$$.yaml" --trusted-ref none --now 2026-01-20T12:00:00Z \
	--out summary=c.md -q >/dev/null 2>err
rm "$(dirname "$scratch")/gate-$$.yaml"
is "$(links c.md)" "services/api/tests/test_a.py#L5 " "a policy of elsewhere is not linked"
done_testing
