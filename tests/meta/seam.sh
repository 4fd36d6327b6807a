#!/bin/sh
# What a decision asks of the world goes through the tape (gate/base/tape.h), or a bundle would
# lack it and its replay decide something else. These files alone may ask by themselves: they
# keep the answer on the tape, or have no part in deciding.
. "$(dirname "$0")/../lib.sh"

asks='(^|[^A-Za-z0-9_])(getenv|source_slurp|source_open|bytes_open|discover|opendir|realpath|getcwd|readlink|stat|lstat|fopen|open)\('
keep='gate/baseline|gate/baseline_forms|gate/context|gate/facts_definitions|gate/git_files|gate/history_file|gate/legs_here|gate/revision|gate/gather|policies/engine/search|policies/engine/texts|parsers/support/read|gate/model/tidy'
apart='gate/main|gate/output|gate/outputs|gate/policy_case|gate/policy_test|gate/post|gate/fetch|gate/forge_access|gate/unzip|gate/replay|gate/decision_file|gate/cmd_[a-z_]*|gate/look_[a-z_]*|gate/build_here|gate/tarball'
bad=$(cd "$top" && grep -nE "$asks" gate/*.c gate/model/*.c gate/correlate/*.c gate/correlate/engine/*.c policies/*.c \
	policies/engine/*.c parsers/*.c parsers/support/*.c parsers/registers/*.c parsers/registers/support/*.c |
	grep -vE "^($keep|$apart)\.c:" | grep -vE 'tape_getenv\(|^[^:]*:[0-9]+:[[:space:]]*(/?\*|//)|->open\(')
is "$bad" "" "whoever asks the world in deciding does it through the tape"
for f in $(echo "$keep" | tr '|' ' '); do
	grep -q 'tape_' "$top/$f.c" || [ "$f" = gate/model/tidy ] || [ "$f" = gate/baseline_forms ] ||
		[ "$f" = gate/git_files ]
	ok $? "$f keeps what it is told"
done
done_testing
