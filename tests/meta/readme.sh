#!/bin/sh
# The generated tables of README.md and parsers/LEVELS.md are what the program says; between
# <!-- gate list X --markdown --> and <!-- end --> stands its output.
. "$(dirname "$0")/../lib.sh"
readme=$top/README.md
for what in formats rules reporters presets severities; do
	awk -v open="<!-- gate list $what --markdown -->" '
		$0 == open { on = 1; next } /^<!-- end -->$/ { on = 0 } on' "$readme" \
		"$top/parsers/LEVELS.md" >want
	gate list "$what" --markdown
	[ -s want ]
	ok $? "README has a table of $what"
	is "$(cat want)" "$(cat out)" "README's table of $what is current (make readme rewrites it)"
done
{ printf '```text\n'; sh "$top/ci-examples/demo/run.sh" "$GATE"; printf '```\n'; } >out
awk '/^<!-- make demo -->$/ { on = 1; next } /^<!-- end -->$/ { on = 0 } on' "$readme" >want
is "$(cat want)" "$(cat out)" "README's picture of the demo is what the demo prints"
# Every command the README shows for people to run exists.
for target in $(sed -n 's/^make \([a-z]*\).*/\1/p' "$readme" | sort -u); do
	grep -q "^$target:" "$top/Makefile"
	ok $? "README's make $target is a target"
done
for c in $(grep -o '`gate [a-z]*' "$readme" | sed 's/`gate //' | sort -u); do
	gate "$c" --help
	exits 0 "README's gate $c is a command"
done
# The structured register it shows is one, without a word that is not known.
awk '/^# known-failures.yaml$/ { on = 1 } /^```$/ { on = 0 } on' "$readme" >known-failures.yaml
gate findings --strict --json known-failures.yaml
exits 0 "README's structured register is valid"
is "$(grep -c '"qualified"' out)" 3 "... with its three findings"
done_testing
