#!/bin/sh
# Outputs that can't be written: 3 instead of 0, 1 stays 1, and no half file is left.
. "$(dirname "$0")/../lib.sh"
echo '<testsuite name="s"><testcase classname="c" name="ok"/></testsuite>' >green.xml
echo '<testsuite name="s"><testcase classname="c" name="x"><failure/></testcase></testsuite>' >red.xml
printf '# A\n\n## BUG-A01 Totals are off\n\n- **Severity**: P1\n' >audit.md

# to STATUS DESCRIPTION ARGS...: the standard output goes to a full disk
to_full() {
	want=$1
	what=$2
	shift 2
	status=0
	"$GATE" "$@" >/dev/full 2>err </dev/null || status=$?
	exits "$want" "$what on a full disk"
	is "$(grep -c 'cannot write' err)" 1 "$what says so, once"
	status=0
	"$GATE" "$@" >&- 2>err </dev/null || status=$?
	exits "$want" "$what without a standard output"
}

if [ -w /dev/full ]; then
	to_full 3 "gate run" run green.xml
	to_full 1 "a blocked gate run" run red.xml
	to_full 3 "gate inspect" inspect green.xml
	to_full 3 "gate inspect --json" inspect --json green.xml
	to_full 3 "gate findings" findings audit.md
	to_full 3 "gate findings --json" findings --json audit.md
	to_full 3 "gate list" list rules
	to_full 3 "gate --help" --help
	to_full 3 "gate run --help" run --help
	to_full 3 "gate --version" --version
	for format in json markdown console; do
		gate run green.xml --out "$format=/dev/full"
		exits 3 "--out $format to a full disk"
		gate run red.xml --out "$format=/dev/full"
		exits 1 "--out $format to a full disk does not hide a failure"
	done
	gate run green.xml --out json=/dev/full --out markdown=whole.md
	exits 3 "one output that fails"
	ok "$([ -s whole.md ]; echo $?)" "stops no other"
else
	skip "there is no /dev/full"
fi

# ---- names that can't be written
mkdir folder
echo old >kept.json
for name in folder folder/none/x.json kept.json/x.json; do
	gate run green.xml --out "json=$name"
	exits 3 "--out json=$name"
	says err "$name" "the file is named"
done
is "$(cat kept.json)" old "what stood there still stands"
gate run green.xml --out json=kept.json
exits 0 "a file is replaced"
says kept.json '"verdict": "pass"' "by the whole document"
gate run green.xml --out json=a --out markdown=a
exits 2 "two outputs for one file"
ok "$([ ! -e a ]; echo $?)" "and nothing was written"
gate run green.xml --out json=- --out markdown=-
exits 2 "two outputs for the standard output"
is "$(find . -name '*.json.*' -o -name '*.md.*')" "" "no temporary file is left"

# ---- without standard error, or any stream at all
status=0
"$GATE" run red.xml >out 2>&- </dev/null || status=$?
exits 1 "without a standard error"
status=0
"$GATE" run red.xml --out json=b.json <&- >&- 2>&- || status=$?
exits 1 "without any stream"
tail -c 2 b.json | grep -q '}'
ok $? "the file is whole all the same"
status=0
"$GATE" run - <&- >out 2>err || status=$?
exits 3 "a report from a standard input that is closed"
( "$GATE" list rules; echo $? >code ) 2>err | head -c 1 >/dev/null
ok 0 "a reader that goes away is no crash: $(cat code)"

# ---- reports that are no plain files
mkfifo pipe
cat green.xml >pipe &
gate run pipe
exits 0 "a pipe is read"
wait
gate run folder
exits 3 "an empty folder is no report"
ln -s nowhere.xml dangling.xml
gate run dangling.xml
exits 3 "a link to nothing"
gate run "$(printf 'a\nb\033[31m.xml')"
exits 3 "a name with a line feed and an escape"
ok "$(grep -q "$(printf '\033')" out err; [ $? = 1 ]; echo $?)" "is escaped"
gate findings '::error::x ##[error]y.md'
exits 2 "a name that is a command to a runner"
ok "$(grep -q '^::\|##\[' err; [ $? = 1 ]; echo $?)" "is none in the log"
done_testing
