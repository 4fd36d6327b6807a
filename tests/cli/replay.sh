#!/bin/sh
# "What if": parts of a bundle are replaced, the rest is as it was. Nothing but what is named is
# read here.
. "$(dirname "$0")/../lib.sh"

now=2026-11-20T12:00:00Z
mkdir -p desk/docs
cd desk || exit 1
cat >gate.yaml <<'END'
version: 1
registers: [docs/known.yaml, docs/audit.md]
reports: {unit: unit.xml, e2e: {path: "e2e/*.xml", optional: true}}
rules: {new-failures: 0, known-failures: {tolerate: all}, unexpected-passes: warn}
END
cat >docs/known.yaml <<'END'
version: 1
findings:
  - {id: KF-1, title: one, severity: high, match: {test: "t::known"}}
END
printf '# Audit\n\n## BUG-7: it breaks\n\nSeverity: high\n' >docs/audit.md
case_() { echo "<testcase classname=\"t\" name=\"$1\">${2:+<failure message=\"$2\"/>}</testcase>"; }
{ echo '<testsuite name="s">'; case_ known boom; case_ bad boom; case_ good; echo '</testsuite>'; } >unit.xml
gate run --now $now --bundle ../b.tgz --out json=../was.json
exits 1 "a decision that blocks"
cd .. && rm -r desk && mkdir here && cd here || exit 1
replay() { env -i "$GATE" replay "$@" >out 2>err; status=$?; }

# ---- another policy stands where the bundle's stood
cat >other.yaml <<'END'
version: 1
registers: [docs/known.yaml, docs/audit.md]
reports: {unit: unit.xml, e2e: {path: "e2e/*.xml", optional: true}}
rules: {new-failures: 1}
END
replay ../b.tgz --policy other.yaml
exits 0 "with another policy: its decision's status"
says err "other.yaml stands in for gate.yaml" "... said so"
says out "Compared with the bundle's own decision:" "... and compared"
says out "fail (exit 1) -> pass (exit 0)" "... verdict"
says out "policy: it differs" "... cause"
says out "new-failures: fail (1, limit 0; fail) -> pass (1, limit 1; fail)" "... rule"
replay ../b.tgz --policy other.yaml --out json=now.json --out console=-
exits 0 "with --out"
says err "policy: it differs" "... the comparison makes room for the report"
gate diff ../was.json now.json
exits 1 "what --out wrote is the other decision"
sed 's/unit.xml/"*.xml"/; s/\[docs.*\]/"docs\/*"/' other.yaml >globs.yaml
replay ../b.tgz --policy globs.yaml
exits 0 "patterns find what the bundle holds"
says out "3 tests" "... reports"
says out "known failure" "... and registers"
sed 's/docs\/audit.md/docs\/more.md/' other.yaml >more.yaml
replay ../b.tgz --policy more.yaml
exits 2 "a register that the bundle does not hold"
says err "docs/more.md" "... is named"
says err "the bundle holds no register" "... and why"
sed 's/unit.xml/other.xml/' other.yaml >lost.yaml
replay ../b.tgz --policy lost.yaml
exits 3 "a report that the bundle does not hold"
says out "it is not in the bundle" "... is missing"
printf 'version: 1\nrules: {new-failure: 1}\n' >typo.yaml
replay ../b.tgz --policy typo.yaml
exits 2 "a policy with a mistake"
says err "new-failures" "... with the hint"
replay ../b.tgz --policy nothing.yaml
exits 2 "a policy that is not there"
says err "nothing.yaml" "... is named"
replay ../b.tgz --policy strict
exits 2 "a preset alone"
says err "extends: strict" "... says what to write"
printf 'version: 1\nextends: strict\nregisters: [docs/known.yaml]\nreports: {unit: unit.xml}\n' >strict.yaml
replay ../b.tgz --policy strict.yaml
exits 1 "a policy that extends it"

# ---- what a report says is what the bundle's policy read in it
replay ../b.tgz --policy other.yaml
says_not err "is shown as the bundle" "a policy that reads alike needs no word"
for change in 's|path: "e2e/|root: sub, &|' 's/unit.xml/{path: unit.xml, format: junit}/' \
	'$a severities: {boom: low}' '$a match: {strip: /w/}'; do
	sed "$change" other.yaml >terms.yaml
	replay ../b.tgz --policy terms.yaml
	exits 0 "a policy that reads otherwise: $change"
	case $change in *root*) continue ;; esac
	says err "note: unit.xml is shown as the bundle's policy read it" "... is told of"
	says err "name the file: --report unit=PATH" "... and what to do"
done
{ echo '<testsuite name="s">'; case_ known boom; case_ bad boom; echo '</testsuite>'; } >unit.xml
replay ../b.tgz --policy terms.yaml --report unit=unit.xml
says_not err "is shown as the bundle" "... and then it is not"

# ---- another register
sed 's/t::known/t::bad/' ../here/other.yaml >/dev/null
printf 'version: 1\nfindings:\n  - {id: KF-1, title: one, severity: high, match: {test: ["t::known", "t::bad"]}}\n' >known.yaml
replay ../b.tgz --register known.yaml
exits 0 "a register of the same name stands in"
says err "known.yaml stands in for docs/known.yaml" "... said so"
says out "t::bad: new-failure -> known-failure (docs/known/KF-1, excused); by docs/known.yaml" "... and what it did"
cp known.yaml mine.yaml
replay ../b.tgz --register docs/known.yaml=mine.yaml
exits 0 "one that is named"
replay ../b.tgz --register mine.yaml
exits 0 "one of another name is one more"
says err "mine.yaml is one more register" "... said so"
says out "register mine.yaml: only the second has it" "... and compared"
printf 'version: 1\nfindings:\n  - {id: KF-1, title: one, match: {test: "t::good"}}\n' >known.yaml
replay ../b.tgz --register known.yaml
says out "t::good: unexpected-pass" "a test that passed is seen when another register asks for it"
replay ../b.tgz --register docs/nothing.yaml=mine.yaml
exits 2 "a register that the bundle does not have"
says err "the bundle has no register 'docs/nothing.yaml'" "... is named"
replay ../b.tgz --register nothing/known.yaml
exits 2 "a file that is not there"

# ---- other reports
{ echo '<testsuite name="s">'; case_ known boom; case_ good; echo '</testsuite>'; } >unit.xml
replay ../b.tgz --report unit=unit.xml
exits 0 "another report, of the same name even"
says out "input unit unit.xml: its content differs" "... compared"
says out "t::bad: new-failure; by unit unit.xml" "... result by result"
cp unit.xml second.xml
replay ../b.tgz --report "unit=junit:*.xml"
exits 0 "by a pattern, with a format"
says out "second.xml" "... of this folder"
replay ../b.tgz --report e2e=unit.xml
exits 1 "of one producer only"
says out "input e2e unit.xml: only the second could read it" "... that was missing; the other stays"
replay ../b.tgz --report unit=nothing.xml
exits 3 "a report that is not there"
replay ../b.tgz --report nosuch=unit.xml
exits 2 "a producer that is not there"
replay ../b.tgz --register known.yaml --report unit=unit.xml --policy other.yaml
exits 0 "all at once"
replay ../b.tgz
exits 1 "and nothing at all: the bundle's own"
says out "The same decision as in ../b.tgz" "... equal, though files of those names are here"

# ---- a run without a policy
{ echo '<testsuite name="s">'; case_ bad boom; echo '</testsuite>'; } >unit.xml
gate run --now $now --bundle ../p.tgz unit.xml
rm unit.xml
replay ../p.tgz
exits 1 "judged by the preset alone"
says out "The same decision" "... is equal too"
printf 'version: 1\nextends: advisory\n' >soft.yaml
replay ../p.tgz --policy soft.yaml
exits 0 "with a policy in its place"
{ echo '<testsuite name="s">'; case_ bad; echo '</testsuite>'; } >fixed.xml
replay ../p.tgz --report fixed.xml
exits 0 "other operands"
replay ../p.tgz --frobnicate
exits 2 "an unknown option"
replay ../p.tgz --out nonsense=x
exits 2 "an unknown output"
replay ../p.tgz -q --out json=/nowhere/x
exits 1 "an output that can't be written leaves the verdict"
done_testing
