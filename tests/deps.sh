#!/bin/sh
# Installs what is missing to build ("build") and to test ("test"): apt, dnf, apk or brew.
# Does nothing, and needs no rights, when everything is there.
set -eu

pkgs="libxml-2.0 jansson zlib yaml-0.1 libcmark-gfm libpcre2-8 libcrypto sqlite3 libcurl libarchive"

have_build() {
	command -v pkg-config >/dev/null && pkg-config --exists $pkgs
}

have_test() {
	for tool in prove python3 xmllint valgrind git; do
		command -v "$tool" >/dev/null || return 1
	done
	python3 -c 'import jsonschema, yaml' 2>/dev/null || return 1
	printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <cmocka.h>\n' |
		"${CC:-cc}" -E -x c - >/dev/null 2>&1
}

missing=
for group in "$@"; do
	"have_$group" || missing="$missing $group"
done
[ -n "$missing" ] || exit 0

apt_build="pkg-config libxml2-dev libjansson-dev zlib1g-dev libyaml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libpcre2-dev libssl-dev libcurl4-openssl-dev libsqlite3-dev libarchive-dev"
apt_test="libcmocka-dev perl python3 python3-jsonschema python3-yaml libxml2-utils valgrind git openssl mandoc zsh fish rsync"
dnf_build="pkgconf-pkg-config libxml2-devel jansson-devel zlib-devel libyaml-devel cmark-gfm-devel pcre2-devel openssl-devel libcurl-devel sqlite-devel libarchive-devel"
dnf_test="libcmocka-devel perl-Test-Harness python3 python3-jsonschema python3-pyyaml libxml2 valgrind git openssl"
apk_build="pkgconf musl-dev libxml2-dev jansson-dev zlib-dev yaml-dev cmark-gfm-dev pcre2-dev openssl-dev curl-dev sqlite-dev libarchive-dev"
apk_test="cmocka-dev perl-utils perl python3 py3-jsonschema py3-yaml libxml2-utils valgrind git openssl"
brew_build="pkg-config libxml2 jansson zlib libyaml cmark-gfm pcre2 openssl curl sqlite libarchive"
brew_test="cmocka perl python3 libxml2 git"

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo

for manager in apt-get dnf apk brew; do
	command -v "$manager" >/dev/null || continue
	key=${manager%-get}
	list=
	for group in $missing; do
		eval "list=\"\$list \$${key}_$group\""
	done
	echo "installing with $manager:$list"
	case $manager in
	apt-get)
		$as_root apt-get update -q
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $list
		;;
	dnf) $as_root dnf install -y $list ;;
	apk) $as_root apk add $list ;;
	brew) brew install $list ;;
	esac
	exit
done
echo "no apt-get, dnf, apk or brew here; install by hand: $pkgs (and cmocka, perl, python3 for tests)" >&2
exit 1
