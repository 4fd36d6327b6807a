#!/bin/sh
# What the CI examples promise: no expression in a script, least permissions, everything documented.
. "$(dirname "$0")/../lib.sh"
is "$(python3 "$top/tests/meta/examples.py" "$top" 2>&1)" "" "ci-examples keep their promises"
for script in "$top"/ci-examples/*.sh "$top"/ci-examples/*/*.sh; do
	case $(head -n 1 "$script") in
	*bash) bash -n "$script" ;;
	*) sh -n "$script" ;;
	esac
	ok $? "$(basename "$script") is read by its shell"
done
done_testing
