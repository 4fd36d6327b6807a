#!/bin/sh
# A tool's text that was cut before its summary is never complete: the gate would pass on what
# it did not see.
. "$(dirname "$0")/../lib.sh"

# never_whole FIXTURE: every front of the text, by lines and in the middle of them
never_whole() {
	file="$top/tests/formats/$1/input.txt"
	last=$(wc -c <"$file")
	summary=$(tail -n "${2:-1}" "$file" | wc -c)
	end=$((last - summary))
	rm -rf cut
	mkdir cut
	at=1
	while [ "$at" -lt "$end" ]; do
		head -c "$at" "$file" >"cut/$at.txt"
		at=$((at + 1 + end / 97))
	done
	head -c "$end" "$file" >"cut/$end.txt"
	gate inspect --json cut/*.txt
	exits 3 "$1 cut anywhere ends in 3"
	says_not out '"complete": true' "$1 cut anywhere is not complete"
}

never_whole pytest-text/plain
never_whole pytest-text/quiet
never_whole pytest-text/line-tracebacks
never_whole pytest-text/no-summary
never_whole pytest-text/verbose
never_whole pytest-text/nested
never_whole mypy/errors
never_whole mypy/pretty
never_whole mypy/no-codes
never_whole ruff/full 2
never_whole ruff/concise 2
never_whole ruff/grouped 2
never_whole ruff/layout
never_whole eslint-stylish/several 3
never_whole stylelint-text/errors 3
never_whole rubocop-text/clang 2
never_whole javac/errors 2
never_whole tap/node 9
never_whole sanitizer/use-after-free 33

# What was read before the cut stays read: a failure in it is still one.
head -n 80 "$top/tests/formats/pytest-text/plain/input.txt" >half.txt
gate inspect half.txt
exits 3 "a cut terminal output ends in 3"
says out "3 error" "the errors before the cut are kept"
printf '%s\n' '...F..s  [ 50%]' >letters.txt
gate inspect --json letters.txt
says out "declared-mismatch" "a failure known by its letter alone is kept"
done_testing
