#!/bin/sh
# clang-tidy, cppcheck and gcc's -fanalyzer over every source file; the first complaint fails.
# usage: lint.sh "CFLAGS" FILE...
set -eu
bad=0
flags=$1
shift
for tool in clang-tidy cppcheck gcc; do
	command -v "$tool" >/dev/null || {
		echo "lint: $tool is not installed (Debian: clang-tidy cppcheck gcc)" >&2
		exit 1
	}
done
jobs=$(getconf _NPROCESSORS_ONLN)

echo "gcc -fanalyzer"
# Fail on its findings only; two checkers of gcc 12 don't follow allocators that never return NULL.
printf '%s\n' "$@" | xargs -P "$jobs" -n 4 sh -c '
	flags=$1 bad=0; shift
	for f; do
		gcc $flags -fanalyzer -Werror -fdiagnostics-plain-output -fanalyzer-verbosity=0 \
			-Wno-analyzer-possible-null-dereference -Wno-analyzer-possible-null-argument \
			-Wno-analyzer-malloc-leak -c -o /dev/null "$f" || bad=1
	done
	exit $bad' sh "$flags" || bad=1

echo "cppcheck"
cppcheck -q -j "$jobs" --std=c11 --enable=warning,performance,portability --inline-suppr \
	--suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck --error-exitcode=1 -I. "$@" || bad=1

echo "clang-tidy"
printf '%s\n' "$@" | xargs -P "$jobs" -n 6 sh -c '
	flags=$1; shift
	clang-tidy --quiet "$@" -- $flags 2>/dev/null' sh "$flags" || bad=1
[ "$bad" = 0 ] || { echo "lint: see above" >&2; exit 1; }
echo "lint: clean"
