#!/bin/sh
# make bench: the whole `gate run` on a JUnit file of a million cases, against
# `xmllint --stream --noout` and `openssl dgst -sha256` on it, and on one of 500 cases.
# Then how well lint results are matched after edits: precision and recall.
# usage: run.sh GATE. ROUNDS (5), CASES (1000000), SEEDS (20) and BENCH_DIR (build/bench) may be set.
set -eu
gate=$1
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
dir=${BENCH_DIR:-$top/build/bench}
cases=${CASES:-1000000}
for tool in python3 xmllint openssl; do
	command -v "$tool" >/dev/null || { echo "bench: $tool is needed" >&2; exit 2; }
done
mkdir -p "$dir"

# generate CASES: makes the report and its answer key with whichever generator is there
generate() {
	if [ -f "$top/../shared/bench/gen_junit.py" ]; then
		python3 "$top/../shared/bench/gen_junit.py" -o "$dir/$1.xml" --cases "$1" --expect "$dir/$1.json"
	else
		python3 "$here/gen_junit.py" --out "$dir/$1.xml" --cases "$1" --expect "$dir/$1.json"
	fi
}
for n in "$cases" 500; do
	[ -s "$dir/$n.xml" ] && [ -s "$dir/$n.json" ] || generate "$n"
done
# How well results are matched is no matter of time: it fails below its floors.
python3 "$here/drift.py" "$gate" --seeds "${SEEDS:-20}" --check
exec python3 "$here/measure.py" --gate "$gate" --big "$dir/$cases.xml" --expect "$dir/$cases.json" \
	--small "$dir/500.xml" --rounds "${ROUNDS:-5}"
