#!/bin/sh
# `gate accept`: a complete entry or none; what stands in the register stays byte for byte.
. "$(dirname "$0")/../lib.sh"

cat >audit.md <<'END'
# Audit

### BUG-1: The clock stops at "noon"
- **Severity**: HIGH

### BUG-2: Rounding
- **Severity**: LOW
- **Status**: done
END
cat >unit.xml <<'END'
<testsuite name="unit" tests="2" failures="1">
  <testcase classname="tests.test_clock" name="test_noon"><failure message="assert 1 == 2">tests/test_clock.py:7: AssertionError</failure></testcase>
  <testcase classname="tests.test_clock" name="test_dawn"/>
</testsuite>
END
cat >gate.yaml <<'END'
version: 1
extends: ratchet
registers: [audit.md, known.yaml]
reports: {unit: unit.xml}
END
cat >known.yaml <<'END'
# Ours.   Keep it short.
version: 1
findings:
    # --- clock ---
    -   id: KF-1   # the first
        title: 'It''s late'
        owner: ann
        match: {test: ["a::b"]}
        waiver:
            owner: ann
            reason: >-
                folded

                text
            expires: 2026-02-01

# what went
removed: ["a::gone"]   # really
END
cp known.yaml before.yaml
now=2026-01-15T12:00:00Z
T=tests/test_clock.py::test_noon

# Everything that lacks is said at once, and nothing is written.
gate accept
exits 2 "no test"
gate accept "$T" --now $now
exits 2 "nothing but a test"
for option in reason owner expires finding; do
	says err "an entry needs --$option" "... $option is missed"
done
# refuses DESCRIPTION MESSAGE HINT ARGS...
refuses() {
	what=$1 message=$2 hint=$3
	shift 3
	gate accept "$@" --now $now
	exits 2 "$what"
	says err "$message" "... is said"
	[ -z "$hint" ] || says err "hint: $hint" "... with a hint"
	cmp -s known.yaml before.yaml
	ok $? "... and nothing is written"
}
refuses "an unknown finding" "no register holds the finding 'BUG-3'" "did you mean 'BUG-1'?" \
	"$T" --finding BUG-3 --reason r --owner ann --expires 2026-03-01
refuses "a finding that is done" "'audit/BUG-2' is called done (audit.md:6)" "a failure of a closed finding" \
	"$T" --finding BUG-2 --reason r --owner ann --expires 2026-03-01
refuses "no date" "'soon' is not a date" "write the last day" \
	"$T" --finding BUG-1 --reason r --owner ann --expires soon
refuses "a day that is none" "'2026-02-30' is not a date" "" \
	"$T" --finding BUG-1 --reason r --owner ann --expires 2026-02-30
refuses "a past date" "2026-01-14 is past" "a waiver ends in the future" \
	"$T" --finding BUG-1 --reason r --owner ann --expires 2026-01-14
refuses "a term longer than the policy's" "2026-04-16 is more than the 90 days ahead that the policy allows" \
	"at the latest: 2026-04-15" "$T" --finding BUG-1 --reason r --owner ann --expires 2026-04-16
refuses "an empty reason" "--reason is empty" "" "$T" --finding BUG-1 --reason ' ' --owner ann --expires 2026-03-01
refuses "a reason of two lines" "--reason holds a control character" "" \
	"$T" --finding BUG-1 --reason 'a
b' --owner ann --expires 2026-03-01
refuses "a universal pattern" "the pattern '**' matches nearly everything" "" \
	'**' --finding BUG-1 --reason r --owner ann --expires 2026-03-01
refuses "a test that is waived" "'KF-1' waives this test already, until 2026-02-01 (known.yaml:5)" \
	"change the date there" a::b --finding BUG-1 --reason r --owner ann --expires 2026-03-01
refuses "a document" "'audit.md' is no structured register" "--register names" \
	"$T" --finding BUG-1 --reason r --owner ann --expires 2026-03-01 --register audit.md
refuses "two tests" "one test at a time" "" a b --finding BUG-1 --reason r --owner ann --expires 2026-03-01
refuses "removed with a date" "a test that goes needs no --expires" "" "$T" --removed --expires 2026-03-01
refuses "removed twice" "known.yaml lists this test as removed already" "" a::gone --removed
refuses "removed and renamed" "not both" "" "$T" --removed --renamed-to b
refuses "renamed to itself" "is the name it has" "" "$T" --renamed-to "$T"

gate run --now $now -q
exits 1 "before: the failure is new"
gate accept "$T" --finding BUG-1 --reason "waits: for #12 \"x\"" --owner "ann b" --expires 2026-03-01 --now $now
exits 0 "accepted"
is "$(cat out)" "known.yaml:16: W-BUG-1 waives $T until 2026-03-01" "... says where"
diff before.yaml known.yaml >changed
is "$(grep -c '^<' changed)" 0 "nothing that stood there changed"
is "$(sed -n 's/^> //p' changed)" '    - id: W-BUG-1
      title: "The clock stops at \"noon\""
      severity: high
      owner: "ann b"
      links: [{kind: tracks, to: "audit/BUG-1"}]
      match: {test: "tests/test_clock.py::test_noon"}
      waiver: {owner: "ann b", reason: "waits: for #12 \"x\"", expires: 2026-03-01}' "... the entry stands behind the others"
gate run --now $now
exits 0 "after: it is waived"
says out "1 waived: W-BUG-1" "... by the entry"
gate run --now 2026-03-20T00:00:00Z -q
exits 1 "... until it expires"
gate policy check
exits 0 "the policy is still valid"
says_not err "W-BUG-1" "... without a word about the entry"
gate findings audit.md known.yaml
says out "W-BUG-1 tracks audit/BUG-1" "the entry is about the finding"

cp known.yaml before.yaml
gate accept a::c --finding audit/BUG-1 --reason r --owner no --expires 2026-03-01 --now $now
exits 0 "a second one for the finding"
says known.yaml "- id: W-BUG-1-2" "... has an ID of its own"
says known.yaml 'owner: "no"' "... and a name that YAML would take for a truth is quoted"
gate accept a::d --removed
exits 0 "a test that was removed"
says known.yaml 'removed: ["a::gone", "a::d"]   # really' "... in the list as it is written"
gate accept a::e --renamed-to 'a::f: g'
exits 0 "a test that was renamed"
is "$(tail -n 2 known.yaml)" 'renamed:
  "a::e": "a::f: g"' "... in a map that was not there"
gate accept a::g --renamed-to a::h
exits 0 "another one"
is "$(tail -n 3 known.yaml)" 'renamed:
  "a::e": "a::f: g"
  "a::g": "a::h"' "... below it"

# appended DESCRIPTION BEFORE AFTER: --removed x::y
appended() {
	printf "$2" >known.yaml
	gate accept x::y --removed
	exits 0 "$1"
	printf "$3" >want
	cmp -s want known.yaml
	ok $? "... as it should stand"
	cmp -s want known.yaml || diff want known.yaml | sed 's/^/# /'
}
appended "no newline at the end" 'version: 1\nremoved:\n  - k::a # b' 'version: 1\nremoved:\n  - k::a # b\n  - "x::y"\n'
appended "a list at the margin" 'version: 1\nremoved:\n- k::a\nfindings: []\n' 'version: 1\nremoved:\n- k::a\n- "x::y"\nfindings: []\n'
appended "an empty list" 'version: 1\nremoved: [] # none\nfindings: []\n' 'version: 1\nremoved: # none\n  - "x::y"\nfindings: []\n'
appended "nothing behind the key" 'version: 1\nremoved:\nfindings: []\n' 'version: 1\nremoved:\n  - "x::y"\nfindings: []\n'
appended "carriage returns" 'version: 1\r\nremoved:\r\n  - k::a\r\n' 'version: 1\r\nremoved:\r\n  - k::a\r\n  - "x::y"\r\n'
appended "a byte order mark" '\357\273\277version: 1\nremoved: [k::a]\n' '\357\273\277version: 1\nremoved: [k::a, "x::y"]\n'
appended "a list over lines" 'version: 1\nremoved: [\n  k::a, # b\n  "k::c]",\n]\n' 'version: 1\nremoved: [\n  k::a, # b\n  "k::c]",\n  "x::y"\n]\n'
appended "JSON" '{"version": 1,\n "removed": [\n  "k::a"\n ]}\n' '{"version": 1,\n "removed": [\n  "k::a",\n  "x::y"\n ]}\n'
appended "JSON without the key" '{"version": 1, "findings": []}\n' '{"version": 1, "findings": [], "removed": ["x::y"]}\n'
appended "a register of comments" '# c\nversion: 1\n# d\n' '# c\nversion: 1\n# d\nremoved:\n  - "x::y"\n'

printf '{"version": 1, "findings": []}\n' >known.yaml
gate accept "$T" --finding BUG-1 --reason r --owner ann --expires 2026-03-01 --now $now
exits 0 "an entry in JSON"
is "$(python3 -c 'import json; print(json.load(open("known.yaml"))["findings"][0]["waiver"]["expires"])')" 2026-03-01 "... is JSON"

printf 'version: 1\nremoved: [\n  k::a # b ]\n ]\n' >known.yaml
cp known.yaml before.yaml
gate accept x::y --removed
exits 2 "a comment behind the last item: not safe to add to"
says err "can't be added to safely" "... says so"
cmp -s known.yaml before.yaml
ok $? "... and nothing is written"

# Without a structured register one is started, and must be named in the policy.
rm known.yaml
printf 'version: 1\nextends: ratchet\nregisters: [audit.md]\n' >gate.yaml
mkdir -p sub .git
(cd sub && "$GATE" accept "$T" --finding BUG-1 --reason r --owner ann --expires 2026-03-01 --now $now >../out 2>../err)
is "$?" 0 "a first entry, from a folder below"
says known-failures.yaml "version: 1" "starts a register beside the policy"
says err "  - known-failures.yaml" "... and says how to name it"
gate findings known-failures.yaml
exits 0 "... which can be read"
gate accept "$T" --finding BUG-1 --reason r --owner ann --expires 2026-03-01 --now $now
exits 2 "the same again, though the policy does not name the register yet"
says err "'W-BUG-1' waives this test already" "... is noticed"
gate accept a::b --removed --register other.yaml
exits 0 "a register that is not there is started too"
(cd sub && "$GATE" accept a::b --removed --register ../more.yaml >../out 2>../err)
says err "  - more.yaml" "... named as the policy would"
says other.yaml '  - "a::b"' "... with the test"
printf 'nope: 1\n' >gate.yaml
gate accept a::b --removed
exits 2 "a bad policy"
rm gate.yaml
gate accept a::b --removed
exits 2 "no policy"
done_testing
