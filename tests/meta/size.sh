#!/bin/sh
# A file over 500 lines is two ideas, unless its head says "Long because".
. "$(dirname "$0")/../lib.sh"
for f in $(cd "$top" && find gate parsers policies tests ci-examples \( -name '*.c' -o -name '*.h' -o -name '*.sh' -o -name '*.py' \) | sort); do
	lines=$(wc -l <"$top/$f")
	if [ "$lines" -gt 500 ] && ! head -n 30 "$top/$f" | grep -q 'Long because'; then
		ok 1 "$f has $lines lines"
	fi
done
long=$(cd "$top" && find gate parsers policies tests \( -name '*.c' -o -name '*.h' \) -print0 | xargs -0 awk '
	{ gsub(/\t/, "        ") } length($0) > 100 { print FILENAME ":" FNR ": " length($0) " columns" }' | sort)
is "$(echo "$long" | head -n 10)" "" "no line over 100 columns"
ok 0 "sizes looked at"
done_testing
