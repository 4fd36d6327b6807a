# golden.sh -- golden folders: text in, text out. Sourced by tests/*.t after lib.sh.
# GOLDEN=rewrite writes what the program says over the expected files; look at the diff.

# same EXPECTED-FILE GOT-FILE DESCRIPTION
same() {
	if [ "${GOLDEN:-}" = rewrite ] && ! cmp -s "$1" "$2"; then
		cp "$2" "$1"
	fi
	if cmp -s "$1" "$2"; then
		ok 0 "$3"
	else
		ok 1 "$3"
		diff -u "$1" "$2" 2>&1 | head -n 40 | sed 's/^/# /'
	fi
}

# golden_json FOLDER ARGS...: `gate ARGS input*` in each case folder gives expected.json
golden_json() {
	kind=$1
	shift
	for dir in "$top/tests/$kind"/*/*/; do
		[ -d "$dir" ] || continue
		name=${dir#"$top/tests/"}
		(cd "$dir" && "$GATE" "$@" input* >"$scratch/got" 2>"$scratch/err" </dev/null)
		code=$?
		if [ "$code" -gt 3 ] || [ ! -s "$scratch/got" ]; then
			ok 1 "$name: ended in $code"
			sed 's/^/#   err: /' "$scratch/err"
		else
			same "${dir}expected.json" "$scratch/got" "$name"
		fi
	done
}

# golden_cmd FOLDER...: `gate $(cat cmd)` gives expected.out, .err (when there), .status
golden_cmd() {
	for kind in "$@"; do
		for dir in "$top/tests/$kind"/*/*/ "$top/tests/$kind"/*/; do
			[ -f "${dir}cmd" ] || continue
			name=${dir#"$top/tests/"}
			code=0
			(cd "$dir" && eval "\"\$GATE\" $(cat cmd)" >"$scratch/got" 2>"$scratch/err" </dev/null) || code=$?
			same "${dir}expected.out" "$scratch/got" "${name} output"
			if [ -f "${dir}expected.err" ]; then
				same "${dir}expected.err" "$scratch/err" "${name} messages"
			fi
			want=0
			[ -f "${dir}expected.status" ] && want=$(cat "${dir}expected.status")
			if [ "${GOLDEN:-}" = rewrite ] && [ "$want" != "$code" ]; then
				echo "$code" >"${dir}expected.status"
				want=$code
			fi
			is "$code" "$want" "${name} exit status"
			[ "$code" = "$want" ] || sed 's/^/#   err: /' "$scratch/err"
		done
	done
}
