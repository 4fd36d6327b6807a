#!/bin/sh
# make bench: the whole `gate run` on a JUnit file of a million cases, against
# `xmllint --stream --noout` and `openssl dgst -sha256` on it, and on one of 500 cases; then `gate
# inspect` on SARIF, ESLint's JSON and gcc's log against json_verify, grep and openssl.
# Then how well lint results are matched after edits: precision and recall.
# usage: run.sh GATE. ROUNDS (5), CASES (1000000), SCALE (100, in percent of the lint reports),
# SEEDS (20) and BENCH_DIR (build/bench) may be set.
set -eu
gate=$1
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
dir=${BENCH_DIR:-$top/build/bench}
cases=${CASES:-1000000}
scale=${SCALE:-100}
for tool in python3 xmllint openssl json_verify; do
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
status=0
python3 "$here/measure.py" --gate "$gate" --big "$dir/$cases.xml" --expect "$dir/$cases.json" \
	--small "$dir/500.xml" --rounds "${ROUNDS:-5}" || status=1

# issues KIND RECORDS
issues() {
	file=$dir/$1-$2.report
	[ -s "$file" ] && [ -s "$file.json" ] ||
		python3 "$here/gen_issues.py" "$1" --out "$file" --expect "$file.json" --records "$2"
	python3 "$here/measure_issues.py" --gate "$gate" --kind "$1" --file "$file" \
		--expect "$file.json" --rounds "${ROUNDS:-5}" || status=1
}
issues sarif $((5000 * scale))
issues eslint $((170 * scale))
issues gcc $((20000 * scale))
# How well results are matched is no matter of time: it fails below its floors.
python3 "$here/drift.py" "$gate" --seeds "${SEEDS:-20}" --check || status=1
exit $status
