#!/bin/sh
# Rewrites what is generated in README.md and parsers/LEVELS.md: the tables, and the picture of
# the demo.
# usage: readme.sh GATE
set -eu
gate=$1
top=$(cd "$(dirname "$0")/.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for what in formats rules reporters presets severities; do
	"$gate" list "$what" --markdown >"$tmp/gate list $what --markdown"
done
{
	printf '```text\n'
	sh "$top/ci-examples/demo/run.sh" "$gate" || true
	printf '```\n'
} >"$tmp/make demo"
for file in README.md parsers/LEVELS.md; do
	awk -v tmp="$tmp" '
		/^<!-- (gate list [a-z]+ --markdown|make demo) -->$/ {
			print
			name = $0; sub(/^<!-- /, "", name); sub(/ -->$/, "", name)
			while ((getline line < (tmp "/" name)) > 0) print line
			skip = 1
			next
		}
		/^<!-- end -->$/ { skip = 0 }
		!skip' "$top/$file" >"$tmp/new"
	cat "$tmp/new" >"$top/$file"
done
