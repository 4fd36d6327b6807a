# lib.sh -- TAP for shell tests: source it, call ok, is, gate, exits, says; end with done_testing.
# $GATE is the binary under test. Every test runs in a scratch folder that goes away.

: "${GATE:?set GATE to the binary under test}"
top=$(cd "$(dirname "$0")" && while [ ! -f Makefile ] && [ "$PWD" != / ]; do cd ..; done && pwd)
n=0
failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
# What the job or the hook that runs the tests is about is none of theirs.
unset NO_COLOR COLUMNS GATE_TOKEN GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
for v in $(env | sed -nE 's/^((GITHUB|GITLAB|RUNNER|CI)(_[A-Z0-9_]+)?)=.*/\1/p'); do
	unset "$v"
done
export LC_ALL=C TZ=UTC GIT_CONFIG_GLOBAL=/dev/null # nobody's own signing, hooks, line ends

# ok CONDITION-STATUS DESCRIPTION
ok() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=$((failed + 1))
	fi
}

# is GOT EXPECTED DESCRIPTION
is() {
	if [ "$1" = "$2" ]; then
		ok 0 "$3"
	else
		ok 1 "$3"
		printf '%s\n' "$1" | sed 's/^/#   got: /'
		printf '%s\n' "$2" | sed 's/^/#  want: /'
	fi
}

# gate ARGS: runs it; sets $status, `out` and `err` are files
gate() {
	status=0
	"$GATE" "$@" >out 2>err </dev/null || status=$?
}

# exits STATUS DESCRIPTION: of the last gate
exits() {
	is "$status" "$1" "$2"
	[ "$status" = "$1" ] || sed 's/^/#   err: /' err
}

# says FILE TEXT DESCRIPTION: FILE (out, err, any) holds TEXT
says() {
	if grep -qF -- "$2" "$1"; then
		ok 0 "$3"
	else
		ok 1 "$3"
		printf '#  want: %s\n' "$2"
		head -n 20 "$1" | sed 's/^/#   got: /'
	fi
}

says_not() {
	if grep -qF -- "$2" "$1"; then
		ok 1 "$3"
		grep -nF -- "$2" "$1" | head -n 5 | sed 's/^/#   got: /'
	else
		ok 0 "$3"
	fi
}

skip() {
	n=$((n + 1))
	echo "ok $n # skip $1"
}

done_testing() {
	echo "1..$n"
	[ "$failed" -eq 0 ]
}
