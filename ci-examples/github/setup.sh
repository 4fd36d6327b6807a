#!/usr/bin/env bash
# setup.sh -- which gate an action uses: one that was given, with its checksum, or one that is built
# from this checkout and kept in the cache with the libraries it needs.
#
#   setup.sh plan     the outputs gate, build, folder and key; takes a given one
#   setup.sh build    builds into folder
set -euo pipefail

source=$(cd "$(dirname "$0")/../.." && pwd)
folder=$RUNNER_TEMP/regression-gate

# fail WHAT HINT
fail() {
	printf '::error title=Regression Gate::%s\nhint: %s\n' "$1" "$2"
	exit 2
}

given() {
	local file=$folder/bin/gate found

	[[ $GATE_SHA256 =~ ^[0-9a-fA-F]{64}$ ]] ||
		fail "the input binary needs its checksum" "set sha256 to what sha256sum says of the file you trust"
	mkdir -p "$folder/bin"
	case $GATE_BINARY in
	https://* | http://127.0.0.1:*)
		curl --fail --silent --show-error --location --proto-redir =https --retry 3 \
			--output "$file" -- "$GATE_BINARY" ||
			fail "the binary could not be fetched" "look at the input binary: $GATE_BINARY" ;;
	*://*) fail "the binary's URL is not https" "fetch it over https, or give a path" ;;
	*)
		[ -f "$GATE_BINARY" ] || fail "there is no file $GATE_BINARY" "look at the input binary"
		cp -- "$GATE_BINARY" "$file" ;;
	esac
	found=$(sha256sum "$file" | cut -d ' ' -f 1)
	if [ "$found" != "${GATE_SHA256,,}" ]; then
		rm -f "$file"
		fail "the binary has another checksum: $found" "it is not the file whose sha256 was given; nothing was run"
	fi
	chmod 755 "$file"
}

# The sources and how they are built, and the system whose libraries the program is linked with.
key() {
	{
		(cd "$source" && find Makefile ci-examples/build.sh gate parsers policies -type f | LC_ALL=C sort | xargs sha256sum)
		cat /etc/os-release 2>/dev/null || uname -r
		uname -sm
	} | sha256sum | cut -c 1-40
}

plan() {
	local build=false

	if [ -n "${GATE_BINARY:-}" ]; then
		given
	elif [ -n "${GATE_SHA256:-}" ]; then
		fail "sha256 without binary" "name the binary it is of, or leave sha256 out"
	else
		build=true
	fi
	{
		echo "gate=$folder/bin/gate"
		echo "folder=$folder"
		echo "build=$build"
		[ $build = false ] || echo "key=regression-gate-$(key)"
	} >>"$GITHUB_OUTPUT"
	echo "$folder/bin" >>"$GITHUB_PATH"
}

build() {
	sh "$source/ci-examples/build.sh" "$folder" "$RUNNER_TEMP/regression-gate-build"
}

"$1"
