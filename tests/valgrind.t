#!/bin/sh
# valgrind over the commands on the example: no invalid access, no leak.
. "$(dirname "$0")/lib.sh"
if ! command -v valgrind >/dev/null; then
	skip "valgrind is not installed"
	done_testing
	exit
fi
if grep -qa "__[amt]san_init" "$GATE"; then
	skip "the sanitizers look at the same"
	done_testing
	exit
fi
demo=$top/ci-examples/demo

# clean STATUS ARGS...: in the example's folder
clean() {
	want=$1
	shift
	status=0
	(cd "$demo" && valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
		--errors-for-leak-kinds=definite,indirect,possible --log-file="$scratch/log" \
		"$GATE" "$@") >out 2>err </dev/null || status=$?
	is "$status" "$want" "gate $1 ${2##*/}"
	[ "$status" = "$want" ] || head -n 40 log | sed 's/^/# /'
}

clean 1 run --now 2026-03-10T12:00:00Z --jobs 2 --out "json=$scratch/d.json" --out "markdown=$scratch/d.md"
clean 0 explain --decision "$scratch/d.json"
clean 3 inspect --items reports/unit.xml reports/isort.txt reports/bandit.txt
clean 0 findings --now 2026-03-10T12:00:00Z docs known-failures.yaml
clean 2 run --policy reports/unit.xml
clean 0 bundle --now 2026-03-10T12:00:00Z -o "$scratch/b.tgz"
clean 1 replay "$scratch/b.tgz"
clean 1 replay --report unit=reports/unit.xml "$scratch/b.tgz"
clean 0 diff "$scratch/d.json" "$scratch/b.tgz"
clean 2 replay reports/unit.xml
done_testing
