#!/bin/sh
# gcc's -fanalyzer, cppcheck and clang-tidy over one source file; a stamp says that it is clean,
# so that only what changed is looked at again. The Makefile's `lint` runs it for each.
# usage: lint.sh "CFLAGS" FILE STAMP   or   lint.sh tools
set -u
if [ "$1" = tools ]; then
	for tool in clang-tidy cppcheck gcc; do
		command -v "$tool" >/dev/null || {
			echo "lint: $tool is not installed (Debian: clang-tidy cppcheck gcc)" >&2
			exit 1
		}
	done
	exit 0
fi
flags=$1
file=$2
stamp=$3
bad=0

# Two checkers of gcc 12 don't follow allocators that never return NULL.
gcc $flags -MMD -MP -MT "$stamp" -MF "${stamp%.ok}.d" -fanalyzer -Werror -fdiagnostics-plain-output \
	-fanalyzer-verbosity=0 -Wno-analyzer-possible-null-dereference -Wno-analyzer-possible-null-argument \
	-Wno-analyzer-malloc-leak -c -o /dev/null "$file" || bad=1
cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
	--suppress=nullPointerRedundantCheck --error-exitcode=1 -I. "$file" || bad=1
# A quarter of the paths that clang's analyzer would walk cost a quarter of the time.
set -- --extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes=60000
clang-tidy --quiet "$@" "$file" -- $flags 2>/dev/null || bad=1
[ "$bad" = 0 ] || {
	echo "lint: $file: see above" >&2
	exit 1
}
: >"$stamp"
