#!/bin/sh
# Writes recorded/ again: what the real tools say of the three projects as they are ("red") and
# with fix.patch ("green"). Debian: python3-pytest bandit cmake gcc cppcheck; npm: jest, jest-junit,
# eslint, @astral-sh/ruff-wasm-nodejs. usage: record.sh FOLDER, one whose node_modules has them.
#
# ruff comes as its engine without its command line: its diagnostics are framed here as `ruff check
# --output-format json` frames them. npm audit asks a registry on loopback that knows one advisory,
# of a package that exists in package-lock.json only. Times and places are made the same each time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
modules=$(cd "$1" && pwd)/node_modules
work=$(mktemp -d)
registry=
trap 'test -z "$registry" || kill "$registry"; rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8 TZ=UTC

# keep NAME COMMAND...: its exit status beside what it writes
keep() {
	name=$1
	shift
	code=0
	"$@" || code=$?
	echo $code >"reports/$name.exit"
}

python_project() {
	keep unit /usr/bin/python3 -m pytest -q -p no:cacheprovider --rootdir=. --junitxml=reports/unit.xml >/dev/null
	keep ruff node "$here/ruff.js" "$modules" parcel >reports/ruff.json
	keep bandit bandit -q -r parcel -f json -o reports/bandit.json
}

node_project() {
	ln -s "$modules" node_modules
	JEST_JUNIT_OUTPUT_FILE=reports/jest.xml JEST_JUNIT_ADD_FILE_ATTRIBUTE=true keep jest \
		node_modules/.bin/jest --ci --reporters=jest-junit >/dev/null 2>&1
	keep eslint node_modules/.bin/eslint -f json -o reports/eslint.json src
	rm node_modules
	keep audit npm audit --json --registry "http://127.0.0.1:$port" >reports/audit.json 2>/dev/null
}

c_project() {
	cmake -S . -B build >/dev/null
	keep gcc cmake --build build >reports/gcc.log 2>&1
	keep ctest ctest --test-dir build --output-junit "$PWD/reports/ctest.xml" >/dev/null 2>&1
	keep cppcheck cppcheck --enable=warning,style --library=posix --xml src 2>reports/cppcheck.xml
	rm -rf build
}

# What differs from run to run does not belong into a repository.
calm() {
	sed -i "s|$PWD|/builds/parcel|g
		s/ time=\"[^\"]*\"/ time=\"0.012\"/g
		s/ timestamp=\"[^\"]*\"/ timestamp=\"2026-10-01T08:00:00\"/g
		s/ hostname=\"[^\"]*\"/ hostname=\"ci\"/g
		s/\"generated_at\": \"[^\"]*\"/\"generated_at\": \"2026-10-01T08:00:00Z\"/" reports/*
}

python3 "$here/registry.py" >"$work/port" &
registry=$!
while [ ! -s "$work/port" ]; do sleep 0.1; done
port=$(cat "$work/port")
for project in python node c; do
	for colour in red green; do
		mkdir "$work/$project-$colour"
		cd "$work/$project-$colour"
		cp -r "$here/$project/." .
		rm -rf recorded reports
		[ $colour = red ] || patch -s -p1 <fix.patch
		mkdir reports
		"${project}_project"
		calm
		rm -rf "$here/$project/recorded/$colour"
		mkdir -p "$here/$project/recorded"
		cp -r reports "$here/$project/recorded/$colour"
	done
done
