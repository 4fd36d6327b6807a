#!/bin/sh
# Folders look only down the data's way. Each line: a folder, then what it may include
# (extended regular expressions on the path in the quotes).
. "$(dirname "$0")/../lib.sh"

check() {
	folder=$1
	allowed="^($2)"
	bad=$(cd "$top" && grep -n '^#include "' $folder/*.c $folder/*.h 2>/dev/null |
		sed 's/#include "\([^"]*\)".*/\1/' |
		awk -F: -v re="$allowed" '$3 !~ re { print $1 ":" $2 ": includes " $3 }')
	is "$bad" "" "$folder includes only $2"
}

base='gate/base/'
model='gate/model/'
check gate/base "$base"
check gate/input "$base|gate/input/"
check gate/model "$base|$model"
check gate/correlate "$base|$model|gate/correlate/"
check gate/correlate/engine "$base|$model|gate/correlate/"
check parsers "$base|gate/input/|$model(event|report|report_tape|identity|leg|own_format)\.h|parsers/(parser|list)\.h|parsers/support/"
check parsers/support "$base|gate/input/|$model(event|report|report_tape|identity|leg|own_format)\.h|parsers/(parser|list)\.h|parsers/support/"
check parsers/registers "$base|gate/input/|${model}finding\.h|parsers/registers/"
check parsers/registers/support "$base|gate/input/|${model}finding\.h|parsers/registers/"
check policies "$base|$model|policies/"
check policies/engine "$base|gate/input/|$model|gate/version\.h|policies/"
check gate/report "$base|$model|policies/rule\.h|gate/report/"
check gate/report/support "$base|$model|policies/rule\.h|gate/report/"
[ -d "$top/gate/forge" ] && check gate/forge "$base|$model|gate/report/|gate/forge/"

# A source folder that no line above names would escape the check.
for d in $(cd "$top" && find gate parsers policies -name '*.c' | xargs -n1 dirname | sort -u); do
	case " gate gate/base gate/input gate/model gate/correlate gate/correlate/engine parsers parsers/support parsers/registers parsers/registers/support policies policies/engine gate/report gate/report/support gate/forge " in
	*" $d "*) ok 0 "$d is held by this check" ;;
	*) ok 1 "$d is held by this check" ;;
	esac
done
done_testing
