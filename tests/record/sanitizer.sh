#!/bin/sh
# sanitizer.sh -- records tests/formats/sanitizer. Addresses and process numbers are made
# equal, so that recording again changes nothing but what the tools did.
. "$(dirname "$0")/record.sh"
begin sanitizer "gcc $(gcc -dumpfullversion), clang $(clang -dumpversion)"
export TSAN_OPTIONS=color=never ASAN_OPTIONS=color=never

run() {
	compiler=$1 with=$2 what=$3
	"$compiler" -g -w -O0 -fsanitize="$with" -o "$work/faults" native/faults.c -lpthread &&
		"$work/faults" "$what" 2>&1 | sed -e 's/^==[0-9]*==/==100==/' -e 's/(pid=[0-9]*/(pid=100/' \
			-e 's/0x[0-9a-f]\{6,\}/0x602000000010/g' -e "s|$work/faults|/build/faults|g" \
			-e 's/tid=[0-9]*/tid=101/g' -e 's/, BuildId: [0-9a-f]*//' \
			-e 's/BuildId: [0-9a-f]*/BuildId: 133bfede/'
}
keep use-after-free run gcc address use-after-free
keep overflow-clang run clang address overflow
keep leak run gcc address leak
keep undefined run gcc undefined undefined
keep undefined-clang run clang undefined undefined
keep race run gcc thread race
cut_run() {
	run gcc address overflow | head -n 6
}
keep cut cut_run
