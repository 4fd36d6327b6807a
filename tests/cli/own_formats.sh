#!/bin/sh
# formats: of a policy: described JSON, JSON Lines, XML and lines; mistakes; what is never clean.
. "$(dirname "$0")/../lib.sh"

cat >gate.yaml <<'EOP'
version: 1
formats:
  acme-scan:
    syntax: json
    kind: security
    tool: acme
    each: results[]
    rule: check.id
    message: "{title}: {detail}"
    file: loc.path
    line: loc.line
    severity: sev
    levels: {BLOCK: critical}
    suppressed: muted
    pass: status=ok
    records:
      - {what: failed, each: "errors[]", message: text}
  acme-log:
    syntax: lines
    tool: acmelint
    errorformat: ["%f:%l:%c: %t%*[a-z]: %m", "%E%trror[%n]: %m"]
    levels: {w: medium, e: high}
    records:
      - {what: more, errorformat: "%C --> %f:%l:%c"}
      - {what: ignore, regex: '^# '}
      - {what: clean, regex: '^all good'}
  acme-xml:
    syntax: xml
    root: results
    each: results/problem
    rule: "@id"
    message: text
    severity: "@sev"
    when: "@state=new"
    records:
      - {what: place, each: problem/at, file: "@file", line: "@line"}
  acme-tests:
    syntax: json-lines
    kind: tests
    name: test
    outcome: result
    outcomes: {good: passed, bad: failed}
    message: why
  acme-groups:
    syntax: lines
    kind: lint
    regex: '^\s+(?<line>\d+):(?<col>\d+)\s+(?<severity>\w+)\s+(?<message>.*?)\s\s(?<rule>\S+)$'
    records:
      - {what: heading, regex: '^(?<file>\S+\.\w+)$'}
  acme-shape:
    syntax: lines
    shape: "{file}({line}): {severity} {code}: {message}"
reports:
  scan: {path: scan.json, format: acme-scan}
rules:
  new-issues: {max: {critical: 0}}
EOP
cat >scan.json <<'EOF2'
{"results":[
{"check":{"id":"A1"},"title":"Bad","detail":"very","loc":{"path":"a.c","line":3},"sev":"BLOCK","status":"bad","muted":false},
{"check":{"id":"A2"},"title":"Muted","loc":{"path":"a.c","line":4},"sev":"BLOCK","status":"bad","muted":true},
{"check":{"id":"A3"},"title":"Fine","loc":{"path":"a.c","line":5},"sev":"low","status":"ok","muted":false}]}
EOF2
gate policy check
exits 0 "the policy is valid"
gate inspect --policy gate.yaml --items scan.json
exits 0 "JSON, by the policy's own report of that path"
is "$(cat out)" "scan.json: acme-scan by acme, complete
  3 results: 1 critical, 1 suppressed
    critical A1  (a.c:3)
             Bad: very
    suppressed A2  (a.c:4)
             Muted
    low      A3  (a.c:5)
             Fine" "every field, the levels, what is suppressed, what passes"
gate run
exits 1 "and it is judged"
says out "A1" "by name"
gate run --report scan=acme-scan:scan.json
exits 1 "named on the command line too"
printf '{"results":[],"errors":[{"text":"no licence"}]}' >scan.json
gate run
exits 3 "an error of the tool is inconclusive"
says out "no licence" "in its own words"
printf '{"results":[]}' >scan.json
gate run
exits 0 "an empty list is clean"
printf '{"result":[]}' >scan.json
gate run
exits 3 "a list that is not there is not"
says out "\`results[]\` leads nowhere (gate.yaml:7:11)" "and the field is pointed at"

printf 'a.c:3:4: warning: bad thing\n# error: x\nerror[12]: worse\n --> b.c:4:1\nhello\n' >log.txt
gate inspect --format acme-log --items log.txt
exits 0 "lines, by errorformat; the policy is looked for"
is "$(cat out)" "log.txt: acme-log by acmelint, complete
  2 results: 1 high, 1 medium
    high     12  (b.c:4)
             worse
    medium   acmelint  (a.c:3)
             bad thing" "the line that goes on gives the place"
echo "all good" >log.txt
gate inspect --format acme-log log.txt
exits 0 "a line that says so is clean"
echo "# nothing" >log.txt
gate inspect --format acme-log log.txt
exits 3 "no such line is not"
echo "something else" >log.txt
gate inspect --format acme-log log.txt
exits 3 "nor are lines of another kind"
says out "no line of it fits" "which is said"
: >log.txt
gate inspect --format acme-log log.txt
exits 3 "nor is an empty file"
says out "empty" "which is said"
printf 'sh: 1: acmelint: not found\n' >log.txt
gate inspect --format acme-log log.txt
says out "tool-not-found" "a shell's cry is one"
printf 'a.c:3:4: warning: bad thing\na.c:4' >log.txt
gate inspect --format acme-log log.txt
exits 3 "a line that is cut off"

cat >p.xml <<'EOF2'
<results><problem id="X" sev="high" state="new"><text>oh</text><at file="a.c" line="7"/></problem>
<problem id="Y" sev="low" state="old"><text>no</text><at file="a.c" line="8"/></problem></results>
EOF2
gate inspect --format acme-xml --items p.xml
is "$(cat out)" "p.xml: acme-xml, complete
  1 result: 1 high
    high     X  (a.c:7)
             oh" "XML: attributes, texts, a place inside, a condition"
printf '<results/>' >p.xml
gate inspect --format acme-xml p.xml
exits 0 "nothing where records would be is clean"
printf '<results><other/></results>' >p.xml
gate inspect --format acme-xml p.xml
exits 3 "another element there is not"
printf '<wrong/>' >p.xml
gate inspect --format acme-xml p.xml
exits 3 "nor is another document"

printf '{"test":"a","result":"good"}\n{"test":"b","result":"bad","why":"boom"}\n' >t.jsonl
gate inspect --format acme-tests --items t.jsonl
is "$(cat out)" "t.jsonl: acme-tests, complete
  2 tests: 1 passed, 1 failed
    passed   a
    failed   b
             boom" "JSON Lines, tests"
printf '{"test":"a","result":"odd"}\n' >t.jsonl
gate inspect --format acme-tests t.jsonl
says out "1 error" "a word that nobody explained is no pass"

printf 'src/a.js\n  3:4  error  No this  no-this\n  5:1  warning  Nor that  no-that\n' >g.txt
gate inspect --format acme-groups --items g.txt
says out "no-this  (src/a.js:3)" "named groups, and a heading for the file"
says out "1 high, 1 medium" "words that everybody uses need no table"
printf 'a.c(12): error C12: bad\n' >s.txt
gate inspect --format acme-shape --items s.txt
says out "C12  (a.c:12)" "a shape, as the built-in formats are described"

# A tool's words by the policy: before every table, for one tool before for all.
printf 'version: 1\nseverities: {error: low, "checkstyle:warning": critical}\n' >words.yaml
cat >c.xml <<'EOF2'
<checkstyle><file name="a.java"><error line="1" severity="error" message="m" source="com.puppycrawl.tools.checkstyle.A"/>
<error line="2" severity="warning" message="n" source="com.puppycrawl.tools.checkstyle.B"/></file></checkstyle>
EOF2
gate inspect c.xml
says out "1 high, 1 medium" "the format's own table"
gate inspect --policy words.yaml c.xml
says out "1 critical, 1 low" "the policy's words outrank it"
gate inspect --policy words.yaml --items --json c.xml
says out '"raw": "error"' "and the tool's word is kept"

# try DESCRIPTION [FILE]: one format `f`, checked, and a file read by it
try() {
	printf 'version: 1\nformats:\n  f: %s\n' "$1" >g.yaml
	if [ $# -eq 1 ]; then gate policy check g.yaml; else gate inspect --policy g.yaml --format f "$2"; fi
}
cat >r.json <<'EOF2'
{"results":[{"id":"A","title":"t","sev":"low"},{"id":"B","title":"u","sev":"low"}]}
EOF2
try '{syntax: json, each: "results[]", rule: idd, message: titel}' r.json
exits 3 "neither rule nor message in any record"
says out "no record has a \`rule\`: \`idd\` leads nowhere (g.yaml:3:46)" "the rule's place"
says out "no record has a \`message\`: \`titel\` leads nowhere (g.yaml:3:60)" "the message's"
try '{syntax: json, each: "results[]", rule: id, file: path}' r.json
exits 0 "a file that no record has is a note"
says out "no record has a \`file\`" "which is said"
try '{syntax: json, each: "results[]", rule: id, when: "stat=bad"}' r.json
exits 3 "all records go by a condition on what is in none"
try '{syntax: json, each: "results[]", rule: id, when: "sev=high"}' r.json
exits 0 "on what is in them: that is clean"
try '{syntax: json, each: "results[]", rule: id, pass: "stat!=bad"}' r.json
exits 3 "all pass by what is in none"
try '{syntax: json, each: "results[]", rule: id, suppressed: "!used"}' r.json
exits 3 "all are suppressed by what is in none"
try '{syntax: json, each: "results[].more[]", rule: id, file: ^id}' r.json
exits 3 "records inside of records, under a wrong name"
try '{syntax: json, each: "results[].more[]", rule: id, ran: results}' r.json
exits 0 "unless the description says what shows that it ran"
printf '%060d!\n' 0 >evil.txt
try "{syntax: lines, regex: '^(?<message>(0+)+)\$'}" evil.txt
exits 3 "a pattern that takes too many steps gives up"
says out "g.yaml:3:29 gave up on this line" "and says where it stands"

# wrong DESCRIPTION WORDS NAME
wrong() {
	try "$1"
	exits 2 "$3"
	says err "$2" "... $3"
}
wrong '{each: "a[]", rule: x}' "has no \`syntax\`" "no syntax"
wrong '{syntax: json, rule: x}' "needs \`each\`" "no each"
wrong '{syntax: json, each: "a[]", file: x}' "needs a \`rule\` or a \`message\`" "no rule"
wrong '{syntax: json, each: "a[]", rule: x, outcome: y}' "g.yaml:3:52: error: \`outcome\` means nothing" "a field of tests"
wrong '{syntax: json, each: "a[]", rule: x, regex: y}' "\`regex\` is for \`syntax: lines\`" "a pattern in JSON"
wrong '{syntax: json, each: "a[]", rule: "a{b"}' "g.yaml:3:40: error: \`rule: a{b\` can't be" "an open brace"
wrong '{syntax: json, each: "a[]", rule: "^^^x"}' "more \`^\`" "higher than the document"
wrong '{syntax: json, each: "a[", rule: x}' "g.yaml:3:27: error: \`each: a[\`" "a path that is none"
wrong '{syntax: json, each: "a[]", rule: x, levels: {bad: grave}}' "grave" "a level that is none"
wrong '{syntax: json, each: "a[]", rule: x, eech: y}' "did you mean 'each'" "a key that is none"
wrong '{syntax: json, kind: tests, each: "a[]", name: x}' "needs an \`outcome\`" "tests without outcome"
wrong '{syntax: json, kind: tests, each: "a[]", what: x}' "what" "the first record is what the kind says"
wrong '{syntax: json, records: {what: failed, each: a, message: b}}' "no record of \`what: issue\`" "no results at all"
wrong '{syntax: json, records: {what: test, each: a, name: b, outcome: c}}' "\`what: test\` in a format of kind lint" "tests in a format of lint"
wrong '{syntax: json}' "describes no record" "nothing described"
wrong '{syntax: xml, each: a/b, rule: "@x"}' "has no \`root\`" "no root"
wrong '{syntax: xml, root: a, each: b, rule: "@x"}' "does not say what is around the records" "no parent"
wrong '{syntax: xml, root: a, each: a/b, rule: "c[x]"}' "\`rule: c[x]\` can't be" "a bracket that is none"
wrong '{syntax: xml, root: a, each: a/b, rule: c, when: "x!=y"}' "in XML a condition is" "a condition that XML has not"
wrong "{syntax: lines, regex: '(?<message>x'}" "missing closing parenthesis" "a regex that is none"
wrong "{syntax: lines, regex: '(?<mesage>x)'}" "did you mean 'message'" "a group that is none"
wrong "{syntax: lines, regex: '(?<message>x*)'}" "fits an empty line" "a pattern that fits nothing"
wrong "{syntax: lines, regex: '(?<file>x)'}" "needs a \`rule\` or a \`message\`" "a group that says nothing"
wrong "{syntax: lines, regex: '(?<message>x)', rule: id}" "no pattern of this record has a group 'id'" "a field without its group"
wrong "{syntax: lines, errorformat: '%f:%y'}" "not known" "an item that is none"
wrong "{syntax: lines, shape: '{fiel}: {message}'}" "no shape of a line" "a shape that is none"
wrong "{syntax: lines, rule: x}" "needs a pattern" "no pattern"
printf 'formats: {junit: {syntax: json, each: "a[]", rule: x}}\n' >g.yaml
gate policy check g.yaml
exits 2 "a built-in name"
says err "'junit' is a format that is built in" "is refused"
printf 'formats: {a/b: {syntax: json, each: "a[]", rule: x}}\n' >g.yaml
gate policy check g.yaml
exits 2 "a name that can't be named"
printf 'formats: {acme: {syntax: json, each: "a[]", rule: x}}\nreports: {s: {path: a.json, format: acne}}\n' >g.yaml
gate policy check g.yaml
says err "did you mean 'acme'" "a misspelt format"
gate inspect --format acne scan.json
exits 2 "a format that neither is built in nor described"
done_testing
