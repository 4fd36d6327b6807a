#!/bin/sh
# A baseline knows which tools made it, in which versions; what is new says when the tool is too.
. "$(dirname "$0")/../lib.sh"

sarif() { # sarif VERSION RULE...
	printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Lint","version":"%s","rules":[]}},"results":[' "$1"
	shift
	comma=
	for rule; do
		printf '%s{"ruleId":"%s","level":"warning","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.c"},"region":{"startLine":3}}}]}' "$comma" "$rule"
		comma=,
	done
	printf ']}]}\n'
}

cat >gate.yaml <<'END'
version: 1
baseline: {path: base.json.gz}
reports: {lint: lint.sarif}
rules: {new-issues: warn}
END
now=2026-11-20T12:00:00Z
remark="lint: Lint 2.0, was 1.4.2 in the baseline: what is new may be new to the tool only."
sarif 1.4.2 R1 >lint.sarif
gate inspect lint.sarif
says out "sarif by Lint 1.4.2, complete" "inspect says the version"
gate inspect --json lint.sarif
says out '"tool_version": "1.4.2"' "... and its JSON does"
gate baseline save --now 2026-11-01T00:00:00Z
exits 0 "a baseline is saved"
gate baseline show base.json.gz
says out "lint (Lint 1.4.2)" "... and shows the tool's version"
gzip -dc base.json.gz | grep -q '^@tool Lint	1.4.2$'
ok $? "... which stands in it"
cp base.json.gz old.json.gz

gate run --now $now
exits 0 "the same version"
says_not out "in the baseline: what is new" "... is no remark"
sarif 2.0 R1 R2 >lint.sarif
gate run --now $now --out json=raw.json --bundle b.tgz
exits 0 "another version of the tool"
says out "$remark" "... is a remark"
says raw.json "$remark" "... of the decision too"
gate run --now $now --baseline old.json.gz --out markdown=-
says out "Lint 2.0, was 1.4.2" "... and of the comment"
gate collect lint=lint.sarif -o leg.gate.json.gz
gate run --now $now --out json=leg.json leg.gate.json.gz
sed '/"sha256"/d; /"path"/d' raw.json >a
sed '/"sha256"/d; /"path"/d' leg.json >b
cmp -s a b
ok $? "a leg carries the version"
gate replay b.tgz
exits 0 "a bundle does: its replay is equal"
says out "$remark" "... and says so as well"

gate baseline save --now $now
says out "another version: lint: Lint 2.0, was 1.4.2" "saving the next one says it"
gate baseline diff old.json.gz base.json.gz
says out "other versions" "baseline diff has a part for it"
says out "  lint: Lint 2.0, was 1.4.2" "... that names both"
gate baseline diff base.json.gz base.json.gz
says_not out "other versions" "... and none where nothing differs"

# Snapshots from before, or of tools that do not say.
gzip -dc old.json.gz | grep -v '^@tool' | gzip >before.json.gz
gate run --now $now --baseline before.json.gz
exits 0 "a baseline without versions is read"
says_not out "in the baseline: what is new" "... and nothing is compared with nothing"
gate baseline show before.json.gz
says out "lint (Lint):" "... nor shown"
gzip -dc old.json.gz | sed 's/^@tool Lint.*/@tool Lint/' | gzip >bad.json.gz
gate baseline show bad.json.gz
exits 2 "a tool without a version in a baseline is no baseline"
says err "a tool that can't be read" "... and says what is wrong"

# Raw reports of the target branch stand for every report.
sarif 1.4.2 R1 >then.sarif
gate run --now $now --baseline then.sarif
says out "Lint 2.0, was 1.4.2 in the baseline" "raw reports as a baseline say their versions"

# Formats of the policy's own.
cat >gate.yaml <<'END'
version: 1
formats:
  acme-json:
    {syntax: json, tool: acme, each: "results[]", rule: id, message: text,
     records: [{what: tool, each: by, version: release}]}
  acme-xml:
    {syntax: xml, root: results, each: results/result, rule: "@id", message: text,
     records: [{what: tool, each: results/by, name: "@name", version: "@release"}]}
END
echo '{"by":{"release":"acme scanner 3.1 (beta)"},"results":[{"id":"A","text":"t"}]}' >acme.json
echo '<results><by name="Acme" release="v4"/><result id="A"><text>t</text></result></results>' >acme.xml
gate inspect --policy gate.yaml --format acme-json acme.json
says out "acme-json by acme 3.1, complete" "an own format in JSON says a version"
gate inspect --policy gate.yaml --format acme-xml acme.xml
says out "acme-xml by Acme v4, complete" "... and one in XML"

# Of the terminal's output too.
{
	echo '============================= test session starts =============================='
	echo 'platform linux -- Python 3.11.2, pytest-7.2.1, pluggy-1.0.0'
	echo 'collected 1 item'
	echo
	echo 'test_a.py .                                                              [100%]'
	echo
	echo '============================== 1 passed in 0.01s ==============================='
} >pytest.txt
gate inspect pytest.txt
says out "pytest 7.2.1, complete" "pytest's own output says its version"
done_testing
