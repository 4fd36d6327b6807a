#!/bin/sh
# The unit tests, one TAP line for each program; its own output is shown when it fails.
. "$(dirname "$0")/lib.sh"
for t in "${UNIT:?}"/test_*; do
	[ -x "$t" ] || continue
	code=0
	# Started at the top of the tree: some read the fixtures.
	(cd "$top" && "$t") >out 2>&1 || code=$?
	ok "$code" "$(basename "$t")"
	[ "$code" = 0 ] || grep -v '  OK \]\|RUN  ' out | tail -n 40 | sed 's/^/# /'
done
done_testing
