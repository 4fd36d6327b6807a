#!/bin/sh
# Every module is registered once and has fixtures; nothing is registered that is not there.
. "$(dirname "$0")/../lib.sh"

# registered LIST MACRO: the names in a list.h
registered() {
	sed -n "s/^$2(\([a-z0-9_]*\)).*/\1/p" "$top/$1" | sort
}

# modules FOLDER: the names of its top-level .c files
modules() {
	for f in "$top/$1"/*.c; do
		[ -f "$f" ] && basename "$f" .c
	done | sort
}

# family FOLDER LIST MACRO FIXTURES
family() {
	is "$(modules "$1")" "$(registered "$2" "$3")" "every file of $1 is listed in $2, and only those"
	is "$(registered "$2" "$3" | uniq -d)" "" "nothing is listed twice in $2"
	for m in $(registered "$2" "$3"); do
		dash=$(echo "$m" | tr _ -)
		[ -n "$(ls -d "$top/$4/$m"/*/ "$top/$4/$dash"/*/ 2>/dev/null)" ]
		ok $? "$m has fixtures in $4"
	done
}

family parsers parsers/list.h PARSER tests/formats
family parsers/registers parsers/registers/list.h REGISTER_PARSER tests/registers
family policies policies/list.h RULE tests/rules
family gate/report gate/report/list.h REPORTER tests/reporters

commands=$(sed -n 's/^COMMAND(\([a-z0-9_]*\)).*/\1/p' "$top/gate/commands.h" | sort)
files=$(cd "$top/gate" && ls cmd_*.c | sed 's/^cmd_//; s/\.c$//' | sort)
is "$files" "$commands" "every gate/cmd_*.c is listed in gate/commands.h, and only those"
for c in $commands; do
	gate "$c" --help
	exits 0 "gate $c --help"
done

evidence=$(sed -n 's/^EVIDENCE(\([a-z0-9_]*\)).*/\1/p' "$top/gate/correlate/list.h" | sort)
defined=$(sed -n 's/^const struct evidence_rule evidence_\([a-z0-9_]*\) =.*/\1/p' "$top"/gate/correlate/*.c | sort)
is "$defined" "$evidence" "every kind of evidence is listed in gate/correlate/list.h"

# A fixture folder that belongs to no module would never be missed.
for kind in formats:PARSER:parsers/list.h registers:REGISTER_PARSER:parsers/registers/list.h \
	rules:RULE:policies/list.h reporters:REPORTER:gate/report/list.h; do
	folder=${kind%%:*}
	rest=${kind#*:}
	for d in "$top/tests/$folder"/*/; do
		[ -d "$d" ] || continue
		name=$(basename "$d" | tr - _)
		registered "${rest#*:}" "${rest%%:*}" | grep -qx "$name"
		ok $? "tests/$folder/$(basename "$d") belongs to a module"
	done
done
done_testing
