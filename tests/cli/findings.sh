#!/bin/sh
# `gate findings`: operands, statuses, forms.
. "$(dirname "$0")/../lib.sh"

cat >scan.md <<'END'
# Scan

### F1: Parser accepts a cut file
- **Severity**: HIGH

### F2: Writer is slow
- **Severity**: LOW
END
cat >todo.md <<'END'
## TD-1 Refuse cut files
- **Status:** done
- **Priority:** P1
- **Description:** See 【F:scan.md†L3-L4】
END

gate findings
exits 2 "no register: invalid"
says err "hint: gate findings" "... with an example"

gate findings nowhere.md
exits 2 "a register that is not there: invalid"
says err "nowhere.md: error:" "... file named"
is "$(cat out)" "" "... and no result"

gate findings 'docs/*.md'
exits 2 "a glob that matches nothing: invalid"
says err "docs/*.md: error:" "... pattern named"

gate findings scan.md nowhere.md
exits 2 "one of two is not there: invalid"

gate findings --now yesterday scan.md
exits 2 "--now must be a time"
gate findings --color sometimes scan.md
exits 2 "--color has three words"
gate findings --agaisnt x scan.md
exits 2 "unknown options are refused"

gate findings scan.md todo.md
exits 0 "a table"
says out "SEVERITY" "... with a head"
says out "TD-1 tracks scan/F1" "... with links"
says out "F1 is done by todo.md:2" "... and what another register says"
says out "3 findings in 2 registers: 1 open, 2 done" "... and totals"
says_not out "$(printf '\033')" "... without colours in a file"
gate findings --color always scan.md
says out "$(printf '\033')" "colours on demand"

gate findings scan.md ./scan.md 'sc*.md'
says out "in 1 register:" "a file named three times is one register"

mkdir -p folder/deep
cp scan.md folder/deep/scan.md
echo 'name: not a register' >folder/other.yaml
echo 'hello' >folder/notes.txt
gate findings folder
exits 0 "a folder stands for its registers"
says out "folder/deep/scan.md:3" "... however deep"
mkdir empty
gate findings empty
exits 2 "a folder without registers: invalid"

gate findings --json scan.md todo.md
cp out first
gate findings --json scan.md todo.md
cmp -s out first
ok $? "the same bytes twice"
is "$(tail -c 2 out | od -An -tx1 | tr -d ' ')" "7d0a" "one newline at the end"

# A stale entry is a contradiction: a note, and an error with --strict.
cat >>todo.md <<'END'

## TD-2 Later
- **Status:** todo
- **Priority:** P2
END
printf '# Status\n\n## Done\n- TD-2 is finished.\n' >status.md
gate findings todo.md status.md
exits 0 "problems alone are no error"
says out "status-conflict" "... but shown"
gate findings --strict todo.md status.md
exits 2 "--strict: problems are errors"
gate findings --strict scan.md todo.md
exits 0 "--strict without problems"

"$GATE" findings scan.md >/dev/full 2>err2
is "$?" 3 "a full disk is no success"
done_testing
