#!/bin/sh
# touched-findings: open findings at lines that the change edits.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
commit() { git add -A && git commit -qm "$1"; }

git init -q -b main .
printf 'out\nerr\nr.xml\n' >.git/info/exclude
mkdir -p src/deep
seq 1 40 >src/stock.py
seq 1 40 >src/deep/price.py
seq 1 5 >"src/two words.py"
seq 1 5 >src/old.py
cat >audit.md <<'END'
# Audit

### AUD-1: Stock is off by one
- **Severity**: HIGH
- **Location**: `src/stock.py:10-12`

### AUD-2: Stock is slow
- **Severity**: LOW
- **Location**: `src/stock.py:30`

### AUD-3: Prices are wrong somewhere
- **Severity**: HIGH
- **Location**: `src/deep/price.py`

### AUD-4: Closed long ago
- **Severity**: HIGH
- **Status**: done
- **Location**: `src/stock.py:10`

### AUD-5: Goes with its file
- **Severity**: HIGH
- **Location**: `src/old.py:3`
END
cat >gate.yaml <<'END'
version: 1
registers: [audit.md]
reports: {unit: r.xml}
rules: {new-failures: 0, touched-findings: info}
END
echo '<testsuite name="s"><testcase classname="t" name="a"/></testsuite>' >r.xml
commit base

gate run
says_not out "does it close it?" "without a base there is nothing to say"
gate run --trusted-ref HEAD
says_not out "does it close it?" "nothing edited, nothing to say"

git checkout -q -b change
sed -i 's/^11$/eleven/' src/stock.py
sed -i '$a-- a/src/deep/price.py' "src/two words.py"
git rm -q src/old.py
commit change
gate run --trusted-ref main
exits 0 "a question is no verdict"
says out "AUD-1: the change edits src/stock.py:10-12, where it stands: does it close it?" \
	"the lines of an open finding"
says out "AUD-5: the change edits src/old.py:3" "a file that is deleted"
says_not out "AUD-2" "other lines of the file are not asked about"
says_not out "AUD-3" "nor a file that only a text of the change names"
says_not out "AUD-4" "nor a finding that is closed"

sed -i 's/^3$/three/' src/deep/price.py
git mv src/stock.py src/store.py
commit "rename, and edit a file that is named whole"
gate run --trusted-ref main --out json=-
says out '"audit/AUD-3"' "a file named whole"
says out '"audit/AUD-1"' "a renamed file keeps its old name"
sed -i 's/touched-findings: info/touched-findings: 0/' gate.yaml
commit "ask for good"
gate run --trusted-ref main
exits 1 "as a rule that fails"
says out "3 touched findings" "... it says how many"

# Many: a few are shown, all are in the JSON.
git checkout -q -f main
for i in 1 2 3 4 5 6 7; do
	printf '\n### MANY-%s: one of many\n- **Severity**: LOW\n- **Location**: `src/deep/price.py:%s`\n' \
		$i $i >>audit.md
done
commit many
git checkout -q -b edits
seq 100 140 >src/deep/price.py
commit "all of it"
gate run --trusted-ref main
is "$(grep -c 'does it close it' out)" 5 "at most five are shown"
says out "touched-findings: 3 more like these" "... and how many more"
done_testing
