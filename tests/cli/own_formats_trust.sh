#!/bin/sh
# A change that describes a format anew does not decide what its own reports say.
. "$(dirname "$0")/../lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@example.org GIT_COMMITTER_NAME=ann \
	GIT_COMMITTER_EMAIL=ann@example.org
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_SHA GITHUB_REF CI_MERGE_REQUEST_IID
commit() { git add -A && git commit -qm "$1"; }
judge() { gate run --now 2026-11-20T12:00:00Z --out json=- --out console="$scratch/text" "$@"; }

git init -q -b main repo
cd repo || exit 1
printf 'out\nerr\nstatus\n' >.git/info/exclude
cat >gate.yaml <<'END'
version: 1
formats:
  acme: {syntax: json, each: "results[]", rule: id, severity: sev}
reports:
  acme: {path: ../acme.json, format: acme}
rules:
  new-issues: {max: {high: 0}}
END
commit base
echo '{"results":[{"id":"A","sev":"error","mine":true}]}' >../acme.json
judge --trusted-ref main
exits 1 "the format of the trusted revision finds it"

git checkout -qb looser
sed -i 's/severity: sev}/severity: sev, pass: mine}/' gate.yaml
commit looser
judge --trusted-ref none
exits 0 "a description that lets it pass"
judge --trusted-ref main
exits 1 "does not count in the change that makes it"
says out "changes formats.acme" "and is pending"

git checkout -q main
git checkout -qb words
echo 'severities: {error: low}' >>gate.yaml
commit words
judge --trusted-ref none
exits 0 "words that lower a level"
judge --trusted-ref main
exits 1 "do not count either"
says out "changes severities" "and are pending"

git checkout -q main
git checkout -qb gone
sed -i '/^formats/,/syntax/d; s/, format: acme//' gate.yaml
commit gone
judge --trusted-ref main
exits 1 "a description that is taken away is still used"
says out "changes formats.acme" "and its removal pending"

git checkout -q main
git checkout -qb more
sed -i 's/^formats:/&\n  other: {syntax: lines, regex: "^(?<file>.+): (?<message>.+)"}/; s/^reports:/&\n  other: {path: ..\/other.txt, format: other}/' gate.yaml
commit more
echo 'a.c: bad' >../other.txt
judge --trusted-ref main
exits 1 "a new report in a new format counts at once"
says out '"path": "../other.txt"' "it is read"
says_not out "changes formats" "and nothing is pending"
done_testing
