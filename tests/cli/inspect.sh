#!/bin/sh
# gate inspect: files, folders, patterns, standard input; its statuses; the table for people.
. "$(dirname "$0")/../lib.sh"

cat >good.xml <<'EOF'
<testsuite name="s"><testcase classname="c" name="one" time="0.1"/>
<testcase classname="c" name="two"><failure message="boom">x</failure></testcase></testsuite>
EOF
printf '<testsuite name="s"><testcase classname="c" name="one"/><testca' >cut.xml
mkdir -p reports/deep
cp good.xml reports/b.xml
cp good.xml reports/deep/a.xml

gate inspect
exits 2 "no file is an error"
gate inspect good.xml
exits 0 "failing tests are no error: nothing is judged"
says out "good.xml: junit, complete" "the format and that it is whole"
says out "2 tests: 1 passed, 1 failed" "the counts"
says_not out "c::two" "no items unless asked for"
gate inspect --items good.xml
says out "c::two" "items when asked for"
says out "boom" "with their messages"

gate inspect cut.xml
exits 3 "a cut file ends in 3"
says out "cut.xml: junit, INCOMPLETE" "and says so"
says out "! truncated, line 1" "with the line"
gate inspect good.xml cut.xml
exits 3 "one of two incomplete is incomplete"
gate inspect nowhere.xml
exits 3 "a file that is not there ends in 3"
says out "missing" "and is called missing"
gate inspect 'nowhere/*.xml'
exits 3 "a pattern that matches nothing ends in 3"

gate inspect --json 'reports/**/*.xml'
exits 0 "a pattern"
is "$(grep -c '"path"' out)" 2 "finds files in folders"
gate inspect --json reports
is "$(grep '"path"' out | tr -d ' ,')" '"path":"reports/b.xml"
"path":"reports/deep/a.xml"' "a folder stands for the files in it, by path"

"$GATE" inspect - <good.xml >out 2>err
is "$?" 0 "standard input"
says out "standard input: junit, complete" "is named"
gzip -c good.xml | "$GATE" inspect --json - >out
is "$?" 0 "compressed standard input"
(sleep 0.1; printf '<testsuite name="s">'; sleep 0.1; printf '<testcase name="x"/></testsuite>') |
	"$GATE" inspect - >out
is "$?" 0 "a pipe that gives little at a time"
says out "1 test: 1 passed" "is read to its end"

gate inspect --format juni good.xml
exits 2 "an unknown format ends in 2"
says err "hint: did you mean 'junit'?" "with the nearest name"
gate inspect --format nothing-like-it good.xml
says err "gate list formats" "or with where the names are"
gate inspect --format junit good.xml
exits 0 "a format that is named"
echo '<project><target name="all"/></project>' >other.xml
gate inspect --format junit other.xml
exits 3 "XML that is no JUnit, called JUnit"
says out "not-recognised" "is not recognised"

gate inspect --json --items good.xml
cp out once
gate inspect --items --json good.xml
is "$(cat out)" "$(cat once)" "the same bytes twice"
is "$(tail -c 2 out | od -An -c | tr -d ' ')" '}\n' "one newline at the end"
is "$(grep -c '"schema": "regression-gate/inspect@1"' out)" 1 "the schema is named"

printf '<testsuite name="s"><testcase name="x &#x9b;31m \342\200\256 y"><failure message="::error::x"/></testcase></testsuite>' >evil.xml
gate inspect --items evil.xml
is "$(LC_ALL=C tr -d '\n -~' <out | wc -c)" 0 "hostile text is shown, never sent"
says_not out "             ::error" "nor taken for a command of the runner"

"$GATE" inspect --json --items good.xml >/dev/full 2>err
is "$?" 3 "a full disk ends in 3"
done_testing
