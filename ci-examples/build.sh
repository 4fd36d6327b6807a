#!/bin/sh
# build.sh -- builds gate for a CI job, into FOLDER/bin, with the libraries it needs in FOLDER/lib: what
# is cached then runs in jobs where nothing was installed. usage: build.sh FOLDER [SCRATCH]
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1/bin" "$1/lib"
folder=$(cd "$1" && pwd)
scratch=${2:-$source/build/ci}

sh "$source/tests/deps.sh" build
# Make reads one dollar of two, and the shell that links must not read the other.
make -C "$source" -j"$(getconf _NPROCESSORS_ONLN)" BUILD="$scratch" CFLAGS=-O2 \
	LDFLAGS="-Wl,--disable-new-dtags,-rpath,'\$\$ORIGIN/../lib'" all
cp "$scratch/gate" "$folder/bin/gate"
# Linked ones, and those that are loaded when first used; the C library is the system's.
{
	ldd "$scratch/gate" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }'
	ldconfig -p 2>/dev/null | awk '/lib(curl|archive|sqlite3)\.so\.[0-9]+ / { print $NF }'
} | grep -Ev '/lib(c|m|dl|pthread|rt)\.so' | sort -u | while read -r library; do
	cp -L "$library" "$folder/lib/"
done
"$folder/bin/gate" --version
